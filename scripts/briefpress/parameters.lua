--- The parameters that a layout declares: checks the declaration, reads the texts of the command line into values of
--- their types, and tells what there is. Faults of the command line name the option and the line that declares it.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local sorted = require "briefpress.sorted"

local M = {}

local LINES_MOST = 500 -- A declaration is looked for in this many lines below `b.layout`.
local NAMES_MOST = 40 -- Told of those that there are.
local GUESSES_MOST = 50 -- Misspelt names that a near one is looked for; each is held against all that are declared.

local known = options.define("layout.parameter", {
  type = { "string", "number", "integer", "boolean", "date", "choice", "file" }, default = "any", choices = "table",
  required = "boolean", description = "any", min = "any", max = "any",
})

local arguments = { string = "TEXT", number = "NUMBER", integer = "INTEGER", boolean = "true|false", date = "DATE",
  choice = "CHOICE", file = "FILE" }

--- A text, or one for each language.
function M.check_text(value, name, place)
  if value == nil or type(value) == "string" then return end
  local is_map = type(value) == "table" and next(value) ~= nil
  for language, text in next, is_map and value or {} do
    is_map = is_map and type(language) == "string" and type(text) == "string"
  end
  if not is_map then options.fail(name .. ' must be a text, or a table of them as { en = "…", zh = "…" }', place) end
end

--- The text in the report's language, on one line.
local function text_in_language(value)
  if type(value) == "table" then
    local language = engine.job.language or "en"
    value = value[language] or value[language:match "^%a+" or "en"] or value.en or value[sorted.keys(value)[1]]
  end
  return ((value or ""):gsub("[%c%s]+", " "):gsub("^ ", ""):gsub(" $", ""))
end

M.text_in_language = text_in_language

local days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function is_date(text)
  local year, month, day = text:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)$"
  year, month, day = tonumber(year), tonumber(month), tonumber(day)
  if not year or month < 1 or month > 12 or day < 1 then return false end
  local is_leap = month == 2 and year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  return day <= days[month] + (is_leap and 1 or 0)
end

local truths = { ["true"] = true, yes = true, on = true, ["1"] = true, ["false"] = false, no = false, off = false,
  ["0"] = false }

local number_forms = { "^[+-]?%d+%.?%d*$", "^[+-]?%.%d+$", "^[+-]?%d+%.?%d*[eE][+-]?%d+$" }

local function read_number(text)
  for _, form in ipairs(number_forms) do
    local number = text:match(form) and tonumber((text:gsub("^%+", "")))
    if number and number - number == 0 then return number end
  end
end

--- The value of a text; nil where it is none of that type.
local readers = {
  string = function(text) return text end,
  choice = function(text) return text end,
  number = read_number,
  integer = function(text)
    return text:match "^[+-]?%d+$" and math.tointeger(read_number(text)) or nil
  end,
  boolean = function(text) return truths[text:lower()] end,
  date = function(text) return is_date(text) and text or nil end,
  file = function(text)
    local ok, why = engine.readable(text)
    return ok and text or nil, why
  end,
}

--- Whether a value written in Lua is of the type.
local function is_of_type(value, kind)
  if kind == "number" then return type(value) == "number" and value - value == 0 end
  if kind == "integer" then return math.type(value) == "integer" end
  if kind == "boolean" then return type(value) == "boolean" end
  return type(value) == "string" and (kind ~= "date" or is_date(value))
end

local function is_choice(parameter, value)
  if not parameter.choices then return true end
  for _, choice in ipairs(parameter.choices) do
    if choice == value then return true end
  end
  return false
end

local function is_in_range(parameter, value)
  return not (parameter.min and value < parameter.min) and not (parameter.max and value > parameter.max)
end

local function shown(value)
  if type(value) == "number" then return ("%.14g"):format(value) end
  return tostring(value)
end

local function quoted(list)
  local texts = {}
  for i, value in ipairs(list) do texts[i] = type(value) == "string" and '"' .. value .. '"' or shown(value) end
  return table.concat(texts, ", ")
end

