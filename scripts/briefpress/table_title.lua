--- Titles of columns, units and spanners that hold Markdown or placeholders. Loaded where one does; those that the data
--- give are never read as Markdown.
local inline = require "briefpress.inline"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"

local M = {}

local OTHERS = 100000000 -- As text.lua has it: marks of the ledger are below.

--- The spans of a title, and the marks of the figures in it. A header is drawn again on each page, where nothing could
--- hold its links, so it has none.
---@param self table               The table block.
---@param title string
---@param over? table              Overrides of the style of headers.
---@return engine.Span[] spans
---@return integer[]? marks
function M.spans(self, cx, title, over)
  if inline.needs_pages(title) then
    options.fail("table: a number of a page may stand in a cell or a note of a table, not in its header", self.place)
  end
  local spans = inline.spans(cx, title, "table_head", over, self.place)
  local marks
  for _, span in ipairs(spans) do
    span.link = nil
    if span.mark and span.mark < OTHERS then
      marks = marks or {}
      marks[#marks + 1] = span.mark
    end
  end
  return spans, marks
end

--- What a title wants: its widest word and its one line.
---@return number least
---@return number most
function M.widths(self, cx, title, over)
  local _, token = cx:style("table_head", over)
  local paragraph = cx.paragraph(M.spans(self, cx, title, over), token)
  return paragraph:min_width(), paragraph:max_width()
end

--- Notes where the figures of a title were drawn.
function M.drawn(cell, x, y)
  for _, mark in ipairs(cell.marks) do
    for _, box in ipairs(cell.paragraph:boxes(mark)) do
      ledger.drawn(cell.cx, mark, x + box.x, y + box.y, box.width, box.height)
    end
  end
end

return M
