--- Notes: their marks in texts, and the notes themselves. A mark belongs to a place in a text: made again, the
--- text finds it again. Numbers are given as pages are filled (page_notes.lua), in the order in which marks stand;
--- a text whose marks turn out to have other numbers is set again.
local engine = require "briefpress.engine"
local flow = require "briefpress.flow"
local forms = require "briefpress.inline_forms"
local options = require "briefpress.options"
local sorted = require "briefpress.sorted"
local text = require "briefpress.text"

local M = {}

local RAISED = 64 -- As inline_forms.lua has it.

--- What is known of the notes of a rendering; made when the first mark is met.
---@return table
local function state(cx)
  local notes = cx.notes
  if not notes then
    notes = { by_text = {}, keyed = {}, known = {}, list = {}, number = 0, serial = 0, made = 0, twins = 0 }
    cx.notes = notes
  end
  return notes
end

--- The text of a note by its key: of the document in Markdown around it, or of the report.
local function text_of(cx, key, own, place)
  local found = own and own[key] or cx.note_texts and cx.note_texts[key]
  if found then return found end
  local names = {}
  for _, list in ipairs { own or {}, cx.note_texts or {} } do
    for _, name in ipairs(sorted.keys(list)) do names[#names + 1] = name end
  end
  local near = engine.nearest(key, names)
  options.fail(('[^%s]: no such note; %s'):format(key, near and ('did you mean "%s"?'):format(near)
    or ('b.report { notes = { %s = "..." } } has its text, and \\[ prints a bracket'):format(key)), place)
end

--- A mark: the same each time its text is made.
local function mark_of(cx, whole, index, hole, own, place)
  local notes = state(cx)
  local id = type(whole) == "string" and (place or "") .. "\0" .. whole or whole
  local marks = notes.by_text[id]
  if not marks then
    marks = {}
    notes.by_text[id] = marks
  end
  local mark = marks[index]
  if mark then return mark end
  local key = hole.is_key and hole.text or nil
  notes.made = notes.made + 1
  mark = { key = key, text = key and text_of(cx, key, own, place) or hole.text, place = place,
    number = notes.made - notes.twins, serial = notes.made, target = notes.made }
  local first = key and notes.keyed[key]
  if key and not first then notes.keyed[key] = mark end
  if first and not cx.notes_restart then mark.number, notes.twins = first.number, notes.twins + 1 end
  marks[index] = mark
  return mark
end

--- Adds the mark of a note to the spans of a text: a raised number with a link to the note.
---@param cx briefpress.Context
---@param spans engine.Span[]
---@param hole table                 What the placeholder was filled with: text or key.
---@param style engine.Style         Of the words around.
---@param token table
---@param holder? table              Gets the marks of the text, as its `notes`; nil: it may have none.
---@param whole string|table         The text.
---@param place? string
function M.add(cx, spans, hole, style, token, holder, whole, place)
  if cx.is_furniture then options.fail("a note may not stand in a header, footer or background", place) end
  if not holder then
    options.fail("a note may stand in b.text, in lists and cells of tables; not in this text", place)
  end
  local list = holder.notes or {}
  holder.notes = list
  local mark = mark_of(cx, whole, #list + 1, hole, type(whole) == "table" and whole.holes and whole.holes.notes, place)
  list[#list + 1] = { mark = mark, number = mark.number, serial = mark.serial, target = mark.target }
  local last = spans[#spans]
  if last and last.text and (last.text:byte(-1) or 0) > 127 then last.text = last.text .. "\u{2060}" end
  local before = last and last.mark and last.mark > text.NOTES
  forms.add(cx, spans, { style = style, text = (before and "," or "") .. M.print(mark.number),
    link = "#note-" .. mark.target, mark = text.NOTES + #list, tag = "Reference",
    -- At the foot of a page it is read where its mark is; at the end of the report where it stands.
    note = cx.notes_at ~= "end" and mark.target == mark.serial and "note-" .. mark.serial or nil }, token, RAISED)
end

--- A number as it is printed.
function M.print(number)
  return engine.format.number(number, { grouping = false })
end

--- The line of the text that a mark stands on, and where.
local function box_of(fragment, index)
  local paragraph = fragment.owner.shared.paragraph
  text.lines(fragment)
  local box = paragraph:boxes(text.NOTES + index)[1]
  if box and box.line >= fragment.first and box.line <= fragment.last then return box end
end

--- While the notes of a page are gathered, tells those in the lines of a text.
local function locate(self, canvas, x, y)
  local own, noting = getmetatable(self).locate, self.cx.noting
  if own then own(self, canvas, x, y) end
  if not noting then return end
  for index, entry in ipairs(self.owner.shared.notes) do
    if box_of(self, index) then
      noting[#noting + 1] = { mark = entry.mark, fragment = self, index = index }
    end
  end
end

--- Names the places of the marks, for the notes to lead back to.
local function draw(self, canvas, x, y)
  getmetatable(self).draw(self, canvas, x, y)
  local cx = self.cx
  if cx.is_dry or not cx.sheet then return end
  for index, entry in ipairs(self.owner.shared.notes) do
    local box = box_of(self, index)
    if box then
      local left = x + (self.indent or 0)
      cx:anchor("noted-" .. entry.serial, left + box.x, y + self.shift + box.y - (self.first - 1) * self.leading)
    end
  end
end

--- Lets a fragment of a text tell its marks.
---@param fragment briefpress.Fragment
function M.attach(fragment)
  fragment.locate, fragment.draw = locate, draw
end

-- The notes ----------------------------------------------------------------------------------------------------------

local Note = { space_before = 0 }
Note.__index = Note

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local cx = self.cx
  canvas:begin_tag("Note", { id = self.tag })
  if self.label then
    cx:anchor("note-" .. self.serial, x, y)
    canvas:begin_tag "Lbl"
    canvas:begin_tag "Link"
    local wide = canvas:text(self.style, x + self.indent - self.gap, y + self.baseline, self.label, "right")
    canvas:link(x + self.indent - self.gap - wide, y, wide, self.leading, "#noted-" .. self.serial, self.label)
    canvas:end_tag()
    canvas:end_tag()
  end
  self.content:draw(canvas, x + self.indent, y)
  canvas:end_tag()
end

function Fragment:locate(canvas, x, y)
  self.content:locate(canvas, x + self.indent, y)
end

function Note:measure(cx, width)
  return self.flow:measure(cx, width)
end

function Note:layout(cx, width, height)
  local style, token = cx:style(self.style)
  local label_style = forms.script(cx, style, token, "0123456789", true)
  local gap = token.size * 0.4
  local indent = engine.text.width(label_style, "00") + gap
  local content, rest = self.flow:layout(cx, width - indent, height)
  if not content then return nil, self end
  local mark = self.mark
  local fragment = setmetatable({ cx = cx, width = width, height = content.height, content = content,
    indent = indent, gap = gap, style = label_style, baseline = cx:baseline(self.style), leading = token.leading,
    label = not self.is_rest and M.print(mark.number) or nil, serial = mark.serial,
    tag = "note-" .. mark.serial }, Fragment)
  if rest then
    rest = setmetatable({ flow = rest, mark = mark, style = self.style, is_rest = true, place = self.place,
      space_after = self.space_after }, Note)
  end
  return fragment, rest
end

--- The block of a note.
---@param cx briefpress.Context
---@param mark table
---@return briefpress.Block
function M.block(cx, mark)
  local made = mark.block
  if made then return made end
  local style = cx.theme.type.footnote and "footnote" or "small"
  local parts = {}
  for part in (mark.text .. "\n\n"):gmatch("(.-)\n%s*\n") do
    if part:find "%S" then
      parts[#parts + 1] = text.new(part, { style = style, space_before = 0, space_after = 0 })
    end
  end
  if #parts == 1 then parts[1].tag = false end -- Words of the note, and no paragraph within a paragraph.
  for _, part in ipairs(parts) do part.place = mark.place end
  made = setmetatable({ flow = flow.new(parts, 2), mark = mark, style = style, place = mark.place,
    space_after = cx.theme.type[style].space_after or 0 }, Note)
  mark.block = made
  return made
end

M.state = state

return M
