# As cron runs it: no terminal, no HOME, no PATH, no locale, strange streams.
load helper

@test "an empty environment is enough" {
    env -i "$BRIEFPRESS" render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o a.pdf
    expect_whole a.pdf
    bp render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o b.pdf
    cmp a.pdf b.pdf
}

@test "closed standard streams are held, and end up in no file" {
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o a.pdf <&- >&- 2>&-
    expect_whole a.pdf
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -v -o b.pdf <&- >&- 2>&-
    cmp a.pdf b.pdf
    status=0
    "$BRIEFPRESS" render "$FIXTURES/number.lua" -o c.pdf <&- >&- 2>&- || status=$?
    [ "$status" -eq 78 ]
    [ ! -e c.pdf ]
    for stream in 0 1 2; do
        eval "\"\$BRIEFPRESS\" render \"\$FIXTURES/plain.lua\" -q -o a.pdf $stream>&-"
        cmp a.pdf b.pdf
    done
}

@test "a closed standard output cannot take the PDF, a closed input no data" {
    status=0
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -o - >&- 2>err || status=$?
    [ "$status" -eq 74 ]
    status=0
    "$BRIEFPRESS" render "$FIXTURES/figures.lua" -d - -o x.pdf <&- 2>err || status=$?
    [ "$status" -eq 66 ]
}

@test "a deleted working folder matters to relative names only" {
    mkdir gone
    cd gone
    rmdir ../gone
    status=0
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o x.pdf 2>"$folder/err" || status=$?
    [ "$status" -eq 73 ]
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o "$folder/x.pdf"
    cd "$folder"
    expect_whole x.pdf
}

@test "signals that a parent left blocked or ignored change nothing" {
    env --ignore-signal=CHLD --ignore-signal=PIPE "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o a.pdf
    expect_whole a.pdf
    env --block-signal=TERM --block-signal=ALRM "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o b.pdf
    cmp a.pdf b.pdf
}

@test "many open descriptors, and nearly none" {
    run bash -c "for i in {10..200}; do eval \"exec \$i</dev/null\"; done; '$BRIEFPRESS' render '$FIXTURES/plain.lua' -q -o a.pdf"
    [ "$status" -eq 0 ]
    run bash -c "ulimit -n 6; '$BRIEFPRESS' render '$FIXTURES/plain.lua' -q -o b.pdf"
    [ "$status" -eq 71 ] || [ "$status" -eq 73 ] || [ "$status" -eq 66 ] || fail "$status: $output"
    [ ! -e b.pdf ]
    expect_tidy
}

@test "leftovers of killed runs are swept by the next" {
    : >.x.pdf.briefpress-12345-0.tmp
    : >.y.pdf.briefpress-12345-0.tmp
    bp render "$FIXTURES/plain.lua" -q -o x.pdf
    expect_status 0
    [ ! -e .x.pdf.briefpress-12345-0.tmp ]
    [ -e .y.pdf.briefpress-12345-0.tmp ]
}
