--- Stacks that few layouts have: those of a height of their own, and kept ones that are higher than a page.
local overflow = require "briefpress.overflow"

local M = {}

--- The content of a stack that is kept, on a page where nothing fits otherwise: what is kept in it still is, if it can.
function M.split_kept(self, cx, inner, tall)
  cx.is_loose = nil
  local content, rest = self.flow:layout(cx, inner, tall)
  cx.is_loose = true
  if not content then content, rest = self.flow:layout(cx, inner, tall) end
  if content and rest then
    overflow.note(cx, self.place, "blocks that are kept together are higher than the page: "
      .. "they are split")
  end
  return content, rest
end

--- The content of a stack of a height of its own.
function M.fill(self, cx, width, inner, tall)
  local was_natural, was_marking = cx.is_natural, cx.is_marking
  cx.is_natural, cx.is_marking = nil, nil
  local content, rest = self.flow:layout(cx, inner, math.max(0, tall))
  cx.is_natural, cx.is_marking = was_natural, was_marking
  if content and not rest then return content end
  cx.stuck = nil
  local needed = overflow.height_of(cx, self.flow, inner)
  return overflow.settle(cx, self.overflow, self.place,
    needed and ("stack: blocks of %.0f points do not fit into its %.0f"):format(needed, tall)
      or ("stack: a block does not fit into its %.0f by %.0f points"):format(width, tall),
    'make height= larger, leave it out, or give overflow = "mark"', inner, math.max(0, tall))
end

return M
