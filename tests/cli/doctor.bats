# The doctor: what it says of good machines and of bad ones, and with which exit code.
load helper

# The line of a topic.
line_of() {
    printf '%s\n' "$out" | grep -E "^(ok|warning|wrong) +$1: "
}

expect_line() { # expect_line STATE TOPIC PART
    line_of "$2" | grep -E "^$1 " | grep -qF -- "$3" || fail "expected $1 $2: ... $3"
}

# The doctor in a shell that was prepared by a line of commands.
under() {
    local prepare=$1
    shift
    status=0
    bash -c "$prepare; exec \"\$0\" doctor \"\$@\"" "$BRIEFPRESS" "$@" >"$folder/.stdout" 2>"$folder/.stderr" </dev/null || status=$?
    out=$(cat "$folder/.stdout")
    err=$(cat "$folder/.stderr")
    rm -f "$folder/.stdout" "$folder/.stderr"
}

# A mount namespace of its own, where /etc and /proc/self/exe may lie: only for root.
needs_mounts() {
    unshare --mount true 2>/dev/null || skip "this user may not mount anything"
}

@test "each line has a state, a topic and words, and every topic is there" {
    bp doctor
    [ -z "$err" ]
    [ -z "$(printf '%s\n' "$out" | grep -vE '^(ok      |warning |wrong   ) [a-z]+: .')" ] || fail "another line"
    for topic in program library scripts fonts writing hyphenation folder limits umask sandbox memory clock zone locale cron systemd; do
        [ -n "$(line_of $topic)" ] || fail "nothing of $topic"
    done
    expect_line ok folder "$folder can be written"
}

@test "JSON is an object a line, with the same members" {
    command -v jq >/dev/null || skip "jq is not installed"
    bp doctor --log-format json
    [ "$(printf '%s\n' "$out" | jq -c 'keys' | sort -u)" = '["code","message","remedy","state","topic"]' ]
    bp doctor --log-format json none/x.pdf
    expect_status 73
    [ "$(printf '%s\n' "$out" | jq -r 'select(.state == "wrong") | "\(.topic) \(.code)"')" = "folder create" ]
    # What is not well has a remedy.
    [ -z "$(printf '%s\n' "$out" | jq -r 'select(.state != "ok" and .remedy == "")')" ]
}

@test "quiet tells what is not well" {
    bp doctor -q --no-system-fonts
    [ -z "$(printf '%s\n' "$out" | grep -E '^ok')" ] || fail "something that is well"
}

@test "folders that reports go to are looked at" {
    mkdir good
    bp doctor good/report.pdf good none/report.pdf
    expect_status 73
    expect_line ok folder "good can be written"
    [ "$(line_of folder | grep -c '^ok')" -eq 2 ]
    expect_line wrong folder "none: No such file or directory; make it"
    mkdir gone
    cd gone
    rmdir ../gone
    bp doctor
    cd "$folder"
    expect_status 73
    expect_line wrong folder "the working folder is gone"
}

@test "a folder that may not be written, by its mode or its disk" {
    needs_mounts
    mkdir shut disk
    chmod 555 shut
    command -v setpriv >/dev/null || skip "setpriv is not installed"
    chmod 755 .
    status=0
    out=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$BRIEFPRESS" doctor shut 2>&1) || status=$?
    if [[ $out == *" folder: "* ]]; then # The program may lie where others cannot go.
        expect_status 73
        expect_line wrong folder "shut cannot be written: Permission denied; let this user write there"
    fi
    status=0
    out=$(unshare --mount sh -c 'mount -t tmpfs -o ro none disk && exec "$0" doctor disk' "$BRIEFPRESS") || status=$?
    expect_status 73
    expect_line wrong folder "disk cannot be written: Read-only file system; choose another disk"
    status=0
    out=$(unshare --mount sh -c 'mount -t tmpfs -o size=1m none disk && exec "$0" doctor disk' "$BRIEFPRESS") || status=$?
    expect_status 74
    expect_line wrong folder "disk: its disk has 1.0 MB left; make room"
    status=0
    out=$(unshare --mount sh -c 'mount -t tmpfs -o size=100m none disk && exec "$0" doctor disk' "$BRIEFPRESS") || status=$?
    expect_status 0
    expect_line warning folder "disk: its disk has 105 MB left"
    status=0
    out=$(unshare --mount sh -c 'mount -t tmpfs -o nr_inodes=20 none disk && exec "$0" doctor disk' "$BRIEFPRESS") || status=$?
    expect_status 74
    expect_line wrong folder "disk: its disk has room for 19 more files"
}

@test "limits that a rendering would meet are told, with the exit code it would have" {
    under 'ulimit -f 8'
    expect_status 74
    expect_line wrong limits "files of 8 KiB at most; raise it (ulimit -f, LimitFSIZE=)"
    under 'ulimit -n 12'
    expect_status 71
    expect_line wrong limits "12 open files at most"
    under 'ulimit -t 30'
    expect_line warning limits "30 s of computing time"
    under 'ulimit -s 512'
    expect_line warning limits "512 KiB of stack"
    if ! is_sanitized; then
        under 'ulimit -v 900000'
        expect_status 71
        expect_line wrong limits "878 MiB of address space, less than --max-memory"
    fi
    under 'umask 077'
    expect_line ok umask "077: new reports can be read by you alone"
    under 'umask 0666'
    expect_line warning umask "you could not read or replace your own reports"
}

