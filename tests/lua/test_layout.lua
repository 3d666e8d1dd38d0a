-- Layouts that declare their parameters: what is a right declaration, and what becomes of the command line's texts.
local t = require "luatest"
local b = require "briefpress"
local layout = require "briefpress.layout"

local function build() end

local function declare(params, more)
  local spec = { params = params, build }
  for key, value in pairs(more or {}) do spec[key] = value end
  return b.layout(spec)
end

--- The values of texts, or the faults in order, each "place: text".
local function read(params, given)
  local made, values = layout.open(declare(params), given)
  if made then return values end
  local texts = {}
  for i, fault in ipairs(values) do texts[i] = fault.place .. ": " .. fault.text end
  return nil, table.concat(texts, "\n")
end

t.describe("values", function()
  t.it("are of the type that is declared", function()
    local values = read({ name = { type = "string" }, count = { type = "integer" }, rate = { type = "number" },
      draft = { type = "boolean" }, day = { type = "date" }, size = { type = "choice", choices = { "S", "L" } },
      logo = { type = "file" } },
      { name = " a=b ", count = "-12", rate = "2.5e1", draft = "No", day = "2024-02-29", size = "L",
      logo = "test_layout.lua" })
    t.equal(values.name, " a=b ")
    t.equal(math.type(values.count), "integer")
    t.equal(values.count, -12)
    t.equal(values.rate, 25)
    t.equal(values.draft, false)
    t.equal(values.day, "2024-02-29")
    t.equal(values.size, "L")
    t.equal(values.logo, "test_layout.lua")
  end)
  t.it("are their default where none is given, or nil", function()
    local values = read({ a = { default = 4 }, c = { type = "string" } }, {})
    t.equal(values.a, 4)
    t.equal(values.c, nil)
  end)
  t.it("take their type from the default or the choices", function()
    local values = read({ a = { default = 4 }, r = { default = 0.5 }, f = { default = true }, s = { default = "x" },
      n = { choices = { 1, 2 } }, c = { choices = { "one", "two" } } },
      { a = "5", r = "7", f = "off", s = "8", n = "2", c = "two" })
    t.equal({ values.a, values.r, values.f, values.s, values.n, values.c }, { 5, 7, false, "8", 2, "two" })
  end)
  t.it("cannot be changed, and one that was not declared cannot be asked for", function()
    local values = read({ city = { default = "Graz" } }, {})
    t.raises('params.ctiy: the layout declares no such parameter; did you mean "city"?', function()
      return values.ctiy
    end)
    t.raises("cannot be changed", function() values.city = "Linz" end)
    local seen = {}
    for name, value in pairs(values) do seen[name] = value end
    t.equal(seen, { city = "Graz" })
  end)
end)

t.describe("faults", function()
  local cases = {
    { { type = "integer" }, "2.0", 'expected a whole number, got "2.0"' },
    { { type = "integer" }, "0x10", "a whole number" },
    { { type = "integer" }, "99999999999999999999", "a whole number" },
    { { type = "integer", min = 1, max = 12 }, "13", 'expected a whole number, from 1 to 12, got "13"' },
    { { type = "number" }, "", 'expected a number, got ""' },
    { { type = "number" }, "1e999", "a number" },
    { { type = "number" }, "nan", "a number" },
    { { type = "number", min = 0 }, "-0.1", "a number, not below 0" },
    { { type = "number", max = 1 }, "1.01", "a number, not above 1" },
    { { type = "boolean" }, "maybe", "expected true or false" },
    { { type = "date" }, "2023-02-29", "a date as 2022-09-03" },
    { { type = "date" }, "2100-02-29", "a date as 2022-09-03" },
    { { type = "date" }, "2022-9-3", "a date as 2022-09-03" },
    { { type = "date", min = "2022-01-01" }, "2021-12-31", "a date as 2022-09-03, not below 2022-01-01" },
    { { type = "file" }, "none.png", 'expected a file, seen from the layout\'s folder, got "none.png": no such file' },
    { { type = "file" }, "../../../etc/passwd", "is outside the folders that may be read; allow its folder" },
    { { choices = { "S", "L" } }, "M", 'expected one of "S", "L", got "M"' },
    { { choices = { 1, 2 } }, "3", 'expected one of 1, 2, got "3"' },
  }
  for _, case in ipairs(cases) do
    t.it(case[3] .. " for " .. case[2], function()
      local values, told = read({ x = case[1] }, { x = case[2] })
      t.equal(values, nil)
      t.contains(told, "--param x: ")
      t.contains(told, case[3])
    end)
  end
  t.it("are told all at once, each with the line that declares it", function()
    local declared = b.layout {
      params = {
        first = { type = "integer" },
        ["second-one"] = { type = "date" }, third = { required = true },
      },
      build,
    }
    local line = tonumber(declared.place:match ":(%d+)$")
    local made, faults = layout.open(declared, { first = "a", ["second-one"] = "b", fourth = "c" })
    t.equal(made, false)
    local lines = {}
    for _, fault in ipairs(faults) do
      local name = fault.text:match '^%-%-param ([%w-]+):' or fault.text:match '"(%w+)" is missing'
      lines[name] = tonumber(fault.place:match ":(%d+)$") - line
    end
    t.equal(lines, { first = 2, ["second-one"] = 3, third = 3, fourth = 0 })
  end)
  t.it("suggest the name that was meant, or say which there are", function()
    local _, told = read({ city = {} }, { ctiy = "x" })
    t.contains(told, '--param ctiy: the layout has no such parameter; did you mean "city"?')
    _, told = read({ city = {}, year = {} }, { population = "x" })
    t.contains(told, "it has city, year")
    _, told = read({}, { x = "1" })
    t.contains(told, "it has none")
  end)
end)

