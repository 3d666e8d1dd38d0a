# PDFs that mean harm, given to `briefpress data` and `verify`: each is listed, or refused in words, within its time and
# memory, and what is extracted stays in its folder. Two suites share this, for one would take too long.
load helper

MEMORY_MOST=128 # MiB

setup_file() {
    command -v python3 >/dev/null || skip "python3 is not installed"
    command -v qpdf >/dev/null || skip "qpdf is not installed"
    REPORTS=$BATS_FILE_TMPDIR
    export REPORTS
    python3 "$BATS_TEST_DIRNAME/fixtures/reports.py" "$REPORTS" >"$REPORTS/list"
}

# The program, the budget and the mapped file. Under the sanitizers no address space is bound: bombs are stopped by
# what one block may have, and end the worker with the code that it ends with for want of memory.
if is_sanitized; then
    kilobytes_most=3000000
    export ASAN_OPTIONS=exitcode=76:max_allocation_size_mb=700
else
    kilobytes_most=$(((MEMORY_MOST + 256) * 1024))
fi

# hostile NAME CODES SAID [ARGUMENT...]
hostile() {
    local name=$1 codes=$2 said=$3
    shift 3
    status=0
    "$AIDS/bounded" took "$BRIEFPRESS" "${command:-data}" "$REPORTS/$name" --max-memory ${MEMORY_MOST}M --max-seconds 60 "$@" >o 2>e \
        </dev/null || status=$?
    out=$(head -c 4000 o | tr -d '\0') err=$(head -c 4000 e | tr -d '\0')
    [[ ,$codes, == *,$status,* ]] || fail "$name $*: expected exit code $codes"
    if is_sanitized; then
        ! grep 'ERROR: ' e | grep -qv 'allocation-size-too-big\|requested allocation size' || fail "$name $*: $(head -c 9000 e)"
    fi
    [ -z "$said" ] || grep -qaF -- "$said" o e || fail "$name $*: expected $said"
    [ "$status" -eq 0 ] || [ -s e ] || fail "$name $*: nothing is said"
    [[ $out$err != *$'\e'* ]] || fail "$name $*: a terminal would obey"
    [ "$(stat -c %s e)" -le 20000 ] || is_sanitized || fail "$name $*: $(stat -c %s e) bytes of messages"
    read -r time memory <took
    # The limit, and room for a busy machine.
    [ "$time" -le 75000 ] || fail "$name $*: $time ms"
    [[ $name == sparse* ]] || [ "$memory" -le "$kilobytes_most" ] || fail "$name $*: $memory KiB"
    [ "$time" -le "${longest:-0}" ] || longest=$time
    [ "$memory" -le "${largest:-0}" ] || largest=$memory
    tried=$((tried + 1))
}

# all_hostile LEAST PATTERN: those whose names match.
all_hostile() {
    aid bounded
    tried=0 longest=0 largest=0
    while read -r name codes said; do
        [[ $name =~ $2 ]] || continue
        hostile "$name" "${codes%%,extract:*}" "$said"
        [ "$status" -eq 0 ] || continue
        hostile "$name" "${codes#*extract:}" "" --extract out
        [ -z "$(find . -mindepth 1 -not -path './out*' -not -name o -not -name e -not -name took)" ] || fail "$name: files elsewhere"
        expect_tidy
        rm -rf out
    done <"$REPORTS/list"
    [ "$tried" -ge "$1" ] || fail "$tried cases"
    say "$tried readings, at most $longest ms and $((largest / 1024)) MiB"
}
