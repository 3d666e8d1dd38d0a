--- The layout library: `local b = require "briefpress"`. Each component lives in a module of its own that is
--- loaded when a layout first names it, so that a short layout starts fast.

local homes = {
  report = "report", theme = "theme", phrase = "phrase", block = "block",
  header = "furniture", footer = "furniture", cover = "cover",
  section = "heading", heading = "heading", text = "text", list = "list", figure = "figure",
  row = "row", grid = "grid", columns = "columns", stack = "stack", table = "table", callout = "callout",
  image = "image", space = "space", page_break = "space", rule = "space", contents = "contents",
  sources = "sources", canvas = "canvas", markdown = "markdown",
  entry = "entry",
}

local charts = { bar = "bar", donut = "donut", waffle = "waffle", timeline = "timeline" }

local function unknown(name, names, prefix)
  local list = {}
  for known in require("briefpress.sorted").pairs(names) do list[#list + 1] = known end
  local near = type(name) == "string" and require("briefpress.engine").nearest(name, list)
  error(("%s%s: no such component%s"):format(prefix, tostring(name),
    near and ("; did you mean %s%s?"):format(prefix, near) or ""), 3)
end

local b = { chart = setmetatable({}, {
  __index = function(self, name)
    if not charts[name] then unknown(name, charts, "b.chart.") end
    local component = require("briefpress.chart." .. charts[name])[name]
    self[name] = component
    return component
  end,
}) }

return setmetatable(b, {
  __index = function(self, name)
    if not homes[name] then unknown(name, homes, "b.") end
    local component = require("briefpress." .. homes[name])[name]
    self[name] = component
    return component
  end,
})
