--- The report: the root of the tree, with its paper, margins, theme and page furniture.
local block = require "briefpress.block"
local options = require "briefpress.options"

local M = {}

local Report = {}
Report.__index = Report

local known = options.define("report", {
  title = "string", subtitle = "string", author = "string", subject = "string", keywords = "string",
  language = "string", standard = "string", paper = "any", margins = "table", theme = "any", header = "any",
  footer = "any", background = "any", numbered = "any", baseline = "amount", pages = "table", facing = "boolean",
  first_number = "count", page_count = "count",
  notes = "table", notes_at = { "foot", "end" }, notes_restart = { "page", "section" }, bleed = "length",
  crop_marks = "boolean", overflow = { "error", "mark" }, caption_numbers = { "document", "chapter" },
})

--- See scripts/types/pages.lua.
---@param spec briefpress.Report
function M.report(spec)
  options.expect(spec, "table", "report")
  spec = options.read("report", spec, known)
  local theme = spec.theme and require("briefpress.theme").of(spec.theme, "report: theme")
  for _, name in ipairs { "header", "footer", "background" } do
    local given = spec[name]
    if given and type(given) ~= "function" then
      require("briefpress.page_styles").check_furniture(given, "report: " .. name)
    end
  end
  if spec.numbered ~= nil and type(spec.numbered) ~= "boolean" then
    options.expect(spec.numbered, "table", "report: numbered: true, or a list of patterns as { \"1\", \"1.1\" }; it")
  end
  if spec.margins then
    require("briefpress.page_style").check_margins(spec.margins, "report: margins", spec.facing)
  end
  if spec.pages then require("briefpress.page_styles").check(spec.pages, spec.facing) end
  for key, value in next, spec.notes or {} do
    if type(key) ~= "string" or type(value) ~= "string" then
      options.fail('report: notes holds texts by name: { counted = "At the end of the year." }')
    end
  end
  if spec.language and not (spec.language:find "^%a%a%a?%f[^%a]" and spec.language:find "^[%w-]+$") then
    options.fail(('report: language must be a tag as "en", "zh" or "pt-BR", got "%s"'):format(spec.language))
  end
  if spec.page_count == 0 then options.fail("report: page_count is 1 or more") end
  if spec.first_number == 0 then options.fail("report: first_number counts from 1") end
  local self = {}
  for key, value in next, spec do
    if type(key) == "string" then self[key] = value end
  end
  self.theme = theme
  self.children = block.children(spec, "report")
  if #self.children == 0 then
    options.fail('report: it has no blocks; they stand behind its options, as in { title = "…", b.text "…" }')
  end
  return block.make(Report, self)
end

--- True where a layout returned a report.
function M.is(value)
  return getmetatable(value) == Report
end

return M
