# What check tells so that people can read a report who do not see it, or not well: each finding with a layout that has it
# and one close by that has not.

load helper

# report BLOCKS [OPTIONS]: r.lua, a report of these blocks, the first of which is in line 3.
report() {
    printf 'local b = require "briefpress"\nreturn function(data) return b.report { %s,\n%s\n} end\n' \
        "${2-title = \"Harbour\"}" "$1" >r.lua
}

# found BLOCKS TEXT... : check finds each text, and nothing else.
found() {
    report "$1"
    shift
    bp check r.lua
    expect_status 79
    local text
    for text in "$@"; do expect_err "$text"; done
    [[ $err == *"r.lua: $# finding"* ]] || fail "expected $# findings"
}

# silent BLOCKS [OPTIONS]: check finds nothing.
silent() {
    report "$@"
    bp check r.lua -q
    [ -z "$err" ] || fail "expected no finding"
    expect_status 0
}

picture() { # picture NAME: a small photograph.
    base64 -d >"$1" <<'PNG'
iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVQI12NUcEhgYGBgYmBgYGBgAAAI6gDEZNFykAAAAABJRU5ErkJggg==
PNG
}

@test "an alternative text that says nothing is found" {
    picture quay.png
    found 'b.image { "quay.png", alt = "quay.png" }' \
        'r.lua:3: the alternative text "quay.png" is the name of a file; say what it shows, as alt = "'
    found 'b.image { "quay.png", alt = "DSC_0042" }' '"DSC_0042" is the name of a file'
    found 'b.image { "quay.png", alt = "Image" }' '"Image" says only that something is there'
    found 'b.image { "quay.png", alt = "Figure 3:" }' '"Figure 3:" says only'
    found 'b.image { "quay.png", alt = "ok" }' '"ok" is too short to say anything'
    silent 'b.image { "quay.png", alt = "The quay at dawn" }'
    silent 'b.image { "quay.png", alt = "Figure of a sailor in bronze" }'
    silent 'b.image { "quay.png", alt = "" }'
    silent 'b.image { "quay.png", alt = "Quay No. 3" }'
}

@test "a Chinese alternative text may be shorter, and may say nothing, too" {
    picture quay.png
    report 'b.image { "quay.png", alt = "图片" }' 'title = "港口", language = "zh"'
    bp check r.lua
    expect_status 79
    expect_err '"图片" says only that something is there'
    silent 'b.image { "quay.png", alt = "码头" }' 'title = "港口", language = "zh"'
}

@test "the same holds for images in a text and for what a block of the layout tags" {
    picture quay.png
    found 'b.text "Our house ![img](quay.png) by the sea"' '"img" says only that something is there'
    silent 'b.text "Our house ![the quay](quay.png) by the sea, ![](quay.png)"'
    local drawn='b.block { layout = function(_, _, width) return { width = width, height = 9, draw = function(_, canvas, x, y)
  canvas:begin_tag("Figure"%s) canvas:rect(x, y, 9, 9, { fill = "#123456" }) canvas:end_tag() end } end }'
    # shellcheck disable=SC2059
    found "$(printf "$drawn" '')" 'r.lua:4: a figure has no alternative text; say what it shows, as { alt = '
    # shellcheck disable=SC2059
    silent "$(printf "$drawn" ', { alt = "A blue square" }')"
}

@test "a canvas says what it shows, or that it is an ornament" {
    local drawn='b.canvas { height = 20, %s draw = function(canvas, x, y) canvas:rect(x, y, 9, 9, { fill = "#123456" }) end }'
    # shellcheck disable=SC2059
    found "$(printf "$drawn" '')" 'r.lua:3: canvas: say what it shows, as alt = "…"; decorative = true marks an ornament'
    # shellcheck disable=SC2059
    found "$(printf "$drawn" 'alt = "canvas",')" 'r.lua:3: the alternative text "canvas" says only that something is there'
    # shellcheck disable=SC2059
    silent "$(printf "$drawn" 'alt = "A blue square",')"
    # shellcheck disable=SC2059
    silent "$(printf "$drawn" 'decorative = true,')"
}

