--- The lines of a table that hold sums: of a group, of all rows, and those that one page carries to the next, which
--- stand there for the sake of the page and are artifacts.
local engine = require "briefpress.engine"
local cells = require "briefpress.table_cells"
local fill = require "briefpress.table_fill"
local lines = require "briefpress.table_lines"
local phrase = require("briefpress.phrase").phrase
local sums = require "briefpress.table_sums"
local text_width = engine.text.width

local M = {}

local PAD = 3.5 -- Above and below the text of a row.

--- A line of sums; their texts come later, when it is certain which rows stand before it.
---@param name "subtotal"|"total"|"carried_forward"|"brought_forward"
function M.sum(self, cx, plan, name, group)
  local is_strong = name == "subtotal" or name == "total"
  local words = name == "subtotal" and phrase("subtotal", { group = tostring(group) }) or phrase(name)
  local over = is_strong and cells.strong(self) or require("briefpress.style").over(self.over, { color = "muted" })
  local line = lines.line_of(self, cx, plan, words, self.sums.label_columns, over)
  line.is_artifact, line.is_carried = not is_strong, not is_strong
  return line
end

--- The cells of a total that the layout gives, set in the weight of the header.
local function given_total(self, cx, plan)
  local set = cx:style(self.style, cells.strong(self))
  local list, tallest = {}, plan.leading
  for c, column in ipairs(self.columns) do
    local value = cells.total(self, column)
    if type(value) ~= "string" or text_width(set, value) > plan.wides[c] + 0.01 then
      local height
      value, height = fill.tall_cell(self, cx, plan, c, value, set)
      if height > tallest then tallest = height end
    end
    list[c] = value
  end
  for c, value in ipairs(list) do
    if type(value) == "table" and value.is_rich then
      value.rows = 1 -- Nothing is below it.
      for covered = c + 1, value.last do list[covered] = false end
    end
  end
  return { cells = list, set = set, height = tallest + 2 * PAD }
end

--- The total: of the sums, or the row that the layout gives.
function M.total(self, cx, plan)
  return self.total == true and M.sum(self, cx, plan, "total") or given_total(self, cx, plan)
end

--- What stands at the top of a page below the header: the sums brought forward, the heading of a group that goes on.
---@return number y                Below them.
function M.lead(self, cx, plan, fragment, y)
  local lead = {}
  if self.carries then lead[1] = M.sum(self, cx, plan, "brought_forward") end
  if self.goes_on and self.repeats then lead[#lead + 1] = lines.heading(self, cx, plan, self.last_group, true) end
  for _, line in ipairs(lead) do
    line.top = y
    y = y + line.height
  end
  fragment.lead = lead
  return y
end

--- Adds up what stands on the page and writes the sums into its lines; answers the states for the next page.
function M.reckon(self, fragment, count)
  local reckoner = self.sums
  local all, group = sums.copy(self.sum_of_all), sums.copy(self.sum_of_group)
  for _, line in ipairs(fragment.lead or {}) do
    if line.is_carried then line.texts = reckoner:texts(all, true) end
  end
  local before, after = fragment.before, fragment.after
  for r = 1, count do
    if before and before[r] then group = {} end
    if not (r == 1 and self.partial) then reckoner:add(fragment.first + r - 1, all, group) end
    if after and after[r] then after[r].texts = reckoner:texts(group, false) end
  end
  local total = fragment.tail and fragment.tail.total
  if total and not total.cells then total.texts = reckoner:texts(all, false) end
  if fragment.carried then fragment.carried.texts = reckoner:texts(all, true) end
  return all, group
end

return M
