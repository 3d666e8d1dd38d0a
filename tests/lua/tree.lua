--- The structure tree that a trace tells of, as a screen reader follows it: elements of one id are one, what was
--- reserved stands where it was, and sections hold what follows at the top level.
local M = {}

--- What is between the quotes behind a key of a line of the trace.
local function option(line, key)
  return line:match(" " .. key .. ' "(.-)"')
end

--- What is between the quotes of a line.
local function words_of(line)
  local words = ""
  for part in line:gmatch '"([^"]*)"' do words = words .. part end
  return words
end

--- The parts of a line of text: { text=, tag=, note= } each, of which those that look alike are one.
---@param line string
---@return table[]
function M.parts(line)
  local list, at = {}, 1
  while true do
    local _, last, text = line:find('"([^"]*)"', at)
    if not last then return list end
    local next_at = line:find(' + "', last, true)
    local look = line:sub(last + 1, next_at)
    local tag = look:match " tag (%a+)" or (look:find(" expansion ", 1, true) and "Span") or nil
    list[#list + 1] = { text = text, tag = tag, note = look:match ' note "([^"]*)"' }
    if not next_at then return list end
    at = next_at + 3
  end
end

--- The words that a trace draws, a line each.
---@param trace string
---@return string
function M.words(trace)
  local lines = {}
  for line in trace:gmatch "[^\n]+" do
    if line:find "^text " then
      local words = {}
      for i, part in ipairs(M.parts(line)) do words[i] = part.text end
      lines[#lines + 1] = table.concat(words)
    end
  end
  return table.concat(lines, "\n")
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
      for _, part in ipairs(M.parts(line)) do
        local role = part.tag and { type = part.tag, part.text, line = line } or part.text
        table.insert(inner(), role)
        if part.note then
          ids[part.note] = ids[part.note] or { type = "reserved" }
          table.insert(inner(), ids[part.note])
        end
      end
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
