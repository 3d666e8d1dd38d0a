--- What `check` looks for so that people can read a report who do not see it, or not well: alternative texts, headings,
--- tables, links, languages, reading order, contrast, small words, drawings without tags. Loaded by a check alone:
--- here the document, the spans of texts and the layout of flows are wrapped, so a rendering pays nothing.
local engine = require "briefpress.engine"
local contrast = require "briefpress.contrast"
local flow = require "briefpress.flow"
local inline = require "briefpress.inline"
local blocks = require "briefpress.check.blocks"
local colors = require "briefpress.check.colors"
local findings = require "briefpress.check.findings"
local pages = require "briefpress.check.page"
local scripts = require "briefpress.check.scripts"
local texts = require "briefpress.check.texts"

local M = {}

local SMALLEST = 6 -- Points; a theme may say another, as space.smallest_text.
local SLACK = 0.005
local WRONG_LEAST = 20 -- Letters of another script that make its language the report's, where they are most of it.

local quote = findings.quote

local Watch = {}
Watch.__index = Watch

--- Where what is drawn now was written.
function Watch:place()
  local block = self.block
  return block and block.place or self.cx.at or self.home
end

--- The line of a layout that draws by itself, else that of the block.
function Watch:caller()
  local place = engine.caller()
  return place ~= "" and place or self:place()
end

function Watch:saw_figure(alt, id)
  if id then -- What goes on has said it where it began.
    if self.figures[id] then return end
    self.figures[id] = true
  end
  blocks.figure(self, self.block, alt, self.block and self.block.file and self:place() or self:caller())
end

--- Something is painted outside of any tag: the first line of each block that does so.
function Watch:saw_untagged()
  local block = self.block
  if block and not self.untagged[block.place] then self.untagged[block.place] = self:caller() end
end

--- What the words of a block stand on, as it was drawn.
local function drawn_on(self, place, ground)
  local all = self.drawn_on[place] or {}
  self.drawn_on[place] = all
  all[ground] = true
end

function Watch:saw_on_picture(text)
  local place = self:place()
  drawn_on(self, place, "picture")
  self.findings:add("picture", place, ("text on a picture: nobody can tell whether %s can be read there; put b.stack "
    .. "with a fill around it"):format(quote(text)), "")
end

--- Words of a colour on a ground that is known when they are drawn; nil: the paper.
function Watch:saw_colors(color, size, weight, ground)
  self.colors:add(color, { size = size, weight = weight }, ground or self.cx:color "paper", self:caller())
end

--- A paragraph on a ground: a colour, false where nobody knows, nil: the paper.
function Watch:saw_drawn_on(ground)
  local place, shared = self:place(), self.block and self.block.shared
  local token = shared and shared.token
  if not token then return end
  if ground == nil then ground = self.cx:color "paper" end
  drawn_on(self, place, ground or "unknown")
  if ground then self.colors:add(self.cx:color(token.color or "text"), token, ground, place) end
end