@test "a chart that says only numbers is found" {
    found 'b.chart.bar { { label = "", value = 3 }, { label = "", value = 4 } }' \
        'r.lua:3: chart.bar: it says only numbers: it has neither a title nor labels'
    silent 'b.chart.bar { { label = "Ferries", value = 3 }, { label = "Tankers", value = 4 } }'
    silent 'b.chart.bar { title = "One more each year", { label = "", value = 3 }, { label = "", value = 4 } }'
    found 'b.chart.bar { alt = "chart", { label = "Ferries", value = 3 }, { label = "Tankers", value = 4 } }' \
        'the alternative text "chart" says only that something is there'
}

@test "headings go down one level at a time, and both are named" {
    found 'b.heading "One",
b.heading { "Three", level = 3 }' \
        'r.lua:4: a heading of level 3 follows one of level 1 (r.lua:3); go down one level at a time: level = 2'
    found 'b.heading { "Two", level = 2 }' 'r.lua:3: the first heading is of level 2; begin with level 1'
    silent 'b.heading "One", b.heading { "Two", level = 2 }, b.heading { "Three", level = 3 }, b.heading "One again"'
    found 'b.heading "One", b.heading " "' 'r.lua:3: a heading without words'
}

@test "the title of the report is there" {
    report 'b.text "Words."' 'standard = "none"'
    bp check r.lua
    expect_status 79
    expect_err 'r.lua:2: the report has no title'
}

@test "contrast: what a layout draws by itself, on what it drew before" {
    local card='b.canvas { height = 40, alt = "Ships", draw = function(canvas, x, y, w, _, cx)
  canvas:rect(x, y, w, 40, { fill = "%s" })
  canvas:text(cx:style("label", { color = "%s", size = %s }), x + 5, y + 28, "340") end }'
    # shellcheck disable=SC2059
    found "$(printf "$card" '#ffd0d0' '#e07070' 10)" 'r.lua:5: text in #e07070 on #ffd0d0 has a contrast of 2.2, 4.5 is needed'
    # shellcheck disable=SC2059
    silent "$(printf "$card" '#203040' '#ffffff' 10)"
    # shellcheck disable=SC2059
    found "$(printf "$card" '#ffffff' '#858585' 10)" '4.5 is needed to read it well'
    # shellcheck disable=SC2059
    silent "$(printf "$card" '#ffffff' '#858585' 18)" # Large letters may have less.
}

@test "contrast: a text over a drawing is held against the drawing" {
    local layers='b.layers { b.canvas { height = 40, decorative = true, draw = function(canvas, x, y, w)
  canvas:rect(x, y, w, 40, { fill = "#203040" }) end },
b.text { "On the drawing", color = "%s" } }'
    # shellcheck disable=SC2059
    silent "$(printf "$layers" '#ffffff')"
    # shellcheck disable=SC2059
    found "$(printf "$layers" '#405060')" 'r.lua:5: text in #405060 on #203040 has a contrast of 1.6'
    found 'b.text { "On paper", color = "#ffffff" }' 'text in #ffffff on #ffffff'
}

@test "contrast: whether a text on a picture can be read nobody can tell" {
    picture quay.png
    local layers='b.layers { height = 90, b.image { "quay.png", alt = "The quay at dawn", width = 400, height = 90, fit = "cover" },
%s }'
    # shellcheck disable=SC2059
    found "$(printf "$layers" 'b.text { "The quay", color = "#ffffff" }')" \
        'r.lua:4: text on a picture: nobody can tell whether "The quay" can be read there; put b.stack with a fill around it'
    # shellcheck disable=SC2059
    silent "$(printf "$layers" 'b.stack { fill = "ink", padding = 4, b.text { "The quay", color = "#ffffff" } }')"
}

@test "contrast: what stands beside a picture does not stand on it" {
    picture quay.png
    local text='b.text { ("The harbour was open all year. "):rep(30), color = "%s" }'
    local beside='b.wrap { figure = b.image { "quay.png", alt = "The quay at dawn", width = 120, height = 60, fit = "cover" }, %s }'
    # shellcheck disable=SC2059
    silent "$(printf "$beside" "$(printf "$text" '#405060')")"
    # shellcheck disable=SC2059
    found "$(printf "$beside" "$(printf "$text" '#aaaaaa')")" 'r.lua:3: text in #aaaaaa on #ffffff has a contrast of 2.3'
}

