# What the suites share: a folder for each test, and what must hold after any run.

setup() {
    FIXTURES=$(cd "$BATS_TEST_DIRNAME/fixtures" && pwd)
    BRIEFPRESS=$(realpath "${BRIEFPRESS:?names the program}")
    AIDS=$(realpath "${AIDS:-$(dirname "$BRIEFPRESS")/tests}")
    export LSAN_OPTIONS=${LSAN_OPTIONS-}
    folder=$(mktemp -d)
    # It is removed in the end: a test that uses the name for something else must fail, not lose that.
    readonly folder
    cd "$folder" || return 1
    unset SOURCE_DATE_EPOCH NO_COLOR
}

teardown() {
    cd / || return 1
    if mountpoint -q "$folder/disk"; then umount "$folder/disk"; fi
    chmod -R u+rwX "$folder" 2>/dev/null || true
    rm -rf "$folder"
}

# Runs the program: $status, $out and $err.
bp() {
    status=0
    "$BRIEFPRESS" "$@" >"$folder/.stdout" 2>"$folder/.stderr" </dev/null || status=$?
    out=$(cat "$folder/.stdout")
    err=$(cat "$folder/.stderr")
    rm -f "$folder/.stdout" "$folder/.stderr"
}

# A line for whoever reads the run: what was counted.
say() {
    printf '#   %s\n' "$*" >&3
}

# Skips the test where the aid, a program of tests/tools, was not built.
aid() {
    [ -x "${AIDS:-}/$1" ] || skip "AIDS names no folder with $1: the tests' build makes it (build/dev/tests)"
}

fail() {
    printf '%s\n' "$*" "status: ${status-}" "stdout: ${out-}" "stderr: ${err-}" >&2
    return 1
}

expect_status() {
    [ "$status" -eq "$1" ] || fail "expected exit code $1"
}

expect_err() {
    [[ $err == *"$1"* ]] || fail "expected on standard error: $1"
}

# A PDF from its first byte to its last.
expect_whole() {
    [ "$(head -c 5 "$1")" = "%PDF-" ] || fail "$1 does not begin as a PDF"
    [ "$(tail -c 6 "$1" | tr -d '\r\n')" = "%%EOF" ] || fail "$1 does not end as a PDF"
}

# No temporary file is left in the folder.
expect_tidy() {
    local left
    left=$(find "${1:-.}" -name '*.tmp')
    [ -z "$left" ] || fail "left behind: $left"
}

is_sanitized() {
    grep -qa __asan_init "$BRIEFPRESS"
}
