--- Entries: words, and what belongs to them at the right edge of the same line, with dots between on demand, as in a
--- price list. Both may be marked up and hold figures.
local block = require "briefpress.block"
local options = require "briefpress.options"
local styles = require "briefpress.style"
local text = require "briefpress.text"

local M = {}

local GAP = 12 -- Between the two, at least.

local Entry = {}
Entry.__index = Entry

function Entry:measure(cx, width)
  local least, most = self.left:measure(cx, width)
  local _, right = self.right:measure(cx, width)
  return least + GAP + right, most + GAP + right
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:locate(canvas, x, y) -- Both texts may have notes.
  block.locate(self.words, canvas, x, y)
  block.locate(self.value, canvas, x + self.at, y + self.words.height - self.value.height)
end

function Fragment:draw(canvas, x, y)
  if self.cx.is_dry then return end
  canvas:begin_tag "P"
  self.words:draw(canvas, x, y)
  if self.color then
    local paragraph = self.words.owner.shared.paragraph
    local line = paragraph:line(self.words.last)
    require("briefpress.leader").draw(canvas, x + line.x + line.width, x + self.at, y + line.baseline, self.color,
      x + self.width)
  end
  self.value:draw(canvas, x + self.at, y + self.words.height - self.value.height)
  canvas:end_tag()
end

function Entry:layout(cx, width, height)
  local _, wide = self.right:measure(cx, width)
  local room = width - wide - GAP
  if room < 20 then
    cx:fail(("entry: what stands at the right edge takes %.0f of %.0f points"):format(wide, width), self.place)
  end
  local words = self.left:layout(cx, room, 1e6)
  if words.height > height then return nil, self end
  local value = self.right:layout(cx, wide + 0.01, 1e6)
  return setmetatable({ cx = cx, width = width, height = words.height, words = words, value = value, at = width - wide,
    color = self.has_leader and cx:color "muted" }, Fragment)
end

local known = options.define("entry", styles.with { style = "style", leader = "boolean" })

--- See scripts/types.
function M.entry(spec)
  options.expect(spec, "table", "entry")
  spec = styles.open(options.read("entry", spec, known), "entry")
  options.expect(spec[1], "string", "entry: the words")
  options.expect(spec[2], "string", "entry: what stands at the right edge")
  if spec[3] ~= nil then options.fail("entry takes two texts: the words, and what stands at the right edge") end
  local left = text.new(spec[1], styles.over(spec, { tag = "Span" }))
  local right = text.new(spec[2], styles.over(spec, { no_wrap = true, align = "left", tag = "Span" }))
  left.id, right.id = nil, nil
  local self = block.make(Entry, { left = left, right = right, has_leader = spec.leader, style = spec.style or "body" },
    spec)
  self.uses_pages = left.uses_pages or right.uses_pages
  return self
end

return M