@test "reading order: what is placed above what is read before it" {
    local text='b.text "The harbour was open all year, in spite of the storms of spring and the strike of the pilots."'
    found "$text,
b.place { x = 0, y = -30, width = 300, b.text 'Office of the harbour' }" \
        'r.lua:4: b.place stands above what is read before it (r.lua:3); write it in front of that'
    silent "b.place { x = 0, y = -30, width = 300, b.text 'Office of the harbour' },
$text"
    found "b.place { x = 0, bottom = 0, width = 300, b.text 'Printed in Harwick' },
$text" 'r.lua:3: b.place stands below what is read behind it (r.lua:4); write it behind that'
    silent "$text, b.place { x = 0, bottom = 0, width = 300, b.text 'Printed in Harwick' }"
    # What stands between two texts is read where it is called, on whatever page that is.
    silent "$text, b.place { x = 0, bottom = 0, width = 300, b.text 'Printed in Harwick' }, $text"
    silent "$text, b.page_break(), b.place { x = 0, bottom = 0, width = 300, b.text 'Printed in Harwick' }, $text"
    # Beside it is no contradiction, nor is an ornament.
    silent "b.row { widths = { '1fr', 120 }, $text, b.space(9) }, b.place { right = 0, y = 0, width = 80, b.text 'Aside' }"
    silent "$text, b.place { x = 0, y = -30, b.canvas { width = 300, height = 9, decorative = true, draw = function(canvas, x, y)
  canvas:rect(x, y, 300, 9, { fill = '#eef2f6' }) end } }"
}

@test "reading order: layers, and what is read elsewhere by design" {
    found 'b.layers { height = 120, b.stack { padding = { top = 80 }, b.text "Below, and read first" },
b.text "Above, and read last" }' 'r.lua:4: a layer of b.layers stands above what is read before it (r.lua:3)'
    silent 'b.layers { height = 120, b.text "Above, and read first", b.stack { padding = { top = 80 }, b.text "Below, and read last" } }'
    silent 'b.text "A call of a float.", b.float { at = "top", b.text "It stands at the top." }, b.text "More.^[A note.]"'
    silent 'b.columns { count = 2, b.text(("word "):rep(300)) }'
}

@test "languages: letters that the language of a text does not have" {
    found 'b.text "The quay is called 码头 here."' \
        'r.lua:3: Chinese characters in a text of the language "en": "码头" is not spoken; say language = "zh" for the block, or [words]{language=zh} in the text'
    silent 'b.text "The quay is called [码头]{language=zh} here."'
    silent 'b.text "The quay is called the quay here.", b.text { "码头", language = "zh" }'
    found 'b.text "The boat is called Надежда and is old."' 'Cyrillic letters in a text of the language "en": "Надежда"'
    silent 'b.text "A wave of length λ takes 3 μs, Δt and Σx say; a café in Łódź."'
    found 'b.table { columns = { { title = "Name" }, { title = "Ships" } }, rows = { { "码头", 3 } } }' '"码头" is not spoken'
}

@test "languages: a report in the wrong one is one finding, with its remedy" {
    report 'b.heading "年度报告", b.text "今年港口全年开放。", b.text "更多船只。"' 'title = "年度报告"'
    bp check r.lua
    expect_status 79
    expect_err 'r.lua:2: the language of the report is "en", its text is in Chinese characters; say language = "zh"'
    expect_err 'r.lua: 1 finding'
    silent 'b.heading "年度报告", b.text "今年港口全年开放，IPv6 和 5G 也是。"' 'title = "年度报告", language = "zh"'
    report 'b.heading "年度报告", b.text "The harbour was open to all ships in the whole of the year."' \
        'title = "年度报告", language = "zh"'
    bp check r.lua
    expect_status 79
    expect_err 'a text in Latin letters in the language "zh"'
}

