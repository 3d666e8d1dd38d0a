#!/usr/bin/env bats
# Hyphens: where their patterns come from, and that who takes text out of a PDF gets whole words.
load helper

prose="Accredited institutions representing international organizations are developing characteristic technologies, notwithstanding considerable administrative difficulties."

# A layout of the prose in a narrow column.
layout() {
    cat >l.lua <<LUA
local b = require "briefpress"
return function()
  return b.report { title = "Hyphens",
    b.text { "$prose", align = "justify", width = 130 } }
end
LUA
}

hyphens() {
    LC_ALL=C grep -c $'\xc2\xad"' t.trace || true
}

render() {
    bp render l.lua -o x.pdf --trace t.trace --lang en-US "$@"
    expect_status 0
}

@test "words that a line end divides come out of the PDF whole" {
    command -v pdftotext >/dev/null || skip "pdftotext is not installed"
    layout
    render
    [ "$(hyphens)" -ge 3 ] || fail "only $(hyphens) hyphens"
    for way in "" -layout -raw; do
        # shellcheck disable=SC2086  # An option, or none.
        read_text=$(pdftotext $way x.pdf - | tr '\n' ' ' | tr -s ' ')
        [[ $read_text == *"$prose"* ]] || fail "pdftotext $way gave: $read_text"
    done
}

@test "a language without patterns is set without hyphens" {
    layout
    render --lang tlh
    [ "$(hyphens)" -eq 0 ] || fail "$(hyphens) hyphens"
}

@test "--hyphen-dir is looked through first, and no environment is" {
    layout
    mkdir none some
    printf 'UTF-8\nx1x\n' >none/hyph_en_US.dic
    printf 'UTF-8\nn1s\n' >some/hyph_tlh.dic
    render --hyphen-dir none
    [ "$(hyphens)" -eq 0 ] || fail "$(hyphens) hyphens"
    DICPATH=$PWD/none HYPHEN_DIR=$PWD/none HOME=$PWD/none render
    [ "$(hyphens)" -ge 3 ] || fail "only $(hyphens) hyphens"
    render --lang tlh --hyphen-dir none --hyphen-dir some
    [ "$(hyphens)" -ge 1 ] || fail "no hyphen"
}

@test "patterns that are damaged are named, with their line" {
    layout
    mkdir bad
    printf 'UTF-8\na1b\nb\xff1c\n' >bad/hyph_en_US.dic
    bp render l.lua -o x.pdf --lang en-US --hyphen-dir bad
    expect_status 69
    expect_err "bad/hyph_en_US.dic:3: the hyphenation patterns are damaged"
    [ ! -e x.pdf ]
    head -c 100000 /dev/urandom >bad/hyph_en_US.dic
    bp render l.lua -o x.pdf --lang en-US --hyphen-dir bad
    expect_status 69
    expect_err "bad/hyph_en_US.dic:"
    rm bad/hyph_en_US.dic
    mkdir bad/hyph_en_US.dic
    bp render l.lua -o x.pdf --lang en-US --hyphen-dir bad
    expect_status 69
    expect_err "bad/hyph_en_US.dic: the hyphenation patterns cannot be read"
    sed -i 's/align = "justify"/align = "left"/' l.lua # Nothing needs them: nobody looks.
    render --hyphen-dir bad
}
