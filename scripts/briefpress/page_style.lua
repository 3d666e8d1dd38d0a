--- Page styles: what a page measures and what stands in its margins. A report has one of its own; page_styles.lua has
--- what only reports with several of them need.
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"

local M = {}

local papers = {
  A3 = { 841.89, 1190.55 }, A4 = { 595.28, 841.89 }, A5 = { 419.53, 595.28 }, A6 = { 297.64, 419.53 },
  B5 = { 498.9, 708.66 }, Letter = { 612, 792 }, Legal = { 612, 1008 }, Tabloid = { 792, 1224 },
}

--- The size of a paper in points: its name, with "landscape" on demand, or {width, height}.
---@param paper string|(number|string)[]
---@param place? string
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

--- Margins in points, as a right-hand page has them: what is given, else what is usual. `inner` and `outer` stand for
--- left and right there.
---@param given? table
---@param usual? table
---@param width number
---@param height number
---@param place? string
---@return {top:number, right:number, bottom:number, left:number}
function M.margins(given, usual, width, height, place)
  local result, given_sides, usual_sides = {}, given or {}, usual or {}
  local function of(sides, side)
    return sides[side] or (side == "left" and sides.inner) or (side == "right" and sides.outer) or nil
  end
  for side, whole in next, { top = height, bottom = height, left = width, right = width } do
    result[side] = lengths.points(of(given_sides, side) or of(usual_sides, side) or 64, whole, place)
  end
  if width - result.left - result.right < 20 or height - result.top - result.bottom < 20 then
    options.fail(("the margins leave %.0f by %.0f points of the page; leave 20 at least each way"):format(
      width - result.left - result.right, height - result.top - result.bottom), place)
  end
  return result
end

local margin_options = options.define("page.margins", {
  top = "length", right = "length", bottom = "length", left = "length", inner = "length", outer = "length",
})

--- Checks margins as a layout gives them.
---@param given table
---@param what string                "report: margins".
---@param is_facing? boolean         Pages have an inner and an outer side.
function M.check_margins(given, what, is_facing)
  options.read(what, given, margin_options, true)
  local inner = given.inner or given.outer
  if inner and not is_facing then
    options.fail(what .. ": inner and outer are sides of facing pages; set facing = true in b.report, or say left and"
      .. " right")
  end
  if inner and (given.left or given.right) then
    options.fail(what .. ": give inner and outer, or left and right, not both")
  end
end

--- The furniture of a page out of a table of it: that of the first and the last page comes before that of a side.
---@param given any
---@param facts briefpress.PageFacts
---@return any
function M.choose(given, facts)
  if type(given) ~= "table" or given.layout then return given end
  if facts.is_first and given.first ~= nil then return given.first end
  if facts.is_last and given.last ~= nil then return given.last end
  local of_side = given[facts.side]
  if of_side ~= nil then return of_side end
  return given[1]
end

---@class briefpress.PageStyle
---@field name string                "" for the report's own.
---@field width number               Points.
---@field height number
---@field margins table              Of a right-hand page, or of every page.
---@field mirrored? table            The same of a left-hand page, where pages face each other: width, height, margins.
local Style = {}
Style.__index = Style

--- What page `number` measures.
---@return {width:number, height:number, margins:table}
function Style:sheet(number)
  return self.mirrored and number % 2 == 0 and self.mirrored or self
end

--- A page style of what a layout says; what it leaves out is as usual.
---@param report briefpress.Report
---@param spec table
---@param name string
---@param usual_margins? table
---@param usual table
---@return briefpress.PageStyle
function M.make(report, spec, name, usual_margins, usual)
  local width, height = M.paper(spec.paper or usual.paper, report.place)
  local margins = M.margins(spec.margins, usual_margins, width, height, report.place)
  local style = { name = name, width = width, height = height, margins = margins }
  if report.facing then
    style.mirrored = { width = width, height = height,
      margins = { top = margins.top, bottom = margins.bottom, left = margins.right, right = margins.left } }
  end
  for _, kind in ipairs { "header", "footer", "background" } do
    style[kind] = spec[kind]
    if style[kind] == nil then style[kind] = usual[kind] end
  end
  return setmetatable(style, Style)
end

--- The page style of a report.
---@param report briefpress.Report
---@param theme briefpress.Theme
---@return briefpress.PageStyle
function M.own(report, theme)
  local page = theme.page or {}
  local footer = report.footer
  if footer == nil then footer = require("briefpress.furniture").footer end
  return M.make(report, report, "", page.margins, { paper = page.paper or "A4", footer = footer })
end

return M
