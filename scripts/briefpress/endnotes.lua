--- The notes of a report that has them at its end (`notes_at = "end"`).
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local footnote = require "briefpress.footnote"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local sorted = require "briefpress.sorted"

local M = {}

local Endnotes = { uses_pages = true, on_grid = true }
Endnotes.__index = Endnotes

--- The marks in order: those of the pass before, else all that were met so far.
local function marks_of(cx)
  local notes = footnote.state(cx)
  if notes.ordered then return notes.ordered end
  local list = {}
  for _, marks in sorted.pairs(notes.by_text) do
    for _, mark in ipairs(marks) do list[#list + 1] = mark end
  end
  table.sort(list, function(a, b) return a.serial < b.serial end)
  return list
end

function Endnotes:prepare(cx)
  if self.is_rest or self.pass == cx.pass then return end
  if cx.notes_at ~= "end" then
    cx:fail('b.endnotes lists the notes of a report that has them at its end; b.report { notes_at = "end" } says so',
      self.place)
  end
  self.pass = cx.pass
  local list, children, seen = marks_of(cx), {}, {}
  footnote.state(cx).used = list
  if self.title then
    children[1] = require("briefpress.heading").title(self, self.title)
  end
  for _, mark in ipairs(list) do
    local id = mark.key or mark
    if not seen[id] or cx.notes_restart then
      seen[id] = true
      children[#children + 1] = footnote.block(cx, mark)
    end
  end
  self.flow = flow.new(#list > 0 and children or {})
end

function Endnotes:measure(cx, width)
  self:prepare(cx)
  return self.flow:measure(cx, width)
end

function Endnotes:layout(cx, width, height)
  self:prepare(cx)
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  if rest then
    rest = setmetatable({ flow = rest, is_rest = true, place = self.place, space_after = self.space_after }, Endnotes)
  end
  return content, rest
end

local known = options.define("endnotes", { title = "any" })

--- See scripts/types/pages.lua.
---@param spec? briefpress.options.endnotes
function M.endnotes(spec)
  spec = options.read("endnotes", spec or {}, known)
  local title = spec.title
  if title == nil then title = phrase("notes") end
  if title ~= false then options.expect(title, "string", "endnotes: title") end
  return block.make(Endnotes, { title = title, title_level = title and 3 or nil }, spec)
end

return M
