--- The number of pages that a report is to have: more are an error, in `check` a finding as the others; fewer are a
--- finding.
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local M = {}

local function said(count)
  return count == 1 and "1 page" or count .. " pages"
end

--- Holds the pages that were laid out against what the report asks for.
---@param self table               The rendering, as run.lua has it.
---@param wanted integer
function M.check(self, wanted)
  local count, place = self.cx.count, self.report.place
  if count == wanted then return end
  local text = ("report: it has %s, and page_count asks for %d"):format(said(count), wanted)
  if count < wanted then return engine.report("finding", text, place) end
  local surplus = 0
  for number = wanted + 1, count do surplus = surplus + (self.pages[number].filled or 0) end
  text = ("%s: %.0f points of height are too much; shorten it, or make text, charts or margins smaller"):format(text,
    surplus)
  if engine.job.is_check then return engine.report("finding", text, place) end
  options.fail(text, place)
end

return M
