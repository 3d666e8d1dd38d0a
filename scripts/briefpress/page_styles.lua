--- What a layout says about its pages: checks of furniture and page styles, the styles by name, and numbers in
--- letters. Reports that say nothing of it do not load this.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local options = require "briefpress.options"
local page_style = require "briefpress.page_style"
local sorted = require "briefpress.sorted"

local M = {}

local furniture_options = options.define("page.furniture", {
  first = "any", last = "any", left = "any", right = "any",
})

local function check_one(value, what)
  local is = type(value)
  if is == "function" or is == "string" or value == false or block.is(value) then return end
  options.fail(("%s must be a function of the page, a block, a text or false, got a %s"):format(what, is))
end

--- Checks a header, a footer or a background: one for all pages, or a table of them.
---@param value any
---@param what string                "report: header".
function M.check_furniture(value, what)
  if value == nil then return end
  if type(value) ~= "table" or block.is(value) or getmetatable(value) then return check_one(value, what) end
  options.read(what, value, furniture_options, true)
  for _, key in ipairs { 1, "first", "last", "left", "right" } do
    local of = key == 1 and "what all other pages have" or key
    if value[key] ~= nil then check_one(value[key], ("%s: %s"):format(what, of)) end
  end
end

local style_options = options.define("page.style", {
  paper = "any", margins = "table", header = "any", footer = "any", background = "any",
})

--- Checks the page styles of a report.
---@param pages table<string, table>
---@param is_facing? boolean
function M.check(pages, is_facing)
  for name, spec in sorted.pairs(pages) do
    if type(name) ~= "string" then options.fail("report: pages holds page styles by name: { wide = { ... } }") end
    local what = ("report: pages.%s"):format(name)
    options.expect(spec, "table", what)
    options.read(what, spec, style_options, true)
    if spec.margins then page_style.check_margins(spec.margins, what .. ": margins", is_facing) end
    for _, kind in ipairs { "header", "footer", "background" } do
      M.check_furniture(spec[kind], what .. ": " .. kind)
    end
  end
end

--- A page style by name; a misspelt one is an error that suggests the nearest.
---@param report briefpress.Report
---@param own briefpress.PageStyle   The report's own.
---@param name string
---@param place? string              Blamed for a name that there is not.
---@return briefpress.PageStyle
function M.named(report, own, name, place)
  local pages = report.pages or {}
  local spec = pages[name]
  if not spec then
    local near = engine.nearest(name, sorted.keys(pages))
    options.fail(('page: no page style "%s"; %s'):format(name, near and ('did you mean "%s"?'):format(near)
      or ("b.report { pages = { %s = { ... } } } makes one"):format(name)), place)
  end
  local usual = { paper = { own.width, own.height }, header = own.header, footer = own.footer,
    background = own.background }
  return page_style.make(report, spec, name, own.margins, usual)
end

local roman = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" },
  { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } }

local function as_roman(number)
  local text = ""
  for _, step in ipairs(roman) do
    while number >= step[1] do
      text, number = text .. step[2], number - step[1]
    end
  end
  return text
end

--- A page number in letters as PDF readers show it: "i", "I", "a" or "A".
---@param kind string
---@param number integer
---@return string
function M.label(kind, number)
  local lower = kind:lower()
  local text = lower == "i" and as_roman(number)
    or string.char(97 + (number - 1) % 26):rep((number - 1) // 26 + 1)
  return kind == lower and text or text:upper()
end

return M