@test "languages: a tag that names none" {
    local tag
    for tag in cn zh_CN english jp en-; do
        report 'b.text "Words."' "title = 'T', language = '$tag'"
        bp check r.lua
        [ "$status" -eq 79 ] || [ "$status" -eq 78 ] || fail "$tag is no language"
    done
    found 'b.text { "Words.", language = "gr" }' 'r.lua:3: the language "gr" is a country, no language; write "el"'
    silent 'b.text { "Words.", language = "en-GB" }, b.text { "Words.", language = "sr-Latn" }, b.text { "Words.", language = "haw" }'
}

@test "tables: columns without a header, and the corner that may be empty" {
    found 'b.table { columns = { { key = 1 }, { key = 2 } }, rows = { { 2024, 3 } } }' \
        'r.lua:3: table: it has no header, so nobody is told what its cells are'
    silent 'b.table { columns = { { key = 1, stub = true }, { key = 2 } }, rows = { { 2024, 3 } } }'
    silent 'b.table { columns = { { key = 1 }, { key = 2 } }, rows = { { "Ferries", 3 } } }' # Words name their row.
    found 'b.table { columns = { { title = "Ships" }, { title = "" } }, rows = { { "Ferries", 3 } } }' \
        'r.lua:3: table: column 2 has no title, which is said with each of its cells; give it title = "…"'
    found 'b.table { columns = { { title = "" }, { title = "2024" } }, rows = { { 2024, 3 } } }' \
        'column 1 has no title, which is said with each of its cells; give it title = "…", or stub = true'
    silent 'b.table { columns = { { title = "" }, { title = "2024" } }, rows = { { "Ferries", 3 } } }'
}

@test "links: words that say nothing, in the language of the text and in English" {
    found 'b.text "For the timetable click [here](https://example.org/t)."' \
        'r.lua:3: the link text "here" does not say where it leads; write [words that name the target](https://example.org/t)'
    found 'b.text "[Read **more** »](https://example.org/t)"' '"Read more »" does not say'
    silent 'b.text "See [the timetable](https://example.org/t) and [more about tides](https://example.org/u)."'
    report 'b.text "时刻表请[点击此处](https://example.org/t)。"' 'title = "港口", language = "zh"'
    bp check r.lua
    expect_err '"点击此处" does not say where it leads'
    report 'b.text "Fahrplan [hier](https://example.org/t), [here](https://example.org/u)."' 'title = "Hafen", language = "de"'
    bp check r.lua
    expect_err 'the link text "hier" does not say where it leads; write [words that name the target](https://example.org/t) (and 1 more like it here)'
}

@test "links: addresses that are spelled, and one text for two targets" {
    found 'b.text "<https://example.org/harbour/timetables/2024/ferries.html>"' \
        'the link text is an address of 56 characters, which a screen reader spells'
    silent 'b.text "<https://example.org/ferries>"'
    found 'b.text "[The timetable](https://example.org/a)",
b.text "and [the timetable](https://example.org/b)"' \
        'r.lua:4: the link text "the timetable" leads to https://example.org/b here, and to https://example.org/a at r.lua:3; say how the two differ'
    silent 'b.text "[The timetable](https://example.org/a)", b.text "and [the timetable](https://example.org/a)"'
}

@test "links: a colour that can be read, and is not that of the words around" {
    local link='b.text "For all there is see [the timetable](https://example.org/a) of the year."'
    report "$link" 'title = "T", theme = { accent = "#1d2a36" }'
    bp check r.lua
    expect_status 79
    expect_err 'r.lua:3: the link "the timetable" looks like the words around it (#1d2a36 in #'
    silent "$link" 'title = "T", theme = { accent = "#7a1f3d" }'
    silent 'b.text "[The timetable](https://example.org/a)"' 'title = "T", theme = { accent = "#1d2a36" }'
    report "$link" 'title = "T", theme = b.theme("plain", { colors = { accent = "#e0b0b0" } })'
    bp check r.lua
    expect_err 'r.lua:3: text in #e0b0b0 on #ffffff has a contrast of 1.9'
}

