--- A block inside of tags that others go on with: the lines of an index or a glossary stand one by one in a flow, over
--- columns and pages, and are a tree of lists for who hears them. Each line names all the elements it stands in, and
--- elements of one id are one.
local M = {}

local Tagged = {}
Tagged.__index = Tagged

function Tagged:measure(cx, width)
  local least, most = self.inner:measure(cx, width - self.shift)
  return least + self.shift, most + self.shift
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local tags = self.tags
  for i = 1, #tags do canvas:begin_tag(tags[i][1], tags[i][2]) end
  self.inner:draw(canvas, x + self.shift, y)
  for _ = 1, #tags do canvas:end_tag() end
end

function Fragment:locate(canvas, x, y)
  require("briefpress.block").locate(self.inner, canvas, x + self.shift, y)
end

function Tagged:layout(cx, width, height)
  local inner, rest = self.inner:layout(cx, width - self.shift, height)
  if not inner then return inner, self end
  local fragment = setmetatable({ inner = inner, shift = self.shift, width = width, height = inner.height,
    tags = self.tags }, Fragment)
  if inner.locate == false then fragment.locate = false end
  return fragment, rest and setmetatable({ inner = rest, shift = self.shift, tags = self.tags, place = self.place,
    space_after = self.space_after }, Tagged)
end

--- A block inside of tags.
---@param inner briefpress.Block
---@param tags table[]               From the outermost: each what `canvas:begin_tag` is given, with an id.
---@param shift? number              Points that it stands further in.
---@return briefpress.Block
function M.new(inner, tags, shift)
  return setmetatable({ inner = inner, tags = tags, shift = shift or 0, place = inner.place, style = inner.style,
    id = inner.id, space_before = inner.space_before, space_after = inner.space_after,
    keep_with_next = inner.keep_with_next }, Tagged)
end

--- The tags of an item of a list.
---@param outer table[]              Those that the list stands in.
---@param list string                Id of the list.
---@param item string                Id of the item.
---@param part? "Lbl"|"LBody"        What of the item; its body when left out.
---@return table[]
function M.item(outer, list, item, part)
  local tags = table.move(outer, 1, #outer, 1, {})
  part = part or "LBody"
  tags[#tags + 1] = { "L", { id = list } }
  tags[#tags + 1] = { "LI", { id = item } }
  tags[#tags + 1] = { part, { id = item .. (part == "Lbl" and "-label" or "-body") } }
  return tags
end

return M
