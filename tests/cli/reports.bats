# briefpress data REPORT.pdf: what a PDF says and carries, and what is written of it.
load helper

setup_file() {
    command -v python3 >/dev/null || skip "python3 is not installed"
    command -v qpdf >/dev/null || skip "qpdf is not installed"
    REPORTS=$BATS_FILE_TMPDIR
    export REPORTS
    python3 "$BATS_TEST_DIRNAME/fixtures/reports.py" "$REPORTS" few >"$REPORTS/list"
}

@test "a report of ours tells what it is" {
    bp render "$FIXTURES/figures.lua" -q -d "$FIXTURES/figures.json" --date 2024-05-06 -o x.pdf
    bp data x.pdf
    expect_status 0
    [[ $out =~ "program "+.*briefpress ]] || fail "no program"
    [[ $out =~ "made "+2024-05-06 && $out =~ "file "+"PDF 1."[0-9]", "[0-9]+" page" ]] || fail "no date or pages"
    [ -z "$err" ] || fail "it is sound"
}

@test "files are listed with relationship, type and size, as columns or as JSON" {
    bp data "$REPORTS/good.pdf"
    expect_status 0
    [[ $out =~ "files (2)" && $out =~ figures.json\ +Data\ +application/json\ +8 && $out =~ layout.lua\ +Data\ +text/x-lua\ +- ]] ||
        fail "the list"
    ! grep -q ' $' <<<"$out" || fail "blanks at the end of a line"
    bp data "$REPORTS/good.pdf" --log-format json
    [ "$(jq -r 'select(.kind == "file") | "\(.name) \(.mime) \(.bytes)"' <<<"$out")" = \
        $'figures.json application/json 8\nlayout.lua text/x-lua null' ] || fail "the objects"
    [ "$(jq -r 'select(.kind == "report") | .files' <<<"$out")" = 2 ] || fail "the report's object"
}

@test "files are extracted, and what was written is said" {
    bp data "$REPORTS/good.pdf" --extract out
    expect_status 0
    [ "$out" = $'out/figures.json\nout/layout.lua' ] || fail "the list"
    [ "$(cat out/figures.json out/layout.lua)" = '{"a": 1}return 1' ] || fail "the bytes"
    expect_tidy out
    bp data "$REPORTS/good.pdf" --extract out
    expect_status 73
    expect_err "out/figures.json: is there already; --force replaces it"
    echo old >out/layout.lua
    bp data "$REPORTS/good.pdf" --extract out --force
    expect_status 0
    [ "$(cat out/layout.lua)" = "return 1" ] || fail "not replaced"
    bp data "$REPORTS/good.pdf" --extract no/such/folder
    expect_status 73
    bp data "$REPORTS/good.pdf" --extract out/layout.lua
    expect_status 73
}

@test "no name leads out of the folder, or does harm" {
    mkdir in && cd in
    bp data "$REPORTS/names-bad.pdf" --extract out
    expect_status 0
    [ "$(find . -type f | wc -l)" -eq 26 ] && [ -z "$(find . -mindepth 1 -not -path './out*')" ] || fail "files elsewhere"
    [ "$(cat out/etc/passwd)" = 0 ] && [ "$(cat out/_CON)" = 3 ] && [ "$(cat out/_gnp.exe)" = 8 ] || fail "names"
    [ "$(cat out/twice.txt out/twice-2.txt out/TWICE-3.txt)" = 91011 ] || fail "the same name thrice"
    [ "$(find out -type f | tr 'A-Z' 'a-z' | sort -u | wc -l)" -eq 26 ] || fail "capitals alone tell two apart"
    ! find out | LC_ALL=C grep -q '[[:cntrl:]]' || fail "control characters"
    expect_err 'out/etc/passwd: the report calls it "../../etc/passwd"'
    [[ $err != *$'\e'* && $out != *$'\e'* ]] || fail "a terminal would obey"
    cd ..
}

@test "links below the folder are not followed" {
    mkdir out away
    ln -s ../away out/etc
    bp data "$REPORTS/names-bad.pdf" --extract out --force
    expect_status 73
    [ -z "$(ls away)" ] || fail "followed"
    rm out/etc
    echo mine >away/f
    ln -s ../away/f out/abs
    bp data "$REPORTS/names-bad.pdf" --extract out
    expect_status 73
    bp data "$REPORTS/names-bad.pdf" --extract out --force
    expect_status 0
    [ "$(cat away/f)" = mine ] && [ ! -L out/abs ] || fail "written through a link"
}

@test "an encrypted report wants its password" {
    bp data "$REPORTS/encrypted.pdf"
    expect_status 66
    expect_err "encrypted.pdf: is encrypted: give --password-file"
    printf 'secret\n' >right
    printf 'wrong' >wrong
    bp data "$REPORTS/encrypted.pdf" --password-file wrong
    expect_status 66
    expect_err "is encrypted, and the password does not open it"
    bp data "$REPORTS/encrypted.pdf" --password-file right --extract out -q
    expect_status 0
    [ "$(cat out/figures.json)" = '{"a": 1}' ] || fail "not decrypted"
    bp data "$REPORTS/encrypted.pdf" --password-file none
    expect_status 66
    bp data "$REPORTS/encrypted-open.pdf"
    expect_status 0
    [[ $out == *encrypted* && $out == *figures.json* ]] || fail "no word of it"
}

@test "a damaged report tells so, and gives what is whole" {
    head -c -9 "$REPORTS/good.pdf" >cut.pdf
    bp data cut.pdf
    expect_status 0
    expect_err "cut.pdf: warning: is damaged, and was mended while it was read"
    bp data "$REPORTS/file-damaged.pdf" --extract out
    expect_status 65
    [ "$(cat out/good.txt)" = kept ] && [ ! -e out/bad.bin ] || fail "what is whole"
    expect_err 'the attachment "bad.bin" is damaged: it cannot be inflated'
    expect_err "1 of 2 files cannot be read"
}

@test "a report stands alone, and only reports are extracted" {
    bp data "$REPORTS/good.pdf" "$FIXTURES/figures.json"
    expect_status 64
    bp data "$FIXTURES/figures.json" --extract out
    expect_status 65
    expect_err "is no PDF"
    bp data none.pdf --extract out
    expect_status 66
    [ ! -e out ] || fail "made for nothing"
    mkfifo pipe.pdf
    bp data pipe.pdf --extract out
    expect_status 66
    expect_err "is no regular file"
}

@test "a report stands for the data that it carries" {
    printf 'name,length\nNorth,210\nSouth,180.5\n' >piers.csv
    bp render "$FIXTURES/figures.lua" -q -d "$FIXTURES/figures.json" -d piers=piers.csv -o first.pdf
    expect_status 0
    rm piers.csv
    bp render "$FIXTURES/figures.lua" -q -d first.pdf -o second.pdf
    expect_status 0
    cmp first.pdf second.pdf || fail "the same data, other bytes"
    echo '{"indicators": [{"id": "ships", "observations": [{"period": "2024", "value": 1300}]}]}' >later.json
    bp render "$FIXTURES/figures.lua" -q -d first.pdf -d later.json -o third.pdf
    expect_status 0
    [[ $(pdftotext third.pdf -) == *"1,300"* ]] || fail "a later file wins"
    bp render "$FIXTURES/figures.lua" -d "$REPORTS/good.pdf" -o x.pdf
    expect_status 65
    expect_err "good.pdf: carries no briefpress.json"
    bp render "$FIXTURES/figures.lua" -d "$REPORTS/encrypted.pdf" -o x.pdf
    expect_status 66
    [ ! -e x.pdf ] || fail "written all the same"
}
