--- "Source: ..." lines: of an indicator's source with its place in it, or of a text.
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

--- The parts of a source that a reader needs to find it.
---@param source engine.Source
---@param locator? string
---@return string
function M.describe(source, locator)
  local parts = {}
  if source.publisher ~= "" then parts[#parts + 1] = source.publisher end
  parts[#parts + 1] = source.title
  if locator and locator ~= "" then parts[#parts + 1] = locator end
  return table.concat(parts, phrase("separator"))
end

--- The inline text of a source line; nil where there is none.
---@param source any                A text, a source, or an indicator (whose source and locator are named).
---@param what string               Who asks, for the message.
---@return string?
function M.text(source, what)
  if source == nil or source == false then return nil end
  local said
  if type(source) == "string" then
    said = source
  elseif type(source) == "table" or type(source) == "userdata" then
    local escape = require("briefpress.inline").escape
    local is = kind.of(source)
    if is == "list" or (is == nil and type(source) == "table" and #source > 0) then -- Several.
      local list, seen = {}, {}
      for _, one in ipairs(source) do
        local origin = one
        if kind.of(one) == "indicator" then origin = one.source end
        if origin and not seen[origin.id] then
          seen[origin.id] = true
          list[#list + 1] = escape(M.describe(origin))
        end
      end
      if #list == 0 then return nil end
      said = table.concat(list, "; ")
    elseif is == "indicator" then
      if not source.source then return nil end
      said = escape(M.describe(source.source, source.locator))
    elseif is == "source" then
      said = escape(M.describe(source))
    end
  end
  if not said then options.fail(("%s: source must be a text, a source of the data, or an indicator"):format(what)) end
  return phrase("source", { text = said })
end

return M
