--- Lists: items with a mark hanging in the margin of the list, numbered or not; an item may hold blocks and lists.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local styles = require "briefpress.style"

local M = {}

local Item = { is_usual = true, space_before = 0, space_after = 0, on_grid = true }
Item.__index = Item

function Item:measure(cx, width)
  local least, most = self.flow:measure(cx, width)
  local indent = self.look(cx).indent
  return least + indent, most + indent
end

local ItemFragment = { is_own = true }
ItemFragment.__index = ItemFragment

function ItemFragment:draw(canvas, x, y)
  canvas:begin_tag("LI", self.tag and { id = self.tag } or nil)
  if self.mark then
    local baseline = y + self.baseline + (self.content[1].shift or 0)
    canvas:begin_tag("Lbl")
    if self.is_number then
      canvas:text(self.style, x + self.indent - self.gap, baseline, self.mark, "right")
    else
      canvas:text(self.style, x, baseline, self.mark)
    end
    canvas:end_tag()
  end
  canvas:begin_tag("LBody", self.tag and { id = self.tag .. "-body" } or nil)
  self.content:draw(canvas, x + self.indent, y)
  canvas:end_tag()
  canvas:end_tag()
end

function ItemFragment:locate(canvas, x, y)
  self.content:locate(canvas, x + self.indent, y)
end

function Item:layout(cx, width, height)
  local look = self.look(cx)
  local indent = look.indent
  self.flow.gap = self.flow.gap or look.between
  local content, rest = self.flow:layout(cx, width - indent, height)
  if not content then return nil, self end
  local fragment = setmetatable({ width = width, height = content.height, content = content, indent = indent,
    style = look.style, mark = not self.is_rest and self.mark or nil, is_number = self.is_number,
    gap = look.gap, baseline = look.baseline }, ItemFragment)
  if rest then
    self.tag = self.tag or cx:unique("li")
    rest = setmetatable({ flow = rest, look = self.look, style = self.style, tag = self.tag, is_rest = true,
      place = self.place }, Item)
  end
  fragment.tag = self.tag
  return fragment, rest
end

local List = { is_usual = true, on_grid = true }
List.__index = List

function List:measure(cx, width)
  return self.flow:measure(cx, width)
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  canvas:begin_tag("L", { id = self.tag, numbering = self.numbering })
  self.content:draw(canvas, x, y)
  canvas:end_tag()
end

function Fragment:locate(canvas, x, y)
  self.content:locate(canvas, x, y)
end

function List:layout(cx, width, height)
  self.flow.gap = self.flow.gap or self.look(cx).between
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  local fragment = setmetatable({ width = width, height = content.height, content = content,
    numbering = self.numbering }, Fragment)
  if rest then
    self.tag = self.tag or cx:unique("l")
    rest = setmetatable({ flow = rest, style = self.style, look = self.look, tag = self.tag, numbering = self.numbering,
      place = self.place, space_before = self.space_before, space_after = self.space_after }, List)
  end
  fragment.tag = self.tag
  return fragment, rest
end

-- What PDF calls marks; it has no name for others.
local bullets = { ["◦"] = "Circle", ["○"] = "Circle", ["▪"] = "Square", ["■"] = "Square", ["□"] = "Square",
  ["▫"] = "Square" }

local known = options.define("list", { ordered = "boolean", marker = "string", gap = "length", style = "style",
  start = "integer" })

--- An item is text, a block, or a list of these (a text and a list below it, say).
function M.list(spec)
  options.expect(spec, "table", "list")
  spec = options.read("list", spec, known)
  local style, over = styles.split(spec.style, "list", "body")
  spec = styles.open(spec, "list")
  local items, children = options.list(spec), {}
  if #items == 0 then options.fail("list: it has no items; give it texts or blocks") end
  local start = math.tointeger(spec.start or 1) or 1
  local text = require("briefpress.text").new
  local function mark_of(i)
    return spec.ordered and engine.format.number(start + i - 1, { grouping = false }) .. "." or spec.marker or "–"
  end
  local known_look
  local function look(cx) -- What all its items share, worked out once a rendering.
    if known_look and known_look.cx == cx then return known_look end
    local set, token = cx:style(style, over)
    local widest, gap = 0, token.size * 0.6
    for i = 1, #items do widest = math.max(widest, engine.text.width(set, mark_of(i))) end
    known_look = { cx = cx, style = set, gap = gap, indent = widest + gap, baseline = cx:baseline(style, over),
      -- Items, and the blocks of an item.
      between = spec.gap and cx:length(spec.gap, 0) or math.floor(token.leading * 0.3) }
    return known_look
  end
  local bare = styles.over(over, { style = style, space_before = 0, space_after = 0 })
  bare.keep_with_next = nil
  for i, item in ipairs(items) do
    local parts = type(item) == "table" and not block.is(item) and options.list(item) or { item }
    for j, part in ipairs(parts) do
      if type(part) == "string" then parts[j] = text(part, bare) end
    end
    local content = block.children(parts, "list: item " .. i)
    children[i] = block.make(Item, { flow = flow.new(content), children = content, look = look, style = style,
      mark = mark_of(i), is_number = spec.ordered })
  end
  return block.make(List, { children = children, flow = flow.new(children), style = style, look = look,
    numbering = spec.ordered and "Decimal" or bullets[spec.marker] or "Disc" }, spec)
end

return M
