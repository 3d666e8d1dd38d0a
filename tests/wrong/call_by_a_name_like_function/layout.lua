-- A name that ends in "function" begins none: the frame of the tail call is kept, and its line is told.
local b = require "briefpress"

local function my_function(id) return id end

local function card(id)
  return b.figure(my_function(id))
end

return function()
  return b.report { title = "Harbour", card(true) }
end
