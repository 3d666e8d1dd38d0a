--- What an object of the data is: "indicator", "observation", "source", "table" ... Objects of the engine refuse fields
--- they do not have, so they are told apart by how they print.
local M = {}

--- The kind of a value; nil for what is no object of the data.
---@param value any
---@return string?
function M.of(value)
  local is = type(value)
  if is == "userdata" then return (tostring(value):match("^%a+")) end
  if is == "table" then
    local meta = getmetatable(value)
    return type(meta) == "table" and meta.__name or nil
  end
end

return M
