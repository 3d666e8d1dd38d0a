--- Colours of words on their grounds: each pair is told once, at the first place where it holds. What a block was laid
--- out on is what its layout says (`cx.ground`); where it is drawn on something else, that counts.
local contrast = require "briefpress.contrast"

local M = {}

local Colors = {}
Colors.__index = Colors

---@param cx briefpress.Context
function M.new(cx)
  return setmetatable({ cx = cx, known = {}, count = 0 }, Colors)
end

--- Words of a colour on a ground.
---@param color string
---@param token table                Size and weight.
---@param ground string
---@param place? string
---@param is_laid_out? boolean       Known from the layout, which drawing may prove wrong.
function Colors:add(color, token, ground, place, is_laid_out)
  local is_large = contrast.is_large(token)
  local key = color .. ground .. (is_large and "+" or "")
  local pair = self.known[key]
  if pair == nil then
    pair = contrast.judge(self.cx, color, ground, is_large) or false
    self.known[key] = pair
    if pair then
      self.count = self.count + 1
      pair.places, pair.seen_at, self[self.count] = {}, {}, pair
    end
  end
  if not pair then return end
  place = place or ""
  local at = pair.seen_at[place]
  if not at then
    at = { place = place, is_laid_out = is_laid_out }
    pair.seen_at[place], pair.places[#pair.places + 1] = at, at
  elseif not is_laid_out then
    at.is_laid_out = nil
  end
end

--- Adds what holds to the findings.
---@param findings table
---@param drawn_on table<string, boolean>  Places of blocks that turned out to stand on something drawn.
function Colors:tell(findings, drawn_on)
  for i = 1, self.count do
    local pair = self[i]
    for _, at in ipairs(pair.places) do
      if not (at.is_laid_out and drawn_on[at.place]) then
        local said = contrast.said(pair)
        findings:add("contrast " .. said, at.place, said)
        break
      end
    end
  end
end

return M
