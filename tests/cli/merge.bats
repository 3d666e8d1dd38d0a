# batch --merge: whether all shards together have made every row, the same and still there; their results as one file.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

layout() {
    cat >letter.lua <<'LUA'
local b = require "briefpress"
return b.layout {
  title = "Letter", params = { name = { type = "string", required = true }, size = { default = 1, min = 0 } },
  function(data, params) return b.report { title = "Letter", b.text(params.name .. " " .. params.size) } end,
}
LUA
}

rows() {
    echo id,name,size
    for i in $(seq "$1"); do echo "$i,Enterprise $i,$i"; done
}

# Makes the rows in shards, as results-K.ndjson.
shards() {
    for k in $(seq "$1"); do
        "$BRIEFPRESS" batch letter.lua --rows rows.csv -o 'out/{id}.pdf' --jobs 1 --shard "$k/$1" \
            --results "results-$k.ndjson" -q || return 1
    done
}

@test "shards that have made everything are whole, and their results are those of one run" {
    layout
    rows 9 >rows.csv
    shards 3
    bp batch --merge results-1.ndjson results-2.ndjson results-3.ndjson --rows rows.csv -o merged.ndjson
    expect_status 0
    [ "$err" = "9 rows: 9 made, 0 failed, 0 missing" ] || fail "not that summary"
    [ -z "$out" ] || fail "nothing is for standard output"
    "$BRIEFPRESS" batch letter.lua --rows rows.csv -o 'out/{id}.pdf' --jobs 2 --results one.ndjson -q
    bp batch --merge one.ndjson --rows rows.csv -o - -q
    expect_status 0
    [ "$out" = "$(cat merged.ndjson)" ] || fail "the merged results differ"
    [ "$(grep -c '"state":"made"' merged.ndjson)" -eq 9 ]
    # Merged results are results.
    bp batch letter.lua --rows rows.csv -o 'out/{id}.pdf' --results merged.ndjson --resume
    expect_status 0
    expect_err "made 0 PDFs, kept 9"
}

@test "copies of a shard do no harm where they are alike" {
    layout
    rows 4 >rows.csv
    shards 2
    cp results-2.ndjson copy.ndjson
    bp batch --merge results-1.ndjson results-2.ndjson copy.ndjson --rows rows.csv -q
    expect_status 0
    [ -z "$out$err" ] || fail "quiet where all is well"
    id=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' copy.ndjson | head -1)
    sed -i '/"id":"'"$id"'"/s/"sha256":"[0-9a-f]*"/"sha256":"'"$(printf '0%.0s' {1..64})"'"/' copy.ndjson
    bp batch --merge results-1.ndjson results-2.ndjson copy.ndjson --rows rows.csv
    expect_status 79
    expect_err "row \"$id\": made twice, and the PDFs differ; the other is results-2.ndjson:"
    expect_err "4 rows: 3 made, 0 failed, 0 missing, 1 made differently"
}

@test "what failed, is missing, spoilt or no row is told, each with its place" {
    layout
    rows 6 >rows.csv
    sed -i 's/^3,.*/3,Enterprise 3,-1/; s/^4,.*/4,Enterprise 4/' rows.csv
    status=0
    "$BRIEFPRESS" batch letter.lua --rows rows.csv -o 'out/{id}.pdf' --results r.ndjson -q 2>/dev/null || status=$?
    expect_status 64
    sed -i '/"id":"5"/d' r.ndjson
    rm out/1.pdf
    printf x >>out/2.pdf
    sed -i '/^6,/d' rows.csv
    bp batch --merge r.ndjson --rows rows.csv -o merged.ndjson
    expect_status 79
    expect_err 'out/1.pdf: row "1": its PDF cannot be read'
    expect_err 'out/2.pdf: row "2": its PDF has not the size that it was made with'
    expect_err 'row "3": --param size: expected'
    expect_err 'rows.csv:5:1: expected 3 fields as in the header, found 2'
    expect_err 'rows.csv:6: row "5": no results have it'
    expect_err 'row "6": is in the results, and not in the rows'
    expect_err '5 rows: 0 made, 2 failed, 1 missing, 2 not as they were made, 1 not in the rows'
    [ "$(grep -c '"state":"failed"' merged.ndjson)" -eq 2 ]
}

@test "damaged results are an error that names the line, and nothing is written" {
    layout
    rows 2 >rows.csv
    shards 1
    echo garbage >>results-1.ndjson
    bp batch --merge results-1.ndjson --rows rows.csv -o merged.ndjson
    expect_status 65
    expect_err "results-1.ndjson:"
    [ ! -e merged.ndjson ]
    bp batch --merge none.ndjson --rows rows.csv
    expect_status 66
    # A last line that a killed run left is none.
    sed -i '$d' results-1.ndjson
    printf '{"id":"2","row":2,"sta' >>results-1.ndjson
    bp batch --merge results-1.ndjson --rows rows.csv
    expect_status 0
}

@test "rows of a table in the data are merged as others" {
    layout
    rows 3 >rows.csv
    cat >d.json <<'JSON'
{"dataset": {"id": "d", "title": "D", "languages": ["en"], "published": "2024-01-01"},
 "indicators": [{"id": "n", "label": "N", "period": "2023", "value": 1}]}
JSON
    "$BRIEFPRESS" batch letter.lua -d d.json -d firms=rows.csv --rows data:firms -o 'out/{id}.pdf' --results r.ndjson -q
    bp batch --merge r.ndjson -d d.json -d firms=rows.csv --rows data:firms
    expect_status 0
    bp batch --merge r.ndjson -d d.json -d firms=rows.csv --rows data:firm
    expect_status 64
    expect_err 'did you mean "firms"?'
}

@test "merging that makes no sense is wrong use" {
    bp batch --merge r.ndjson
    expect_status 64
    expect_err "--merge needs --rows"
    bp batch --merge r.ndjson --rows rows.csv --resume
    expect_status 64
    bp batch a.lua b.lua --rows rows.csv -o '{id}.pdf'
    expect_status 64
    expect_err "batch takes one layout"
}

@test "the sample rows are letters, as CSV and as NDJSON the same" {
    for kind in csv ndjson; do
        bp batch "$ROOT/examples/09-letter/layout.lua" -d "$ROOT/examples/09-letter/data.json" \
            --rows "$ROOT/data/rows/grants.$kind" -o "$kind/{id}.pdf" --results $kind.ndjson
        expect_status 0
        expect_err '"branch"'
    done
    for id in library rowers choir; do cmp "csv/$id.pdf" "ndjson/$id.pdf"; done
    pdftotext csv/choir.pdf - | grep -q 'scores, and the “Messiah” in June\|scores, and the "Messiah" in June'
}
