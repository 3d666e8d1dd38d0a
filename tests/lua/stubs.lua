--- Reads scripts/types: what the descriptions for editors say there is. One form is understood, that which those files
--- have: classes with their fields a line each, functions with a comment in front.
local M = {}

local FOLDER = "scripts/types"

--- Without the blanks at its ends.
local function trim(text)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

--- The type at the beginning of a text, up to the blanks behind it: brackets hold blanks, and so does "fun(...): type".
local function take_type(text)
  local depth, at = 0, 1
  while at <= #text do
    local c = text:sub(at, at)
    if c:find "[%(%[{<]" then depth = depth + 1 end
    if c:find "[%)%]}>]" then depth = depth - 1 end
    if c == '"' then at = text:find('"', at + 1, true) or #text end
    if c == " " and depth == 0 and text:sub(at - 1, at - 1) ~= ":" and text:sub(at - 1, at - 1) ~= "," then break end
    at = at + 1
  end
  return text:sub(1, at - 1), trim(text:sub(at))
end

local function new_function(state, owner, name, signature)
  local made = { owner = owner, name = name, signature = signature, doc = state.doc, params = state.params,
    returns = state.returns, file = state.file, section = state.section }
  state.all.functions[#state.all.functions + 1] = made
end

--- Takes a line that begins with "---@".
local function take_tag(state, tag, rest)
  if tag == "class" then
    local name, more = rest:match "^([%w_.]+)%s*(.*)$"
    local parents = {}
    local list, doc = more:match "^:%s*([%w_.,%s]-)%s%s+(.*)$"
    if not list then list = more:match "^:%s*([%w_., ]+)$" end
    if not list and more:sub(1, 1) == ":" then list, doc = more:match "^:%s*([%w_.]+)%s*(.*)$" end
    for parent in (list or ""):gmatch "[%w_.]+" do parents[#parents + 1] = parent end
    if not list then doc = more end
    local class = state.all.classes[name]
    if not class then
      state.all.count = state.all.count + 1
      class = { name = name, parents = parents, fields = {}, file = state.file, order = state.all.count }
      state.all.classes[name] = class
    end
    class.doc = class.doc or {}
    for _, line in ipairs(state.doc) do class.doc[#class.doc + 1] = line end
    if doc and doc ~= "" then class.doc[#class.doc + 1] = doc end
    state.class, state.field, state.doc = class, nil, {}
  elseif tag == "field" then
    local key, mark, more = rest:match "^([%w_]+)(%??)%s+(.*)$"
    if not key then return end -- ["end"], [1]: of the engine's alone.
    local kind, text = take_type(more)
    state.field = { name = key, optional = mark == "?", type = kind, text = text }
    state.class.fields[#state.class.fields + 1] = state.field
  elseif tag == "param" then
    local key, mark, more = rest:match "^([%w_.]+)(%??)%s+(.*)$"
    local kind, text = take_type(more)
    state.params[#state.params + 1] = { name = key, optional = mark == "?", type = kind, text = text }
  elseif tag == "return" then
    local kind, text = take_type(rest)
    local more = text:match "^[%a_]+%s%s+(.*)$" or text:match "^[%a_]+$" and "" or text -- Without its name.
    state.returns[#state.returns + 1] = { type = kind, text = more }
  end
end

local function take_line(state, line)
  local tag, rest = line:match "^%-%-%-@(%a+)%s*(.*)$"
  if tag then return take_tag(state, tag, rest) end
  local words = line:match "^%-%-%-(.*)$"
  if words then
    words = words:gsub("^ ", "")
    if state.field then
      state.field.text = trim(state.field.text .. " " .. trim(words))
    elseif state.class and #state.class.fields == 0 and #state.doc == 0 and not state.class.name:find "Library$" then
      state.class.doc[#state.class.doc + 1] = words
    else
      state.doc[#state.doc + 1] = words
    end
    return
  end
  state.field = nil
  local section = line:match "^%-%- (.-) %-%-%-+$"
  if section then state.section = section end
  local owner, name, signature = line:match "^function ([%w_]+)[.:]([%w_.]+)%((.-)%)"
  if owner then
    new_function(state, owner, name, signature)
  else
    owner, name = line:match "^([%w_]+)%.([%w_.]+) = "
    if owner then state.all.tables[owner .. "." .. name] = { doc = state.doc } end
  end
  state.doc, state.params, state.returns, state.class = {}, {}, {}, nil
end

--- All descriptions of the folder.
---@return {classes:table<string, table>, functions:table[], tables:table<string, table>, files:table<string, string[]>}
function M.read()
  local all = { classes = {}, functions = {}, tables = {}, files = {}, count = 0 }
  for _, file in ipairs(testing.files(FOLDER)) do
    if file:find "%.lua$" then
      local state = { all = all, file = file, doc = {}, params = {}, returns = {} }
      local text = testing.read(FOLDER .. "/" .. file)
      local header = {}
      for words in text:match("^%-%-%-@meta[^\n]*\n(.-)\n\n"):gmatch "%-%-+ ?([^\n]*)" do header[#header + 1] = words end
      all.files[file] = header
      for line in text:match("^%-%-%-@meta[^\n]*\n.-\n\n(.*)$"):gmatch "([^\n]*)\n" do take_line(state, line) end
    end
  end
  return all
end

--- The fields of a class by name, those of its parents too.
---@return table<string, table>
function M.fields(all, name)
  local list = {}
  local class = all.classes[name]
  for _, parent in ipairs(class and class.parents or {}) do
    for key, field in next, M.fields(all, parent) do list[key] = field end
  end
  for _, field in ipairs(class and class.fields or {}) do list[field.name] = field end
  return list
end

return M
