#!/usr/bin/env bats
# The block that scripts/briefpress/BLOCKS.md shows, as it stands there: a stranger's block is equal to the shipped ones.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# shellcheck disable=SC2016  # The fences of code are no commands.
take_code() {
    sed -n '/^```lua$/,/^```$/p' "$ROOT/scripts/briefpress/BLOCKS.md" | sed '/^```/d' >steps.lua
    [ "$(wc -l <steps.lua)" -gt 40 ] || fail "the page shows no block"
}

@test "the page shows the block of the example" {
    take_code
    cmp steps.lua "$ROOT/examples/14-own-block/steps.lua"
}

@test "the block nests in row, columns, stack, table and each, and goes on over pages" {
    take_code
    cat >l.lua <<'LUA'
local b = require "briefpress"
local steps = require "steps"
local function few(name, count)
  local list = {}
  for i = 1, count do list[i] = ("%s step %d of many words that take two lines here"):format(name, i) end
  return steps(list)
end
return function()
  return b.report { title = "Steps", paper = "A6", footer = false,
    b.contents {}, b.heading "First",
    few("Alone", 9), b.row { few("Left", 7), few("Right", 4) }, b.columns { few("Column", 12) },
    b.stack { padding = 6, fill = "accent_soft", few("Boxed", 8) },
    b.table { columns = { { title = "A" }, { title = "B" } }, rows = { { "x", few("Cell", 2) } } },
    b.each({ "Row1", "Row2" }, function(row) return few(row, 2) end),
    b.keep { few("Kept", 2) }, b.wrap { width = 70, figure = few("Figure", 1), few("Beside", 3) },
    b.heading "Last" }
end
LUA
    bp render l.lua -q -o x.pdf --trace x.trace
    expect_status 0
    [ -z "$err" ] || fail "something was said"
    bp check l.lua -q
    expect_status 0
    # Tags and artifacts end as often as they begin, on each page.
    awk '/^page /{ if (tags || artifacts) exit 1 } /^tag /{ tags++ } /^end tag/{ tags-- } /^artifact/{ artifacts++ }
        /^end artifact/{ artifacts-- } END { exit tags != 0 || artifacts != 0 }' x.trace || fail "tags are not balanced"
    [ "$(grep -c '^page ' x.trace)" -gt 6 ] || fail "it did not go on over pages"
    # Nothing is lost, nothing drawn twice: the number of each step, and each of its texts.
    for name in Alone:9 Left:7 Right:4 Column:12 Boxed:8 Cell:2 Row1:2 Row2:2 Kept:2 Figure:1 Beside:3; do
        found=$(grep -c "^text .*\"${name%:*}[ \"]" x.trace || true)
        [ "$found" -eq "${name#*:}" ] || fail "$name: $found texts"
    done
    [ "$(grep -c '^tag Lbl' x.trace)" -eq 52 ] || fail "$(grep -c '^tag Lbl' x.trace) numbers, there are 52 steps"
}

@test "a block that breaks its promises is blamed at its line" {
    for wrong in 'return { width = 1, height = -1, draw = print }' 'return { width = 1, height = 1/0, draw = print }' \
        'return { width = 1, height = 1 }'; do
        cat >l.lua <<LUA
local b = require "briefpress"
return function()
  return b.report { title = "x",
    b.block { layout = function() $wrong end } }
end
LUA
        bp render l.lua -o x.pdf
        expect_status 78
        expect_err "l.lua:4: a fragment needs a finite width and height from 0 and a function draw"
    done
}
