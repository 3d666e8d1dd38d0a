--- The sources of the data as a numbered list with links.
local block = require "briefpress.block"
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

local Sources = { is_sources = true }
Sources.__index = Sources

--- One source: title, publisher, date, address.
local function entry(source)
  local escape = require("briefpress.inline").escape
  local parts = {}
  if source.publisher ~= "" then parts[1] = escape(source.publisher) end
  parts[#parts + 1] = "*" .. escape(source.title) .. "*"
  if source.date ~= "" then parts[#parts + 1] = escape(engine.format.date(source.date)) end
  local text = table.concat(parts, phrase("separator"))
  if source.url ~= "" then
    text = text .. phrase("stop") .. "[" .. escape((source.url:gsub("^https?://", ""))) .. "](<" .. source.url .. ">)"
  end
  return text
end

function Sources:prepare(cx)
  if self.content then return end
  local list = { ordered = true, style = "source", gap = 3 }
  local text = require("briefpress.text").new
  local used = self.order == "use" and cx.sources_used
  if used then used.is_listed = true end
  for _, source in ipairs(used or cx.data.sources) do
    list[#list + 1] = text(entry(source), { style = "source", tag = "BibEntry", space_before = 0, space_after = 0 })
  end
  local children = {}
  if self.title then
    children[1] = require("briefpress.heading").title(self, self.title)
  end
  if #list > 0 then
    local made = require("briefpress.list").list(list)
    cx.source_items = made.children
    if cx.source_numbers then require("briefpress.source_mark").name(made.children) end
    children[#children + 1] = made
  end
  self.content = require("briefpress.flow").new(children)
end

function Sources:measure(cx, width)
  self:prepare(cx)
  return self.content:measure(cx, width)
end

function Sources:layout(cx, width, height)
  self:prepare(cx)
  -- Drawn before the first mark is met, the list has no names to link to: they are made where marks need them.
  if not cx.is_dry and not cx.source_numbers then cx.has_named_sources = false end
  return self.content:layout(cx, width, height)
end

local known = options.define("sources", { title = "any", order = { "data", "use" } })

--- See scripts/types/structure.lua.
function M.sources(spec)
  spec = options.read("sources", spec or {}, known)
  local title = spec.title
  if title == nil then title = phrase("sources") end
  return block.make(Sources, { title = title, order = spec.order, title_level = title and 3 or nil }, spec)
end

return M
