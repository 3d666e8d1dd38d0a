--- Marks of the index in texts: {index:term}, {index:term!narrower}, {index:key@term} where it sorts otherwise,
--- {index:term|see other}. A mark prints nothing; it stands with the word behind it, or before it where none follows.
--- Where it stands is named for links as the text is located or drawn. Without b.index in the report there are none.
local options = require "briefpress.options"

local M = {}

local FIRST = 200000000 -- Marks of spans from here on are ours; below are those of images, and of the ledger.

--- Splits at a sign.
local function split(text, sign)
  local parts = {}
  for part in (text .. sign):gmatch("(.-)%" .. sign) do parts[#parts + 1] = part:match "^%s*(.-)%s*$" end
  return parts
end

--- Reads what stands behind "index:". nil where no index wants it.
---@param cx briefpress.Context
---@param text string
---@param body string                Between the braces, for messages.
---@param place? string
---@return table? mark               `path`, a list of {key, label}; `see` or `see_also`, the label of another entry.
function M.read(cx, text, body, place)
  local term, more = text:match "^(.-)%s*|%s*(.*)$"
  local mark = { path = {}, place = place }
  for i, part in ipairs(split(term or text, "!")) do
    local key, label = part:match "^(.-)%s*@%s*(.*)$"
    if (label or part) == "" then options.fail(("{%s}: a term of the index is empty"):format(body), place) end
    mark.path[i] = { key or part, label or part }
  end
  if #mark.path > 3 then options.fail(("{%s}: an index goes three levels deep"):format(body), place) end
  if more then
    mark.see_also = more:match "^see also%s+(.+)$"
    mark.see = not mark.see_also and more:match "^see%s+(.+)$" or nil
    if not mark.see and not mark.see_also then
      options.fail(('{%s}: behind "|" stands "see term" or "see also term"'):format(body), place)
    end
  end
  if not cx.index_marks or cx.is_plain or cx.is_furniture then return nil end
  return mark
end

--- Notes a mark that stands behind the spans so far. A text that is made again keeps the numbers of its marks.
---@param cx briefpress.Context
---@param holder table               The text's: `index`, its marks; `indexed`, those of the last time.
---@param spans engine.Span[]
---@param mark table
function M.note(cx, holder, spans, mark)
  local list = holder.index or {}
  holder.index = list
  local before = holder.indexed and holder.indexed[#list + 1]
  if before then
    mark = before
  else
    mark.number = #cx.index_marks + 1
    mark.name = "index:" .. mark.number
    cx.index_marks[mark.number] = mark
  end
  mark.at = #spans
  list[#list + 1] = mark
end

--- Takes one of the two spaces that stand around a mark, or that which it leaves at the beginning.
local function close_gap(before, behind)
  if not behind or not behind.text or #behind.text < 2 or not behind.text:find "^ " then return end
  if not before or (before.text and before.text:find " $") then behind.text = behind.text:sub(2) end
end

--- Ties the marks of a text to its spans.
---@param spans engine.Span[]
---@param list table[]
function M.attach(spans, list)
  for _, mark in ipairs(list) do
    local before, behind = spans[mark.at], spans[mark.at + 1]
    close_gap(before, behind)
    mark.is_behind = not behind or (behind.text ~= nil and behind.text:find "^%s" ~= nil and before ~= nil)
    local carrier = mark.is_behind and before or behind
    if carrier and (carrier.text ~= "" or carrier.mark) then
      carrier.mark = carrier.mark or FIRST + mark.number
      mark.shown = carrier.mark
    end
  end
end

--- Names the places of a text's marks in lines `first` to `last`, which begin at x and y.
---@param cx briefpress.Context
---@param list table[]
---@param paragraph engine.Paragraph As it was laid out.
---@param x number
---@param y number
---@param first integer
---@param last integer
---@param leading number
function M.locate(cx, list, paragraph, x, y, first, last, leading)
  for _, mark in ipairs(list) do
    local boxes = mark.shown and paragraph:boxes(mark.shown) or {}
    local box = boxes[mark.is_behind and #boxes or 1]
    local line = box and box.line or 1
    if line >= first and line <= last and not (mark.see or mark.see_also) then
      cx:anchor(mark.name, x + (box and box.x or 0), y + (line - first) * leading)
    end
  end
end

return M
