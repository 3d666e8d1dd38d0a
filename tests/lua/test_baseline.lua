-- The grid of baselines of a report.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]]
local prose = ("word "):rep(60)

--- The baselines of the texts that begin with a word, on a report of some blocks.
local function baselines(word, blocks)
  blocks.title, blocks.footer, blocks.paper, blocks.margins = "T", false, { 300, 300 },
    { top = 20, bottom = 20, left = 20, right = 20 }
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  local list = {}
  for y in testing.trace():gmatch("text %S+ (%S+) \"" .. word) do list[#list + 1] = tonumber(y) end
  return list
end

--- True where all stand a multiple of the grid from where the first line of a page stands.
local function are_on_grid(list, grid)
  for _, y in ipairs(list) do
    local over = (y - 31.136) % grid
    if over > 0.01 and over < grid - 0.01 then return false end
  end
  return #list > 0
end

t.describe("a grid of baselines", function()
  t.it("holds texts, headings and lists, in columns, stacks and over pages", function()
    local blocks = { baseline = 15, b.text { "word", style = "small" }, b.heading "word", b.rule {}, b.text(prose),
      b.list { "word", { "word", b.list { "word" } } }, b.stack { padding = 7, fill = "accent_soft", "word" },
      b.columns { prose, b.text { "word", size = 7 }, prose }, prose, b.section { title = "word", "word" } }
    local list = baselines("word", blocks)
    t.truthy(#list > 20)
    t.truthy(are_on_grid(list, 15))
  end)
  t.it("is none where none is asked for", function()
    t.truthy(not are_on_grid(baselines("word", { b.rule {}, "word" }), 15))
    t.truthy(not are_on_grid(baselines("word", { baseline = 0, b.rule {}, "word" }), 15))
  end)
  t.it("may be that of the theme", function()
    local theme = b.theme(require "themes.plain", { page = { baseline = 15 } })
    t.truthy(are_on_grid(baselines("word", { theme = theme, b.rule {}, "word" }), 15))
  end)
  t.it("leaves rows, tables and blocks of one's own alone", function()
    local function both(grid)
      return baselines("word", { baseline = grid, b.row { b.stack { padding = 3, "word" }, "word" },
        b.table { columns = { "A" }, rows = { { "*word*" } } },
        b.block { layout = function(self, cx, width)
          self.text = self.text or b.text "word"
          return self.text:layout(cx, width, 50)
        end } })
    end
    t.equal(both(15), both(nil))
  end)
  t.it("keeps a page's height", function()
    for height = 20, 90, 7 do
      local list = baselines("word", { baseline = 15, b.space(height), prose, prose })
      for _, y in ipairs(list) do t.truthy(y < 281) end
    end
  end)
  t.it("is a number of points", function()
    t.raises("report: baseline must be a number from 0, got -1", function()
      local report = b.report { title = "T", "word", baseline = -1 }
      return report
    end)
  end)
end)
