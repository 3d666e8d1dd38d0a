-- Trees of blocks as chance has them: nothing is lost, nothing is drawn twice, tags are balanced.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]]

--- A report of blocks that hold numbered words, and how many of them.
local function grow(seed)
  local count = 0
  local function any(most)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % most + 1
  end
  local function text(most)
    count = count + 1
    return b.text { ("Qx%dx "):format(count) .. ("lorem ipsum "):rep(any(most or 30)),
      align = any(2) == 1 and "justify" or nil }
  end
  local node
  local function some(depth, most)
    local list = {}
    for i = 1, any(most or 4) do list[i] = node(depth) end
    return list
  end
  local leaves = {
    function()
      count = count + 1
      return b.heading { ("Qx%dx"):format(count), contents = false }
    end,
    function() return b.list { text(10), text(10), text(5) } end,
    function() return b.space(any(20)) end,
  }
  local kinds = {
    function(depth) return b.row(some(depth - 1, 3)) end,
    function(depth) return b.columns(some(depth - 1)) end,
    function(depth) return b.stack { padding = 5, fill = "accent_soft", some(depth - 1) } end,
    function() return b.keep { some(0) } end,
    function()
      return b.wrap { figure = text(5), width = 60, gap = 8, least = 8, side = any(2) == 1 and "left" or "right",
        some(0) }
    end,
    function()
      return b.grid { columns = 2, b.cell { rows = any(2), text(10) }, some(0, 5), b.cell { columns = 2, text() } }
    end,
    function() return { b.fill(), text(), b.need(any(100)) } end,
    function() return b.layers { text(20), b.place { right = 0, bottom = 0, width = 30, overflow = "mark", "p" } } end,
    function() return b.if_room { b.text(("room "):rep(any(99))), "else" } end,
    function() return b.columns { some(0), b.span { text(8) }, some(0) } end,
    function()
      local texts = { text(), text(), text() }
      return b.each(texts, function(one) return one end)
    end,
    function() return b.fit { least = 0.5, text(10) } end,
    function() return b.when(function(page) return page.number > 0 end, text(90), "else") end,
  }
  function node(depth)
    if depth <= 0 then return (leaves[any(8)] or text)() end
    return (kinds[any(16)] or text)(depth)
  end
  local blocks = { title = "T", footer = false, paper = "A5", baseline = any(3) == 1 and 15 or nil }
  if any(2) == 1 then blocks[1] = b.contents {} end
  for _ = 1, 8 do blocks[#blocks + 1] = node(2) end
  return b.report(blocks), count
end

local LEGAL = { "higher than the page", "does not fit with", "leave less than", "padding leaves nothing",
  "do not fit into" }

t.describe("trees of blocks", function()
  local drawn = 0
  for seed = 1, 30 do
    t.it("lose nothing: " .. seed, function()
      local report, count = grow(seed)
      testing.trace()
      local ok, message = pcall(run.render, report, testing.document(), data, {})
      local trace = testing.trace()
      if not ok then -- Some are too narrow for what is in them: that is said.
        local is_legal = false
        for _, part in ipairs(LEGAL) do is_legal = is_legal or tostring(message):find(part, 1, true) ~= nil end
        return t.truthy(is_legal, tostring(message))
      end
      drawn = drawn + 1
      local words, depth, seen = {}, 0, {}
      for line in trace:gmatch "[^\n]+" do
        if line:find "^tag " or line:find "^artifact" then depth = depth + 1 end
        if line:find "^end " then depth = depth - 1 end
        if line:find "^page " then t.equal(depth, 0, "tags end on their page") end
        if line:find "^text " then
          for part in line:gmatch '"(.-)"' do words[#words + 1] = part end
        end
      end
      t.equal(depth, 0)
      for number in table.concat(words):gsub("[ -]", ""):gmatch "Qx(%d+)x" do seen[number] = (seen[number] or 0) + 1 end
      for i = 1, count do t.equal({ i, seen[tostring(i)] }, { i, 1 }) end
    end)
  end
  t.it("are drawn, most of them", function() t.truthy(drawn >= 20, drawn) end)
end)
