# What people and programs read when something is wrong: where, what, and what to do.
load helper

@test "a misspelt indicator points at the line and suggests" {
    bp render "$FIXTURES/misspelt.lua" -d "$FIXTURES/figures.json" -o x.pdf
    expect_status 78
    expect_err "misspelt.lua:6: "
    expect_err 'did you mean "ships"?'
    expect_err '    6 |     b.figure "shpis",'
    [ ! -e x.pdf ]
}

@test "a syntax error names its line" {
    bp render "$FIXTURES/syntax.lua" -o x.pdf
    expect_status 78
    expect_err "syntax.lua:3"
}

@test "a layout that makes no report is told so" {
    bp render "$FIXTURES/number.lua" -o x.pdf
    expect_status 78
    expect_err "number.lua"
}

@test "-v adds the traceback" {
    bp render "$FIXTURES/misspelt.lua" -d "$FIXTURES/figures.json" -o x.pdf
    [[ $err != *traceback* ]]
    bp render "$FIXTURES/misspelt.lua" -d "$FIXTURES/figures.json" -o x.pdf -v
    expect_status 78
    expect_err "traceback"
}

@test "each message is one JSON object a line with a stable code" {
    command -v jq >/dev/null || skip "jq is not installed"
    bp render "$FIXTURES/misspelt.lua" -d "$FIXTURES/figures.json" -o x.pdf --log-format json
    expect_status 78
    [ "$(printf '%s\n' "$err" | jq -r 'select(.level == "error") | "\(.code) \(.exit)"')" = "script 78" ]
    [[ $(printf '%s\n' "$err" | jq -r .place) == *misspelt.lua:6 ]]
    bp render "$FIXTURES/plain.lua" -o x.pdf --log-format json
    expect_status 0
    [ "$(printf '%s\n' "$err" | jq -r '"\(.level) \(.exit)"')" = "info 0" ]
    bp render "$FIXTURES/none.lua" -o x.pdf --log-format=json
    [ "$(printf '%s\n' "$err" | jq -r .code)" = "input" ]
}

@test "every fault of the data is told, with its line" {
    sed 's/"value": 900/"value": "many"/; s/"label": "Ferries"/"labl": "Ferries"/' "$FIXTURES/figures.json" >bad.json
    bp render "$FIXTURES/figures.lua" -d bad.json -o x.pdf
    expect_status 65
    expect_err "bad.json:6:"
    expect_err "bad.json:7:"
    expect_err "    6 |"
    expect_err '"labl"'
    [ ! -e x.pdf ]
    bp data bad.json
    expect_status 65
    expect_err "bad.json:6:"
    [ -z "$out" ]
}

@test "the mark stands below its character, in long lines and under Han" {
    printf '{\n  "dataset": {"id": "x", "title": "北京亦庄", "langages": []}}' >han.json
    bp data han.json
    expect_status 65
    expect_err "$(printf '    2 |   "dataset": {"id": "x", "title": "北京亦庄", "langages": []}}\n      | %46s^' '')"
    { printf '{"dataset": {"id": "x", "title": "'; printf '亦%.0s' {1..400}; printf '", "langages": []}}'; } >long.json
    bp data long.json
    expect_status 65
    line=$(printf '%s\n' "$err" | grep -A1 '    1 | ' | head -2)
    [[ $line == *'"langages"'* ]] || fail "the place is not shown"
}

@test "a failed check of the data names it" {
    sed 's/"value": 800/"value": 8000/' "$FIXTURES/figures.json" >bad.json
    bp data bad.json
    expect_status 65
    expect_err "ferries <= ships"
}

@test "inputs that are not there are told before anything is made" {
    bp render none.lua -o x.pdf
    expect_status 66
    expect_err "none.lua: "
    bp render . -o x.pdf
    expect_status 66
    bp render "$FIXTURES/plain.lua" -d none.json -o x.pdf
    expect_status 66
    expect_err "none.json"
    [ ! -e x.pdf ]
}

