# The output appears whole or not at all.
load helper

@test "a failed run leaves the old file and nothing else" {
    echo old >x.pdf
    bp render "$FIXTURES/number.lua" -o x.pdf
    expect_status 78
    [ "$(cat x.pdf)" = old ]
    expect_tidy
}

@test "a new file takes the umask, a replaced one keeps its mode" {
    (umask 000 && "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o open.pdf)
    [ "$(stat -c %a open.pdf)" = 666 ]
    (umask 077 && "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o closed.pdf)
    [ "$(stat -c %a closed.pdf)" = 600 ]
    chmod 640 open.pdf
    bp render "$FIXTURES/plain.lua" -q -o open.pdf
    [ "$(stat -c %a open.pdf)" = 640 ]
}

@test "a symbolic link stays, its target is replaced" {
    mkdir real
    echo old >real/x.pdf
    ln -s real/x.pdf x.pdf
    bp render "$FIXTURES/plain.lua" -q -o x.pdf
    expect_status 0
    [ -L x.pdf ]
    expect_whole real/x.pdf
    expect_tidy .
}

@test "a hard link keeps the old edition" {
    echo old >x.pdf
    ln x.pdf kept.pdf
    bp render "$FIXTURES/plain.lua" -q -o x.pdf
    expect_status 0
    [ "$(cat kept.pdf)" = old ]
    expect_whole x.pdf
}

@test "a folder that is missing, or no folder, is told with what to do" {
    bp render "$FIXTURES/plain.lua" -o none/x.pdf
    expect_status 73
    expect_err "create the folder first"
    : >file
    bp render "$FIXTURES/plain.lua" -o file/x.pdf
    expect_status 73
    mkdir sub
    bp render "$FIXTURES/plain.lua" -o sub
    expect_status 73
    expect_err "is a folder"
}

@test "standard output gets the PDF and nothing else" {
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -o - >a.pdf 2>err
    expect_whole a.pdf
    bp render "$FIXTURES/plain.lua" -q -o b.pdf
    cmp a.pdf b.pdf
    [ "$(ls -A | grep -c lock)" -eq 1 ]
}

@test "what a layout prints stays out of the PDF" {
    printf 'print "noise"\n' | cat - "$FIXTURES/plain.lua" >l.lua
    "$BRIEFPRESS" render l.lua -o - >a.pdf 2>err || [ "$?" -eq 78 ]
    [ ! -s a.pdf ] || expect_whole a.pdf
}

@test "devices, FIFOs and descriptors are written directly" {
    bp render "$FIXTURES/plain.lua" -q -o /dev/null
    expect_status 0
    [ -c /dev/null ]
    mkfifo pipe
    cat pipe >a.pdf &
    bp render "$FIXTURES/plain.lua" -q -o pipe
    expect_status 0
    wait
    [ -p pipe ]
    expect_whole a.pdf
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o /dev/stdout >b.pdf
    cmp a.pdf b.pdf
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o /dev/stdout | cmp - a.pdf
}

@test "a full device and a closed pipe are failed writes" {
    bp render "$FIXTURES/plain.lua" -o /dev/full
    expect_status 74
    expect_err "No space left"
    status=0
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" -o - >/dev/full 2>err || status=$?
    [ "$status" -eq 74 ]
    set +o pipefail
    { "$BRIEFPRESS" render "$FIXTURES/plain.lua" -o - 2>err || echo "$?" >code; } | true
    [ ! -e code ] || [ "$(cat code)" -eq 74 ]
}

@test "a file size limit is a failed write, not a death" {
    echo old >x.pdf
    run bash -c "ulimit -f 0; '$BRIEFPRESS' render '$FIXTURES/plain.lua' -o x.pdf"
    [ "$status" -eq 74 ]
    [[ $output == "x.pdf: cannot be written: File too large; "*"(ulimit -f)"* ]] || fail "$output"
    [ "$(cat x.pdf)" = old ]
    expect_tidy
}

@test "a full file system keeps the old file, however much is missing, and the next run needs no cleaning" {
    mkdir disk
    mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null || skip "a small file system cannot be mounted here"
    bp render "$FIXTURES/pages.lua" -q -o new.pdf
    echo old >disk/x.pdf
    needed=$(($(wc -c <new.pdf) / 1024 + 1)) tried=0
    # The last is three blocks short: the file, the old one and the ballast each fill their last block up.
    for room in 0 4 8 $((needed / 2)) $((needed - 12)); do
        head -c "$(((1024 - 8 - room) * 1024))" /dev/zero >disk/ballast 2>/dev/null || true
        bp render "$FIXTURES/pages.lua" -o disk/x.pdf
        [ "$status" -eq 74 ] || [ "$status" -eq 73 ] || fail "$room KiB free: not 73 or 74"
        expect_err "No space left"
        expect_err "disk/x.pdf"
        [ "$(cat disk/x.pdf)" = old ] || fail "$room KiB free: the old edition is gone"
        expect_tidy disk
        rm disk/ballast
        tried=$((tried + 1))
    done
    bp render "$FIXTURES/pages.lua" -q -o disk/x.pdf
    expect_status 0
    cmp disk/x.pdf new.pdf
    say "$tried amounts of room, down to none"
}

@test "a read-only file system is told, also to root, and keeps the old file" {
    mkdir disk
    mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null || skip "a small file system cannot be mounted here"
    echo old >disk/x.pdf
    mount -o remount,ro disk 2>/dev/null || skip "a file system cannot be made read-only here"
    bp render "$FIXTURES/plain.lua" -o disk/x.pdf
    expect_status 73
    expect_err "disk/x.pdf"
    expect_err "Read-only file system"
    [ "$(cat disk/x.pdf)" = old ]
    [ "$(ls -A disk)" = x.pdf ] || fail "left behind: $(ls -A disk)"
    mount -o remount,rw disk
    bp render "$FIXTURES/plain.lua" -q -o disk/x.pdf
    expect_status 0
    expect_whole disk/x.pdf
}

@test "a folder and a file that must not be written are told so" {
    command -v setpriv >/dev/null || skip "setpriv is not installed"
    [ "$(id -u)" -eq 0 ] || skip "needs root, to become nobody"
    nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    chmod 755 "$folder"
    nobody test -x "$BRIEFPRESS" || skip "nobody cannot reach the program"
    nobody test -r "$FIXTURES/plain.lua" || skip "nobody cannot reach the layouts"
    mkdir closed open
    chmod 777 open
    echo old >open/x.pdf
    chmod 444 open/x.pdf
    status=0
    nobody "$BRIEFPRESS" render "$FIXTURES/plain.lua" -o closed/x.pdf 2>err || status=$?
    [ "$status" -eq 73 ]
    grep -q "must be writable" err
    status=0
    nobody "$BRIEFPRESS" render "$FIXTURES/plain.lua" -o open/x.pdf 2>err || status=$?
    [ "$status" -eq 73 ]
    grep -q "write-protected" err
    [ "$(cat open/x.pdf)" = old ]
    nobody "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o open/y.pdf
    expect_whole open/y.pdf
}

@test "a long name, blanks and Chinese in a name" {
    name=$(printf '%*s' 251 '' | tr ' ' n).pdf
    bp render "$FIXTURES/plain.lua" -q -o "$name"
    expect_status 0
    expect_whole "$name"
    bp render "$FIXTURES/plain.lua" -q -o "第 一 号.pdf"
    expect_status 0
    expect_whole "第 一 号.pdf"
    bp render "$FIXTURES/plain.lua" -q -o "n$name"
    expect_status 73
    expect_err "shorter name"
}