--- Words that are drawn by hand, or in rows. One or two letters alone are the mark of a note.
function Watch:saw_size(size, text)
  if size >= self.smallest - SLACK or (utf8.len(text) or #text) < 3 then return end
  self.findings:add("small", self:caller(), ("words of %.3g points, %s, are hard to read; %g are the least: "
    .. "give them a larger size, or a style that has one"):format(size, quote(text), self.smallest), "")
end

--- Words that are made smaller with what is around them.
function Watch:saw_scaled(scale, text)
  local shared = self.block and self.block.shared
  local size = shared and shared.token and shared.token.size
  if not size or size * scale >= self.smallest - SLACK or size < self.smallest then return end
  self.findings:add("small", self:place(), ("words of %.3g points, %s, are hard to read: %g points made smaller by "
    .. "b.fit; give it more room, or least = %.2f"):format(size * scale, quote(text), size, self.smallest / size), "")
end

function Watch:saw_text(language, text)
  if self.cx.is_furniture or self.is_data then return end
  texts.text(self, language, text, self:place(), true)
end

--- `group` is read behind what stands below it, at `place`; or before what stands above it.
function Watch:saw_order(group, place, is_behind)
  local what = group.is_place and "b.place" or "a layer of b.layers"
  self.findings:add("order", group.place, is_behind
    and ("%s stands above what is read before it (%s); write it in front of that, for the order of the layout is the "
      .. "order of reading"):format(what, place)
    or ("%s stands below what is read behind it (%s); write it behind that, for the order of the layout is the order "
      .. "of reading"):format(what, place), "")
end

-- Wrapping --------------------------------------------------------------------------------------------------------

--- Lets a fragment tell while it is drawn which block it is of.
local function mark(self, fragment, block)
  if type(fragment) ~= "table" or rawget(fragment, "watched_for") == block then return end
  local draw = fragment.draw
  if type(draw) ~= "function" then return end
  rawset(fragment, "watched_for", block)
  rawset(fragment, "draw", function(part, canvas, x, y)
    local was, group, data = self.block, self.group, self.is_data
    if block.place then self.block = block end
    if block.is_place or block.is_layer then
      self.group = block
    elseif block.is_space == "place" then -- A float: it is read where it is called.
      self.group = false
    end
    if block.is_sources then self.is_data = true end
    draw(part, canvas, x, y)
    self.block, self.group, self.is_data = was, group, data
  end)
end

--- True of what is placed between two blocks of a flow: it is read where it is called, on whatever page that is.
local function is_called(children, block)
  if getmetatable(children) then return true end -- They are made one by one.
  local is_behind, is_before, is_met = false, false, false
  for i = 1, #children do
    local other = children[i]
    if other == block then
      is_met = true
    elseif not other.is_place and not other.is_space and not other.breaks then
      if is_met then is_before = true else is_behind = true end
    end
  end
  return is_behind and is_before
end

local function wrap_flow(self)
  local layout = flow.layout
  flow.layout = function(list, cx, width, height)
    local parts, rest = layout(list, cx, width, height)
    for i = 1, type(parts) == "table" and #parts or 0 do
      local block = parts.blocks[i]
      mark(self, parts[i], block)
      if not self.seen[block] then
        self.seen[block] = true
        blocks.look(self, block)
      end
      if block.is_place and self.called[block] == nil then self.called[block] = is_called(list.children, block) end
    end
    return parts, rest
  end
end

--- Layouts of blocks that stand in no flow: those of rows, cells, grids.
local function wrap_blocks(self, list)
  for i = 1, #list do
    local block = list[i]
    local class = block and (rawget(block, "layout") and block or getmetatable(block))
    if class and not self.wrapped[class] and class ~= flow and type(rawget(class, "layout")) == "function" then
      self.wrapped[class] = true
      for _, name in ipairs { "layout", "layout_page" } do
        local plain = rawget(class, name)
        if plain then
          class[name] = function(own, ...)
            local data = self.is_data
            if own.is_sources then self.is_data = true end
            local fragment, rest = plain(own, ...)
            self.is_data = data
            mark(self, fragment, own)
            if fragment and not self.seen[own] then
              self.seen[own] = true
              blocks.look(self, own)
            end
            return fragment, rest
          end
        end
      end
    end
    local children = block and block.children
    if children then
      if block.is_layers then
        for j = 1, #children do
          if not children[j].is_place then children[j].is_layer = j > 1 or nil end
        end
      end
      if not getmetatable(children) then wrap_blocks(self, children) end
    end
  end
end

local function wrap_texts(self)
  local spans_of = inline.spans
  inline.spans = function(cx, text, name, over, place, holder)
    local spans, token = spans_of(cx, text, name, over, place, holder)
    if not cx.is_plain and not cx.is_furniture then
      texts.spans(self, spans, token, place or cx.at, self.is_data)
      self.colors:spans(spans, token, place or cx.at)
    end
    return spans, token
  end
  contrast.check = function(cx, token, place, under)
    place = place or cx.at
    local ground = under or cx.ground
    if ground ~= false then
      self.colors:add(cx:color(token.color or "text"), token, ground or cx:color "paper", place, not under)
    end
    if token.size < self.smallest - SLACK and not self.sizes[token] then
      self.sizes[token] = true
      self.findings:add("small", place, ("words of %g points are hard to read; %g are the least: give them a larger "
        .. "size, or a style that has one"):format(token.size, self.smallest), "")
    end
  end
end

--- A document whose pages are watched.
local function watch_document(self, document)
  local Document, methods = {}, {}
  local function page_of(page)
    return type(page) == "table" and rawget(page, "page") or page
  end
  function methods.page(_, ...) return pages.new(self, document:page(...)) end
  function methods.metadata(_, meta)
    self.title = meta.title or ""
    return document:metadata(meta)
  end
  function methods.destination(_, name, page, ...) return document:destination(name, page_of(page), ...) end
  function methods.bookmark(_, title, level, page, ...) return document:bookmark(title, level, page_of(page), ...) end
  function Document.__index(_, name)
    local method = methods[name]
    if not method then
      method = function(_, ...) return document[name](document, ...) end
      methods[name] = method
    end
    return method
  end
  return setmetatable({}, Document)
end

--- Begins to watch a rendering.
---@param cx briefpress.Context
---@param report briefpress.Report
---@return table
function M.begin(cx, report)
  local self = setmetatable({ cx = cx, home = report.place, language = cx.language,
    findings = findings.new(), seen = setmetatable({}, { __mode = "k" }), wrapped = {}, sizes = {}, languages = {},
    targets = {}, letters = {}, untagged = {}, called = {}, figures = {}, drawn_on = {}, colors = colors.new(cx),
    cited = texts.cited(cx.data), smallest = cx.theme.space.smallest_text or SMALLEST }, Watch)
  cx.on_undeclared = function(place, text)
    self.findings:add("untagged", self.untagged[place] or place, text, "")
  end
  cx.document = watch_document(self, cx.document)
  wrap_flow(self)
  wrap_texts(self)
  wrap_blocks(self, report.children)
  texts.language(self, cx.language, report.place)
  return self
end

--- The language that the text of the report is in, where it is clearly not its own.
local function foreign_script(self)
  local own, best, most = scripts.of(self.language), nil, 0
  local sum, is_latin = 0, next(scripts.of(self.language)) == nil
  for _, script in ipairs { "Han", "Kana", "Hangul", "Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari", "Thai",
    "Latin" } do
    local count = (self.letters[script] or 0) * ((script == "Han" or script == "Hangul") and 3 or 1)
    if own[script] or script == "Latin" and is_latin then
      sum = sum + count
    elseif count > most and script ~= "Latin" then
      best, most = script, count
    end
  end
  return most > 2 * sum and most >= WRONG_LEAST and best or nil
end

--- Ends it: all that was found is told, also where the rendering ends in an error.
function Watch:__close()
  local add, title = self.findings, self.title
  if title and not title:find "%S" then
    add:add("title", self.home, 'the report has no title, which readers are shown and told first; give it title = "…"')
  end
  local script, dropped = foreign_script(self), nil
  if script then
    local name, likely = table.unpack(scripts.names[script])
    if script == "Han" and self.letters.Kana then likely = "ja" end
    add:add("language", self.home, ('the language of the report is "%s", its text is in %s; say language = "%s"')
      :format(self.language, name, likely))
    dropped = { ["letters " .. script] = true }
    if likely == "ja" then dropped["letters Han"], dropped["letters Kana"] = true, true end
  end
  self.colors:tell(add, self.drawn_on)
  add:tell(dropped)
end

return M
