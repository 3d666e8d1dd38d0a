--- Marks of sources: raised numbers behind figures, which the sources section lists.
local engine = require "briefpress.engine"
local forms = require "briefpress.inline_forms"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

--- The observation of a period; nil where there is none.
local function observation(indicator, period)
  for _, seen in ipairs(indicator:series()) do
    if seen.period == period then return seen end
  end
end

--- The number of a source that is marked for the first time, where the list has those that are used, in that order.
local function used(cx, numbers, source, what, place)
  local list = cx.sources_used
  if not list or cx.is_plain then return nil end -- Plain text of a heading prints no marks.
  if list.is_listed then
    options.fail(('{%s}: b.sources { order = "use" } must stand behind all marks; this one is laid out later')
      :format(what), place)
  end
  list[#list + 1] = source
  numbers[source.id] = #list
  return #list
end

--- The number of a figure's source among the sources of the data; nil, and a finding, where it has none of its own.
---@param cx briefpress.Context
---@param indicator engine.Indicator
---@param period? string             Of the observation; the newest when left out.
---@param what string                Between the braces, for the message.
---@param place? string
---@return integer?
function M.number(cx, indicator, period, what, place)
  local seen = period and observation(indicator, period) or indicator
  local source, numbers = seen.source, cx.source_numbers
  if not source then
    engine.report("finding", ("{%s}: the figure has no source of its own to mark"):format(what), place or cx.at)
    return nil
  end
  if not numbers then
    numbers = {}
    for i, one in ipairs(cx.sources_used and {} or cx.data.sources) do numbers[one.id] = i end
    cx.source_numbers = numbers
    if cx.source_items and cx.has_named_sources ~= false then M.name(cx.source_items) end
    if not cx.has_sources then
      engine.report("finding", ("{%s}: nothing lists the sources that figures are marked with; b.sources does")
        :format(what), place or cx.at)
    end
  end
  return numbers[source.id] or used(cx, numbers, source, what, place)
end

--- Names the items of the sources section, for the marks to link to.
---@param items briefpress.Block[]
function M.name(items)
  for i, item in ipairs(items) do item.id = "source:" .. i end
end

local RAISED = 64 -- As inline_forms.lua has it.

--- Adds the mark of a source to spans: its number in the sources section, a link to it where there is one. It begins no
--- line.
---@param cx briefpress.Context
---@param spans engine.Span[]
---@param number integer
---@param span engine.Span            Style, and the link where there is another.
---@param token table                 Of the style.
function M.add(cx, spans, number, span, token)
  if not span.link and cx.has_sources and cx.has_named_sources ~= false and not cx.is_furniture then
    span.link = "#source:" .. number
  end
  if span.link then span.tag = "Reference" end
  span.text = phrase("source_mark", { number = engine.format.number(number, { grouping = false }) })
  local last = spans[#spans]
  if last and last.text:find("[\128-\255]$") then last.text = last.text .. "\u{2060}" end
  forms.add(cx, spans, span, token, RAISED)
end

return M
