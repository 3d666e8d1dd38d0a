--- Running titles: for each page the titles in force at its top and at its foot, by level of heading. They are found
--- when a header first asks for them.
local M = {}

local NONE = {}

--- The titles after a heading: what is above its level stays, what is below ends.
local function after(titles, entry)
  local now = {}
  for level = 1, entry.level - 1 do now[level] = titles[level] end
  now[entry.level] = entry.title
  return now
end

--- Works out a page, from the titles that the page before ends with.
local function work_out(page, titles)
  local heads, first, begun = page.heads, titles, nil
  for i = 1, heads and #heads or 0, 2 do
    local entry, is_top = heads[i], heads[i + 1] <= page.top + 1
    titles = after(titles, entry)
    if is_top then
      first, begun = titles, { [entry.level] = true }
    elseif not begun or not begun[entry.level] then
      local with = { [entry.level] = entry.title }
      for level = 1, 6 do with[level] = with[level] or first[level] end
      first, begun = with, begun or {}
      begun[entry.level] = true
    end
  end
  page.first_titles, page.last_titles = first, titles
end

--- The titles of a page: of the first heading of each level on it, else those in force at its top; and those at its
--- foot.
---@param pages table[]              The pages of the pass.
---@param number integer
---@return table<integer, string> first
---@return table<integer, string> last
function M.of(pages, number)
  local from = number
  while from > 1 and not pages[from].last_titles do from = from - 1 end
  for at = from, number do
    local page = pages[at]
    if not page.last_titles then work_out(page, at > 1 and pages[at - 1].last_titles or NONE) end
  end
  return pages[number].first_titles, pages[number].last_titles
end

return M
