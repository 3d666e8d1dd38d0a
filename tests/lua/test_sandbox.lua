-- What a layout's environment holds, and what it keeps out.
local t = require "luatest"

t.describe("the environment", function()
  t.it("has no way to files, processes or the machine", function()
    for _, name in ipairs { "io", "debug", "package", "dofile", "loadfile", "warn" } do
      t.raises('"' .. name .. '" is not available to layouts', function() return _G[name] end)
    end
    t.raises('undefined variable "arg0"', function() return _G.arg0 end)
    for _, name in ipairs { "execute", "exit", "getenv", "remove", "rename", "tmpname", "clock", "setlocale" } do
      t.equal(os[name], nil)
    end
    t.equal(string.dump, nil)
  end)

  t.it("refuses variables that were never declared", function()
    t.raises("did you mean \"string\"?", function() return strnig end) -- luacheck: ignore
    t.raises("\"total\" was never declared; put \"local\" in front of it", function() total = 1 end) -- luacheck: ignore
    t.raises("was never declared", function() _G.anything = 1 end)
  end)

  t.it("keeps what a layout changes from the library", function()
    local engine = require "briefpress.engine"
    local old = string.format
    string.format = function() return "mine" end
    t.equal(("%d"):format(3), "3")
    string.format = old
    t.raises("engine is read-only", function() engine.text = nil end)
    t.raises("engine.text is read-only", function() engine.text.width = print end)
    t.raises("engine.job is read-only", function() engine.job.date = "" end)
  end)

  t.it("guards metatables", function()
    t.equal(getmetatable(""), false)
    t.equal(getmetatable(_G), false)
    t.raises("protected metatable", setmetatable, _G, {})
    t.raises("__gc is not available", setmetatable, {}, { __gc = print })
    local late = setmetatable({}, { __index = { a = 1 } })
    t.equal(late.a, 1)
    t.equal(getmetatable(require("briefpress.engine").text), false)
    local closed = false
    do
      local x <close> = setmetatable({}, { __close = function() closed = true end }) -- luacheck: ignore
    end
    t.equal(closed, true)
  end)
end)

t.describe("load", function()
  t.it("takes text and no binary chunks", function()
    t.equal(load("return 1 + 1")(), 2)
    local chunk, message = load("\27Lua")
    t.equal(chunk, nil)
    t.contains(message, "binary")
    chunk, message = load("\27Lua", "x", "b")
    t.equal(chunk, nil)
    t.contains(message, "binary")
  end)

  t.it("runs in the layout's environment unless told otherwise", function()
    t.raises("undefined variable", load("return no_such"))
    t.equal(load("return x", "chunk", "t", { x = 5 })(), 5)
    t.raises("chunk:1: oops", load("error('oops')", "=chunk"))
  end)

  t.it("reads pieces", function()
    local pieces = { "return ", "7", "" }
    local i = 0
    t.equal(load(function() i = i + 1 return pieces[i] end)(), 7)
  end)
end)

