--- What blocks say of themselves: figures their alternative texts, tables the headers of their columns, headings their
--- words.
local findings = require "briefpress.check.findings"
local phrase = require("briefpress.phrase").phrase
local texts = require "briefpress.check.texts"

local M = {}

local quote = findings.quote

-- Alternative texts -----------------------------------------------------------------------------------------------

local FILE = "%.%w+$"
local files = {}
for ending in ("png jpg jpeg gif svg webp bmp tif tiff pdf eps ai psd heic avif emf wmf pptx xlsx"):gmatch "%S+" do
  files[ending] = true
end

--- True where a text is the name of a file, or of what a camera or a program saved.
local function is_file_name(text)
  local ending = text:match(FILE)
  if ending and files[ending:sub(2):lower()] then return true end
  return text:find "^%a+[_%-]?%d+$" and text:find "%d%d%d" and not text:find " "
    or text:find "^[%w%-]+_[%w_%-]+$" ~= nil
end

--- Letters and other characters that words are made of.
local function letters_of(text)
  local count, is_wide = 0, false
  for _, c in utf8.codes(text, true) do
    if c > 0x2E7F then is_wide = true end
    if c > 0xBF or c < 0x80 and string.char(c):find "%w" then count = count + 1 end
  end
  return count, is_wide
end

--- What is wrong with an alternative text; nil where nothing is.
---@param alt? string
---@param language string
---@return string? wrong
function M.judge_alternative(alt, language)
  if not alt or not alt:find "%S" then return "a figure has no alternative text" end
  local bare = alt:gsub("^%s+", ""):gsub("%s+$", "")
  if is_file_name(bare) then return ("the alternative text %s is the name of a file"):format(quote(alt)) end
  local words = texts.bare(bare:gsub("[%d%s%p]+$", ""))
  if words ~= "" and texts.is_empty_word("alternatives", words, language) then
    return ("the alternative text %s says only that something is there"):format(quote(alt))
  end
  local count, is_wide = letters_of(bare)
  if count < (is_wide and 2 or 3) then
    return ("the alternative text %s is too short to say anything"):format(quote(alt))
  end
end

local REMEDIES = {
  of_library = '; say what it shows, as alt = "Two cranes unload a ship", or alt = "" where it is an ornament',
  of_layout = '; say what it shows, as { alt = "Two cranes unload a ship" }, or where it is an ornament draw it '
    .. 'between canvas:begin_artifact "Layout" and canvas:end_artifact()',
}

--- A figure is tagged.
---@param watch table
---@param block? table               The one that draws it.
---@param alt? string
---@param place? string
function M.figure(watch, block, alt, place)
  local is_made = block and block.plot and block.spec and not block.spec.alt -- By the chart, of what it shows.
  local wrong = not is_made and M.judge_alternative(alt, watch.language)
  if wrong then
    local is_own = block and (block.file or block.is_canvas or block.plot or block.is_usual or block.alt)
    watch.findings:add("alternative", place, wrong .. REMEDIES[is_own and "of_library" or "of_layout"], alt or "")
  elseif is_made and not block.spec.title and not alt:find(phrase "colon", 1, true) then
    watch.findings:add("chart", place, ("%s: it says only numbers: it has neither a title nor labels; give it its "
      .. 'message as title = "…", labels, or alt = "…"'):format(block.name))
  end
end

-- Tables ----------------------------------------------------------------------------------------------------------

local function is_blank(title)
  return title == nil or title == false or type(title) == "string" and not title:find "%S"
end

--- A table was laid out: what its data says of its columns is known.
local function look_at_table(watch, block)
  local columns = block.columns
  local has_stub = block.stub ~= 0 -- Nil: several columns name the rows.
  if not block.has_header then
    if not has_stub and #columns > 1 then
      watch.findings:add("table", block.place, "table: it has no header, so nobody is told what its cells are; give "
        .. 'each column title = "…", or stub = true to the one that names the rows')
    end
    return
  end
  for i = 1, #columns do
    local column = columns[i]
    local is_corner = i == 1 and (column.stub or block.stub == 1)
    if is_blank(column.title) and not is_corner then
      watch.findings:add("table", block.place, ("table: column %d has no title, which is said with each of its cells; "
        .. 'give it title = "…"%s'):format(i, i == 1 and ", or stub = true where it names the rows" or ""))
    end
  end
end

--- A block was laid out, for the first time.
---@param watch table
---@param block table
function M.look(watch, block)
  if block.takes_caption and block.columns then
    look_at_table(watch, block)
  elseif block.is_heading then
    local source = block.source
    local title = block.entry and block.entry.title
    if title == nil and type(source) == "string" then title = source end
    if title and not title:find "[^%s\u{A0}]" then
      watch.findings:add("heading", block.place, "a heading without words: it is read as a heading and stands in the "
        .. "bookmarks; write a title, or take b.space for room")
    end
  end
end

return M
