--- A block with a numbered caption: "Table 3" above tables, "Figure 2.1" below figures. The number can be referred to
--- by the id of the block. What has a caption stays together with it.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local inline = require "briefpress.inline"
local options = require "briefpress.options"
local phrases = require "briefpress.phrase"

local M = {}

local NOTE_GAP = 3 -- Above a note.

local Captioned = { is_captioned = true, on_grid = true }
Captioned.__index = Captioned

--- The name of an entry with a caption: "Figure 2.1".
---@param entry table
---@return string
function M.name(entry)
  if entry.label then return entry.label .. "\u{A0}" .. entry.number end
  return phrases.phrase("caption_" .. entry.kind, { number = entry.number })
end

--- The caption of an entry without markup; looked up once, or in each pass where it shows page numbers.
---@param cx briefpress.Context
---@param entry table
---@return string
function M.title(cx, entry)
  if not entry.title or (entry.title_pass and entry.title_pass ~= cx.pass) then
    entry.title = inline.plain(cx, entry.source, "caption_title", entry.place)
    entry.title_pass = inline.needs_pages(entry.source) and cx.pass or nil
  end
  return entry.title
end

--- The caption as inline text: its name is strong.
local function caption_of(self)
  local name = "**" .. inline.escape(M.name(self.entry)) .. "**"
  return self.source == "" and name or name .. phrases.phrase "caption_gap" .. self.source
end

--- A table takes the caption itself: it then stands in the table's structure, and comes again where the table goes on.
local function takes_caption(child)
  return child.takes_caption and not child.caption
end

function Captioned:prepare(cx)
  if self.flow then return end
  local child, text = self.children[1], require("briefpress.text").new
  local list = { child }
  child.is_captioned = true
  if takes_caption(child) and self.is_above then
    self.is_framed = self.note ~= nil
    child.caption, child.caption_style = caption_of(self), "caption_title"
  else
    local before, after = cx:spacing { style = "caption_title" }
    local caption = text(caption_of(self), { style = "caption_title", tag = "Caption", space_before = 0,
      space_after = 0 })
    local space = require("briefpress.space").space
    if self.is_above then
      caption.keep_with_next = true
      list = { caption, space(after), child }
    else
      child.keep_with_next = true
      list[2], list[3] = space(before), caption
    end
  end
  if self.note then
    list[#list].keep_with_next = true
    list[#list + 1] = require("briefpress.space").space(NOTE_GAP)
    list[#list + 1] = text(self.note, { style = "caption", space_after = 0 })
  end
  self.flow = flow.new(list)
end

Captioned.is_framed = true -- A tag holds the block and its caption together.

function Captioned:measure(cx, width)
  self:prepare(cx)
  return self.flow:measure(cx, width)
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:locate(canvas, x, y)
  self.content:locate(canvas, x, y)
end

function Fragment:draw(canvas, x, y)
  if self.is_framed then canvas:begin_tag("Div", self.tag and { id = self.tag } or nil) end
  self.content:draw(canvas, x, y)
  if self.is_framed then canvas:end_tag() end
end

function Captioned:layout(cx, width, height)
  self:prepare(cx)
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  local fragment = setmetatable({ width = width, height = content.height, content = content,
    is_framed = self.is_framed }, Fragment)
  if rest then
    self.tag = self.tag or cx:unique("captioned")
    local more = {}
    for key, value in next, self do more[key] = value end
    more.flow, more.id = rest, nil
    rest = setmetatable(more, Captioned)
  end
  fragment.tag = self.tag
  return fragment, rest
end

local known = options.define("captioned", {
  kind = "string", caption = "string", label = "string", position = { "above", "below" }, note = "string",
})

--- See scripts/types/structure.lua.
function M.captioned(spec)
  options.expect(spec, "table", "captioned")
  spec = options.read("captioned", spec, known)
  local children = block.children(spec, "captioned", true)
  if #children ~= 1 then
    options.fail(("captioned takes one block, got %d; b.stack makes one of several"):format(#children))
  end
  local kind = spec.kind or (children[1].takes_caption and "table" or "figure")
  if not spec.label and not phrases.has("caption_" .. kind) then
    options.fail(('captioned: what is a "%s" called? Give label = "…", or the theme a phrase caption_%s = "… {number}"')
      :format(kind, kind))
  end
  local child = children[1]
  local self = block.make(Captioned, { children = children, kind = kind, label = spec.label, note = spec.note,
    source = spec.caption or "", is_above = (spec.position or (kind == "table" and "above" or "below")) == "above" },
    { id = spec.id, keep_with_next = spec.keep_with_next, space_before = spec.space_before or child.space_before,
      space_after = spec.space_after or child.space_after })
  self.style = child.style
  self.uses_pages = inline.needs_pages(self.source) or self.note and inline.needs_pages(self.note) or nil
  return self
end

return M
