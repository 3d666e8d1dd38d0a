--- Places the floats of a page: those that were left over from pages before it, in their order, and those that are
--- called on it, as long as their call stays on it. The flow gets what room they leave.
local block = require "briefpress.block"
local gather = require "briefpress.gather"

local M = {}

local MOST = 0.7 -- Part of a page that floats may take beside text.

-- A float at its place; `page` knows where the corner of the flow is.
local Placed = {}
Placed.__index = Placed

function Placed:draw(canvas)
  local page, float = self.page, self.float
  if float.anchor then float.cx:anchor(float.anchor, page.x, page.y + self.top) end
  if float.tag then canvas:begin_tag("Div", { id = float.tag }) end
  self.fragment:draw(canvas, page.x, page.y + self.top)
  if float.tag then canvas:end_tag() end
end

function Placed:locate(canvas)
  local page, float = self.page, self.float
  if float.anchor then float.cx:anchor(float.anchor, page.x, page.y + self.top) end
  block.locate(self.fragment, canvas, page.x, page.y + self.top)
end

-- The flow with its floats.
local Page = {}
Page.__index = Page

local function each(self, action, canvas, x, y)
  self.x, self.y = x, y
  for _, placed in ipairs(self.above) do
    if not placed.is_called then placed[action](placed, canvas) end
  end
  local body = self.body
  if body and action == "draw" then body:draw(canvas, x, y + self.body_top) end
  if body and action == "locate" then block.locate(body, canvas, x, y + self.body_top) end
  for _, placed in ipairs(self.below) do
    if not placed.is_called then placed[action](placed, canvas) end
  end
end

function Page:draw(canvas, x, y)
  each(self, "draw", canvas, x, y)
end

function Page:locate(canvas, x, y)
  each(self, "locate", canvas, x, y)
end

--- The room that a list of floats takes, with the space that parts them from text and each other.
local function height_of(list, gap)
  local sum = 0
  for _, placed in ipairs(list) do sum = sum + placed.fragment.height + gap end
  return sum
end

local function place(cx, float, width, height, is_called)
  return setmetatable({ float = float, fragment = float:content(cx, width, height), is_called = is_called }, Placed)
end

--- Says of each float where it stands.
local function stack(page, width, height, gap)
  local y = 0
  for _, placed in ipairs(page.above) do
    placed.page, placed.top = page, y
    y = y + placed.fragment.height + gap
  end
  page.body_top = y
  local body = page.body
  if not body and y > 0 then y = y - gap end
  y = y + (body and body.height or 0)
  local foot = height
  for i = #page.below, 1, -1 do
    local placed = page.below[i]
    foot = foot - placed.fragment.height
    placed.page, placed.top = page, foot
    foot = foot - gap
  end
  page.width, page.height = width, #page.below > 0 and height or y
  if body and body.stretch and body.fills then body:stretch(math.max(body.height, foot - page.body_top)) end
  return setmetatable(page, Page)
end

--- The floats that wait, as many as a page takes; the first is taken in any case. What stands on a page of its own
--- comes alone.
local function take_waiting(cx, page, width, height, most, gap)
  local queue, taken = cx.floats.queue, 0
  local is_own = queue[1] and queue[1].at == "page"
  for i, float in ipairs(queue) do
    if (float.at == "page") ~= is_own then break end
    local placed = place(cx, float, width, cx.floats.height)
    local high = height_of(page.above, gap) + height_of(page.below, gap) + placed.fragment.height
    if high > (is_own and height or most) and (i > 1 or high > height) then break end
    local list = float.at == "bottom" and page.below or page.above
    list[#list + 1] = placed
    taken = i
  end
  for i = taken + 1, #queue do page.waiting[#page.waiting + 1] = queue[i] end
  return is_own
end

--- The calls in a fragment whose floats are not placed yet.
local function new_calls(cx, fragment, page)
  local calls = {}
  for _, item in ipairs(gather.gather(cx, fragment, "floating")) do
    if type(item) == "table" and item.float and not page.placed[item.float] then calls[#calls + 1] = item end
  end
  return calls
end

--- True where the floats that are called on a page are called in this fragment, too.
local function holds(cx, fragment, page)
  local called = {}
  for _, item in ipairs(gather.gather(cx, fragment, "floating")) do
    if type(item) == "table" and item.float then
      called[item.float] = true
      item.placed = page.placed[item.float]
    end
  end
  for float in next, page.placed do
    if not called[float] then return false end
  end
  return true
end

--- Tries to place a called float, with the flow as much lower; answers the flow then.
local function try(cx, lay, page, call, width, height, gap)
  local float = call.float
  local placed = place(cx, float, width, cx.floats.height, true)
  local list = float.at == "bottom" and page.below or page.above
  list[#list + 1] = placed
  page.placed[float] = placed
  local taken = height_of(page.above, gap) + height_of(page.below, gap)
  local fragment, more
  if taken <= MOST * height then fragment, more = lay(height - taken) end
  if fragment and holds(cx, fragment, page) then return fragment, more end
  list[#list], page.placed[float] = nil, nil
  return nil
end

--- What fits into `height` of the flow and its floats; `rest` is the flow, for pages without any of it.
local function fill(cx, rest, lay, width, height)
  local gap = cx.theme.space.float or 20
  local page = { above = {}, below = {}, placed = {}, waiting = {} }
  local has_text = rest.rest or rest.children[rest.first]
  local is_own = take_waiting(cx, page, width, height, has_text and MOST * height or height, gap)
  local more = rest
  if not is_own then
    local fragment
    fragment, more = lay(height - height_of(page.above, gap) - height_of(page.below, gap))
    if not fragment and #page.above + #page.below == 0 then return nil end
    local at = 1
    while fragment do
      local call = new_calls(cx, fragment, page)[at]
      if not call then break end
      local is_behind = #page.waiting > 0 or call.float.at == "page"
      local now, left
      if not is_behind then now, left = try(cx, lay, page, call, width, height, gap) end
      if now then
        fragment, more = now, left
      else
        page.waiting[#page.waiting + 1] = call.float
        at = at + 1
      end
    end
    if fragment then holds(cx, fragment, page) end
    page.body = fragment
    if not fragment then more = rest end
  end
  if #page.above + #page.below == 0 then
    page.body.waiting = page.waiting
    return page.body, more
  end
  return stack(page, width, height, gap), more
end

--- What stands on a page, and what remains of the flow; and how to fill a page that is less high.
---@param cx briefpress.Context
---@param rest table                 The flow.
---@param lay fun(height:number):briefpress.Fragment?, table?
---@param width number
---@param height number
---@return briefpress.Fragment fragment
---@return table? more
---@return fun(height:number):briefpress.Fragment?, table?
function M.fill(cx, rest, lay, width, height)
  cx.floats.height = height
  local function lay_with(room) return fill(cx, rest, lay, width, room) end
  local fragment, more = lay_with(height)
  return fragment, more, lay_with
end

--- Lets all floats wait that a page calls which had to be filled otherwise.
function M.defer(cx, fragment)
  fragment.waiting = table.move(cx.floats.queue, 1, #cx.floats.queue, 1, {})
  for _, call in ipairs(new_calls(cx, fragment, { placed = {} })) do
    fragment.waiting[#fragment.waiting + 1] = call.float
  end
end

--- Lets the floats wait that found no place on a page.
function M.commit(cx, fragment)
  fragment = fragment.body and fragment.notes and fragment.body or fragment
  cx.floats.queue = fragment.waiting or {}
end

return M