@test "zones by TZ" {
    TZ=Nowhere/Atlantis bp doctor
    expect_line warning zone "TZ=Nowhere/Atlantis names none, so this process takes UTC"
    TZ=CET-1CEST bp doctor
    expect_line ok zone "CET-1CEST, by TZ"
    TZ=:/etc/passwd bp doctor
    expect_line warning zone "names none"
    if [ -e /usr/share/zoneinfo/Asia/Shanghai ]; then
        TZ=Asia/Shanghai bp doctor
        expect_line ok zone "Asia/Shanghai, by TZ"
        TZ=:Asia/Shanghai bp doctor
        expect_line ok zone "Asia/Shanghai, by TZ"
    fi
}

@test "a zone of the system that is none, and lists of who may have a crontab" {
    needs_mounts
    [ -x /usr/bin/crontab ] || skip "cron is not installed"
    cp -a /etc etc
    rm -f etc/localtime etc/cron.allow etc/cron.deny
    ln -s /usr/share/zoneinfo/No/Where etc/localtime
    in_etc() { # in_etc [COMMAND...]: the doctor, with that folder for /etc
        status=0
        out=$(unshare --mount sh -c 'mount --bind etc /etc && exec env -u TZ "$@"' - "$@" "$BRIEFPRESS" doctor) || status=$?
    }
    in_etc
    expect_line warning zone "/etc/localtime -> /usr/share/zoneinfo/No/Where is no zone"
    rm etc/localtime
    in_etc
    expect_line ok zone "UTC, for there is no /etc/localtime"
    command -v setpriv >/dev/null || skip "setpriv is not installed"
    nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    [ -x "$BRIEFPRESS" ] && "${nobody[@]}" "$BRIEFPRESS" --version >/dev/null 2>&1 || skip "the program lies where others cannot go"
    # Something that passes for a cron that runs.
    cp "$(command -v sleep)" cron
    ./cron 60 &
    daemon=$!
    in_etc "${nobody[@]}"
    expect_line ok cron "runs, and this user may have a crontab"
    echo root >etc/cron.allow
    in_etc "${nobody[@]}"
    expect_line warning cron "nobody may have no crontab: /etc/cron.allow does not name it"
    echo nobody >>etc/cron.allow
    echo nobody >etc/cron.deny
    in_etc "${nobody[@]}"
    expect_line ok cron "runs"
    rm etc/cron.allow
    in_etc "${nobody[@]}"
    expect_line warning cron "/etc/cron.deny names it"
    in_etc
    expect_line ok cron "runs, and this user may have a crontab"
    kill "$daemon"
}

@test "a clock that is years behind is wrong" {
    command -v faketime >/dev/null || skip "faketime is not installed"
    is_sanitized && skip "sanitizers and faketime do not go together"
    status=0
    out=$(faketime '2001-01-01 00:00:00' "$BRIEFPRESS" doctor) || status=$?
    expect_status 71
    expect_line wrong clock "it says 2001-01-0"
}

@test "fonts and patterns that are missing are told, with the package and what they cost" {
    mkdir fonts
    sed 's|"/usr/share/fonts[^"]*"|"/no/such/folder"|' "$BATS_TEST_DIRNAME/../../fonts/fonts.json" >fonts/fonts.json
    ln -s "$(realpath "$BATS_TEST_DIRNAME/../../scripts")" scripts
    bp doctor --library . --no-system-fonts
    expect_status 69
    expect_line wrong fonts "Inter is missing: reports that are set in it fail; apt install fonts-inter"
    [ "$(line_of fonts | grep -c 'Inter is missing')" -eq 1 ]
    expect_line ok writing "can be set: nothing; no font has: Latin (fonts-inter)"
    echo '{' >fonts/fonts.json
    bp doctor --library .
    [ "$status" -ne 0 ]
    expect_line wrong fonts "fonts.json"
    bp doctor --library none
    expect_status 66
    expect_line wrong scripts ""
    mkdir hyphens
    printf 'UTF-8\n\xff\xfe.x1y\n' >hyphens/hyph_xx.dic
    bp doctor --hyphen-dir hyphens
    expect_status 69
    expect_line wrong hyphenation "hyph_xx.dic"
}

@test "nothing of the environment is needed, and a full standard output is told" {
    status=0
    out=$(env -i "$BRIEFPRESS" doctor) || status=$?
    [ -n "$(line_of clock)" ]
    bp doctor
    with=$status
    status=0
    HOME='' "$BRIEFPRESS" doctor >/dev/null || status=$?
    [ "$status" -eq "$with" ]
    status=0
    "$BRIEFPRESS" doctor >/dev/full 2>err || status=$?
    [ "$status" -ne 0 ]
    grep -q "standard output: cannot be written" err
    status=0
    "$BRIEFPRESS" doctor >&- 2>err || status=$?
    [ "$status" -ne 0 ]
    [ -s err ]
}