local function range(parameter, before)
  local least, most = parameter.min, parameter.max
  if least and most then return ("%sfrom %s to %s"):format(before, shown(least), shown(most)) end
  if least then return ("%snot below %s"):format(before, shown(least)) end
  return most and ("%snot above %s"):format(before, shown(most)) or ""
end

--- What was expected, as a sentence says it.
local function wanted(parameter)
  if parameter.choices then return "one of " .. quoted(parameter.choices) end
  local words = { string = "a text", number = "a number", integer = "a whole number", boolean = "true or false",
    date = "a date as 2022-09-03", file = "a file, seen from the layout's folder" }
  return words[parameter.type] .. range(parameter, ", ")
end

local function infer(spec)
  if spec.choices then return type(spec.choices[1]) == "number" and "number" or "choice" end
  local kind = math.type(spec.default) or type(spec.default)
  return kind == "float" and "number" or (kind == "integer" or kind == "boolean") and kind or "string"
end

--- Checks one declaration.
local function declare(name, spec, place)
  local label = ('layout: parameter "%s"'):format(tostring(name))
  local function fail(text) options.fail(label .. ": " .. text, place) end
  if type(name) ~= "string" or not name:match "^[%a_][%w_%-]*$" then
    fail('a name has letters, digits, "_" and "-", as params = { city = { … } }')
  end
  if type(spec) ~= "table" then fail('expected a table as { type = "string", description = "…" }') end
  spec = options.read(label, spec, known, true)
  if spec[1] ~= nil then fail("it takes options by name only") end
  M.check_text(spec.description, label .. ": description", place)
  local parameter = { name = name, type = spec.type or infer(spec), required = spec.required, default = spec.default,
    description = spec.description, min = spec.min, max = spec.max, choices = spec.choices }
  local kind = parameter.type
  if kind == "choice" and not spec.choices then fail('a choice needs choices = { "…", "…" }') end
  if spec.choices then
    if #spec.choices == 0 then fail("there are no choices") end
    if kind == "boolean" or kind == "file" then fail(("a %s needs no choices"):format(kind)) end
    for _, choice in ipairs(spec.choices) do
      if not is_of_type(choice, kind) then fail(("the choice %s is no %s"):format(quoted { choice }, kind)) end
    end
  end
  for _, bound in ipairs { "min", "max" } do
    if spec[bound] ~= nil then
      if kind ~= "number" and kind ~= "integer" and kind ~= "date" then
        fail(bound .. " bounds numbers and dates only")
      end
      if not is_of_type(spec[bound], kind == "integer" and "number" or kind) then fail(bound .. " is no " .. kind) end
    end
  end
  if spec.min and spec.max and spec.max < spec.min then fail("max is below min") end
  if spec.default ~= nil then
    if spec.required then fail("it is required and has a default; give one of the two") end
    local fits = is_of_type(spec.default, kind) and is_choice(parameter, spec.default)
      and is_in_range(parameter, spec.default)
    if not fits then fail(("its default must be %s, got %s"):format(wanted(parameter), quoted { spec.default })) end
  end
  return parameter
end

--- The declared parameters by name, checked.
---@param params table<string,table>
---@param place string               Of the layout.
---@return table<string,table>
function M.declare(params, place)
  local declared = {}
  for name, spec in sorted.pairs(params) do declared[name] = declare(name, spec, place) end
  return declared
end

--- The lines that declare parameters, by name, as far as they stand below `b.layout` as "name = {".
local function lines_of(declared, place)
  local file, first = place:match "^(.*):(%d+)$"
  local lines, is_inside = {}, false
  for number = tonumber(first) or 1, file and (tonumber(first) + LINES_MOST) or 0 do
    local text = engine.source_line(("%s:%d"):format(file, number))
    if not text then break end
    if not is_inside then
      local _, stop = text:find "%f[%w_]params%s*=%s*{"
      is_inside = stop ~= nil
      text = stop and text:sub(stop + 1) or ""
    end
    for _, form in ipairs { "([%a_][%w_]*)%s*=%s*{", "%[%s*[\"']([%w_%-]+)[\"']%s*%]%s*=%s*{" } do
      for name in text:gmatch(form) do
        if declared[name] and not lines[name] then lines[name] = number end
      end
    end
  end
  return lines, file
