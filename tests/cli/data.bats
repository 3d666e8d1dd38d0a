# briefpress data, and the ways data comes in.
load helper

@test "data lists indicators, sources and checks" {
    bp data "$FIXTURES/figures.json"
    expect_status 0
    [[ $out == *"indicators (2)"* && $out == *ships*1200*ships*2024*office* && $out == *"ferries <= ships"* ]]
}

@test "data comes from standard input too, once" {
    run "$BRIEFPRESS" data - <"$FIXTURES/figures.json"
    [ "$status" -eq 0 ]
    "$BRIEFPRESS" render "$FIXTURES/figures.lua" -q -d - -o a.pdf <"$FIXTURES/figures.json"
    bp render "$FIXTURES/figures.lua" -q -d "$FIXTURES/figures.json" -o b.pdf
    cmp a.pdf b.pdf || expect_whole a.pdf
    bp render "$FIXTURES/figures.lua" -d - -d - -o c.pdf
    expect_status 64
}

@test "a later file wins" {
    echo '{"indicators": [{"id": "ships", "observations": [{"period": "2024", "value": 1300}]}]}' >later.json
    bp data "$FIXTURES/figures.json" later.json
    expect_status 0
    [[ $out == *1300* && $out != *1200* ]]
}

@test "a table comes from CSV by its name" {
    printf 'name,length\nNorth,210\nSouth,180.5\n' >piers.csv
    bp data "$FIXTURES/figures.json" piers=piers.csv
    expect_status 0
    [[ $out == *piers*"2 rows, 2 columns"* ]]
    bp render "$FIXTURES/figures.lua" -q -d "$FIXTURES/figures.json" -d piers=piers.csv -o x.pdf
    expect_status 0
}

@test "a file with an equals sign in its name is a file" {
    cp "$FIXTURES/figures.json" ./a=b.json
    bp data ./a=b.json
    expect_status 0
}

@test "rubbish is refused in words" {
    head -c 4096 /dev/urandom >noise.json
    bp data noise.json
    expect_status 65
    expect_err "noise.json:1:"
    : >empty.json
    bp data empty.json
    expect_status 66
    expect_err "empty.json: is empty; the data may not have been delivered yet"
    bp data empty.json --log-format json
    expect_err '"no-data"'
    bp data /
    expect_status 66
}

@test "a listing into a closed pipe ends quietly" {
    "$BRIEFPRESS" data "$FIXTURES/figures.json" 2>err | true
    [ ! -s err ]
    bp completions bash
    run bash -c "'$BRIEFPRESS' completions bash >/dev/full"
    [ "$status" -eq 74 ]
}

@test "a value that is given is not called derived, and thirds have no noise" {
    cat >mixed.json <<'JSON'
{"dataset": {"id": "x", "title": "X"}, "sources": [{"id": "office", "title": "Report"}],
 "indicators": [
  {"id": "firms", "label": "Firms", "source": "office", "observations": [{"period": "2021", "value": 1748}],
   "derive": {"expression": "round(firms[2021] / 1.348, 0)", "period": "2020"}},
  {"id": "third", "label": "A third", "period": "2021", "value": {"fraction": [100, 3]}, "source": "office"},
  {"id": "exact", "label": "Exact", "period": "2021", "value": 0.123456789012345, "source": "office"},
  {"id": "half", "label": "Half", "derive": "firms[2021] / 2"},
  {"id": "share", "label": "Share", "decimals": 1, "derive": "exact / third * 1000"},
  {"id": "ratio", "label": "Ratio", "derive": "exact / third * 1000"}]}
JSON
    bp data mixed.json
    expect_status 0
    [[ $out =~ firms\ +1748\ .*office ]] || fail "the value of 2021 is given"
    [[ $out =~ half\ +874\ .*derived ]] || fail "half is derived"
    [[ $out == *" 33.333333 "* && $out == *" 0.123456789012345 "* ]] || fail "numbers as they are"
    [[ $out =~ share\ .*\ 3.7\  && $out =~ ratio\ .*\ 3.703704\  ]] || fail "decimals of what is computed"
}
