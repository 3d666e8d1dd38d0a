--- What a flow does seldom: spaces in it that fill, and parts that go to the next page with what follows.
local M = {}

local HEIGHT_MOST = 1e6 -- From here on a height is no height, but a question how high something is.

--- Grows to a height by the spaces in it that fill.
local function stretch(self, height)
  local fills, slack = self.fills, height - self.height
  if slack <= 0 then return end
  local tops, blocks, added = self.tops, self.blocks, 0
  for i = 1, #self do
    tops[i] = tops[i] + added
    local weight = blocks[i].is_space == "fill" and blocks[i].weight
    if weight then
      added = added + slack * weight / fills
      self[i].height = self[i].height + slack * weight / fills
    end
  end
  self.height = height
end

--- Lets the spaces that fill grow, where the height is one of a page, a column or a box.
function M.finish(cx, parts, height, fills)
  parts.fills, parts.stretch = fills, stretch
  if height < HEIGHT_MOST and not cx.is_natural then parts:stretch(height) end
end

--- True where a space that fills stands at the top of a page because it was put there, not because the page before it
--- was full.
function M.begins(children, index)
  local before = children[index - 1]
  return not before or before.breaks == true or before.own_page
end

--- Takes back the parts behind `stay`. Answers the number of the first child that was, where what stays ends,
--- and the weight of the spaces in it that fill (nil: none).
function M.take_back(self, parts, index, stay)
  local children, blocks, fills = self.children, parts.blocks, nil
  for i = #parts, stay + 1, -1 do
    repeat index = index - 1 -- Between them are children that show nothing.
    until children[index] == blocks[i] or index <= self.first
    parts[i] = nil
  end
  for i = 1, stay do
    if blocks[i].is_space == "fill" then fills = (fills or 0) + blocks[i].weight end
  end
  return index, parts.tops[stay] + parts[stay].height, fills
end

return M
