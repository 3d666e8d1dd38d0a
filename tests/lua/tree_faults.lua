--- What is wrong with the structure that a trace tells of, by ISO 32000-1 (14.8.4) and ISO 14289-1, and what is read of it.
local tree = require "tree"

local M = {}

-- What alone may stand in some types, and what may stand in nothing but these.
local holds = {
  Table = { Caption = true, THead = true, TBody = true, TFoot = true, TR = true },
  THead = { TR = true }, TBody = { TR = true }, TFoot = { TR = true }, TR = { TH = true, TD = true },
  L = { L = true, LI = true, Caption = true }, LI = { Lbl = true, LBody = true },
  TOC = { TOC = true, TOCI = true, Caption = true },
}
local stands_in = {
  THead = { Table = true }, TBody = { Table = true }, TFoot = { Table = true }, TH = { TR = true }, TD = { TR = true },
  TR = { Table = true, THead = true, TBody = true, TFoot = true }, LI = { L = true }, LBody = { LI = true },
  TOCI = { TOC = true }, Caption = { Table = true, L = true, TOC = true, Div = true, Figure = true },
}

--- The options of a tag as a trace has them.
local function options_of(rest)
  local found, headers = {}, {}
  rest = rest:gsub('(%a+) "([^"]*)"', function(key, value)
    found[key] = value
    return ""
  end)
  for id in (found.headers or ""):gmatch "%S+" do headers[#headers + 1] = id end
  found.headers = headers
  found.columns, found.rows = tonumber(rest:match "columns (%d+)") or 1, tonumber(rest:match "rows (%d+)") or 1
  found.box = rest:match "box (%S+ %S+ %S+ %S+)"
  return found
end

--- What is drawn outside of any tag and artifact.
local function loose_of(trace)
  local list, open = {}, 0
  for line in trace:gmatch "[^\n]+" do
    local word = line:match "^%S+"
    if word == "tag" or word == "artifact" then
      open = open + 1
    elseif line == "end tag" or line == "end artifact" then
      open = open - 1
    elseif open == 0 and (word == "text" or word == "path" or word == "image" or word == "dots") then
      list[#list + 1] = line
    end
  end
  return list
end

--- Gives an element its `options` and its `text`, what is written in it itself; elements alone remain in its list.
local function open_up(element, by_id)
  local kids, words = {}, {}
  for _, kid in ipairs(element) do
    if type(kid) == "string" then words[#words + 1] = kid else kids[#kids + 1] = kid end
  end
  for i = #element, 1, -1 do element[i] = kids[i] end
  element.text = table.concat(words)
  element.options = options_of((element.line or ""):gsub("^%S+ %S+", ""))
  if element.options.id then by_id[element.options.id] = element end
  for _, kid in ipairs(kids) do open_up(kid, by_id) end
end

--- The tree of a trace; see tree.lua.
---@param trace string
---@return table document          Its `loose` lists what was drawn outside of any tag and artifact, `by_id` elements.
function M.of(trace)
  local document = tree.of(trace)
  document.loose, document.by_id = loose_of(trace), {}
  open_up(document, document.by_id)
  return document
end

--- All elements of a type below one, in the order of reading.
function M.all(element, type_of, list)
  list = list or {}
  for _, kid in ipairs(element) do
    if kid.type == type_of then list[#list + 1] = kid end
    M.all(kid, type_of, list)
  end
  return list
end

--- What is read of an element: alternative texts in place of figures.
function M.read(element)
  if element.options.alt then return "[" .. element.options.alt .. "]" end
  local parts = { element.options.actual or element.text }
  for _, kid in ipairs(element) do parts[#parts + 1] = M.read(kid) end
  local said = {}
  for _, part in ipairs(parts) do
    if part ~= "" then said[#said + 1] = part end
  end
  return table.concat(said, " ")
end

--- The types of an element and all in it: "Table(THead(TR(TH TH)) TBody(TR(TH TD)))".
function M.shape(element)
  local kids = {}
  for i, kid in ipairs(element) do kids[i] = M.shape(kid) end
  return element.type .. (#kids > 0 and "(" .. table.concat(kids, " ") .. ")" or "")
end

--- Complains of the rows of one part of a table: each has as many columns as the table, whatever cells span.
local function check_rows(rows, wanted, add)
  local open = {}
  for r, row in ipairs(rows) do
    local c = 1
    for _, cell in ipairs(row) do
      while (open[c] or 0) > 0 do c = c + 1 end
      for covered = c, c + cell.options.columns - 1 do
        if (open[covered] or 0) > 0 then add(("row %d: a cell lies on another"):format(r)) end
        open[covered] = cell.options.rows
      end
      c = c + cell.options.columns
    end
    local count = 0
    for i = 1, 100 do
      if (open[i] or 0) > 0 then
        count, open[i] = count + 1, open[i] - 1
      end
    end
    wanted = wanted or count
    if count ~= wanted then add(("row %d has %d columns, not %d"):format(r, count, wanted)) end
  end
  for _, left in pairs(open) do
    if left > 0 then add "a cell spans more rows than there are" end
  end
  return wanted
end

local function check_table(element, add)
  local order, last, bodies, heads, wanted = { Caption = 1, THead = 2, TR = 3, TBody = 3, TFoot = 4 }, 0, 0, 0, nil
  local direct = {}
  for _, part in ipairs(element) do
    if (order[part.type] or 0) < last then add(part.type .. " stands behind what it belongs before") end
    last = order[part.type] or last
    if part.type == "TBody" then bodies = bodies + 1 end
    if part.type == "THead" then heads = heads + 1 end
    if part.type == "TR" then direct[#direct + 1] = part end
    if part.type == "THead" or part.type == "TBody" or part.type == "TFoot" then
      if #part == 0 then add(part.type .. " is empty") end
      wanted = check_rows(part, wanted, add)
    end
  end
  check_rows(direct, wanted, add)
  if heads > 1 then add "two THead" end
  if bodies == 0 and #direct == 0 then add "no TBody" end
end

--- What is wrong with a tree: a list, empty where nothing is.
---@param document table
---@return string[]
function M.faults(document)
  local list = {}
  local function add(text) list[#list + 1] = text end
  local function walk(element)
    for i, kid in ipairs(element) do
      local options = kid.options
      if holds[element.type] and not holds[element.type][kid.type]
        or stands_in[kid.type] and not stands_in[kid.type][element.type] then
        add(("%s in %s"):format(kid.type, element.type))
      end
      if kid.type == "Figure" and not (options.alt and options.alt ~= "" and options.box) then
        add "a Figure without alt or box"
      end
      if kid.type == "Note" and not options.id then add "a Note without id" end
      if kid.type == "TH" and not options.scope then add "a TH without scope" end
      if kid.type == "Caption" and i ~= 1 and i ~= #element and element.type ~= "Div" then add "a Caption in the middle" end
      if kid.type == "reserved" then add "a reserved place that was never filled" end
      if #kid == 0 and kid.type == "TR" then add "an empty TR" end
      for _, id in ipairs(options.headers) do
        local header = document.by_id[id]
        if not header or header.type ~= "TH" then add(("no header %s"):format(id)) end
      end
      if kid.type == "Table" then check_table(kid, add) end
      walk(kid)
    end
  end
  walk(document)
  for _, line in ipairs(document.loose) do add("drawn outside of any tag: " .. line) end
  return list
end

return M