@test "a missing image is told with its place" {
    printf 'local b = require "briefpress"\nreturn function() return b.report {\n  title = "x",\n  b.image { "none.png", alt = "x" } } end\n' >l.lua
    bp render l.lua -o x.pdf
    [ "$status" -eq 69 ] || [ "$status" -eq 66 ] || fail "not 66 or 69"
    expect_err "none.png"
}

@test "control characters of a layout never reach the terminal" {
    bp render "$FIXTURES/shout.lua" -o x.pdf --color always
    expect_status 78
    [[ $err == *gone* ]]
    [[ $err != *$'\e[2J'* && $err != *$'\a'* ]]
    bp render "$FIXTURES/shout.lua" -o x.pdf --log-format json
    [[ $err != *$'\e'* ]]
}

@test "colour only where it is asked for" {
    bp render none.lua
    [[ $err != *$'\e'* ]]
    bp render none.lua --color always
    [[ $err == *$'\e['* ]]
    if command -v script >/dev/null; then
        run script -qec "TERM=xterm '$BRIEFPRESS' render none.lua" /dev/null
        [[ $output == *$'\e['* ]]
        run script -qec "TERM=xterm NO_COLOR=1 '$BRIEFPRESS' render none.lua" /dev/null
        [[ $output != *$'\e['* ]]
        run script -qec "TERM=dumb '$BRIEFPRESS' render none.lua" /dev/null
        [[ $output != *$'\e['* ]]
    fi
}

@test "quiet is silent on success and loud on failure" {
    bp render "$FIXTURES/plain.lua" -q -o x.pdf
    expect_status 0
    [ -z "$out$err" ] || fail "not silent"
    bp render "$FIXTURES/number.lua" -q -o x.pdf
    expect_status 78
    [ -n "$err" ]
}

@test "check finds nothing in a good layout and writes nothing" {
    bp check "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json"
    expect_status 0
    [ -z "$(ls -A)" ] || fail "something was written: $(ls -A)"
}

@test "timings name the phases" {
    bp render "$FIXTURES/plain.lua" -o x.pdf --timings
    expect_status 0
    expect_err "timings: "
    expect_err "save "
    expect_err "peak "
}

@test "a trace is text that does not change" {
    bp render "$FIXTURES/plain.lua" -q -o x.pdf --trace a.trace
    expect_status 0
    bp render "$FIXTURES/plain.lua" -q -o y.pdf --trace - --no-fork
    expect_status 0
    [ -s a.trace ]
    [ "$out" = "$(cat a.trace)" ]
}

@test "check finds texts that a language lacks, and values from nowhere" {
    cat >thin.json <<'JSON'
{"dataset": {"id": "x", "title": {"en": "X", "de": "Iks"}, "languages": ["en", "de"]},
 "indicators": [
   {"id": "ships", "label": {"en": "Ships"}, "period": "2024", "value": 2}]}
JSON
    bp check "$FIXTURES/plain.lua" -d thin.json
    expect_status 79
    expect_err 'thin.json:3:36: warning: the label of the indicator "ships" has no text in "de"; '
    expect_err '    3 |    {"id": "ships", "label": {"en": "Ships"}'
    expect_err 'thin.json:3:73: warning: the value of "ships" for 2024 names no source; '
    expect_err "2 findings"
    bp render "$FIXTURES/plain.lua" -q -d thin.json -o x.pdf
    expect_status 0
    [ -z "$err" ] || fail "a rendering is not a check"
}

@test "check tells which labels of a chart had no room, a rendering does not" {
    cat >crowded.lua <<'LUA'
local b = require "briefpress"
return function()
  local values = {}
  for i = 1, 60 do values[i] = { label = "Town number " .. i, value = i } end
  values.direction = "vertical"
  return b.report { title = "x", b.chart.bar(values) }
end
LUA
    bp check crowded.lua
    expect_status 79
    expect_err 'crowded.lua:6: chart.bar: no room for 54 labels: "Town number 2", "Town number 3"'
    bp render crowded.lua -o x.pdf -q
    expect_status 0
    [ -z "$err" ] || fail "a rendering is not a check"
}
