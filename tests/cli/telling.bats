# What a run tells those who were not there: status files, metrics, and commands that follow it.
load helper

# One member of the status file, as jq prints it.
told() {
    jq -r "$1" status.json
}

needs_jq() {
    command -v jq >/dev/null || skip "jq is not installed"
}

# Everything in the folder but hidden locks.
files() {
    ls -A | grep -v '^\..*\.lock$' | tr '\n' ' '
}

@test "a status says how the run ended, and nothing is left beside it" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json
    expect_status 0
    [ -z "$err" ] || fail "not silent"
    [ "$(wc -l <status.json)" -eq 1 ]
    [ "$(told '"\(.format) \(.report) \(.state) \(.exit) \(.code) \(.warnings)"')" = "1 out made 0 ok 0" ]
    [ "$(told .output)" = "$PWD/out.pdf" ]
    [ "$(told .sha256)" = "$(sha256sum out.pdf | cut -d' ' -f1)" ]
    [ "$(told .bytes)" = "$(stat -c %s out.pdf)" ]
    [ "$(told .pages)" = 1 ]
    [ "$(told .pid)" -gt 1 ]
    [ "$(told .last_success)" = "$(told .finished)" ]
    [ "$(told '.phases.save > 0 and .seconds > 0 and .peak_bytes > 0 and .started <= .finished')" = true ]
    [ "$(told '.hooks | length')" = 0 ]
    [ "$(files)" = "out.pdf status.json " ]
}

@test "failures in a row and the last success survive" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --metrics-file m.prom
    success=$(told .last_success)
    for i in 1 2 3; do
        bp render "$FIXTURES/number.lua" -q -o out.pdf --status-file status.json --metrics-file m.prom
        expect_status 78
        [ "$(told '"\(.state) \(.exit) \(.code) \(.consecutive_failures) \(.last_success)"')" = \
            "broken 78 script $i $success" ]
        grep -qx "briefpress_consecutive_failures{report=\"out\"} $i" m.prom
    done
    [[ $(told '.place') == *number.lua:1 ]]
    [[ $(told '.message') == *"expected a report"* ]]
    # One of the two files is lost: the other knows.
    rm status.json
    bp render "$FIXTURES/number.lua" -q -o out.pdf --status-file status.json --metrics-file m.prom
    [ "$(told '"\(.consecutive_failures) \(.last_success) \(.runs.broken) \(.runs.made)"')" = "4 $success 4 1" ]
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --metrics-file m.prom
    [ "$(told '"\(.state) \(.consecutive_failures) \(.runs.made)"')" = "made 0 2" ]
    grep -qx 'briefpress_runs_total{report="out",state="broken"} 4' m.prom
}

@test "a run that finds nothing changed is a success, and tells of the PDF that is there" {
    needs_jq
    for i in 1 2; do
        bp render "$FIXTURES/plain.lua" -q -o out.pdf --if-changed --status-file status.json --metrics-file m.prom \
            --on-success 'sh -c "echo success >>log"' --on-end 'sh -c "echo $BRIEFPRESS_STATE >>log"'
        expect_status 0
    done
    [ "$(told '"\(.state) \(.exit) \(.pages) \(.runs.made) \(.runs.unchanged)"')" = "unchanged 0 1 1 1" ]
    [ "$(told .sha256)" = "$(sha256sum out.pdf | cut -d' ' -f1)" ]
    [ "$(told .bytes)" = "$(stat -c %s out.pdf)" ]
    [ "$(told .last_success)" = "$(told .finished)" ]
    [ "$(tr '\n' ' ' <log)" = "success made unchanged " ]
    grep -qx 'briefpress_run_success{report="out"} 1' m.prom
    grep -qx 'briefpress_pages{report="out"} 1' m.prom
    grep -qx 'briefpress_state{report="out",state="unchanged"} 1' m.prom
}

@test "editions are told of one by one, under one name" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o 'out/b-{period}.pdf' --period last-month --date 2022-09-03 --backfill 2 --latest newest.pdf \
        --status-file status.json --on-success 'sh -c "echo $BRIEFPRESS_REPORT $BRIEFPRESS_FILE >>log; test -e out/newest.pdf"'
    expect_status 0
    [ -z "$err" ] || fail "not silent"
    [ "$(told '"\(.report) \(.state) \(.runs.made) \(.output | split("/") | last)"')" = "b-{period} made 3 b-2022-08.pdf" ]
    [ "$(cat log)" = "b-{period} out/b-2022-06.pdf
b-{period} out/b-2022-07.pdf
b-{period} out/b-2022-08.pdf" ] || fail "$(cat log)"
}

