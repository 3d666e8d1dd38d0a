--- Rows that go on over a page: what of each cell stands on this page, and what remains. Lines of text stay together
--- as paragraphs do, two at least on either side; a block in a cell divides itself.
local M = {}

local PAD = 3.5
local FEWEST = 2 -- Lines of a cell on either page.

local function copy_of(cell, changes)
  local copy = {}
  for key, value in next, cell do copy[key] = value end
  for key, value in next, changes do copy[key] = value end
  return copy
end

--- What remains of a cell that is all on this page: its ground only.
local function emptied(cell)
  if type(cell) == "table" and cell.fill then
    return copy_of(cell, { text = "", mark = false, paragraph = false, fragment = false, block = false })
  end
  return ""
end

local function divide_lines(cell, room, is_loose)
  local count, total = cell.paragraph:layout(cell.wide)
  local leading, first = total / count, cell.first_line or 1
  local left, fit = (cell.last_line or count) - first + 1, math.floor(room / leading + 0.001)
  if fit >= left then return cell, emptied(cell), left * leading end
  local fewest = is_loose and 1 or FEWEST
  if left - fit < fewest then fit = left - fewest end
  if fit < fewest then return nil end
  local head = copy_of(cell, { last_line = first + fit - 1, first_line = first })
  return head, copy_of(cell, { first_line = first + fit }), fit * leading
end

local function divide_block(cx, cell, wide, room)
  local fragment, rest = cell.block:layout(cx, wide, room)
  if not fragment then return nil end
  local more = rest and copy_of(cell, { block = rest }) or emptied(cell)
  return copy_of(cell, { fragment = fragment }), more, fragment.height
end

--- Divides a row that is laid out in `row.list`. Answers nil where a cell cannot be divided.
---@param row {row:integer, list:table, at:integer, room:number, is_loose?:boolean}
---@return {height:number, cells:table, id:string}?
function M.divide(self, cx, plan, fragment, row)
  local room, columns = row.room - 2 * PAD, #self.columns
  local heads, rests, tallest, has_rest = {}, {}, plan.leading, false
  if room < plan.leading then return nil end
  for c = 1, columns do
    local cell = row.list[row.at + c]
    local head, rest, height = cell, "", plan.leading
    if type(cell) == "table" then
      if cell.paragraph then
        head, rest, height = divide_lines(cell, room, row.is_loose)
      elseif cell.fragment then
        head, rest, height = divide_block(cx, cell, cell.wide or plan.wides[c], room)
      else
        rest = emptied(cell)
      end
      if head == nil then return nil end
    elseif cell == false then
      rest = false
    end
    if type(rest) == "table" and (rest.paragraph or rest.block) then has_rest = true end
    heads[c], rests[c], tallest = head, rest, math.max(tallest, height)
  end
  if not has_rest or tallest > room + 0.01 then return nil end
  local id = row.row == 1 and self.partial and self.partial.id or cx:unique("row")
  M.put(fragment, row.row, row.list, row.at, heads, id)
  return { height = tallest + 2 * PAD, cells = rests, id = id }
end

--- Notes the cells of a part of a row: they stay with the page, for the rows of the data do not know of parts.
function M.put(fragment, r, list, at, part, id)
  fragment.parts, fragment.ids = fragment.parts or {}, fragment.ids or {}
  fragment.parts[r], fragment.ids[r] = part, id
  for c = 1, #part do list[at + c] = part[c] end
  fragment.tall[at] = true
end

--- Lays out what remained of the first row of a page; answers its height.
function M.lay(self, cx, plan, fragment, list, at)
  local partial, tallest, part = self.partial, plan.leading, {}
  for c, cell in ipairs(partial.cells) do
    local height = plan.leading
    if type(cell) == "table" then
      if cell.paragraph then
        local count, total = cell.paragraph:layout(cell.wide)
        height = (count - cell.first_line + 1) * total / count
      elseif cell.block then
        local laid = cell.block:layout(cx, cell.wide or plan.wides[c], 1e6)
        if not laid then cx:fail("table: a block in a cell cannot be divided here", self.place) end
        cell = copy_of(cell, { fragment = laid })
        height = laid.height
      end
    end
    part[c], tallest = cell, math.max(tallest, height)
  end
  M.put(fragment, 1, list, at, part, partial.id)
  return tallest + 2 * PAD
end

return M
