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

--- The mark of a note: the next one where the note is new.
---@param self table              The table block.
---@param note string
---@return string
function M.mark(self, note)
  local shared = self.shared
  local notes = shared.notes
  if not notes then
    notes = { by_text = {} }
    shared.notes = notes
  end
  local number = notes.by_text[note]
  if not number then
    number = #notes + 1
    notes[number], notes.by_text[note] = note, number
  end
  local kind = self.note_marks
  return kind == "numbers" and tostring(number) or kind == "symbols" and symbols(number) or letters(number)
end

--- The mark as a span, raised.
---@param style engine.Style
---@param token table
---@return engine.Span
function M.span(cx, style, token, mark)
  local spans = forms.add(cx, {}, { style = style, text = mark }, token, RAISED)
  return spans[1]
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
  local notes = { height = 0, baseline = cx:baseline "caption", indent = 0 }
  for i = 1, #marked do
    local mark = M.span(cx, style, token, M.mark(self, marked[i]))
    notes[#general + i] = { mark = mark }
    notes.indent = math.max(notes.indent, text_width(mark.style, mark.text) + MARK_GAP)
  end
  for i = 1, count do
    local is_marked = i > #general
    local note = notes[i] or {}
    local made = blocks[i] or text.new(is_marked and marked[i - #general] or general[i],
      { style = "caption", tag = is_marked and "Span" or "P" })
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
      canvas:begin_tag("P")
      canvas:text(mark.style, x, top + notes.baseline, mark.text)
    end
    note.fragment:draw(canvas, x + note.left, top)
    if mark then canvas:end_tag() end
  end
end

return M
