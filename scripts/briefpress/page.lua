--- Pages of a style of their own among those of a report: `b.page { style = "wide", ... }`. The rendering enters the
--- group, fills pages from its blocks, and goes back behind it.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"

local M = {}

local Page = { own_page = true, is_page = true, is_open = true, space_before = 0, space_after = 0 }
Page.__index = Page

function Page:measure(cx, width)
  return flow.new(self.children):measure(cx, width)
end

--- The rendering lays its blocks out; as part of another block it would have no page.
function Page:layout(cx)
  cx:fail("b.page stands at the top level of a report, or in a section or another b.page there, only", self.place)
end

local known = options.define("page", {
  style = "string", start = { "left", "right" }, numbers = { "1", "i", "I", "a", "A" }, first_number = "count",
})

--- See scripts/types/pages.lua.
---@param spec briefpress.options.page
function M.page(spec)
  options.expect(spec, "table", "page")
  spec = options.read("page", spec, known)
  if spec.first_number == 0 then options.fail("page: first_number counts from 1") end
  local numbers
  if spec.numbers or spec.first_number then
    numbers = { kind = spec.numbers or "1", first = spec.first_number or 1 }
  end
  return block.make(Page, { children = block.children(spec, "page"), page_style = spec.style, start = spec.start,
    numbers = numbers }, spec)
end

return M
