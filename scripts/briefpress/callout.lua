--- A callout: blocks set apart by a line in a colour at the left, under a title.
local block = require "briefpress.block"
local options = require "briefpress.options"
local stack = require "briefpress.stack"
local text = require "briefpress.text"

local M = {}

local known = options.define("callout", { title = "string", color = "color", fill = "color", keep = "boolean" })

--- See scripts/types.
function M.callout(spec)
  options.expect(spec, "table", "callout")
  spec = options.read("callout", spec, known)
  local children = block.children(spec, "callout")
  if spec.title then
    local title = text.new(spec.title, { style = "h3", color = spec.color or "accent", space_before = 0, tag = "P" })
    title.keep_with_next = true
    table.insert(children, 1, title)
  end
  if #children == 0 then options.fail("callout: it has no blocks") end
  local is_filled = spec.fill ~= nil
  local last = children[#children]
  if last.space_after == nil then last.space_after = 0 end
  return stack.new(children, {
    padding = { left = 14, right = is_filled and 14 or 0, y = is_filled and 12 or 2 }, border = spec.color or "accent",
    edge = "left", thickness = 2, fill = spec.fill, keep = spec.keep, id = spec.id, tag = "Div",
    space_before = spec.space_before or 16, space_after = spec.space_after or 16, keep_with_next = spec.keep_with_next,
  })
end

return M
