# Faults of the machine that were once met wrongly; faults/random makes many, and finds such.
load helper

# Lets the parent's calls fail: ROLE:SCOPE:CALL:NTH:TIMES:ACTION, as faults/random/shim.c reads it.
bp_faulty() {
    aid faults_shim.so
    local plan=$1
    shift
    head -c 4096 /dev/zero >.page
    export FAULT_PLAN=$plan FAULT_PAGE=$folder/.page FAULT_UNDER=$folder LD_PRELOAD=$AIDS/faults_shim.so
    export ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
    bp "$@"
    unset LD_PRELOAD
}

@test "a worker that cannot be heard ends the run at once, not when time is up" {
    echo old >x.pdf
    for call in poll read; do
        SECONDS=0
        bp_faulty "parent:else:$call:1:0:5" render "$FIXTURES/plain.lua" -q -o "$folder/x.pdf"
        expect_status 71
        expect_err "the worker cannot be heard: Input/output error"
        [ "$SECONDS" -lt 20 ]
        [ "$(cat x.pdf)" = old ]
        expect_tidy
    done
}

@test "a temporary that cannot be asked about is used, not left" {
    for call in $(seq 14); do
        bp_faulty "parent:tree:stat:$call:1:12" render "$FIXTURES/plain.lua" -q -o "$folder/x.pdf"
        [ "$status" -eq 0 ] || [ "$status" -ge 64 ] || fail "call $call"
        expect_tidy
    done
}

@test "what a killed run leaves of its record goes, also where the next one has nothing to do" {
    cp "$FIXTURES/plain.lua" layout.lua
    bp render "$folder/layout.lua" -q -o "$folder/x.pdf" --if-changed
    expect_status 0
    for call in $(seq 45); do
        touch layout.lua # It is read again, and the record renewed.
        bp_faulty "parent:tree:any:$call:1:kill" render "$folder/layout.lua" -q -o "$folder/x.pdf" --if-changed
        [ "$status" -eq 0 ] || [ "$status" -eq 137 ] || fail "call $call"
        find . -name '*.tmp' >>left
        bp render "$folder/layout.lua" -q -o "$folder/x.pdf" --if-changed
        expect_status 0
        expect_tidy
    done
    [ -s left ] || fail "no run was killed with a temporary open"
}

@test "a lock that cannot be asked about ends the run, or serves" {
    for call in $(seq 14); do
        SECONDS=0
        bp_faulty "parent:tree:stat:$call:0:5" render "$FIXTURES/plain.lua" -q -o "$folder/x.pdf" --max-seconds 20
        [ "$status" -eq 0 ] || [ "$status" -ge 64 ] || fail "call $call"
        [ "$SECONDS" -lt 10 ] || fail "call $call: $SECONDS s"
        expect_tidy
    done
}

@test "what a killed run leaves of its status and metrics goes with the next one" {
    for call in $(seq 12 90); do
        bp_faulty "parent:tree:any:$call:1:kill" render "$FIXTURES/plain.lua" -q -o "$folder/x.pdf" \
            --status-file "$folder/status.json" --metrics-file "$folder/x.prom"
        find . -name '*.tmp' >>left
        bp render "$FIXTURES/plain.lua" -q -o "$folder/x.pdf" --status-file "$folder/status.json" --metrics-file "$folder/x.prom"
        expect_status 0
        expect_tidy
    done
    for name in x.pdf status.json x.prom; do
        grep -q "/\.$name\.briefpress-" left || fail "no run was killed with a temporary of $name open: $(sort left | uniq -c)"
    done
}

@test "a block refused to a library is a failure, never another PDF" {
    nm -D "$BRIEFPRESS" 2>/dev/null | grep -q 'U __libc_malloc' || skip "this build has an allocator of a sanitizer"
    aid faults_shim_memory.so
    bp render "$FIXTURES/plain.lua" -q -o whole.pdf
    for call in $(seq 1 57 1400); do
        head -c 4096 /dev/zero >.page
        rm -f x.pdf
        status=0
        FAULT_PLAN=worker:else:malloc:$call:1:12 FAULT_PAGE=$folder/.page FAULT_UNDER=$folder \
            LD_PRELOAD=$AIDS/faults_shim_memory.so "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o x.pdf 2>said || status=$?
        [ "$status" -ge 64 ] || cmp x.pdf whole.pdf || fail "block $call"
    done
}
