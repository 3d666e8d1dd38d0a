# Signals, kills and overlap.
load helper

# Waits until no process of this test's folder is left.
expect_gone() {
    for _ in $(seq 40); do
        pgrep -f "$folder/x.pdf" >/dev/null || return 0
        sleep 0.1
    done
    fail "still running: $(pgrep -af "$folder/x.pdf")"
}

@test "SIGKILL at any moment leaves the old file or the new one" {
    bp render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o new.pdf
    expect_status 0
    for i in $(seq 24); do
        echo old >x.pdf
        "$BRIEFPRESS" render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o "$folder/x.pdf" 2>/dev/null &
        sleep "0.0$(printf '%02d' $((i * 3)))"
        kill -KILL $! 2>/dev/null || true
        wait $! 2>/dev/null || true
        [ "$(head -c 3 x.pdf)" = old ] || cmp x.pdf new.pdf
    done
    expect_gone
    bp render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o x.pdf
    expect_status 0
    cmp x.pdf new.pdf
    expect_tidy
}

@test "a killed parent takes its worker along" {
    "$BRIEFPRESS" render "$FIXTURES/spin.lua" -q -o "$folder/x.pdf" --max-seconds 30 2>/dev/null &
    sleep 0.5
    [ "$(pgrep -fc "$folder/x.pdf")" -eq 2 ]
    kill -KILL $!
    wait $! 2>/dev/null || true
    expect_gone
}

@test "signals end the run as signals do and leave nothing" {
    for name in INT TERM HUP; do
        echo old >x.pdf
        # A shell in the background ignores SIGINT for its children; env undoes that.
        env --default-signal=INT "$BRIEFPRESS" render "$FIXTURES/spin.lua" -q -o "$folder/x.pdf" --max-seconds 30 &
        sleep 0.5
        kill -s "$name" $!
        status=0
        wait $! || status=$?
        [ "$status" -eq $((128 + $(kill -l "$name"))) ] || fail "$name: $status"
        expect_gone
        expect_tidy
        [ "$(cat x.pdf)" = old ]
    done
}

@test "what nohup ignores stays ignored" {
    nohup "$BRIEFPRESS" render "$FIXTURES/spin.lua" -q -o "$folder/x.pdf" --max-seconds 1 2>/dev/null &
    sleep 0.3
    kill -HUP $!
    status=0
    wait $! || status=$?
    [ "$status" -eq 76 ]
}

@test "a killed worker is our own fault and keeps the old file" {
    echo old >x.pdf
    "$BRIEFPRESS" render "$FIXTURES/spin.lua" -q -o "$folder/x.pdf" --max-seconds 30 2>err &
    parent=$!
    sleep 0.5
    kill -KILL "$(pgrep -P "$parent")"
    status=0
    wait "$parent" || status=$?
    [ "$status" -eq 70 ]
    [ "$(cat x.pdf)" = old ]
    expect_tidy
}

@test "two runs on one output: one works, the other is told to come back" {
    "$BRIEFPRESS" render "$FIXTURES/spin.lua" -q -o "$folder/x.pdf" --max-seconds 3 2>/dev/null &
    sleep 0.5
    bp render "$FIXTURES/plain.lua" -o x.pdf
    expect_status 75
    expect_err "try again later"
    wait || true
    bp render "$FIXTURES/plain.lua" -o x.pdf
    expect_status 0
}

@test "many runs on one output leave a whole file" {
    for i in 1 2 3 4 5 6; do
        { code=0; "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -p word="$i" -o x.pdf 2>/dev/null || code=$?; echo "$code" >"code.$i"; } &
    done
    wait
    [ -z "$(cat code.* | grep -vx -e 0 -e 75)" ] || fail "codes: $(cat code.*)"
    grep -qx 0 code.*
    expect_whole x.pdf
    expect_tidy
}

@test "runs on different outputs do not wait for each other" {
    "$BRIEFPRESS" render "$FIXTURES/spin.lua" -q -o "$folder/x.pdf" --max-seconds 3 2>/dev/null &
    sleep 0.3
    bp render "$FIXTURES/plain.lua" -q -o y.pdf
    expect_status 0
    kill $! 2>/dev/null || true
    wait || true
}
