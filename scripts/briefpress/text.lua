--- Running text: a paragraph that flows over pages, leaving and taking at least two lines. Blank lines in a text
--- separate paragraphs.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local inline = require "briefpress.inline"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"
local floor, min = math.floor, math.min

local M = {}

local Paragraph = { style = "body", tag = "P" }
Paragraph.__index = Paragraph
M.Paragraph = Paragraph

--- A paragraph block of the library itself.
---@param source string
---@param spec? table               Overrides of the style, `style`, `tag`, and the block's common options.
function M.new(source, spec)
  local self = block.make(Paragraph, { source = source, spec = spec }, spec)
  if spec then
    self.style, self.tag, self.width = spec.style, spec.tag, spec.width
  end
  self.uses_pages = inline.needs_pages(source) or nil
  return self
end

--- Makes the engine's paragraph once; texts with page numbers are made again in each pass.
function Paragraph:prepare(cx)
  local pass = self.uses_pages and cx.pass or 0
  local shared = self.shared
  if not shared then
    shared = {}
    self.shared = shared
  end
  if shared.pass ~= pass then
    local spans, token = inline.spans(cx, self.source, self.style, self.spec, self.place)
    shared.paragraph = engine.text.paragraph { spans = spans, align = token.align, leading = token.leading }
    shared.pass, shared.token, shared.marks = pass, token, nil
    for i = 1, #spans do
      if spans[i].mark then
        shared.marks = shared.marks or {}
        shared.marks[#shared.marks + 1] = spans[i].mark
      end
    end
  end
  return shared.paragraph
end

function Paragraph:measure(cx, width)
  local paragraph = self:prepare(cx)
  if self.width then
    local own = cx:length(self.width, width)
    return own, own
  end
  return paragraph:min_width(), paragraph:max_width()
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local paragraph, owner = self.paragraph, self.owner
  paragraph:layout(self.measure)
  local shared = owner.shared
  local tag = owner.tag
  canvas:begin_tag(tag, shared.id and { id = shared.id } or nil)
  canvas:paragraph(paragraph, x, y, self.first, self.last)
  canvas:end_tag()
  if shared.marks and self.cx.sheet then
    for _, mark in ipairs(shared.marks) do
      for _, box in ipairs(paragraph:boxes(mark)) do
        if box.line >= self.first and box.line <= self.last then
          ledger.drawn(self.cx, mark, x + box.x, y + box.y - (self.first - 1) * self.leading, box.width, box.height)
        end
      end
    end
  end
end

function Paragraph:layout(cx, width, height)
  local paragraph = self:prepare(cx)
  local measure = self.measured or (self.width and min(width, cx:length(self.width, width))) or width
  local count, total = paragraph:layout(measure)
  local first = self.first or 1
  local last = count
  local leading = total / count
  local fit = floor(height / leading + 0.001)
  local left = count - first + 1
  local rest
  if fit < left then
    local fewest = cx.is_loose and 1 or 2
    if left - fit < fewest then fit = left - fewest end
    if fit < fewest then return nil, self end
    last = first + fit - 1
    local shared = self.shared
    shared.id = shared.id or cx:unique("p")
    rest = setmetatable({ source = self.source, spec = self.spec, shared = shared, style = self.style, tag = self.tag,
      width = self.width, uses_pages = self.uses_pages, place = self.place, first = last + 1, measured = measure,
      space_before = self.space_before, space_after = self.space_after }, Paragraph)
  end
  return setmetatable({ width = width, height = (last - first + 1) * leading, cx = cx, owner = self,
    paragraph = paragraph, measure = measure, first = first, last = last, leading = leading }, Fragment), rest
end

local known = {
  style = "string", align = { "left", "right", "center", "justify", "start", "end" }, color = "color", size = "number",
  weight = "number", leading = "number", width = "length", italic = "boolean", font = "string", features = "string",
  tracking = "number", tag = "string",
}

--- Inline Markdown with placeholders; see scripts/types.
function M.text(spec)
  spec = options.read("text", spec, known)
  local source = spec[1]
  if type(source) ~= "string" then
    options.fail(("text expects a string, got %s"):format(source == nil and "nothing" or "a " .. type(source)
      .. (type(source) == "number" and "; write it into the text, or print an indicator" or "")))
  end
  if spec[2] ~= nil then options.fail("text takes one string; b.stack puts several below each other") end
  if not source:find("\n[ \t\r]*\n") then return M.new(source, spec) end
  local parts = {}
  for part in (source .. "\n\n"):gmatch("(.-)\n[ \t\r]*\n%s*") do
    if part:find("%S") then parts[#parts + 1] = M.new(part, spec) end
  end
  if #parts == 1 then return parts[1] end
  for i, part in ipairs(parts) do
    part.id = nil
    if i > 1 then part.space_before = nil end
    if i < #parts then part.space_after = nil end
  end
  local flow = require("briefpress.flow").new(parts)
  flow.place, flow.id, flow.style = parts[1].place, spec.id, spec.style or "body"
  flow.space_before, flow.space_after = spec.space_before, spec.space_after
  return flow
end

return M
