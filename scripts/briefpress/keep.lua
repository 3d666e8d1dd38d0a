--- Blocks that depend on where they come to stand: kept on one page, shown only where a condition holds, or where there
--- is room.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local max = math.max

local M = {}

local known_keep = options.define("keep", { gap = "length" })

--- Blocks that stay on one page. What is higher than a page is split all the same, and `check` says so.
function M.keep(spec)
  options.expect(spec, "table", "keep")
  spec = options.read("keep", spec, known_keep)
  local children = block.children(spec, "keep")
  if #children == 0 then options.fail("keep: it has no blocks") end
  local gap = spec.gap and require("briefpress.lengths").points(spec.gap, 0)
  return require("briefpress.stack").new(children, { keep = true, id = spec.id, space_before = spec.space_before,
    space_after = spec.space_after, keep_with_next = spec.keep_with_next }, gap)
end

--- One of several blocks, chosen where it stands. What remains of it is its own: it is not chosen again.
local Choice = { on_grid = true }
Choice.__index = Choice

local function has_heading(list)
  for i = 1, #list do
    local item = list[i]
    if item and (item.is_heading or (item.children and has_heading(item.children))) then return true end
  end
  return false
end

--- `choose(self, cx, width, height)` answers fragment and rest, as a layout does.
local function new(name, children, choose, spec)
  if has_heading(children) then
    options.fail(("%s: a heading cannot depend on where it stands; it is counted and in the contents"):format(name))
  end
  local flows = {}
  for i = 1, #children do flows[i] = children[i] and flow.new { children[i] } end
  local self = block.make(Choice, { children = children, flows = flows, layout = choose }, spec)
  local first = children[1] or children[2]
  self.style = first.style
  self.space_before = self.space_before or first.space_before
  self.space_after = self.space_after or first.space_after
  return self
end

function Choice:measure(cx, width)
  local least, most = 0, 0
  for i = 1, #self.children do
    if self.children[i] then
      local a, b = self.flows[i]:measure(cx, width)
      least, most = max(least, a), max(most, b)
    end
  end
  return least, most
end

local function layout_when(self, cx, width, height)
  local page = { number = cx.page, room = height, width = width, language = cx.language,
    count = self.uses_pages and cx:page_count() or nil }
  local chosen = self.flows[self.condition(page) and 1 or 2]
  if not chosen then return false end
  local fragment, rest = chosen:layout(cx, width, height)
  if not fragment then return nil, self end
  return fragment, rest
end

--- One block as the only child of a component.
local function alternative(value, name)
  if value == nil or value == false then return false end
  local list = block.children({ value }, name)
  if #list == 1 then return list[1] end
  return #list > 0 and require("briefpress.stack").new(list, {}) or false
end

--- A block where a condition holds, else another. A condition that is a function is asked where the block comes to
--- stand, as often as that is tried.
---@param condition any
---@param then_block any
---@param else_block? any
function M.when(condition, then_block, else_block)
  if type(condition) == "table" and then_block == nil and else_block == nil then
    options.fail "when: it has no block; write b.when(condition, block, other)"
  end
  if type(condition) ~= "function" then
    if condition then return alternative(then_block, "when") end
    return alternative(else_block, "when")
  end
  local yes, no = alternative(then_block, "when"), alternative(else_block, "when")
  if not yes and not no then options.fail "when: it has no block; write b.when(condition, block, other)" end
  local self = new("when", { yes, no }, layout_when)
  self.condition = condition
  return self
end

local function layout_if_room(self, cx, width, height)
  local flows = self.flows
  local is_enough = not self.height or height >= cx:length(self.height, cx:frame().height)
  for i = 1, #flows do
    if (i > 1 or is_enough) and (i < #flows or i == 1) then
      local stuck = cx.stuck
      local fragment, rest = flows[i]:layout(cx, width, height)
      if fragment and not rest then return fragment end
      cx.stuck = stuck
    end
  end
  if #flows == 1 then return false end
  local fragment, rest = flows[#flows]:layout(cx, width, height)
  if not fragment then return nil, self end
  return fragment, rest
end

local known_room = options.define("if_room", { height = "length" })

--- The first of its blocks that fits whole into what is left of the page; else the last of them, which may be split.
--- Where there is only one, it is left out.
function M.if_room(spec)
  options.expect(spec, "table", "if_room")
  spec = options.read("if_room", spec, known_room)
  local children = block.children(spec, "if_room", true)
  if #children == 0 then options.fail("if_room: it has no blocks") end
  local self = new("if_room", children, layout_if_room, spec)
  self.height = spec.height
  return self
end

return M