end

--- Reads the command line's texts.
---@param declared table<string,table>
---@param given table<string,string>
---@param place string
---@return table values             Typed; one that was not declared is an error with a suggestion.
---@return {place:string, text:string}[] faults
function M.read(declared, given, place)
  local values, faults = {}, {}
  local function fault(name, text) faults[#faults + 1] = { name = name, text = text } end
  local names = sorted.keys(declared)
  local list = table.concat(names, ", ", 1, math.min(#names, NAMES_MOST))
  if #names > NAMES_MOST then list = ("%s and %d more"):format(list, #names - NAMES_MOST) end
  for name, text in sorted.pairs(given) do
    local parameter = declared[name]
    if not parameter then
      local near = #faults < GUESSES_MOST and engine.nearest(name, names)
      fault(name, ("--param %s: the layout has no such parameter; %s"):format(name,
        near and ('did you mean "%s"?'):format(near) or #names > 0 and "it has " .. list
        or "it has none"))
    else
      local value, why = readers[parameter.type](text)
      if value == nil or not is_choice(parameter, value) or not is_in_range(parameter, value) then
        fault(name, ('--param %s: expected %s, got "%s"%s'):format(name, wanted(parameter), text,
          why and ": " .. why or ""))
      end
      values[name] = value
    end
  end
  for name, parameter in sorted.pairs(declared) do
    if given[name] == nil then
      values[name] = parameter.default
      if parameter.required then
        fault(name, ('the parameter "%s" is missing; give it as -p %s=%s'):format(name, name,
          arguments[parameter.type]))
      end
    end
  end
  if #faults > 0 then
    local lines, file = lines_of(declared, place)
    for _, one in ipairs(faults) do
      one.place = lines[one.name] and ("%s:%d"):format(file, lines[one.name]) or place
    end
  end
  return M.freeze(values, declared), faults
end

--- The values as a layout gets them: a table that cannot be changed and knows the names that there are.
function M.freeze(values, declared)
  return setmetatable({}, {
    __index = function(_, name)
      local value = values[name]
      if value == nil and not declared[name] then
        local near = type(name) == "string" and engine.nearest(name, sorted.keys(declared))
        options.fail(("params.%s: the layout declares no such parameter%s"):format(tostring(name),
          near and ('; did you mean "%s"?'):format(near) or ""))
      end
      return value
    end,
    __newindex = function() options.fail("the table of parameters cannot be changed") end,
    __pairs = function() return sorted.pairs(values) end,
    __metatable = false,
  })
end

--- As `briefpress.layout` says.
function M.describe(declared, layout)
  local lines = lines_of(declared, layout.place)
  local names = sorted.keys(declared)
  table.sort(names, function(a, b)
    local left, right = lines[a] or math.huge, lines[b] or math.huge
    if left ~= right then return left < right end
    return a < b
  end)
  local records = { text_in_language(layout.title) .. "\t" .. text_in_language(layout.description) }
  for _, name in ipairs(names) do
    local parameter = declared[name]
    local argument, said = arguments[parameter.type], text_in_language(parameter.description)
    if parameter.choices then
      local texts = {}
      for i, choice in ipairs(parameter.choices) do texts[i] = shown(choice):gsub("[%c%s]+", " ") end
      argument = table.concat(texts, "|")
    end
    said = said .. range(parameter, said ~= "" and ", " or "")
    if parameter.required then
      said = "required" .. (said ~= "" and ": " .. said or "")
    elseif parameter.default ~= nil then
      local default = shown(parameter.default):gsub("[%c%s]+", " ")
      said = ("%s%s(%s)"):format(said, said ~= "" and " " or "", default == "" and '""' or default)
    end
    records[#records + 1] = ("%s=%s\t%s"):format(name, argument, said)
  end
  return table.concat(records, "\n") .. "\n"
end

return M
