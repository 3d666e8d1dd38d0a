--- Placeholders that begin with a word and a colon and are no indicators: references ({ref:id}), and marks of the index
--- ({index:term}).
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local M = {}

local words = { "page", "ref", "number", "title", "index" }

--- Fills one; answers what inline.lua's `fill` does.
---@param cx briefpress.Context
---@param body string                Between the braces.
---@param place? string
function M.fill(cx, body, place)
  local kind, rest = body:match "^(%a+):%s*(.-)%s*$"
  if kind == "index" then
    return "", nil, nil, require("briefpress.index_mark").read(cx, rest, body, place)
  end
  local reference = require "briefpress.reference"
  if not reference.knows(kind) then
    local near = engine.nearest(kind, words)
    options.fail(("{%s}: no such placeholder%s"):format(body, near and ("; did you mean {%s:%s}?"):format(near, rest)
      or "; it is {ref:id}, {number:id}, {title:id}, {page:id} or {index:term}"), place)
  end
  local text, link = reference.fill(cx, kind, rest, place)
  return text, nil, link
end

return M
