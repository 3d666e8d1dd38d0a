-- What scripts/types says of the library, held against the live one both ways: components, their option tables, themes.
local t = require "luatest"
local b = require "briefpress"
local options = require "briefpress.options"
local stubs = require "stubs"

local all = stubs.read()
for _, room in ipairs { "", "chart/" } do -- So that all option tables are defined.
  for _, file in ipairs(testing.files("scripts/briefpress/" .. room)) do
    local module = (room .. file):match "^(.*)%.lua$"
    if module then require("briefpress." .. module:gsub("/", ".")) end
  end
end

--- Components by name, "chart.bar" for those of b.chart, loaded here so that their option tables are defined.
local live, count = {}, 0
for name in next, getmetatable(b).components do
  live[name] = b[name]
  count = count + 1
end
for name in next, getmetatable(b).charts do
  live["chart." .. name] = b.chart[name]
  count = count + 1
end

t.describe("components", function()
  local described = {}
  for _, made in ipairs(all.functions) do
    if made.owner == "b" then described[made.name] = made end
  end
  t.it("were found", function() t.truthy(count > 40, count .. " components") end)
  for name, component in next, live do
    t.it("b." .. name .. " is described", function()
      if type(component) == "table" then
        t.truthy(all.tables["b." .. name], "a table in scripts/types")
      else
        t.truthy(described[name], "a function in scripts/types")
        t.truthy(#described[name].doc > 0, "a comment that says what it is")
      end
    end)
  end
  for name, made in next, described do
    t.it("the described b." .. name .. " is there", function() t.truthy(live[name], made.file) end)
    for _, parameter in ipairs(made.params) do
      local class = parameter.type:match "briefpress%.options%.[%w_.]+"
      if class then
        t.it("b." .. name .. " takes options that are described", function()
          t.truthy(all.classes[class], class)
          t.truthy(options.defined[class:match "^briefpress%.options%.(.*)$"], class)
        end)
      end
    end
  end
end)

-- What a kind of option may be called in a description.
local words_of = {
  string = "string", number = "number", boolean = "boolean", ["function"] = "fun%(", table = "[%[{%]%.<]", style = "string",
  color = "string", length = "number|string", width = "number|string", integer = "integer", count = "integer", amount = "number", any = ".",
}

local function agrees(kind, field)
  if type(kind) == "table" then
    for _, word in ipairs(kind) do
      if type(word) == "string" and not field.type:find('"' .. word .. '"', 1, true) then return false end
    end
    return true
  end
  if kind == "number" and field.type:find "integer" then return true end
  return field.type:find(words_of[kind] or kind) ~= nil
end

local function is_styled(known)
  local more = getmetatable(known)
  return more ~= nil and more.__index == require("briefpress.style").overrides
end

t.describe("options", function()
  local tables, number = 0, 0
  for name, known in next, options.defined do
    local class = all.classes["briefpress.options." .. name]
    tables = tables + 1
    t.it(name .. " has a class", function() t.truthy(class, "briefpress.options." .. name) end)
    if class then
      local own = {}
      for _, field in ipairs(class.fields) do own[field.name] = field end
      local inherited = stubs.fields(all, "briefpress.options." .. name)
      for key, kind in next, known do
        number = number + 1
        local field = own[key] or inherited[key]
        t.it(name .. ": " .. key .. " is described", function()
          t.truthy(field, "a field of briefpress.options." .. name)
          t.truthy(field.text:find "%a.*%S", "a sentence")
          t.truthy(agrees(kind, field), ("%s is of the kind %s"):format(field.type,
            type(kind) == "table" and table.concat(kind, "|") or kind))
        end)
      end
      for key, field in next, own do
        t.it(name .. ": the described " .. key .. " is taken", function() t.truthy(known[key], field.type) end)
      end
      t.it(name .. " takes properties of a style where its class does", function()
        local says = false
        for _, parent in ipairs(class.parents) do says = says or parent == "briefpress.Style" end
        t.equal(says, is_styled(known))
      end)
    end
  end
  for class in next, all.classes do
    local name = class:match "^briefpress%.options%.(.*)$"
    if name and name ~= "block" then
      t.it("the class " .. class .. " is an option table", function() t.truthy(options.defined[name], name) end)
    end
  end
  local common = {}
  for key in next, options.common do common[key] = true end
  t.compare("what all blocks take", stubs.fields(all, "briefpress.options.block"), common)
  t.it("were found", function() t.truthy(tables > 30 and number > 200, tables .. " tables, " .. number .. " options") end)
end)

t.describe("themes", function()
  local themes, style = require "briefpress.theme", require "briefpress.style"
  t.compare("a style", stubs.fields(all, "briefpress.Style"), themes.properties)
  t.compare("a theme", stubs.fields(all, "briefpress.Theme"), themes.rooms)
  t.compare("a theme's page", stubs.fields(all, "briefpress.Theme.page"), themes.page)
  t.it("properties were found", function() t.truthy(next(style.overrides), "style.lua") end)
end)
