--- The usual header and footer: one line of small text each, drawn straight to the page so that a thousand pages cost
--- little.
local M = {}

local engine = require "briefpress.engine"
local phrase = require("briefpress.phrase").phrase

local Line = {}
Line.__index = Line

function Line.measure(_, _, width)
  return 0, width
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local style, baseline = self.style, y + self.baseline
  if self.left ~= "" then canvas:text(style, x, baseline, self.left) end
  if self.right ~= "" then canvas:text(style, x + self.width, baseline, self.right, "right") end
  if self.rule then
    canvas:line(x, y + self.rule_at, x + self.width, y + self.rule_at, { stroke = self.rule, line_width = 0.4 })
  end
end

--- Text that is too long for its side ends in an ellipsis.
local function clip(style, text, width)
  local measure = engine.text.width
  if measure(style, text) <= width then return text end
  while text ~= "" and measure(style, text .. "…") > width do
    text = text:sub(1, (utf8.offset(text, -1) or 1) - 1)
  end
  return text .. "…"
end

function Line:layout(cx, width)
  local style, token = cx:style(self.style)
  local left = self.left ~= "" and clip(style, self.left, width * 0.7) or ""
  return setmetatable({ width = width, height = token.leading + 6, style = style, left = left, right = self.right,
    baseline = (self.is_top and 0 or 6) + token.leading * 0.75, rule = self.rule and cx:color("faint"),
    rule_at = self.is_top and token.leading + 4 or 0 }, Fragment)
end

local function line(style, is_top, left, right)
  return setmetatable({ style = style, is_top = is_top, left = left, right = right, rule = true }, Line)
end

--- The section on the left, "page x of y" on the right; nothing on a report of one page.
---@param page briefpress.PageFacts
function M.footer(page)
  if page.count == 1 then return nil end
  return line("footer", false, page.section, page.has_labels and phrase("page", { number = page.label })
    or phrase("page_of", { number = page.number, count = page.count }))
end

--- The report's title; nothing on the first page.
---@param page briefpress.PageFacts
function M.header(page)
  if page.is_first then return nil end
  return line("header", true, page.title, "")
end

return M
