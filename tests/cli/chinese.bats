#!/usr/bin/env bats
# Chinese: who takes text out of a PDF finds no space that nobody typed, however a line is spread.
load helper

# shellcheck disable=SC1111  # The quotes are text.
prose="在5G时代和AI时第5次，共1748家企业，“增长”34.8%的企业由Guo Meng带来——完……再由“**北京**”（**2022年**）的R&D机构。"
plain=${prose//\*\*/}

layout() { # OPTIONS
    cat >l.lua <<LUA
local b = require "briefpress"
return function()
  return b.report { title = "中文",
    b.text { "$prose", $1 } }
end
LUA
}

# Lines joined: a line of Latin goes on with a space, a line of Han with nothing.
read_text() {
    pdftotext "$@" x.pdf - | tr -d '\f' | sed -e 's/^ *//' -e 's/ *$//' | tr '\n' '@' | sed -E -e 's/@+$//' -e 's/Guo@+Meng/Guo Meng/' -e 's/@+//g'
}

@test "no space that nobody typed comes out between Han and Latin, nor in lines that are spread" {
    command -v pdftotext >/dev/null || skip "pdftotext is not installed"
    for options in '' 'align = "justify"' 'align = "justify", width = 200' 'align = "justify", width = 91' \
        'align = "justify", width = 63' 'align = "center", width = 120' 'align = "justify", width = 140, tracking = 20'; do
        layout "$options"
        bp render l.lua -o x.pdf --lang zh
        expect_status 0
        for way in -nopgbrk -layout -raw; do
            found=$(read_text "$way")
            [ "$found" = "$plain" ] || fail "$options: pdftotext $way gave: $found"
        done
    done
}

@test "single lines have none either" {
    command -v pdftotext >/dev/null || skip "pdftotext is not installed"
    cat >l.lua <<'LUA'
local b = require "briefpress"
return function()
  return b.report { title = "中文", footer = false,
    b.block { measure = function(_, _, width) return width, width end,
      layout = function(_, cx, width)
        local style = cx:style "body"
        return { width = width, height = 90, draw = function(_, canvas, x, y)
          canvas:begin_tag "P"
          canvas:text(style, x, y + 20, "5G基站2,212座（在用）")
          canvas:text(style, x + width, y + 40, "《规划》第5版，AI与R&D。", "right")
          canvas:text(style, x, y + 60, "规划")
          canvas:text(style, x, y + 80, "《规划》")
          canvas:end_tag()
        end }
      end } }
end
LUA
    bp render l.lua -o x.pdf --lang zh --trace t.trace
    expect_status 0
    found=$(pdftotext x.pdf - | tr -d '\f' | grep .)
    [ "$found" = $'5G基站2,212座（在用）\n《规划》第5版，AI与R&D。\n规划\n《规划》' ] || fail "pdftotext gave: $found"
    # The ink of a mark that begins a line stands where another character's would: its square begins half an em before.
    pdftotext -bbox x.pdf - | awk -F '"' '/>规划</ { plain = $2 } />《规划》</ { mark = $2 }
        END { d = plain - mark; exit !(d > 4.99 && d < 5.01) }' || fail "$(pdftotext -bbox x.pdf -)"
}
