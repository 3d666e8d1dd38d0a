# Signals, kills and overlap.
load helper

# What is printed where time matters: the briefing, which takes longest.
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
briefing=("$ROOT/scripts/briefing.lua" -d "$ROOT/data/etown-2022.json" -q)

# Waits until no process of this test's folder is left.
expect_gone() {
    for _ in $(seq 40); do
        pgrep -f "$folder/x.pdf" >/dev/null || return 0
        sleep 0.1
    done
    fail "still running: $(pgrep -af "$folder/x.pdf")"
}

# Draws the next of the numbers below $1, the same in every run: RANDOM begins at a seed in each test.
draw() {
    drawn=$(((RANDOM * 32768 + RANDOM) % $1))
}

# What a run takes in microseconds, the least of three; leaves new.pdf.
take_time() {
    took=0
    for _ in 1 2 3; do
        "$AIDS/bounded" took.txt "$BRIEFPRESS" render "${briefing[@]}" -o new.pdf
        read -r time _ <took.txt
        [ "$took" -ne 0 ] && [ $((time * 1000)) -ge "$took" ] || took=$((time * 1000))
    done
    echo old >old.pdf
}

# A kill may come while the leak checker looks at a process, and its complaint would be no news of ours.
without_leak_check() {
    export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
}

# After a kill: x.pdf is the old edition or the new one, whole. Counts which.
expect_old_or_new() {
    if cmp -s x.pdf old.pdf; then
        old=$((old + 1))
    else
        cmp x.pdf new.pdf || fail "$1: neither the old edition nor the new one"
        new=$((new + 1))
    fi
}

# The next run works as if nothing had been, and removes what was left.
expect_next_run() {
    expect_gone
    bp render "${briefing[@]}" -o x.pdf
    expect_status 0
    cmp x.pdf new.pdf
    expect_tidy
}

@test "SIGKILL of the parent at 50 random moments leaves the old file or the new one, and the next run works" {
    aid killed
    without_leak_check
    RANDOM=2022 killed=0 old=0 new=0
    take_time
    for i in $(seq 50); do
        echo old >x.pdf
        draw $((took * 11 / 10))
        said=$("$AIDS/killed" parent "$drawn" "$BRIEFPRESS" render "${briefing[@]}" -o "$folder/x.pdf" 2>&1) || fail "$i: $said"
        case $said in
        killed) killed=$((killed + 1)) ;;
        "ended 0") cmp x.pdf new.pdf ;;
        *) fail "$i, after $drawn us: $said" ;;
        esac
        expect_old_or_new "$i, after $drawn us"
        [ $((i % 10)) -ne 0 ] || expect_next_run
    done
    [ "$killed" -ge 15 ] || fail "only $killed of 50 were killed in time"
    say "50 moments in $took us: $killed killed, $old old, $new new"
}

@test "SIGKILL of the worker at 50 random moments is exit code 70 and the old file, or too late" {
    aid killed
    RANDOM=1948 hit=0 old=0 new=0
    take_time
    for i in $(seq 50); do
        echo old >x.pdf
        draw $((took * 7 / 10)) # The worker is not all of it.
        said=$("$AIDS/killed" worker "$drawn" "$BRIEFPRESS" render "${briefing[@]}" -o "$folder/x.pdf" 2>err) || status=$?
        [ "${status:-0}" -ne 77 ] || skip "$(cat err)"
        [ "${status:-0}" -eq 0 ] || fail "$i: $said"
        case $said in
        "ended 70")
            [ -s x.pdf ] && cmp -s x.pdf old.pdf || fail "$i: exit code 70 and another file"
            grep -q "briefing.lua: the worker was killed from outside" err || fail "$i: $(cat err)"
            hit=$((hit + 1))
            ;;
        "ended 0") cmp x.pdf new.pdf && [ ! -s err ] ;;
        *) fail "$i, after $drawn us: $said: $(cat err)" ;;
        esac
        expect_old_or_new "$i, after $drawn us"
        expect_tidy # The parent lives: it takes everything away itself.
    done
    [ "$hit" -ge 15 ] || fail "only $hit of 50 were killed in time"
    expect_next_run
    say "50 moments in $took us: $hit hit, $old old, $new new"
}

@test "SIGKILL in each system call from the worker's start on leaves the old file or the new one" {
    aid killed
    old=0 new=0 status=0
    without_leak_check # It cannot be asked of a traced process either.
    take_time
    run_killed() {
        said=$("$AIDS/killed" call "$1" "$BRIEFPRESS" render "${briefing[@]}" -o "$folder/x.pdf" 2>&1) || status=$?
    }
    run_killed 0
    [ "$status" -ne 77 ] || skip "$said"
    [[ $said == "ended 0 "* ]] || fail "$said"
    calls=${said##* }
    [ "$calls" -ge 15 ] || fail "$said"
    for call in $(seq "$calls"); do
        cp old.pdf x.pdf
        run_killed "$call"
        [[ $said == "killed "* ]] || fail "call $call: $said"
        expect_old_or_new "call $call of $calls"
    done
    [ "$old" -ge 7 ] && [ "$new" -ge 7 ] || fail "$old old, $new new"
    expect_next_run
    say "$calls calls: $old old, $new new"
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
