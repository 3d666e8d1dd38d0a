--- Space, page breaks and rules.
local block = require "briefpress.block"
local options = require "briefpress.options"

local M = {}

local function nothing() end

local Space = { is_space = true, space_before = 0, space_after = 0 }
Space.__index = Space

function Space.measure()
  return 0, 0
end

--- A space that does not fit is used up: it never opens the next page.
function Space:layout(cx, width, height)
  local own = cx:length(self.height, 0)
  return { width = width, height = math.max(0, math.min(own, height)), draw = nothing, locate = false }
end

--- Exactly this much space between two blocks, whatever they want themselves.
---@param height number|string
function M.space(height)
  options.expect(height, "length", "space")
  return block.make(Space, { height = height })
end

local Break = { breaks = true, space_before = 0, space_after = 0 }
Break.__index = Break
Break.measure = Space.measure

function Break.layout(_, _, width)
  return { width = width, height = 0, draw = nothing, locate = false }
end

local Turn = { own_page = true, space_before = 0, space_after = 0 }
Turn.__index = Turn
Turn.measure = Space.measure

function Turn:layout(cx)
  cx:fail("a page break to a side stands at the top level of a report, or in a section or page there, only", self.place)
end

--- What follows begins a new page; at a page's top it does nothing. See scripts/types/pages.lua.
---@param side? "left"|"right"
function M.page_break(side)
  if side == nil then return block.make(Break, {}) end
  if side ~= "left" and side ~= "right" then
    options.fail(('page_break takes nothing, or the side to go on, "left" or "right"; got %s'):format(
      type(side) == "string" and '"' .. side .. '"' or "a " .. type(side)))
  end
  return block.make(Turn, { start = side })
end

local Rule = {}
Rule.__index = Rule
Rule.measure = Space.measure

local RuleFragment = { locate = false }
RuleFragment.__index = RuleFragment

function RuleFragment:draw(canvas, x, y)
  canvas:begin_artifact("Layout")
  local middle = y + self.height / 2
  canvas:line(x, middle, x + self.length, middle, { stroke = self.color, line_width = self.height })
  canvas:end_artifact()
end

function Rule:layout(cx, width, height)
  if self.thickness > height then return nil, self end
  return setmetatable({ width = width, height = self.thickness, color = cx:color(self.color),
    length = self.width and cx:length(self.width, width) or width }, RuleFragment)
end

local known = options.define("rule", { color = "color", thickness = "number", width = "length" })

--- A horizontal line, 0.4 points in "faint" when left out. See scripts/types.
function M.rule(spec)
  spec = options.read("rule", spec or {}, known)
  if spec[1] ~= nil then options.fail("rule takes options only: { color =, thickness =, width = }") end
  if spec.thickness and spec.thickness <= 0 then options.fail("rule: thickness must be positive") end
  return block.make(Rule,
    { color = spec.color or "faint", thickness = spec.thickness or 0.4, width = spec.width }, spec)
end

return M
