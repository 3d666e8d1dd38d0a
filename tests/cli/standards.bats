# Standards: which are kept is said on the command line or by the layout, and what they forbid is an error that names them.
load helper

# layout NAME REPORT: a layout with this inside b.report { }.
layout() {
    printf 'local b = require "briefpress"\nreturn function()\n  return b.report { %s }\nend\n' "$2" >"$1"
}

@test "a list that is none says what is expected" {
    layout l.lua 'title = "T", "Words"'
    while IFS='|' read -r list said; do
        bp render l.lua -o l.pdf --standard "$list"
        expect_status 64
        expect_err "--standard: $said"
        [ ! -e l.pdf ] || fail "$list made a PDF"
    done <<'END'
a-4|"a-4" is no standard; expected a list of a-2a
a-3a,a-2u|a document keeps one standard of PDF/A
none,ua-1|none stands alone
ua-1,ua-1|ua-1 is named twice
END
    for list in a-2a a-2b a-2u a-3a a-3b a-3u ua-1 none a-2a,ua-1; do
        bp render l.lua -o l.pdf --standard "$list"
        expect_status 0
        expect_whole l.pdf
    done
}

@test "tags are left out only where no standard needs them" {
    layout l.lua 'title = "T", "Words"'
    bp render l.lua -o l.pdf --no-tags
    expect_status 64
    expect_err 'l.lua:3: --no-tags: PDF/A-3a needs tags'
    for list in a-2a a-3a ua-1 a-2u,ua-1; do
        bp check l.lua --no-tags --standard "$list"
        expect_status 64
        expect_err 'needs tags'
    done
    for list in a-2b a-2u a-3b a-3u none; do
        bp render l.lua -o l.pdf --no-tags --standard "$list"
        expect_status 0
    done
}

@test "the layout may state its standards, and the command line wins" {
    layout l.lua 'title = "T", standard = "a-2u", "Words"'
    bp render l.lua -o l.pdf --no-tags
    expect_status 0
    bp render l.lua -o l.pdf --no-tags --standard a-3a
    expect_status 64
    layout wrong.lua 'title = "T", standard = "a-2", "Words"'
    bp check wrong.lua
    expect_status 78
    expect_err 'wrong.lua:3: report: standard: "a-2" is no standard'
}

@test "a CMYK picture without a profile is refused where the PDF is to last" {
    command -v convert >/dev/null || skip "ImageMagick is not installed"
    convert -size 16x16 gradient:red-blue -colorspace CMYK ink.jpg
    layout l.lua 'title = "T", b.image { "ink.jpg", alt = "Ink", width = 20 }'
    for command in render check; do
        bp $command l.lua
        expect_status 69
        expect_err 'ink.jpg: the image is CMYK and has no colour profile, which PDF/A-3a forbids; save it as RGB'
        expect_err 'l.lua:3'
    done
    bp render l.lua -o l.pdf --standard ua-1
    expect_status 0
}

@test "a text that is too long, and a language that is none, are told with their line" {
    while IFS='|' read -r report said; do
        layout l.lua "$report"
        bp check l.lua
        expect_status 78
        expect_err "l.lua:3: $said"
    done <<'END'
title = ("t"):rep(40000), "Words"|the title of the document is too long: 40000 bytes, and PDF/A-3a allows 32767
title = "T", b.text("[x](https://example.org/" .. ("a"):rep(40000) .. ")")|the target of a link is too long
title = "T", b.canvas { height = 9, alt = ("word "):rep(8000), draw = function() end }|the alternative text is too long
title = "T", language = "en_US", "Words"|report: language must be a tag as "en", "zh" or "pt-BR", got "en_US"
END
    layout l.lua 'title = ("t"):rep(40000), "Words"'
    bp render l.lua -o l.pdf --standard ua-1
    expect_status 0
}

# DejaVu Sans has signs of its own at U+F003.
@test "a character of private use needs a meaning at level a, which a canvas tag gives" {
    layout l.lua 'title = "T", "A sign: \u{f003}"'
    bp render l.lua -o l.pdf
    expect_status 78
    expect_err 'l.lua:3: U+F003 is a character of private use, and nothing says what it stands for, which PDF/A-3a asks for'
    bp render l.lua -o l.pdf --standard a-3u,ua-1
    expect_status 0
    cat >told.lua <<'END'
local b = require "briefpress"
local text = require("briefpress.engine").text
return function()
  return b.report { title = "T", b.canvas { height = 40, alt = "A sign", draw = function(c, x, y)
    c:begin_tag("Span", { actual_text = "mail" })
    c:text(text.style { family = { "DejaVu Sans" }, size = 20 }, x, y + 30, "\u{f003}")
    c:end_tag()
  end } }
end
END
    bp render told.lua -o told.pdf
    expect_status 0
    [ "$(pdftotext told.pdf - | head -1)" = mail ] || fail "the sign is not read as mail"
}

@test "PDF/UA-1 needs a title: of the report, of the data, or of the layout that declares itself" {
    layout l.lua '"Words"'
    for command in render check; do
        bp $command l.lua
        expect_status 78
        expect_err 'l.lua:3: report: PDF/UA-1 needs a title'
        expect_err 'give title ='
    done
    [ ! -e l.pdf ]
    bp render l.lua -o l.pdf --standard a-3a
    expect_status 0
    bp render l.lua -d "$FIXTURES/figures.json" -o l.pdf
    expect_status 0
    bp render "$FIXTURES/declared.lua" -p name=You -o l.pdf
    expect_status 0
}
