--- Footnotes of a table: marks in the order of reading, and the notes below it. A note that is used again has one
--- mark.
local engine = require "briefpress.engine"
local forms = require "briefpress.inline_forms"
local text = require "briefpress.text"
local text_width = engine.text.width

local M = {}

local RAISED = 64 -- As inline_forms.lua has it.
local MARK_GAP = 2 -- Between a mark and its note.
local SYMBOLS = { "*", "†", "‡", "§", "¶" }

local function letters(n)
  local word = ""
  while n > 0 do
    n = n - 1
    word = string.char(97 + n % 26) .. word
    n = n // 26
  end
  return word
end

local function symbols(n)
  return SYMBOLS[(n - 1) % #SYMBOLS + 1]:rep((n - 1) // #SYMBOLS + 1)
end

--- The mark of a note, the next one where the note is new; and the name of the place that it leads to.
---@param self table              The table block.
---@param cx briefpress.Context
---@param note string
---@return string mark
---@return string target
function M.mark(self, cx, note)
  local shared = self.shared
  local notes = shared.notes
  if not notes then
    notes = { by_text = {}, name = cx:unique("table-note") }
    shared.notes = notes
  end
  local number = notes.by_text[note]
  if not number then
    number = #notes + 1
    notes[number], notes.by_text[note] = note, number
  end
  local kind = self.note_marks
  local mark = kind == "numbers" and tostring(number) or kind == "symbols" and symbols(number) or letters(number)
  return mark, ("%s-%d"):format(notes.name, number)
end

--- The mark as a span, raised. With a `target` it leads to its note; `is_read` tells that the note is read behind it,
--- as it is in the cells of values: with a header, which is said again for each of its cells, it would be said as
--- often.
---@param style engine.Style
---@param token table
---@param target? string
---@param is_read? boolean
---@return engine.Span
function M.span(cx, style, token, mark, target, is_read)
  local span = { style = style, text = mark }
  if target then span.link, span.tag, span.note = "#" .. target, "Reference", is_read and target or nil end
  return forms.add(cx, {}, span, token, RAISED)[1]
end

--- The notes below the table, laid out for a width; nil where there are none.
---@return table?
function M.layout(self, cx, width)
  local marked = self.shared.notes or {}
  local general = self.notes or {}
  local count = #general + #marked
  if count == 0 then return nil end
  local blocks = self.shared.note_blocks or {}
  self.shared.note_blocks = blocks
  local style, token = cx:style "caption"
  local notes = { cx = cx, height = 0, baseline = cx:baseline "caption", indent = 0 }
  for i = 1, #marked do
    local word, target = M.mark(self, cx, marked[i])
    local mark = M.span(cx, style, token, word)
    notes[#general + i] = { mark = mark, target = target }
    notes.indent = math.max(notes.indent, text_width(mark.style, mark.text) + MARK_GAP)
  end
  for i = 1, count do
    local is_marked = i > #general
    local note = notes[i] or {}
    local made = blocks[i] or text.new(is_marked and marked[i - #general] or general[i],
      { style = "caption" })
    blocks[i], notes[i] = made, note
    note.left, note.top = is_marked and notes.indent or 0, notes.height
    note.fragment = made:layout(cx, width - note.left, 1e6)
    notes.height = notes.height + note.fragment.height
  end
  return notes
end

--- Draws them: marks hang at the left.
function M.draw(notes, canvas, x, y)
  for _, note in ipairs(notes) do
    local mark, top = note.mark, y + note.top
    if mark then
      notes.cx:anchor(note.target, x, top)
      canvas:begin_tag("Note", { id = note.target })
      canvas:begin_tag("Lbl")
      canvas:text(mark.style, x, top + notes.baseline, mark.text)
      canvas:end_tag()
    end
    note.fragment:draw(canvas, x + note.left, top)
    if mark then canvas:end_tag() end
  end
end

return M
