-- Prints the reference, scripts/REFERENCE.md, from scripts/types: run by the target update-reference, and by a test that
-- holds what is kept against what would be made.
local stubs = require "stubs"

local all = stubs.read()

-- The chapters in the order a reader needs them; the files that are none of these follow by name.
local chapters = {
  { "briefpress.lua", "The library" }, { "pages.lua", "The report and its pages" }, { "text.lua", "Text" },
  { "figures.lua", "Figures and callouts" }, { "tables.lua", "Tables" }, { "charts.lua", "Charts" },
  { "structure.lua", "Structure" }, { "flow.lua", "Flow" }, { "graphics.lua", "Graphics" }, { "theme.lua", "The look" },
  { "parameters.lua", "Parameters" }, { "format.lua", "Numbers and dates" }, { "engine.lua", "The engine" },
}

local out = {}

local function put(text)
  out[#out + 1] = text
end

local function cell(text)
  return (text:gsub("|", "\\|"))
end

--- `number|string` and the like as code, with bars that a table lets stand.
local function code(text)
  return "`" .. cell(text:gsub("briefpress%.options%.", ""):gsub("briefpress%.", "")) .. "`"
end

--- A comment of the descriptions as Markdown: its lines as they are.
local function put_doc(lines)
  local first, last = 1, #lines
  while lines[first] == "" do first = first + 1 end
  while last >= first and lines[last] == "" do last = last - 1 end
  if first > last then return end
  for i = first, last do put(lines[i]) end
  put ""
end

local function put_fields(class)
  local given = {}
  local is_options = class.name:find "^briefpress%.options%." ~= nil
  for _, parent in ipairs(class.parents) do
    if parent == "briefpress.Style" then given[#given + 1] = "the [properties of a style](#style)" end
    if parent == "briefpress.options.block" then given[#given + 1] = "the [options of all blocks](#options-of-all-blocks)" end
    local base = parent:match "^briefpress%.options%.(.*)$"
    if base and base ~= "block" then given[#given + 1] = ("the options of [b.%s](#b%s)"):format(base, base:gsub("%.", "")) end
  end
  if #class.fields > 0 then
    put(is_options and "| option | takes | meaning |" or "| field | is | meaning |")
    put "|---|---|---|"
    for _, field in ipairs(class.fields) do
      put(("| `%s`%s | %s | %s |"):format(field.name, (field.optional or not is_options) and "" or " (needed)", code(field.type), cell(field.text)))
    end
    put ""
  end
  if #given > 0 then
    put((#class.fields > 0 and "And " or "It takes ") .. table.concat(given, " and ") .. ".")
    put ""
  end
end

local function class_of(made)
  for _, parameter in ipairs(made.params) do
    local name = parameter.type:match "briefpress%.options%.[%w_.]+"
    if name then return all.classes[name] end
  end
end

local function put_function(made, title)
  put("### " .. title)
  put ""
  put_doc(made.doc)
  local class = class_of(made)
  if class then return put_fields(class) end
  local rows = {}
  for _, parameter in ipairs(made.params) do
    rows[#rows + 1] = ("- `%s`%s: %s%s"):format(parameter.name, parameter.optional and " (may be left out)" or "",
      code(parameter.type), parameter.text ~= "" and ", " .. parameter.text or "")
  end
  for _, result in ipairs(made.returns) do
    if result.type ~= "briefpress.Block" then
      rows[#rows + 1] = ("- answers %s%s"):format(code(result.type), result.text ~= "" and ": " .. result.text or "")
    end
  end
  for _, row in ipairs(rows) do put(row) end
  if #rows > 0 then put "" end
end

local function put_class(class, title)
  put("### " .. title)
  put ""
  put_doc(class.doc)
  put_fields(class)
end

local function classes_of(file)
  local list = {}
  for _, class in next, all.classes do
    if class.file == file then list[#list + 1] = class end
  end
  table.sort(list, function(a, b) return a.order < b.order end)
  return list
end

--- A class with its methods.
local function put_object(class, file)
  local short = class.name == "briefpress.options.block" and "Options of all blocks"
    or class.name:gsub("^briefpress%.options%.", ""):gsub("^briefpress%.", "")
  put_class(class, short)
  local owner = class.name:match "[%w_]+$"
  for _, made in ipairs(all.functions) do
    if made.file == file and made.owner == owner then put_function(made, owner .. ":" .. made.name) end
  end
end

--- The chapter of a file: its components in order, each followed by the parts that its options speak of; then what else
--- it describes.
local function put_chapter(file, title)
  put("## " .. title)
  put ""
  put_doc(all.files[file])
  local done = { ["briefpress.Library"] = true }
  for _, made in ipairs(all.functions) do
    if made.file == file and (made.owner == "b" or made.owner == "engine") then
      put_function(made, made.owner .. "." .. made.name)
      local class = class_of(made)
      for _, part in ipairs(class and classes_of(file) or {}) do
        done[class.name] = true
        if part.name:sub(1, #class.name + 1) == class.name .. "." then
          done[part.name] = true
          put_class(part, part.name:gsub("^briefpress%.options%.", ""))
        end
      end
    end
  end
  if all.tables["b.format"] and file == "format.lua" then
    put_class(all.classes["briefpress.Format"], "b.format")
    done["briefpress.Format"] = true
  end
  for _, class in ipairs(classes_of(file)) do
    if not done[class.name] and (#class.fields > 0 or #class.doc > 0) then put_object(class, file) end
  end
end

--- The tokens of the plain theme, as it is.
local function put_plain()
  local sorted = require "briefpress.sorted"
  local plain = require "themes.plain"
  put "### The plain theme"
  put ""
  put "Sizes and distances are points. What a style does not say is as in the style of the text around, or none."
  put ""
  put "| style | font | size | leading | weight | colour | before | behind | else |"
  put "|---|---|---|---|---|---|---|---|---|"
  local shown = { font = true, size = true, leading = true, weight = true, color = true, space_before = true,
    space_after = true }
  for name, style in sorted.pairs(plain.type) do
    local more = {}
    for key, value in sorted.pairs(style) do
      if not shown[key] then more[#more + 1] = ("%s = %s"):format(key, tostring(value)) end
    end
    local function of(key) return tostring(style[key] or "") end
    put(("| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |"):format(name, of "font", of "size", of "leading", of "weight",
      of "color", of "space_before", of "space_after", table.concat(more, ", ")))
  end
  put ""
  local colors, spaces = {}, {}
  for name, color in sorted.pairs(plain.colors) do
    colors[#colors + 1] = ("`%s` %s"):format(name, type(color) == "table" and table.concat(color, ", ") or color)
  end
  for name, space in sorted.pairs(plain.space) do spaces[#spaces + 1] = ("`%s` %g"):format(name, space) end
  put("Colours: " .. table.concat(colors, "; ") .. ".")
  put ""
  local m = plain.page.margins
  put(("Distances: %s. Paper: %s, with margins of %g (top), %g (right), %g (bottom) and %g (left)."):format(
    table.concat(spaces, ", "), plain.page.paper, m.top, m.right, m.bottom, m.left))
  put ""
end

put "# Reference"
put ""
put "Every component, option and function. Made from `types/`, which an editor completes from: change those, then build the"
put "target `update-reference`. To begin with, see [the examples](../examples/README.md)."
put ""
local listed = {}
for _, chapter in ipairs(chapters) do listed[chapter[1]] = true end
for file in require("briefpress.sorted").pairs(all.files) do
  if not listed[file] then chapters[#chapters + 1] = { file, (file:gsub("%.lua$", ""):gsub("^%l", string.upper)) } end
end
for _, chapter in ipairs(chapters) do
  local names = {}
  for _, made in ipairs(all.functions) do
    if made.file == chapter[1] and made.owner == "b" then
      names[#names + 1] = ("[%s](#b%s)"):format(made.name, made.name:gsub("[.]", ""))
    end
  end
  if all.files[chapter[1]] then
    put(("- [%s](#%s)%s"):format(chapter[2], chapter[2]:lower():gsub(" ", "-"),
      #names > 0 and ": " .. table.concat(names, ", ") or ""))
  end
end
put ""
for _, chapter in ipairs(chapters) do
  if all.files[chapter[1]] then put_chapter(chapter[1], chapter[2]) end
  if chapter[1] == "theme.lua" then put_plain() end
end
while out[#out] == "" do out[#out] = nil end
testing.print(table.concat(out, "\n") .. "\n")
