--- Pages as an index prints them: three in a row or more become a range.
local M = {}

local LEAST = 3 -- Pages in a row that are joined.
local PLAIN = { grouping = false }

--- True where two pages in a row are numbered on, not anew.
local function goes_on(cx, page)
  local before, behind = cx:page_label(page, PLAIN), cx:page_label(page + 1, PLAIN)
  local a, b = tonumber(before), tonumber(behind)
  if a and b then return b == a + 1 end
  return not a and not b
end

--- The texts of pages and ranges, with the first page of each.
---@param cx briefpress.Context
---@param pages integer[]            In order.
---@return string[] texts
---@return integer[] firsts
function M.of(cx, pages)
  local texts, firsts, i = {}, {}, 1
  while i <= #pages do
    local last = i
    while pages[last + 1] == pages[last] + 1 and goes_on(cx, pages[last]) do last = last + 1 end
    if last - i + 1 < LEAST then last = i end
    local n = #texts + 1
    texts[n], firsts[n] = cx:page_label(pages[i], PLAIN), pages[i]
    if last > i then texts[n] = texts[n] .. "–" .. cx:page_label(pages[last], PLAIN) end
    i = last + 1
  end
  return texts, firsts
end

return M
