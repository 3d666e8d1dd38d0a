--- Lists of what has a numbered caption: figures, tables, or a kind of the report's own.
local contents = require "briefpress.contents"
local lines_of = require "briefpress.contents_line"
local options = require "briefpress.options"
local phrases = require "briefpress.phrase"

local M = {}

local function add_lines(self, cx)
  local entries = cx.captions[self.kind]
  if not entries then
    require("briefpress.engine").report("finding",
      ('listing: nothing of the kind "%s" has a caption'):format(self.kind), self.place)
    return
  end
  for _, entry in ipairs(entries) do
    self.lines[#self.lines + 1] = lines_of.new(self, entry, 1, true)
  end
end

local known = options.define("listing", { title = "any", kind = "string", leader = "boolean" })

--- See scripts/types/structure.lua.
function M.listing(spec)
  spec = options.read("listing", spec or {}, known)
  local kind, title = spec.kind or spec[1], spec.title
  options.expect(kind, "string", "listing: kind")
  if title == nil then
    local name = "list_of_" .. kind
    if not phrases.has(name) then
      options.fail(('listing: give the list of the kind "%s" a title = "…", or false for none'):format(kind))
    end
    title = phrases.phrase(name)
  end
  return contents.new({ title = title, kind = kind, leader = spec.leader, add = add_lines, what = "listing",
    is_ranked = false }, spec)
end

return M
