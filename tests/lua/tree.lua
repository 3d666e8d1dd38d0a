--- The structure tree that a trace tells of, as a screen reader follows it: elements of one id are one, what was
--- reserved stands where it was, and sections hold what follows at the top level.
local M = {}

--- What is between the quotes behind a key of a line of the trace.
local function option(line, key)
  return line:match(" " .. key .. ' "(.-)"')
end

--- The words of a line of text.
local function words_of(line)
  local words = ""
  for part in line:gmatch '"([^"]*)"' do words = words .. part end
  return words
end

--- The root; elements are lists of texts and elements, with their `type` and `line` in the trace.
---@param trace string
---@return table
function M.of(trace)
  local root = { type = "Document" }
  local sections, open, ids, artifacts = { { 0, root } }, {}, {}, 0
  local function inner() return open[#open] or sections[#sections][2] end
  for line in trace:gmatch "[^\n]+" do
    local kind, name = line:match "^(%S+)%s*(%S*)"
    if kind == "artifact" then
      artifacts = artifacts + 1
    elseif line == "end artifact" then
      artifacts = artifacts - 1
    elseif artifacts == 0 and kind == "section" then
      local level = tonumber(line:match " level (%d+)")
      while sections[#sections][1] >= level do sections[#sections] = nil end
      local made = { type = name, line = line }
      table.insert(sections[#sections][2], made)
      sections[#sections + 1] = { level, made }
    elseif artifacts == 0 and kind == "reserve" then
      local id = words_of(line)
      if not ids[id] then
        ids[id] = { type = "reserved" }
        table.insert(inner(), ids[id])
      end
    elseif artifacts == 0 and kind == "tag" then
      local id = option(line, "id")
      local made = id and ids[id]
      if not made then
        made = { type = name }
        table.insert(inner(), made)
        if id then ids[id] = made end
      end
      made.type, made.line = name, made.line or line
      open[#open + 1] = made
    elseif artifacts == 0 and line == "end tag" then
      open[#open] = nil
    elseif artifacts == 0 and kind == "text" then
      table.insert(inner(), words_of(line))
    end
  end
  return root
end

--- All text in an element.
function M.text(element)
  if type(element) == "string" then return element end
  local parts = {}
  for i, kid in ipairs(element) do parts[i] = M.text(kid) end
  return table.concat(parts)
end

local function show(element)
  if type(element) == "string" then return element end
  local parts = {}
  for _, kid in ipairs(element) do
    local said = show(kid)
    if said ~= "" then parts[#parts + 1] = said end
  end
  if #parts == 0 then return "" end
  return element.type .. "(" .. table.concat(parts, " ") .. ")"
end

--- The tree as a line, "Sect(H1(One) P(Words))", without what is empty; the root's name is left out.
---@param trace string
---@return string
function M.show(trace)
  local said = show(M.of(trace))
  return said:match "^Document%((.*)%)$" or ""
end

--- The types of headings in the order of reading.
---@param trace string
---@return string
function M.headings(trace)
  local list = {}
  local function look(element)
    if type(element) == "string" then return end
    if element.type:find "^H%d$" then list[#list + 1] = element.type end
    for _, kid in ipairs(element) do look(kid) end
  end
  look(M.of(trace))
  return table.concat(list, " ")
end

return M