@test "a run that finds another at work says busy, in every file" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o out.pdf
    exec 9<.out.pdf.lock
    flock 9
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --metrics-file m.prom \
        --on-failure 'sh -c "echo $BRIEFPRESS_STATE $BRIEFPRESS_EXIT >hook"'
    exec 9<&-
    expect_status 75
    [ "$(told '"\(.state) \(.exit) \(.code)"')" = "busy 75 busy" ]
    grep -qx 'briefpress_state{report="out",state="busy"} 1' m.prom
    [ "$(cat hook)" = "busy 75" ]
}

@test "a command line that is wrong is told too, though the run never began" {
    needs_jq
    bp render --no-such-thing "$FIXTURES/plain.lua" -o out.pdf --status-file status.json --log-format json
    expect_status 64
    [ "$(told '"\(.report) \(.state) \(.exit) \(.code)"')" = "out broken 64 usage" ]
    [ "$(printf '%s\n' "$err" | jq -r '"\(.level) \(.code) \(.report)"')" = "error usage out" ]
    bp render "$FIXTURES/plain.lua" -p nonsense -o out.pdf --status-file status.json
    expect_status 64
    [ "$(told .consecutive_failures)" = 2 ]
    bp render "$FIXTURES/plain.lua" -o out.pdf --status-file status.json --on-end 'a | b'
    expect_status 64
    [ "$(told .consecutive_failures)" = 3 ]
    [ ! -e out.pdf ]
}

@test "a report keeps its name, and can be given one" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q --status-file status.json
    [ "$(told .report)" = plain ]
    bp render "$FIXTURES/plain.lua" -q -o - --status-file status.json
    [ "$(told '"\(.report) \(.output) \(.sha256)"')" = "plain - " ]
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --name 'a "b" \ 亦庄' --status-file status.json --metrics-file m.prom
    [ "$(told .report)" = 'a "b" \ 亦庄' ]
    grep -qx 'briefpress_pages{report="a \\"b\\" \\\\ 亦庄"} 1' m.prom
}

@test "a status goes to standard output, where nothing else does" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file -
    [ "$(printf '%s\n' "$out" | jq -r .state)" = made ]
    bp render "$FIXTURES/plain.lua" -q -o - --status-file -
    expect_status 64
    [ -z "$out" ]
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --trace - --metrics-file -
    expect_status 64
}

@test "what is told overwrites no input and no output" {
    cp "$FIXTURES/plain.lua" "$FIXTURES/figures.json" .
    ln plain.lua same.lua
    for option in --status-file --metrics-file; do
        for file in plain.lua same.lua figures.json out.pdf; do
            bp render plain.lua -d figures.json -o out.pdf $option $file
            expect_status 64
            expect_err "$file: is "
        done
        bp render plain.lua -d t=figures.json -o out.pdf $option figures.json
        expect_status 64
        bp render plain.lua --no-such-thing -o out.pdf $option plain.lua
        expect_status 64
    done
    bp render plain.lua -o out.pdf --status-file x --metrics-file ./x
    expect_status 0 # The file is not there yet, so nobody can tell.
    cmp plain.lua "$FIXTURES/plain.lua"
    cmp figures.json "$FIXTURES/figures.json"
    bp render plain.lua -o out.pdf --status-file x --metrics-file ./x
    expect_status 64
}

@test "a status that cannot be written changes no exit code and is said" {
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file none/status.json --metrics-file none/m.prom
    expect_status 0
    expect_whole out.pdf
    expect_err "none/status.json: warning: cannot be created"
    expect_err "none/m.prom: warning: cannot be created"
    bp render "$FIXTURES/number.lua" -q -o out.pdf --status-file /dev/full
    expect_status 78
    expect_err "/dev/full: warning: cannot be written"
}

@test "readers never see half a status, and runs that meet all count" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json
    (
        for _ in {1..60}; do
            jq -e '.state and .runs' status.json >/dev/null || echo half
            sleep 0.01
        done
    ) >reader &
    reader=$!
    for i in 1 2 3; do
        (for _ in {1..5}; do "$BRIEFPRESS" render "$FIXTURES/number.lua" -q -o "$i.pdf" --name out --status-file status.json 2>/dev/null || true; done) &
    done
    wait
    [ ! -s reader ] || fail "$(cat reader)"
    [ "$(told '.runs.broken')" = 15 ]
    [ "$(told '.consecutive_failures')" = 15 ]
    expect_tidy
}