t.describe("a declaration", function()
  local cases = {
    { { type = "text" }, 'must be one of "string", "number"' },
    { { typ = "string" }, 'no option "typ"; did you mean "type"?' },
    { "string", 'expected a table as { type = "string"' },
    { { "string" }, "it takes options by name only" },
    { { type = "choice" }, "a choice needs choices" },
    { { choices = {} }, "there are no choices" },
    { { choices = { "a", 1 } }, "the choice 1 is no choice" },
    { { type = "boolean", choices = { true } }, "a boolean needs no choices" },
    { { type = "integer", default = 1.5 }, "its default must be a whole number, got 1.5" },
    { { choices = { "a" }, default = "b" }, 'its default must be one of "a", got "b"' },
    { { type = "integer", min = 2, default = 1 }, "its default must be a whole number, not below 2, got 1" },
    { { type = "date", default = "today" }, 'its default must be a date as 2022-09-03, got "today"' },
    { { default = "x", required = true }, "it is required and has a default" },
    { { type = "string", max = 9 }, "max bounds numbers and dates only" },
    { { type = "date", min = 2022 }, "min is no date" },
    { { type = "number", min = 2, max = 1 }, "max is below min" },
    { { description = 7 }, "description must be a text" },
  }
  for _, case in ipairs(cases) do
    t.it(case[2], function()
      local message = t.raises(case[2], declare, { x = case[1] })
      t.contains(message, 'parameter "x"')
      t.contains(message, "test_layout.lua:")
    end)
  end
  t.it("needs a name that -p can give", function()
    t.raises("a name has letters", declare, { ["a b"] = {} })
    t.raises("a name has letters", declare, { {} })
  end)
  t.it("stands beside one function", function()
    t.raises("expected one function", b.layout, { params = {} })
    t.raises("expected one function", b.layout, { "x" })
    t.raises('no option "parms"; did you mean "params"?', b.layout, { parms = {}, build })
  end)
end)

t.it("help has a line for each parameter, in the order of the file", function()
  local declared = b.layout {
    title = { zh = "信", en = "A\nletter" }, description = "To\tmembers",
    params = {
      name = { required = true, description = "Whom" },
      copies = { default = 2, min = 1 },
      age = { type = "integer", min = 1, max = 9, description = "Years" },
      size = { choices = { "S", "L" }, default = "S", description = "How\nlarge" },
    },
    build,
  }
  t.equal(layout.describe(declared), "A letter\tTo members\nname=TEXT\trequired: Whom\ncopies=INTEGER\tnot below 1 (2)\n"
    .. "age=INTEGER\tYears, from 1 to 9\nsize=S|L\tHow large (S)\n")
end)

t.it("what is no layout is told apart", function()
  t.equal(layout.open({}, {}), nil)
  t.equal(layout.describe(b.text "x"), nil)
end)
