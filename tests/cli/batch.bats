# Batches: a PDF for each row. The bytes are those of a rendering alone, one row costs no other, and what is there is
# kept on --resume.
bats_require_minimum_version 1.5.0
load helper

# A layout, and twelve rows for it.
prepare() {
    cat >letter.lua <<'LUA'
local b = require "briefpress"
return b.layout { params = { name = { type = "string", required = true }, sum = { type = "number", default = 0 } },
  function(_, params)
    if params.sum == 13 then error "thirteen is not paid" end
    return b.report { title = "Letter", language = "en", b.heading("Dear " .. params.name),
      b.text("We owe you " .. params.sum .. ".") }
  end }
LUA
    for i in $(seq 12); do printf '{"id":"%d","name":"Firm %d","sum":%d}\n' $i $i $((i * 100)); done >rows.ndjson
}

@test "a PDF for each row, the same as alone, and a line about each" {
    prepare
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson --jobs 2
    expect_status 0
    expect_err "made 12 PDFs"
    [ "$(find out -type f | wc -l)" -eq 12 ]
    [ "$(jq -r 'select(.state == "made") | .id' results.ndjson | sort -n | tr '\n' ' ')" = "1 2 3 4 5 6 7 8 9 10 11 12 " ]
    bp render letter.lua -p name='Firm 7' -p sum=700 -o alone.pdf -q
    cmp alone.pdf out/7.pdf
    [ "$(jq -r 'select(.id == "7") | .sha256' results.ndjson)" = "$(sha256sum out/7.pdf | cut -d' ' -f1)" ]
}

@test "rows from CSV, a JSON list, standard input and a table give the same" {
    prepare
    { echo id,name,sum; for i in 1 2; do echo "$i,Firm $i,$((i * 100))"; done; } >rows.csv
    jq -s '.[:2]' rows.ndjson >rows.json
    bp batch letter.lua --rows rows.csv -o 'csv/{id}.pdf' --results r.1 -q
    bp batch letter.lua --rows rows.json -o 'list/{id}.pdf' --results r.2 -q
    head -2 rows.ndjson | "$BRIEFPRESS" batch letter.lua --rows - -o 'in/{id}.pdf' --results r.3 -q
    bp batch letter.lua -d firms=rows.csv --rows data:firms -o 'table/{id}.pdf' --results r.4 -q --no-attachments
    diff -r csv list
    diff -r csv in
    [ "$(find table -name '*.pdf' | wc -l)" -eq 2 ]
}

@test "bad rows, a failing layout and a killed worker cost only themselves" {
    prepare
    sed -i -e '3s/.*/{"id":"3",/' -e '5s/"sum":500/"sum":13/' -e '8s/"name":"Firm 8",//' rows.ndjson
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson
    expect_status 65
    expect_err "made 9 PDFs, 3 rows failed"
    [ "$(find out -name '*.pdf' | wc -l)" -eq 9 ]
    [ "$(jq -rc 'select(.state == "failed") | [.row, .exit]' results.ndjson | sort | tr '\n' ' ')" = "[3,65] [5,78] [8,64] " ]
    # Mended, they are made, and nothing else.
    for i in $(seq 12); do printf '{"id":"%d","name":"Firm %d","sum":%d}\n' $i $i $((i * 100)); done >rows.ndjson
    before=$(stat -c %i%y out/1.pdf)
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson --resume
    expect_status 0
    expect_err "made 3 PDFs, kept 9"
    [ "$(stat -c %i%y out/1.pdf)" = "$before" ]
}

@test "--resume makes again what was lost, changed or is made from something else" {
    prepare
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson -q
    rm out/2.pdf
    echo more >>out/3.pdf
    sed -i '4s/Firm 4/Company 4/' rows.ndjson
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson --resume
    expect_err "made 3 PDFs, kept 9"
    sed -i 's/Dear/Hello/' letter.lua
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson --resume
    expect_err "made 12 PDFs,"
}

@test "what is wrong for all rows is told once" {
    prepare
    bp batch letter.lua -o 'out/{id}.pdf'
    expect_status 64
    expect_err --rows
    bp batch letter.lua --rows rows.ndjson -o out.pdf
    expect_status 64
    expect_err "{id}"
    bp batch letter.lua --rows rows.ndjson -o 'out/{nam}.pdf'
    [ "$status" -ne 0 ]
    expect_err "did you mean"
    bp batch letter.lua --rows none.ndjson -o 'out/{id}.pdf'
    expect_status 66
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --resume
    expect_status 64
    echo '{' >bad.json
    bp batch letter.lua -d bad.json --rows rows.ndjson -o 'out/{id}.pdf'
    expect_status 65
    [ "$(grep -c bad.json: <<<"$err")" -eq 1 ]
    [ ! -e out ]
}

@test "two rows of one path: the second fails and says whose it is" {
    prepare
    bp batch letter.lua --rows rows.ndjson -o 'out/{sum:}.pdf'
    [ "$status" -ne 0 ]
    sed -i 's/"sum":[0-9]*/"sum":1/' rows.ndjson
    bp batch letter.lua --rows rows.ndjson -o 'out/{sum}.pdf'
    expect_status 65
    expect_err "that of row 1"
    [ "$(find out -type f | wc -l)" -eq 1 ]
}

@test "a full disk, a folder that cannot be made: rows fail, whole files stay" {
    prepare
    mkdir small
    if mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
        bp batch letter.lua --rows rows.ndjson -o 'small/{id}.pdf' --results results.ndjson
        umount small || umount -l small
        [ "$status" -eq 74 ] || expect_status 73
    fi
    touch file
    bp batch letter.lua --rows rows.ndjson -o 'file/{id}.pdf' --results results.ndjson
    expect_status 73
    [ "$(jq -r 'select(.state == "failed") | .id' results.ndjson | wc -l)" -eq 12 ]
}

@test "killed in the middle it leaves whole PDFs, and the next run needs no cleaning" {
    prepare
    for i in $(seq 400); do printf '{"id":"%d","name":"Firm %d","sum":%d}\n' $i $i $i; done >rows.ndjson
    sed -i '13d' rows.ndjson
    "$BRIEFPRESS" batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson --jobs 2 -q &
    pid=$!
    for _ in $(seq 200); do [ "$(find out -name '*.pdf' 2>/dev/null | wc -l)" -gt 3 ] && break; sleep 0.02; done
    kill -KILL $pid
    wait $pid || true
    for file in out/*.pdf; do tail -c 6 "$file" | grep -q EOF; done
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results results.ndjson --resume
    expect_status 0
    [ "$(find out -type f | wc -l)" -eq 399 ]
    [ "$(find out -name '.*' -type f | wc -l)" -eq 0 ]
}

@test "status file, metrics and commands tell of a batch" {
    prepare
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results r --status-file s.json --metrics-file m.prom -q \
        --on-end 'touch {state}'
    expect_status 0
    [ "$(jq -r '.state' s.json)" = made ]
    [ -e made ]
    grep -q '^briefpress_' m.prom
    sed -i 's/"sum":500/"sum":13/' rows.ndjson
    bp batch letter.lua --rows rows.ndjson -o 'out/{id}.pdf' --results r --status-file s.json -q
    expect_status 78
    [ "$(jq -r '[.state, .exit, .message] | @csv' s.json)" = '"broken",78,"1 of 12 rows failed, row 5 first"' ]
}

@test "data that is too old is told once" {
    prepare
    bp batch letter.lua -d "$FIXTURES/figures.json" --max-age 10d --rows rows.ndjson -o 'out/{id}.pdf'
    expect_status 66
    [ ! -e out ]
}
