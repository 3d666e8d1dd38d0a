--- Bar charts. Bars start at zero and are labelled directly: names at the foot, values at the end. Which way they lie,
--- and whether they stand beside or on each other, is the matter of three plots of their own.
local frame = require "briefpress.chart.frame"
local items = require "briefpress.chart.items"
local options = require "briefpress.options"

local M = {}

local known

--- True where the simple items make one bar together.
local function is_whole(self)
  return self.spec.stacked and not self.items_have_series
end

local Plot = {}

function Plot.prepare(self, cx)
  local list = items.read(cx, self.list, self.name, self.place, self.spec.periods)
  local count
  for _, item in ipairs(list) do
    if item.values then
      self.items_have_series = true
      count = count or #item.values
      if #item.values ~= count then
        options.fail(("%s: \"%s\" has %d values, the first item has %d"):format(self.name, item.label, #item.values,
          count), self.place)
      end
    end
  end
  if self.items_have_series then
    for _, item in ipairs(list) do
      if not item.values then
        options.fail(("%s: \"%s\" has one value, others have several"):format(self.name, item.label), self.place)
      end
    end
    if self.spec.series and #self.spec.series ~= count then
      options.fail(("%s: %d names in series for %d values"):format(self.name, #self.spec.series, count), self.place)
    end
  end
  if self.spec.stacked then
    for _, item in ipairs(list) do
      for _, value in ipairs(item.values or { item }) do
        if value.value < 0 then
          options.fail(self.name .. ": stacked bars cannot show values below zero", self.place)
        end
      end
    end
  end
  local which = self.spec.direction == "vertical" and "vertical" or "horizontal"
  if is_whole({ spec = self.spec, items_have_series = self.items_have_series }) then which = "whole" end
  self.kind = require("briefpress.chart.bar_" .. which)
  return list
end

function Plot.measure(self, cx, width, height)
  return self.kind.measure(self, cx, width, height)
end

function Plot.draw(self, cx, canvas, x, y, width, height, plan)
  self.kind.draw(self, cx, canvas, x, y, width, height, plan)
end

--- See scripts/types.
function M.bar(spec)
  options.expect(spec, "table", "chart.bar")
  known = known or frame.options {
    direction = { "horizontal", "vertical" }, stacked = "boolean", max = "number", labels = { "end", "inside", "none" },
    bar_width = "number", gap = "number", series = "table", periods = "boolean", label_width = "length",
  }
  spec = options.read("chart.bar", spec, known)
  if spec.max and spec.max <= 0 then options.fail("chart.bar: max must be positive") end
  if spec.bar_width and spec.bar_width <= 0 then options.fail("chart.bar: bar_width must be positive") end
  return frame.make("chart.bar", spec, Plot, options.list(spec))
end

return M