@test "what is an ornament, and what the data call their sources, is let be" {
    silent 'b.watermark { "DRAFT" }, b.text "Words."'
    silent 'b.canvas { height = 20, decorative = true, draw = function(canvas, x, y, _, _, cx)
  canvas:text(cx:style("label", { size = 4, color = "#eeeeee" }), x, y + 12, "340 ships") end }, b.text "Words."'
    cat >d.json <<'JSON'
{"dataset": {"id": "d", "title": "Harbour"}, "sources": [{"id": "s", "title": "港口统计年鉴", "publisher": "市港口局"}],
 "indicators": [{"id": "ships", "label": "Ships", "observations": [{"period": "2024", "value": 340, "source": "s"}]}]}
JSON
    report 'b.chart.bar { title = "Many ships", "ships" }, b.sources {}, b.text "From 港口统计年鉴, page 3."'
    bp check r.lua -d d.json -q
    expect_status 0
    report 'b.chart.bar { title = "Many ships", "ships" }, b.sources {}, b.text "From 港口总局, page 3."'
    bp check r.lua -d d.json
    expect_status 79
    expect_err 'r.lua:3: Chinese characters in a text of the language "en": "港口总局" is not spoken'
}

@test "small words: in a style, drawn by hand, and made smaller" {
    found 'b.text { "Fine print", size = 5 }' 'r.lua:3: words of 5 points are hard to read; 6 are the least'
    silent 'b.text { "Fine print", size = 6 }'
    silent 'b.text { "CO~2~ and m^2^, a note^[Which is here.]", size = 7 }' # Raised and lowered signs are smaller.
    found 'b.canvas { height = 20, alt = "Ships", draw = function(canvas, x, y, _, _, cx)
  canvas:text(cx:style("label", { size = 4 }), x, y + 12, "340") end }' 'r.lua:4: words of 4 points, "340", are hard to read'
    report 'b.fit { height = 40, least = 0.2, b.text(("many words "):rep(60)) }'
    bp check r.lua
    expect_err 'points made smaller by b.fit; give it more room, or least = 0.60'
    silent 'b.text { "Fine print", size = 5.5 }' 'title = "T", theme = b.theme("plain", { space = { smallest_text = 5.5 } })'
}

@test "a block that draws outside of any tag is told once, with the line that draws" {
    local block='b.block { layout = function(_, _, width) return { width = width, height = 9, draw = function(_, canvas, x, y)
  %s
  canvas:rect(x, y, 9, 9, { fill = "#123456" })
  canvas:line(x, y, x + 90, y, { stroke = "#123456" })
  %s end } end }'
    # shellcheck disable=SC2059
    found "$(printf "$block" '' '')" 'r.lua:5: block: it draws outside of any tag; tag what is read'
    # shellcheck disable=SC2059
    silent "$(printf "$block" 'canvas:begin_artifact "Layout"' 'canvas:end_artifact()')"
}

@test "findings are told in the order of the layout, each cause once" {
    report 'b.text { "Small", size = 5 },
b.each({ 1, 2, 3 }, function() return b.text "Click [here](https://example.org)." end),
b.heading { "Deep", level = 3 },
b.text "[more](https://example.org)"'
    bp check r.lua
    expect_status 79
    [ "$(grep -o '^r.lua:[0-9]\+' <<<"$err" | tr '\n' ' ')" = "r.lua:3 r.lua:4 r.lua:5 r.lua:6 " ] || fail "the order is wrong"
}

@test "what was found is told where the layout fails later, too" {
    report 'b.text { "Small", size = 5 }, b.text "Words.",
b.page_break(), b.canvas { height = 9, alt = "A line", draw = function(canvas) canvas:misspelt() end }'
    bp check r.lua
    expect_status 78
    expect_err 'r.lua:3: words of 5 points are hard to read'
    expect_err 'r.lua:4: a Page has no "misspelt"'
    report 'b.text { "Small", size = 5 }, b.text(("word "):rep(3000))'
    bp check r.lua --max-pages 1
    expect_status 76
    expect_err 'r.lua:3: words of 5 points are hard to read'
}

@test "a rendering looks for none of it" {
    report 'b.text { "Small", size = 4 }, b.text "Click [here](https://example.org)."' 'standard = "none"'
    bp render r.lua -o r.pdf -q
    expect_status 0
    [ -z "$err" ] || fail "a rendering is not a check"
}
