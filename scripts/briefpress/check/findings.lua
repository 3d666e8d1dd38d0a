--- What was found, told at the end: one finding a cause, however many pages, rows or passes show it.
local engine = require "briefpress.engine"

local M = {}

local Findings = {}
Findings.__index = Findings

---@return table
function M.new()
  return setmetatable({ known = {}, count = 0 }, Findings)
end

--- Adds a finding. Those of one kind at one place are one, which says how many there are.
---@param kind string
---@param place? string              "file:line".
---@param text string                "what is wrong; what to do".
---@param detail? string             Tells those of one kind and place apart: the text when left out.
function Findings:add(kind, place, text, detail)
  place = place or ""
  local key = kind .. "\n" .. place
  local found = self.known[key]
  detail = detail or text
  if not found then
    self.count = self.count + 1
    found = { kind = kind, place = place, text = text, details = {}, count = 0 }
    self.known[key], self[self.count] = found, found
  end
  if found.details[detail] then return end
  found.details[detail] = true
  found.count = found.count + 1
end

--- Reports all but those of a kind that `dropped` names.
---@param dropped? table<string, boolean>
function Findings:tell(dropped)
  for i = 1, self.count do
    local found = self[i]
    if not (dropped and dropped[found.kind]) then
      local more = found.count - 1
      engine.report("finding", more > 0 and ("%s (and %d more like it here)"):format(found.text, more) or found.text,
        found.place)
    end
  end
end

--- Words quoted in a finding, as many as tell which they are.
---@param text string
---@return string
function M.quote(text)
  text = text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  local cut = utf8.len(text) and utf8.len(text) > 32 and utf8.offset(text, 31)
  return '"' .. (cut and text:sub(1, cut - 1):gsub(" $", "") .. "…" or text) .. '"'
end

return M
