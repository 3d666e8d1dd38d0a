-- Rows of iterators: held as long as a page needs them, asked for again where an earlier one is wanted.
local t = require "luatest"
local streams = require "briefpress.table_stream"

--- An iterator of `count` rows, and how often it was begun.
local function counted(count)
  local made = { begun = 0 }
  made.source = function()
    made.begun = made.begun + 1
    local i = 0
    return function()
      i = i + 1
      return i <= count and { i } or nil
    end
  end
  return made
end

local function held(stream)
  local n = 0
  for _ in pairs(stream.rows) do n = n + 1 end
  return n
end

t.describe("a stream of rows", function()
  t.it("knows its end when it is there", function()
    local stream = streams.new(counted(3).source)
    t.equal({ stream:has(3), stream:has(4), stream:has(4), stream.count }, { true, false, false, 3 })
    t.equal(stream:row(2)[1], 2)
  end)
  t.it("holds no row before the page", function()
    local made = counted(1000)
    local stream = streams.new(made.source)
    for first = 1, 1000, 40 do
      stream:release(first)
      t.truthy(stream:has(math.min(first + 40, 1000)), "row " .. first)
      t.truthy(held(stream) <= 42, "rows are let go")
    end
    t.equal(made.begun, 1)
  end)
  t.it("begins anew for an earlier row, and passes over those that nobody asks for", function()
    local made = counted(1000)
    local stream = streams.new(made.source)
    stream:release(900)
    t.truthy(stream:has(950))
    stream:release(500)
    t.equal(stream:row(510)[1], 510)
    t.equal(made.begun, 2)
    t.truthy(held(stream) <= 11, "the 499 before are not held")
  end)
  t.it("refuses rows that are not the same again", function()
    local count = 5
    local stream = streams.new(function()
      local i, most = 0, count
      count = count - 1
      return function()
        i = i + 1
        return i <= most and { i } or nil
      end
    end)
    t.equal(stream:has(6), false)
    stream:release(6)
    t.raises("the rows were 5, asked again they are 4", function() return stream:has(1) and stream:has(5) end)
  end)
  t.it("refuses what is no row, and the same object twice", function()
    local row = {}
    t.raises("row 1 is a number", function() return streams.new(function() return function() return 1 end end):has(1) end)
    t.raises("gave the same object for row 2", function()
      return streams.new(function() return function() return row end end):has(2)
    end)
    t.raises("it answered nothing", function() return streams.new(function() end):has(1) end)
  end)
end)
