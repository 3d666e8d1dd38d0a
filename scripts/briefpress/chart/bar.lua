--- Bar charts. Bars start at zero and are labelled directly: names at the foot, values at the end. Which way they lie,
--- and whether they stand beside or on each other, is the matter of three plots of their own.
local frame = require "briefpress.chart.frame"
local items = require "briefpress.chart.items"
local options = require "briefpress.options"

local M = {}

local known = options.define("chart.bar", frame.options {
  direction = { "horizontal", "vertical" }, stacked = "boolean", share = "boolean", max = "number",
  labels = { "end", "inside", "none" }, bar_width = "number", gap = "number", series = "any", periods = "boolean",
  label_width = "length", rows = "any", x = "string", y = "any", references = "table",
  decimals = "count",
})

local Plot = {}

--- Makes each value its share of its bar, in percent.
local function to_shares(self, list)
  local number = require("briefpress.engine").format.number
  for _, item in ipairs(list) do
    local sum = 0
    for _, value in ipairs(item.values) do sum = sum + (value and value.value or 0) end
    for i, value in ipairs(item.values) do
      if value then
        local share = sum > 0 and value.value / sum * 100 or 0
        item.values[i] = { value = share, text = number(share, { decimals = self.spec.decimals or 0, percent = true }),
          indicator = value.indicator }
      end
    end
  end
  self.spec.max = nil
end

function Plot.prepare(self, cx)
  local spec = self.spec
  local list = items.of(cx, self)
  local count = items.same_counts(self, list)
  self.items_have_series = list[1].values ~= nil
  self.is_stacked = spec.stacked or spec.share or false
  if self.is_stacked then
    for _, item in ipairs(list) do
      for _, value in ipairs(item.values or { item }) do
        if value and (value.value or 0) < 0 then
          options.fail(self.name .. ": stacked bars cannot show values below zero", self.place)
        end
      end
    end
  end
  local which = spec.direction == "vertical" and "vertical" or "horizontal"
  if self.is_stacked and not self.items_have_series then which = "whole" end
  if spec.share and count > 1 then to_shares(self, list) end
  self.kind = require("briefpress.chart.bar_" .. which)
  if spec.references then
    if which == "whole" then
      options.fail(self.name .. ": one bar for a whole takes no references; they go with bars beside each other",
        self.place)
    end
    self.references = require("briefpress.chart.references").read(self, which == "vertical" and "y" or "x")
  end
  return list
end

--- The least and the greatest that the bars reach.
function Plot.extent(self)
  local low, high = 0, 0
  for _, item in ipairs(self.items) do
    local sum = 0
    for _, value in ipairs(item.values or { item }) do
      if value and value.value then
        sum = sum + value.value
        low, high = math.min(low, value.value), math.max(high, value.value)
      end
    end
    if self.is_stacked then high = math.max(high, sum) end
  end
  if self.references then low, high = require("briefpress.chart.references").widen(self.references, low, high) end
  return { x_low = 0, x_high = 1, y_low = low, y_high = high }
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
  spec = options.read("chart.bar", spec, known)
  if spec.max and spec.max <= 0 then options.fail("chart.bar: max must be positive") end
  if spec.bar_width and spec.bar_width <= 0 then options.fail("chart.bar: bar_width must be positive") end
  return frame.make("chart.bar", spec, Plot, options.list(spec))
end

return M
