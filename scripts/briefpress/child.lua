--- What stands among blocks and is none, in words, and what to do about it.
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local reports = require "briefpress.report"

local M = {}

---@param item any
---@return string
local function said(item)
  local is = type(item)
  if is == "number" then
    return ('a number, expected a block; print it as text: b.text(b.format.number(%g)), or as an indicator: "{id}"')
      :format(item)
  end
  if is == "function" then
    local furniture = require "briefpress.furniture"
    local name = item == furniture.footer and "footer" or item == furniture.header and "header"
    if name then
      return ("b.%s, which stands in the margin of a page and not among blocks; give it to the report or to b.page: "
        .. "%s = b.%s"):format(name, name, name)
    end
    return 'a function, expected a block; a component is called: b.text "…", and so is a function of yours'
  end
  if kind.of(item) == "indicator" then
    return ('an indicator, expected a block; print it as text: "{%s}", or as a figure: b.figure "%s"'):format(item.id,
      item.id)
  end
  if is == "boolean" then return "true, expected a block; what is not to be printed is false or nil" end
  if reports.is(item) then return "a report, expected a block; a layout returns one report, b.section parts it" end
  return ("a %s, expected a block"):format(kind.of(item) or is)
end

---@param item any
---@param name string               Of the component that it stands in.
---@param count integer             Which of its children it is.
function M.fail(item, name, count)
  options.fail(("%s: child %d is %s"):format(name, count, said(item)), reports.is(item) and item.place or nil)
end

return M
