--- What is counted before anything is laid out: the tree is walked once; headings get their numbers and are listed for
--- the contents, every id is noted, and whether anything in it asks for page numbers.
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local M = {}

--- Walks the tree once: numbers headings, lists them for the contents, notes who needs page numbers.
local function walk(cx, list, counters, is_numbered)
  for i = 1, #list do
    local item = list[i]
    if item then
      if item.uses_pages then cx.is_paged = true end
      if item.is_sources then cx.has_sources = true end
      if item.is_heading then
        local level = item.level
        local entry = { level = level, place = item.place, in_contents = item.in_contents }
        if is_numbered and item.is_numbered then
          counters[level] = (counters[level] or 0) + 1
          for deeper = level + 1, 6 do counters[deeper] = nil end
          local parts = {}
          for l = 1, level do parts[l] = tostring(counters[l] or 1) end
          entry.number = table.concat(parts, ".")
        end
        if level > (cx.last_level or 0) + 1 then
          engine.report("finding", ("a heading of level %d follows one of level %d; screen readers expect no gap")
            :format(level, cx.last_level or 0), item.place)
        end
        cx.last_level = level
        entry.id = item.anchor or "section-" .. (#cx.entries + 1)
        cx.entries[#cx.entries + 1] = entry
        item.entry = entry
        entry.source = item.source
      end
      local id = item.anchor or item.id
      if id then
        if cx.anchors[id] then
          options.fail(('the id "%s" is used twice; first at %s'):format(id, cx.anchors[id].place), item.place)
        end
        cx.anchors[id] = item
      end
      if item.children then walk(cx, item.children, counters, is_numbered) end
    end
  end
end

--- Walks the blocks of a report.
---@param cx briefpress.Context
---@param children briefpress.Block[]
---@param is_numbered? boolean
function M.walk(cx, children, is_numbered)
  walk(cx, children, {}, is_numbered)
end

return M
