# Editions: names from patterns, periods, the link on the newest, pruning, what was missed.
load helper

PLAIN() { bp render "$FIXTURES/plain.lua" -q "$@"; }

@test "a pattern names the PDF, and its folders are made" {
    PLAIN --date 2022-09-03 -o 'out/{date:%Y}/{layout}-{date}-{region}.pdf' -p region=west
    expect_status 0
    expect_whole out/2022/plain-2022-09-03-west.pdf
    SOURCE_DATE_EPOCH=1662199200 PLAIN -o '{date}.pdf'
    expect_whole 2022-09-03.pdf
    PLAIN --lang en -o '{lang}/{{x}}.pdf'
    expect_whole 'en/{x}.pdf'
    expect_tidy
}

@test "without a date it is the day it is here" {
    day=$(TZ=Pacific/Kiritimati date +%F)
    TZ=Pacific/Kiritimati PLAIN -o '{date}.pdf'
    expect_status 0
    [ -e "$day.pdf" ] || [ -e "$(TZ=Pacific/Kiritimati date +%F).pdf" ]
}

@test "values stay inside their folder" {
    PLAIN -o 'out/{id}.pdf' -p id=../../x
    expect_status 0
    expect_whole out/%2E.%2F..%2Fx.pdf
    PLAIN -o 'out/{id}/r.pdf' -p id=..
    expect_whole out/%2E./r.pdf
    [ "$(find . -name '*.pdf' | wc -l)" -eq 2 ]
}

@test "two long values never share a name" {
    long=$(printf 'x%.0s' {1..400})
    PLAIN -o 'out/{id}.pdf' -p "id=${long}a"
    expect_status 0
    PLAIN -o 'out/{id}.pdf' -p "id=${long}b"
    expect_status 0
    [ "$(find out -name '*.pdf' | wc -l)" -eq 2 ]
}

@test "patterns that name nothing are told, and nothing is made" {
    PLAIN -o 'out/{perod}.pdf'
    expect_status 64
    expect_err 'nothing is named "perod"; did you mean {period}?'
    PLAIN -o 'out/{period}.pdf'
    expect_status 64
    expect_err "-o has {period}; give it with --period"
    PLAIN -o 'out/{lang}.pdf'
    expect_status 64
    expect_err "give it with --lang"
    PLAIN -o 'out/{region}.pdf' -p region=
    expect_status 64
    expect_err "an empty text is no part of a name"
    PLAIN -o 'out/{date:%B}.pdf'
    expect_status 64
    expect_err "a format has %Y, %m"
    PLAIN -o 'out/{date.pdf'
    expect_status 64
    bp watch "$FIXTURES/plain.lua" -o 'out/{date}.pdf'
    expect_status 64
    expect_err "another each day"
    [ ! -e out ]
}

@test "--period is resolved, and reaches the layout and the name" {
    cat >of.lua <<'LUA'
local b = require "briefpress"
return b.layout {
  title = "Of a period", params = { period = { description = "The month" } },
  function(_, params) return b.report { "It is of {params.period}, " .. params.period .. "." } end,
}
LUA
    bp render of.lua -q --date 2022-03-31 --period last-month -o '{period}.pdf'
    expect_status 0
    pdftotext 2022-02.pdf - | grep -q "It is of 2022-02, 2022-02."
    for pair in yesterday:2022-03-30 this-week:2022-W13 last-quarter:2021-Q4 last-year:2021 2020-W53:2020-W53 \
        last-half:2021-S2; do
        bp render of.lua -q --date 2022-03-31 --period "${pair%%:*}" -o '{period}.pdf'
        expect_status 0
        expect_whole "${pair#*:}.pdf"
    done
    bp check of.lua --period last-month
    expect_status 0
}

@test "periods that are none, of the future, or given twice are told" {
    PLAIN --period last-mont -o x.pdf
    expect_status 64
    expect_err 'did you mean "last-month"?'
    PLAIN --period 2021-W53 -o x.pdf
    expect_status 64
    expect_err 'is no period'
    PLAIN --period 2999-01 -o x.pdf
    expect_status 64
    expect_err "2999-01 has not begun yet"
    PLAIN --period 2022-01 -p period=2 -o x.pdf
    expect_status 64
    expect_err "given twice"
    bp render "$FIXTURES/declared.lua" -p name=x --period 2022-01 -o x.pdf
    [ "$status" -ne 0 ]
    expect_err "no such parameter"
    [ ! -e x.pdf ]
}
