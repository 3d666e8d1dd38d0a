# Parameters that a layout declares: --help lists them, -p is held against them.
load helper

letter() {
    cat >letter.lua <<'END'
local b = require "briefpress"

return b.layout {
  title = "Letter", description = "One letter to one member.",
  params = {
    name = { type = "string", required = true, description = "Whom it is written to" },
    quarter = { type = "integer", min = 1, max = 4, default = 1, description = "The quarter" },
    issued = { type = "date", default = "2022-09-03" },
    size = { choices = { "small", "large" }, default = "small" },
  },
  function(_, params)
    return b.report { title = "Letter", b.text("{params.name}, quarter " .. params.quarter + 1 .. ", {params.issued | long}") }
  end,
}
END
}

@test "--help lists what a layout declares, and does not run its function" {
    letter
    sed -i 's/function(_, params)/function(_, params) error "it ran"/' letter.lua
    for command in render check; do
        bp "$command" letter.lua --help
        expect_status 0
        [[ $out == *"Parameters of letter.lua (Letter):"*"One letter to one member."* ]] || fail "no title"
        [[ $out == *"-p name=TEXT "*"required: Whom it is written to"* ]] || fail "no name"
        [[ $out == *"-p quarter=INTEGER "*"The quarter, from 1 to 4 (1)"* ]] || fail "no quarter"
        [[ $out == *"-p size=small|large "*"(small)"* ]] || fail "no size"
        [ -z "$err" ] || fail "said something"
    done
    expect_tidy
    [ "$(ls)" = letter.lua ] || fail "left something behind"
}

@test "--help of a layout without parameters says so" {
    bp render "$FIXTURES/plain.lua" --help
    expect_status 0
    [[ $out == *"declares no parameters"* ]]
}

@test "--help of a layout that cannot be read tells its line, after the options" {
    bp render "$FIXTURES/syntax.lua" --help
    expect_status 78
    expect_err "syntax.lua:3"
    [[ $out == *"--max-seconds"* ]]
    bp render none.lua --help
    expect_status 66
}

@test "--help ends a layout that never ends, and shows no control characters" {
    echo 'while true do end' >endless.lua
    bp render endless.lua --help --max-seconds 0.2
    expect_status 76
    printf 'local b = require "briefpress"\nreturn b.layout { title = "a\\27]0;b\\u{202e}c", params = {}, print }' >evil.lua
    sed -i 's/print/function() end/' evil.lua
    bp render evil.lua --help
    expect_status 0
    [[ $out == *"it declares none"* ]]
    if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037]\|\342\200\256')" <<<"$out"; then fail "a control character"; fi
}

@test "typed values reach the layout" {
    letter
    bp render letter.lua -p name=Zhang -p quarter=3 -o x.pdf
    expect_status 0
    [ "$(pdftotext x.pdf - | head -n 1)" = "Zhang, quarter 4, 3 September 2022" ] || fail "$(pdftotext x.pdf -)"
}

@test "what does not fit is told all at once, with the line that declares it" {
    letter
    for command in render check; do
        bp "$command" letter.lua -p quarter=9 -p issued=2022-02-30 -p szie=large
        expect_status 64
        expect_err 'letter.lua:6: the parameter "name" is missing; give it as -p name=TEXT'
        expect_err 'letter.lua:7: --param quarter: expected a whole number, from 1 to 4, got "9"'
        expect_err '    7 |     quarter = { type = "integer", min = 1'
        expect_err 'letter.lua:8: --param issued: expected a date'
        expect_err 'letter.lua:3: --param szie: the layout has no such parameter; did you mean "size"?'
        [ "$(grep -c 'letter.lua:6: ' <<<"$err")" -eq 1 ] || fail "told twice"
    done
    [ ! -e letter.pdf ] || fail "left a PDF"
}

@test "a wrong declaration is the layout's fault" {
    letter
    sed -i 's/"integer"/"whole"/' letter.lua
    bp render letter.lua -p name=x
    expect_status 78
    expect_err 'letter.lua:3: layout: parameter "quarter": type must be one of "string"'
    echo 'return { 1 }' >table.lua
    bp render table.lua
    expect_status 78
    expect_err "expected a function of (data, params) that returns a report, or b.layout { ... }"
}

# Each was held against each: 10,000 of both took more than a minute.
@test "thousands of parameters, declared or misspelt, take no time to speak of" {
    {
        echo 'local b = require "briefpress"'
        echo 'return b.layout { params = {'
        seq -f 'p%04g = { default = "v" },' 4000
        echo '}, function(_, params) return b.report { title = "Many", params.p4000 } end }'
    } >many.lua
    bp render many.lua -o many.pdf --max-seconds 5 $(seq -f '-pp%04g=x' 4000)
    expect_status 0
    bp render many.lua -o many.pdf --max-seconds 5 $(seq -f '-pq%04g=x' 4000)
    expect_status 64
    expect_err 'many.lua:2: --param q0001: the layout has no such parameter; did you mean "p0001"?'
    bp render many.lua -o many.pdf $(seq -f '-pp%04g=x' 4000) -p else=x
    expect_err "it has p0001, p0002"
    expect_err "p0040 and 3960 more"
}
