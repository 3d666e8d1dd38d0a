--- The layout library: `local b = require "briefpress"`. Each component lives in a module of its own that is
--- loaded when a layout first names it, so that a short layout starts fast.

-- Component to the module that makes it.
local homes = {
  appendix = "heading",
  block = "block",
  callout = "callout",
  canvas = "canvas",
  captioned = "captioned",
  cell = "cell",
  columns = "columns",
  contents = "contents",
  cover = "cover",
  each = "each",
  endnotes = "endnotes",
  entry = "entry",
  figure = "figure",
  fill = "fill",
  fit = "fit",
  float = "float",
  footer = "furniture",
  format = "engine",
  glossary = "glossary",
  grid = "grid",
  header = "furniture",
  heading = "heading",
  icon = "image",
  if_room = "keep",
  image = "image",
  index = "index",
  keep = "keep",
  layers = "place",
  layout = "layout",
  list = "list",
  listing = "listing",
  markdown = "markdown",
  need = "fill",
  page = "page",
  page_break = "space",
  part = "part",
  phrase = "phrase",
  place = "place",
  qr = "qr",
  report = "report",
  rotate = "fit",
  rounded = "shapes",
  row = "row",
  rule = "space",
  section = "heading",
  side_note = "side_note",
  sources = "sources",
  space = "space",
  span = "columns",
  stack = "stack",
  table = "table",
  text = "text",
  theme = "theme",
  watermark = "watermark",
  when = "keep",
  wrap = "wrap",
}

local charts = {
  area = "line",
  bar = "bar",
  bullet = "bullet",
  donut = "donut",
  dot = "dot",
  histogram = "histogram",
  line = "line",
  multiples = "multiples",
  scatter = "scatter",
  slope = "slope",
  sparkline = "sparkline",
  timeline = "timeline",
  treemap = "treemap",
  waffle = "waffle",
}

local function unknown(name, names, prefix)
  local list = {}
  for known in require("briefpress.sorted").pairs(names) do list[#list + 1] = known end
  local near = type(name) == "string" and require("briefpress.engine").nearest(name, list)
  local few = #list < 20 and "there are " .. table.concat(list, ", ") or "scripts/REFERENCE.md lists all"
  error(("%s%s: no such component; %s"):format(prefix, tostring(name),
    near and ("did you mean %s%s?"):format(prefix, near) or few), 3)
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
  components = homes, charts = charts, -- For the test that holds descriptions against them.
  __index = function(self, name)
    if not homes[name] then unknown(name, homes, "b.") end
    local component = require("briefpress." .. homes[name])[name]
    self[name] = component
    return component
  end,
})