t.describe("every run", function()
  t.it("shows no address", function()
    local a, b = {}, {}
    local first = tostring(a)
    t.truthy(first:match("^table: %d+$"), first)
    t.equal(tostring(a), first)
    t.truthy(tostring(b) ~= first)
    t.equal(string.format("%s", a), first)
    t.equal(("%5s|%-3d"):format("x", 4), "    x|4  ")
    t.truthy(tostring(print):match("^function: %d+$"))
    t.truthy(tostring(coroutine.create(print)):match("^thread: %d+$"))
    t.raises("%p is not available", string.format, "%p", a)
    t.raises("%p is not available", string.format, "%-20p", a)
    t.equal(("%s %s %s"):format(1, true, nil), "1 true nil")
    t.equal(tostring(setmetatable({}, { __tostring = function() return "me" end })), "me")
    t.truthy(tostring(setmetatable({}, { __name = "Mine" })):match("^Mine: %d+$"))
  end)

  t.it("draws the same chance", function()
    math.randomseed(7)
    local a = { math.random(), math.random(100), math.random(5, 9) }
    math.randomseed(7)
    t.equal({ math.random(), math.random(100), math.random(5, 9) }, a)
    t.raises("needs a number", math.randomseed)
  end)

  t.it("goes through tables in the order of keys", function()
    local keys = {}
    for key in pairs { b = 1, a = 2, 10, 20, [1.5] = 3, [-1] = 0, c = 4, [true] = 5 } do keys[#keys + 1] = key end
    t.equal(keys, { -1, 1, 1.5, 2, "a", "b", "c", true })
    local seen, items = 0, { a = 1, b = 2, c = 3 }
    for key in pairs(items) do
      seen = seen + 1
      items.b, items.c = nil, nil
      t.equal(key, "a")
    end
    t.equal(seen, 1)
    local custom = setmetatable({}, { __pairs = function() return function(_, k) return not k and 1 or nil, "v" end end })
    for key, value in pairs(custom) do t.equal({ key, value }, { 1, "v" }) end
    for _ in pairs {} do error("an empty table has no keys") end
  end)

  t.it("sorts in one way, and leaves equals in their order", function()
    local items = {}
    for i = 1, 500 do items[i] = { key = i * 7919 % 13, at = i } end
    table.sort(items, function(a, b) return a.key < b.key end)
    for i = 2, #items do
      local a, b = items[i - 1], items[i]
      t.truthy(a.key < b.key or (a.key == b.key and a.at < b.at))
    end
    local numbers = { 3, 1, 2.5, -1 }
    table.sort(numbers)
    t.equal(numbers, { -1, 1, 2.5, 3 })
    local words = { "pear", "Apple", "apple" }
    table.sort(words)
    t.equal(words, { "Apple", "apple", "pear" })
    t.raises("attempt to compare", table.sort, { 1, "x", 2 })
    local one = { 1 }
    table.sort(one, error)
    t.equal(one, { 1 })
  end)

  t.it("has dates, and no clock", function()
    t.equal(os.time { year = 2022, month = 9, day = 3, hour = 0 }, 1662163200)
    t.equal(os.time { year = 2022, month = 9, day = 3 }, 1662163200 + 12 * 3600)
    t.equal(os.date("%Y-%m-%d %H:%M", 1662163200), "2022-09-03 00:00")
    t.equal(os.date("!%d %B", 1662163200), "03 September")
    t.equal(os.date("*t", 0).year, 1970)
    t.raises("invalid conversion specifier", os.date, "%Ez", 0)
    t.raises("no date", os.time)
    t.raises("no date", os.date)
    t.raises("cannot be represented", os.date, "%Y", math.maxinteger)
    t.raises("field 'year'", os.time, { month = 1, day = 1 })
  end)

  t.it("counts memory and collects no garbage on demand", function()
    t.truthy(collectgarbage("count") > 0)
    for _, what in ipairs { "collect", "stop", "restart", "step", "generational" } do
      t.raises("only \"count\"", collectgarbage, what)
    end
  end)
end)

t.describe("the table library", function()
  t.it("works as in the manual", function()
    local list = { 1, 2, 3 }
    table.insert(list, 4)
    table.insert(list, 1, 0)
    t.equal(list, { 0, 1, 2, 3, 4 })
    t.equal(table.remove(list), 4)
    t.equal(table.remove(list, 1), 0)
    t.equal(list, { 1, 2, 3 })
    t.equal(table.remove({}), nil)
    t.equal(table.remove(list, 4), nil)
    t.raises("position out of bounds", table.insert, list, 6, 1)
    t.raises("position out of bounds", table.remove, list, 7)
    t.raises("wrong number of arguments", table.insert, list)
    t.equal(table.concat({ 1, "a", 2 }, "-"), "1-a-2")
    t.equal(table.concat({ 1, 2, 3 }, ",", 2, 3), "2,3")
    t.equal({ table.unpack({ 1, 2, 3 }, 2) }, { 2, 3 })
    t.equal(select("#", table.unpack({ nil, nil }, 1, 3)), 3)
    t.equal(table.move({ 1, 2, 3 }, 2, 3, 1), { 2, 3, 3 })
    t.equal(table.pack(1, nil).n, 2)
  end)
end)

t.describe("strings", function()
  t.it("work as in the manual", function()
    t.equal(("ab"):rep(3), "ababab")
    t.equal(("ab"):rep(3, ","), "ab,ab,ab")
    t.equal(("x"):rep(0), "")
    t.equal(("x"):rep(-5), "")
    t.equal(("%5.2f|%q|%x"):format(3.14159, "a\n", 255), " 3.14|\"a\\\n\"|ff")
    t.equal(("100%%"):format(), "100%")
    t.raises("bad argument #2 to 'string.format'", string.format, "%d", {})
    t.raises("invalid conversion", string.format, "%", 1)
  end)
end)

t.describe("what iterators hand out", function()
  local engine = require "briefpress.engine"
  local data = testing.data [[{"dataset": {"id": "d", "title": "T", "languages": ["en"]},
    "tables": [], "indicators": [{"id": "a", "label": "A", "observations": [{"period": "2021", "value": 1}]}]}]]
  local style = engine.text.style { family = "Inter", size = 10 }
  t.it("cannot be turned on other objects", function()
    for _, object in ipairs { data, data.dataset, data.indicators, data.indicators.a, engine, engine.job } do
      local step = pairs(object)
      for _, other in ipairs { style, engine, {}, "text", data, data.indicators, 5, coroutine.create(print) } do
        pcall(step, other, nil)
        pcall(step, other, "id")
        pcall(step)
      end
    end
    for _, method in ipairs { data.indicators.a.series, data.indicators.has, style.size and engine.text.width } do
      for _, other in ipairs { style, engine, {}, "text", data, data.indicators, 5, false } do
        t.truthy(not pcall(method, other, {}))
      end
    end
  end)
  t.it("asks no metamethod while options are read", function()
    local function meddle() error("asked") end
    local strange = setmetatable({ size = 10 }, { __index = meddle, __pairs = meddle, __len = meddle })
    t.raises("option \"family\": expected", engine.text.style, strange)
    t.raises("expected a list of spans", engine.text.paragraph, setmetatable({}, { __index = meddle }))
  end)
end)