@test "metrics keep the collector's rules" {
    command -v promtool >/dev/null || skip "promtool is not installed (package prometheus)"
    bp render "$FIXTURES/plain.lua" -q -o 'a "quoted" name.pdf' --metrics-file m.prom --on-end false
    promtool check metrics <m.prom
    grep -q 'briefpress_hook_failures{report="a \\"quoted\\" name"} 1' m.prom
    bp render "$FIXTURES/number.lua" -q -o 'a "quoted" name.pdf' --metrics-file m.prom
    promtool check metrics <m.prom
}

@test "each name has HELP and TYPE once, before its samples, and none has a time" {
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --metrics-file m.prom
    awk '
        /^# HELP / { if (help[$3]++) bad("HELP twice"); next }
        /^# TYPE / { if (type[$3]++) bad("TYPE twice"); if ($4 !~ /^(gauge|counter)$/) bad("kind"); next }
        !/^briefpress_[a-z_]+\{report="out"(,[a-z]+="[^"]*")?\} [0-9]+(\.[0-9]+)?$/ { bad("no sample") }
        { name = $0; sub(/\{.*/, "", name); if (!help[name] || !type[name]) bad("no HELP or TYPE before it"); n++ }
        { if (seen[$1]++) bad("twice") }
        function bad(what) { print what ": " $0; failed = 1 }
        END { if (n < 20) bad("too few"); exit failed }' m.prom
}

@test "commands follow what they are for, after publishing and after the status" {
    needs_jq
    hooks=(--on-success 'sh -c "test -s $BRIEFPRESS_FILE && echo success >>log; cp status.json seen.json"'
        --on-success 'sh -c "echo second >>log"' --on-failure 'sh -c "echo failure >>log"' --on-end 'sh -c "echo end >>log"')
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json "${hooks[@]}"
    expect_status 0
    [ -z "$err" ]
    [ "$(tr '\n' ' ' <log)" = "success second end " ]
    [ "$(jq -r '"\(.state) \(.hooks | length)"' seen.json)" = "made 0" ]
    [ "$(told '[.hooks[] | .event + " " + .state] | join(",")')" = "on-success ok,on-success ok,on-end ok" ]
    rm log
    bp render "$FIXTURES/number.lua" -q -o out.pdf "${hooks[@]}"
    expect_status 78
    [ "$(tr '\n' ' ' <log)" = "failure end " ]
}

@test "what is known of the run is filled in, and nothing of it becomes a command" {
    printf 'return function() error("; touch owned $(touch owned) `touch owned` --x {exit}\\nsecond") end\n' >'a b.lua'
    bp render 'a b.lua' -q -o 'o u t.pdf' --name 'n; touch owned' --on-end 'printf "[%s]" {report} {file} {state} {exit} {code} {message} x{pages}y' -v
    expect_status 78
    bp render 'a b.lua' -q -o 'o u t.pdf' --on-failure \
        'sh -c "printf %s \"$BRIEFPRESS_FILE|$BRIEFPRESS_STATE|$BRIEFPRESS_EXIT|$BRIEFPRESS_CODE|$BRIEFPRESS_MESSAGE|$BRIEFPRESS_PAGES|$BRIEFPRESS_SHA256\" >told"'
    [ "$(cat told)" = 'o u t.pdf|broken|78|script|a b.lua:1: ; touch owned $(touch owned) `touch owned` --x {exit} second|0|' ] || fail "$(cat told)"
    [ ! -e owned ]
    bp render "$FIXTURES/plain.lua" -o out.pdf --on-success 'echo {fiel}'
    expect_status 64
    expect_err "did you mean {file}?"
    bp render "$FIXTURES/plain.lua" -o out.pdf --on-success "sh -c 'echo {message}'"
    expect_status 64
    expect_err 'as "$BRIEFPRESS_MESSAGE"'
    [ ! -e out.pdf ]
}

@test "a command that fails is told apart, with what it wrote, and changes no exit code" {
    needs_jq
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --on-success 'sh -c "echo no route to host >&2; exit 7"' \
        --on-success 'no-such-program-at-all' --on-end 'echo chatter'
    expect_status 0
    expect_whole out.pdf
    [ "$err" = "on-success: warning: sh ended with 7
no route to host
on-success: warning: no-such-program-at-all cannot be started: there is no such program" ] || fail "other words"
    [ "$(told '[.hooks[] | "\(.event) \(.state) \(.status)"] | join(",")')" = \
        "on-success failed 7,on-success not-started 2,on-end ok 0" ]
    bp render "$FIXTURES/number.lua" -q -o out.pdf --on-failure false --log-format json
    expect_status 78
    [ "$(printf '%s\n' "$err" | jq -r '"\(.level) \(.place)"' | tail -1)" = "warning on-failure" ]
}

@test "a command that hangs is ended, with all it started" {
    bp render "$FIXTURES/plain.lua" -q -o out.pdf --hook-seconds 0.3 --on-success 'sh -c "sleep 1234 & echo \$! >pid; wait"'
    expect_status 0
    expect_err "sh ran longer than 0.3"
    ! kill -0 "$(cat pid)" 2>/dev/null
}

# Starts a rendering that takes long, waits until it is under way, and sends it a signal: $status.
signalled() { # signalled SIGNAL ARGUMENTS...
    local signal=$1 pid
    shift
    printf 'return function() while true do end end\n' >slow.lua
    rm -f .out.pdf.lock
    env --default-signal=INT "$BRIEFPRESS" render slow.lua -q -o out.pdf --status-file status.json "$@" 2>err &
    pid=$!
    for _ in {1..200}; do [ -e .out.pdf.lock ] && break || sleep 0.05; done
    kill -"$signal" $pid
    status=0
    wait $pid || status=$?
}

@test "a run that a signal ends is told, and still dies of the signal" {
    needs_jq
    for signal in TERM INT; do
        rm -f status.json log
        signalled $signal --on-failure 'sh -c "echo $BRIEFPRESS_STATE >log"'
        [ "$status" -eq $((128 + $(kill -l $signal))) ] || fail "not dead of the signal"
        [ "$(told '"\(.state) \(.exit) \(.code)"')" = "broken 71 system" ]
        [[ $(told .message) == "interrupted by signal "* ]]
        [ "$(cat log)" = broken ]
        grep -q "slow.lua: interrupted by signal" err
        [ "$(files)" = "err log slow.lua status.json " ]
    done
}

@test "a signal while a command runs ends the command, and a killed run leaves the status of before" {
    needs_jq
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --on-success 'sh -c "echo >began; sleep 1234"' 2>err &
    pid=$!
    for _ in {1..200}; do [ -e began ] && break || sleep 0.05; done
    kill -TERM $pid
    status=0
    wait $pid || status=$?
    [ "$status" -eq 143 ]
    [ "$(told '"\(.state) \(.hooks[0].state)"')" = "made interrupted" ]
    cp status.json before
    signalled KILL
    [ "$status" -eq 137 ]
    cmp status.json before
}

@test "every line of the log is one JSON object with the same members" {
    needs_jq
    check() {
        [ "$(printf '%s\n' "$err" | jq -c 'has("time") and has("level") and has("code") and has("exit") and has("report") and has("place") and has("message")' |
            sort -u)" = true ] || fail "another line"
    }
    bp render "$FIXTURES/plain.lua" -o out.pdf --log-format json --timings --on-end 'echo said' -v
    check
    bp render "$FIXTURES/misspelt.lua" -d "$FIXTURES/figures.json" -o out.pdf --log-format json
    check
    for arguments in "render" "rendre x" "render --nothing" "nothing --log-format text" "check none.lua" "render none.lua" ""; do
        bp $arguments --log-format json
        [ "$status" -ne 0 ]
        check
    done
    time=$(printf '%s\n' "$err" | jq -r .time)
    [[ $time =~ ^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z$ ]] || fail "$time"
}

@test "quiet is one line on failure, which names the report" {
    for case in "number.lua" "none.lua"; do
        bp render "$FIXTURES/$case" -q -o out.pdf
        [ "$(printf '%s\n' "$err" | grep -vc '^ *[0-9]* |')" -eq 1 ] || fail "more than a line"
        [[ $err == *"$case"* ]]
    done
    bp render "$FIXTURES/plain.lua" -q -o none/out.pdf
    [ "$(printf '%s\n' "$err" | wc -l)" -eq 1 ]
    expect_err "none/out.pdf: cannot be created"
}

@test "an empty environment and closed streams are enough for commands" {
    env -i "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --on-success 'sh -c "ls /proc/self/fd | wc -l >count"'
    [ "$(cat count)" -eq 4 ]
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o out.pdf --status-file status.json --on-success 'sh -c "ls /proc/self/fd | wc -l >count"' \
        --on-end false <&- >&- 2>&-
    [ "$(cat count)" -eq 4 ]
    grep -q '"state":"made"' status.json
}
