--- A block for each row of a list or a table of the data. It is made when the flow comes to it and forgotten some rows
--- later, so that ten thousand do not stand in memory; what was counted in it (headings, captions) is kept.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local kinds = require "briefpress.kind"
local options = require "briefpress.options"

local M = {}

local KEPT = 64 -- Blocks that are held: a flow goes back to headings before the one that did not fit.

local Nothing = { space_before = 0, space_after = 0 }
Nothing.__index = Nothing
function Nothing.measure() return 0, 0 end
function Nothing.layout() return false end

local function is_tagged_heading(item)
  return type(item.tag) == "string" and item.tag:find "^H[1-6]$" ~= nil
end

local function is_counted(item)
  return item.is_heading or item.is_captioned or item.title_level or is_tagged_heading(item)
end

--- What numbering has found out about the blocks of an item, in order (numbering.lua).
local function counted(item, list)
  if is_counted(item) then list[#list + 1] = { item.entry or false, item.tag_level or false, item.section } end
  for _, child in ipairs(item.children or {}) do
    if child then counted(child, list) end
  end
  return list
end

local function recount(item, list, at)
  if is_counted(item) then
    at = at + 1
    local seen = list[at]
    if seen then
      item.entry, item.tag_level, item.section = seen[1] or nil, seen[2] or nil, seen[3]
      if item.is_captioned then item.id = item.entry.id end
      if is_tagged_heading(item) then item.tag = "H" .. item.tag_level end
    end
  end
  for _, child in ipairs(item.children or {}) do
    if child then at = recount(child, list, at) end
  end
  return at
end

local function one_of(made)
  local list = block.children({ made }, "each")
  if #list == 0 then return setmetatable({}, Nothing) end
  if #list == 1 then return list[1] end
  local all = flow.new(list)
  all.place, all.style = list[1].place, list[1].style
  all.space_before, all.space_after = list[1].space_before, list[#list].space_after
  return all
end

--- The children of the flow: a list that makes its items when they are asked for.
local Items = {}

function Items.__len(self)
  local facts = rawget(self, "facts")
  return facts.page_break and math.max(0, facts.count * 2 - 1) or facts.count
end

function Items.__index(self, index)
  local facts = rawget(self, "facts")
  if math.type(index) ~= "integer" or index < 1 or index > #self then return nil end
  local number = index
  if facts.page_break then
    if index % 2 == 0 then return facts.page_break end
    number = (index + 1) // 2
  end
  local held, seen = facts.held, facts.seen
  local item = held[number]
  if item then return item end
  item = one_of(facts.make(facts.row(number), number))
  item.place = item.place or facts.place
  if seen[number] then recount(item, seen[number], 0) end
  held[number] = item
  local order = facts.order
  order[#order + 1] = number
  if #order > KEPT then
    local oldest = table.remove(order, 1)
    if not seen[oldest] then
      local list = counted(held[oldest], {})
      if #list > 0 then seen[oldest] = list end
    end
    held[oldest] = nil
  end
  return item
end

--- How many rows there are, and how one is got.
local function reader(rows)
  if kinds.of(rows) == "table" then
    local meta = { __index = function(row, name) return rows:cell(rawget(row, 1), name) end }
    return rows:count(), function(number) return setmetatable({ number }, meta) end
  end
  if type(rows) ~= "table" and type(rows) ~= "userdata" then
    options.fail(("each expects a list or a table of the data, got %s"):format(rows == nil and "nothing"
      or "a " .. type(rows)))
  end
  return #rows, function(number) return rows[number] end
end

local known = options.define("each", { page = "boolean", gap = "length" })

--- A block for each row. See scripts/types.
---@param rows any[]|engine.Table
---@param make fun(row:any, number:integer):any
---@param spec? briefpress.options.each
function M.each(rows, make, spec)
  options.expect(make, "function", "each: what makes a block of a row")
  options.expect(spec or {}, "table", "each: its options")
  spec = options.read("each", spec or {}, known)
  local count, row = reader(rows)
  if count == 0 then return setmetatable({}, Nothing) end
  local new_page = spec.page and require("briefpress.space").page_break() or nil
  local items = setmetatable({ facts = { count = count, row = row, make = make, page_break = new_page, held = {},
    order = {}, seen = {}, place = require("briefpress.engine").caller() } }, Items)
  local self = flow.new(items, spec.gap and require("briefpress.lengths").points(spec.gap, 0))
  self.place, self.is_each = items.facts.place, true
  if not new_page then
    block.common(self, spec)
    return self
  end
  local whole = flow.new { new_page, self, require("briefpress.space").page_break() }
  whole.place, whole.is_section = self.place, true
  block.common(whole, spec)
  return whole
end

return M
