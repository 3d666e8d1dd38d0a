--- The report: the root of the tree, with its paper, margins, theme and page furniture.
local block = require "briefpress.block"
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"

local M = {}

local Report = {}
Report.__index = Report

local papers = {
  A3 = { 841.89, 1190.55 }, A4 = { 595.28, 841.89 }, A5 = { 419.53, 595.28 }, A6 = { 297.64, 419.53 },
  B5 = { 498.9, 708.66 }, Letter = { 612, 792 }, Legal = { 612, 1008 }, Tabloid = { 792, 1224 },
}

--- The size of a paper in points: its name, with "landscape" on demand, or {width, height}.
---@param paper string|(number|string)[]
---@return number width
---@return number height
function M.paper(paper, place)
  local width, height
  if type(paper) == "table" then
    if #paper ~= 2 then options.fail("report: paper must be a name or {width, height}", place) end
    width, height = lengths.points(paper[1], 0, place), lengths.points(paper[2], 0, place)
  else
    local name, turn = tostring(paper):match("^(%w+)%s*(%a*)$")
    local size = papers[name or ""]
    if not size or (turn ~= "" and turn ~= "landscape" and turn ~= "portrait") then
      options.fail(('report: no paper "%s"; it knows A3 to A6, B5, Letter, Legal, Tabloid, each with "landscape"')
        :format(tostring(paper)), place)
    end
    width, height = size[1], size[2]
    if turn == "landscape" then width, height = height, width end
  end
  if not (width >= 3 and height >= 3 and width <= 14400 and height <= 14400) then
    options.fail("report: the sides of a page measure 3 to 14,400 points", place)
  end
  return width, height
end

--- Margins in points: of the report, else of the theme.
function M.margins(given, usual, width, height, place)
  local result = {}
  for side, whole in next, { top = height, bottom = height, left = width, right = width } do
    local value = given and given[side] or usual and usual[side] or 64
    result[side] = lengths.points(value, whole, place)
  end
  if width - result.left - result.right < 20 or height - result.top - result.bottom < 20 then
    options.fail("the margins leave less than 20 points of the page", place)
  end
  return result
end

local known = {
  title = "string", subtitle = "string", author = "string", subject = "string", keywords = "string",
  language = "string", paper = "any", margins = "table", theme = "table", header = "any", footer = "any",
  background = "any", numbered = "boolean", baseline = "amount", overflow = { "error", "mark" },
}

--- See scripts/types. `header`, `footer` and `background` are functions of the page; `false` leaves them out.
---@param spec briefpress.Report
function M.report(spec)
  options.expect(spec, "table", "report")
  spec = options.read("report", spec, known)
  if spec.theme then require("briefpress.theme").check(spec.theme, "report: theme") end
  for _, name in ipairs { "header", "footer", "background" } do
    if spec[name] then options.expect(spec[name], "function", "report: " .. name) end
  end
  if spec.margins then
    options.read("report: margins", spec.margins,
      { top = "length", right = "length", bottom = "length", left = "length" }, true)
  end
  local self = {}
  for key, value in next, spec do
    if type(key) == "string" then self[key] = value end
  end
  self.children = block.children(spec, "report")
  if #self.children == 0 then options.fail("report: it has no blocks") end
  return block.make(Report, self)
end

--- True where a layout returned a report.
function M.is(value)
  return getmetatable(value) == Report
end

return M
