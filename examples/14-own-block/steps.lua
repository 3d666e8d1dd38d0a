--- Steps below each other: a number in a disc at the left, and beside it any blocks. A page may end between two steps,
--- or inside of one.
local b = require "briefpress"

local INDENT, DISC, GAP = 28, 9, 12

local Steps = {}
Steps.__index = Steps

function Steps:measure(cx, width)
  local least, most = 0, 0
  for i = self.first, #self.children do
    local narrow, wide = self.children[i]:measure(cx, width - INDENT)
    least, most = math.max(least, narrow), math.max(most, wide)
  end
  return least + INDENT, most + INDENT
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  canvas:begin_tag("L", { id = self.id, numbering = "Decimal" })
  for _, part in ipairs(self.parts) do
    canvas:begin_tag("LI", { id = self.id .. "-" .. part.step })
    if part.is_begun then
      canvas:begin_artifact "Layout"
      canvas:circle(x + DISC, y + part.top + DISC, DISC, { fill = self.color })
      canvas:end_artifact()
      canvas:begin_tag "Lbl"
      canvas:text(self.style, x + DISC, y + part.top + DISC + 3, tostring(part.step), "center")
      canvas:end_tag()
    end
    canvas:begin_tag("LBody", { id = self.id .. "-" .. part.step .. "-body" })
    part.content:draw(canvas, x + INDENT, y + part.top)
    canvas:end_tag()
    canvas:end_tag()
  end
  canvas:end_tag()
end

function Steps:layout(cx, width, height)
  local parts, y, rest = {}, 0, nil
  for i = self.first, #self.children do
    local block = i == self.first and self.rest or self.children[i]
    local top = #parts > 0 and y + GAP or 0
    local content, more = block:layout(cx, width - INDENT, height - top)
    if content then
      local is_begun = block == self.children[i]
      parts[#parts + 1] = { step = i, top = top, content = content, is_begun = is_begun }
      y = top + math.max(content.height, is_begun and 2 * DISC or 0)
    end
    if more or not content then
      if #parts == 0 then return nil, self end
      rest = setmetatable({ children = self.children, first = i, rest = more, shared = self.shared }, Steps)
      break
    end
  end
  self.shared.id = self.shared.id or cx:unique "steps"
  return setmetatable({ width = width, height = y, parts = parts, id = self.shared.id, color = cx:color "accent",
    style = cx:style("small", { weight = 600, color = "on_accent" }) }, Fragment), rest
end

--- A block of steps, each a text, a block or a list of them.
return function(items)
  local children = {}
  for i, item in ipairs(items) do children[i] = b.stack { item } end
  return b.block(setmetatable({ children = children, first = 1, shared = {} }, Steps))
end
