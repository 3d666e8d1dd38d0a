--- Blocks below each other: spacing that collapses, headings that stay with what follows, and the split where the
--- height ends. What remains keeps the same list and an index; nothing is copied. Spaces that fill take what is
--- left of the height, each by its weight. A block that answers `false` has nothing to show: the flow is as without it.
--- Blocks that are `is_usual` are no spaces and break no page, which saves asking them.
local type, HUGE = type, math.huge
local SLACK <const> = 0.01 -- Sums of floats: this much over the edge is still in.

local Flow = { on_grid = true, slack = SLACK, is_open = true }
Flow.__index = Flow

---@param children briefpress.Block[]
---@param gap? number        Between all neighbours, instead of the spaces they want.
function Flow.new(children, gap)
  return setmetatable({ children = children, gap = gap, first = 1, space_before = 0, space_after = 0 }, Flow)
end

function Flow:measure(cx, width)
  local least, most = 0, 0
  for i = self.first, #self.children do
    local block = self.children[i]
    cx.at = block.place or cx.at
    local a, b = block:measure(cx, width)
    if a > least then least = a end
    if b > most then most = b end
  end
  return least, most
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

--- Notes the names and headings in it without drawing: what a pass needs that only finds page numbers.
function Fragment:locate(canvas, x, y)
  local cx, blocks, tops = self.cx, self.blocks, self.tops
  for i = 1, #self do
    local part, id = self[i], blocks[i].id
    local locate = part.locate
    if id then cx:anchor(id, x, y + tops[i]) end
    if locate then
      locate(part, canvas, x, y + tops[i])
    elseif locate == nil then
      part:draw(canvas, x, y + tops[i])
    end
  end
end

function Fragment:draw(canvas, x, y)
  local cx, blocks, tops = self.cx, self.blocks, self.tops
  if cx.is_dry then return self:locate(canvas, x, y) end
  for i = 1, #self do
    local fragment, id, top = self[i], blocks[i].id, y + tops[i]
    if id then cx:anchor(id, x, top) end
    fragment:draw(canvas, x, top)
    if cx.boxes then require("briefpress.boxes").draw(cx, canvas, blocks[i], fragment, x, top) end
  end
end

--- The flow from child `first` on, of which `rest` (if any) is what remains.
local function remaining(self, first, rest)
  return setmetatable({ children = self.children, gap = self.gap, first = first, rest = rest, space_before = 0,
    space_after = 0 }, Flow)
end

--- The flow without its first child; nil where nothing is left.
function Flow:skip()
  return self.first < #self.children and remaining(self, self.first + 1) or nil
end

--- How many of the placed parts stay: headings at the end, and spaces, go to the next page with what follows.
local function kept(parts, blocks)
  local n = #parts
  while n > 0 and (blocks[n].keep_with_next or blocks[n].is_space) do n = n - 1 end
  return n
end

--- What a fragment must have. Of the library's own (`is_own`) nothing but the sizes can be wrong.
local function check(cx, block, fragment)
  local width, height = fragment.width, fragment.height
  if type(fragment.draw) ~= "function" or type(width) ~= "number" or type(height) ~= "number"
    or width - width ~= 0 or height - height ~= 0 or height < 0 or width < 0 then
    cx:fail("a fragment needs a finite width and height from 0 and a function draw", block.place)
  end
  if fragment.locate and type(fragment.locate) ~= "function" then
    cx:fail("a fragment's locate is a function, false or left out", block.place)
  end
end

--- Ends the parts at `y`.
local function finish(cx, parts, y, height, fills)
  parts.height = y
  if fills then require("briefpress.flow_fill").finish(cx, parts, height, fills) end
end

--- What fits, and what remains: after a page break, before a block with a page of its own, where the height ends.
function Flow:layout(cx, width, height)
  local children, count, gap = self.children, #self.children, self.gap
  local spacing = cx.spacing
  local blocks, tops = { nil, nil, nil, nil }, { nil, nil, nil, nil } -- With room, so that few of them ever grow.
  local parts = setmetatable({ nil, nil, nil, nil, cx = cx, width = width, blocks = blocks, tops = tops, height = 0 },
    Fragment)
  local y, wanted, n = 0, 0, 0
  local index = self.first
  local block = self.rest or children[index]
  local was_space, fills = true, nil
  while block do
    local rest
    local breaks, is_space, own_page
    if not block.is_usual then breaks, is_space, own_page = block.breaks, block.is_space, block.own_page end
    if breaks then
      local is_need = n > 0 and breaks ~= true
      if is_need and not cx.is_loose and breaks(block, cx, height - y) then
        local stay = kept(parts, blocks)
        if stay > 0 then
          index, y, fills = require("briefpress.flow_fill").take_back(self, parts, index, stay)
          finish(cx, parts, y, height, fills)
          return parts, remaining(self, index)
        end
      elseif n > 0 and not is_need then
        finish(cx, parts, y, height, fills)
        return parts, index < count and remaining(self, index + 1) or nil
      end
    elseif own_page then
      if n == 0 then block:layout(cx) end -- Says where it may stand.
      finish(cx, parts, y, height, fills)
      return parts, remaining(self, index)
    elseif not is_space or n > 0 or is_space == "place"
      or (is_space == "fill" and require("briefpress.flow_fill").begins(children, index)) then
      local before, after = spacing(cx, block)
      if was_space or is_space then
        before = 0 -- A space is exact: it replaces what its neighbours want. Nothing is above the first.
      elseif gap then
        before = gap
      elseif wanted > before then
        before = wanted
      end
      cx.at = block.place or cx.at
      local fragment
      fragment, rest = block:layout(cx, width, height - y - before + SLACK)
      if fragment == nil and n == 0 and cx.is_marking then
        fragment, rest = require("briefpress.overflow").too_high(cx, block, width, height), nil
      end
      if fragment then
        local wide, high = fragment.width, fragment.height
        if not (fragment.is_own and wide >= 0 and high >= 0 and wide + high < HUGE) then check(cx, block, fragment) end
        n = n + 1
        y = y + before
        parts[n], blocks[n], tops[n] = fragment, children[index], y
        if is_space ~= "place" then -- What stands elsewhere is between no neighbours.
          y, wanted, was_space = y + high, after, is_space
          if is_space == "fill" then fills = (fills or 0) + block.weight end
        end
      end
      if fragment == nil or (fragment and rest) then
        if not fragment then
          rest = nil
          if not cx.stuck then cx.stuck, cx.stuck_width = block, width end
        end
        local stay = n
        if not fragment and not cx.is_loose then
          stay = kept(parts, blocks)
        elseif not fragment and n > 0 and blocks[n].keep_with_next then
          cx.parted = blocks[n]
        end
        if stay == 0 then return nil, self end
        if stay < n then -- What is taken back was whole: only a part that stayed can have left a rest.
          index, y, fills = require("briefpress.flow_fill").take_back(self, parts, index, stay)
          block = children[index]
        end
        finish(cx, parts, y, height, fills)
        return parts, remaining(self, index, rest or (block ~= children[index] and block or nil))
      end
    end
    index = index + 1
    block = children[index]
  end
  finish(cx, parts, y, height, fills)
  return parts
end

return Flow
