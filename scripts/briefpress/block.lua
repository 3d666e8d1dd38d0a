--- What makes a table a block: the two calls of the protocol, the place in the layout that made it, and the
--- options common to all. Shipped components and a user's own (`b.block`) pass through the same door.
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local M = {}
local names_kinds = engine.job.boxes

--- Turns `self` into a block of `class`: remembers the layout's line and takes the common options of `spec`. A block
--- that the library makes while it lays out another has no line: what is wrong in it is blamed on the other's.
---@param class table
---@param self table
---@param spec? table
function M.make(class, self, spec)
  local place = engine.caller()
  if place ~= "" then self.place = place end
  if names_kinds then self.boxed_as = options.reading end
  if spec then
    local before, after, keep, id = spec.space_before, spec.space_after, spec.keep_with_next, spec.id
    if before then self.space_before = before end
    if after then self.space_after = after end
    if keep ~= nil then self.keep_with_next = keep end
    if id then self.id = id end
  end
  return setmetatable(self, class)
end

--- Takes the common options of a spec that are given.
---@param self table
---@param spec table
function M.common(self, spec)
  for name in next, options.common do
    if spec[name] ~= nil then self[name] = spec[name] end
  end
  return self
end

function M.is(value)
  return type(value) == "table" and type(value.layout) == "function"
end

local function add(list, items, name, count, is_whole)
  for i = 1, #items do
    local item = items[i]
    count = count + 1
    if M.is(item) then
      if item.is_section and not is_whole then -- So that its page breaks and kept headings work among its neighbours.
        table.move(item.children, 1, #item.children, #list + 1, list)
      else
        list[#list + 1] = item
      end
    elseif type(item) == "string" then
      list[#list + 1] = require("briefpress.text").text(item)
    elseif type(item) == "table" and not getmetatable(item) then
      add(list, options.list(item), name, count, is_whole)
    else
      require("briefpress.child").fail(item, name, count)
    end
  end
  return list
end

--- The blocks among the positional parts of a spec. Text stands for `b.text`, lists are opened up.
---@param spec table
---@param name string
---@param is_whole? boolean        Sections and documents are one child each, not many.
---@return briefpress.Block[]
function M.children(spec, name, is_whole)
  return add({ nil, nil, nil, nil }, options.list(spec), name, 0, is_whole)
end

--- Notes the names and headings in a fragment without drawing it, as far as it knows how (`locate` in scripts/types).
---@param fragment briefpress.Fragment
---@param canvas engine.Page       One that only listens, for fragments that must be drawn to tell.
---@param x number
---@param y number
function M.locate(fragment, canvas, x, y)
  local locate = fragment.locate
  if locate then
    locate(fragment, canvas, x, y)
  elseif locate == nil then
    fragment:draw(canvas, x, y)
  end
end

--- How a fragment of a block of one's own is read. `alt` makes one figure of all that it draws, on however many pages;
--- what is `decorative` is passed over. Else the block tags what it draws, and `check` finds what it did not.
local function declare(root, cx, fragment)
  if fragment.is_declared then return end
  fragment.is_declared = true
  local draw, alt, canvases = fragment.draw, root.alt, require "briefpress.canvas"
  fragment.draw = function(self, canvas, x, y)
    if alt then
      canvas:begin_tag("Figure", { alt = alt, id = root.tag_id, box = { x, y, self.width, self.height } })
      draw(self, canvases.quiet(canvas), x, y)
      return canvas:end_tag()
    end
    if root.decorative then
      canvas:begin_artifact "Layout"
      draw(self, canvases.quiet(canvas), x, y)
      return canvas:end_artifact()
    end
    local _, before = canvas:painted()
    if not before or cx.is_furniture then return draw(self, canvas, x, y) end
    local told = cx.loose_told or 0 -- Of the blocks inside, which are told of themselves.
    draw(self, canvas, x, y)
    local _, now = canvas:painted()
    local loose = now - before - ((cx.loose_told or 0) - told)
    if loose > 0 then
      cx.loose_told = (cx.loose_told or 0) + loose
      canvases.undeclared(cx, root.place, "block: it draws outside of any tag; tag what is read (canvas:begin_tag),"
        .. ' give the block alt = "…" if it is one figure, or decorative = true')
    end
  end
end

--- Wraps the layout of a block of one's own, and that of what remains of it. `root` is what the layout gave.
local function adopt(self, root)
  local layout = self.layout
  self.is_adopted = true
  self.layout = function(of, cx, width, height)
    local fragment, rest = layout(of, cx, width, height)
    if not fragment then return fragment, rest end
    if type(fragment) ~= "table" then
      options.fail(("block: layout answers a fragment, a table with width, height and draw, got a %s")
        :format(type(fragment)), root.place)
    end
    if type(fragment.draw) == "function" then
      if rest then root.tag_id = root.tag_id or cx:unique "figure" end
      declare(root, cx, fragment)
      if type(rest) == "table" and not rest.is_adopted then adopt(rest, root) end
    end
    return fragment, rest
  end
end

--- A user's own block.
---@param spec table
---@return briefpress.Block
function M.block(spec)
  options.expect(spec, "table", "block")
  options.expect(spec.layout, "function", "block: layout")
  if spec.measure ~= nil then options.expect(spec.measure, "function", "block: measure") end
  if spec.alt ~= nil then options.expect(spec.alt, "string", "block: alt") end
  if spec.alt == "" then spec.alt, spec.decorative = nil, true end
  if spec.alt and spec.decorative then options.fail "block: an ornament has no alt; leave out decorative, or alt" end
  spec.place = engine.caller()
  adopt(spec, spec)
  if not spec.measure then
    spec.measure = function(_, _, width) return 0, width end
  end
  return spec
end

return M
