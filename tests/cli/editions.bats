# Editions: names from patterns, periods, the link on the newest, pruning, what was missed.
load helper

PLAIN() { bp render "$FIXTURES/plain.lua" -q "$@"; }

@test "a pattern names the PDF, and its folders are made" {
    PLAIN --date 2022-09-03 -o 'out/{date:%Y}/{layout}-{date}-{region}.pdf' -p region=west
    expect_status 0
    expect_whole out/2022/plain-2022-09-03-west.pdf
    SOURCE_DATE_EPOCH=1662199200 PLAIN -o '{date}.pdf'
    expect_whole 2022-09-03.pdf
    PLAIN --lang en -o '{lang}/{{x}}.pdf'
    expect_whole 'en/{x}.pdf'
    expect_tidy
}

@test "without a date it is the day it is here" {
    day=$(TZ=Pacific/Kiritimati date +%F)
    TZ=Pacific/Kiritimati PLAIN -o '{date}.pdf'
    expect_status 0
    [ -e "$day.pdf" ] || [ -e "$(TZ=Pacific/Kiritimati date +%F).pdf" ]
}

@test "values stay inside their folder" {
    PLAIN -o 'out/{id}.pdf' -p id=../../x
    expect_status 0
    expect_whole out/%2E.%2F..%2Fx.pdf
    PLAIN -o 'out/{id}/r.pdf' -p id=..
    expect_whole out/%2E./r.pdf
    [ "$(find . -name '*.pdf' | wc -l)" -eq 2 ]
}

@test "two long values never share a name" {
    long=$(printf 'x%.0s' {1..400})
    PLAIN -o 'out/{id}.pdf' -p "id=${long}a"
    expect_status 0
    PLAIN -o 'out/{id}.pdf' -p "id=${long}b"
    expect_status 0
    [ "$(find out -name '*.pdf' | wc -l)" -eq 2 ]
}

@test "patterns that name nothing are told, and nothing is made" {
    PLAIN -o 'out/{perod}.pdf'
    expect_status 64
    expect_err 'nothing is named "perod"; did you mean {period}?'
    PLAIN -o 'out/{period}.pdf'
    expect_status 64
    expect_err "-o has {period}; give it with --period"
    PLAIN -o 'out/{lang}.pdf'
    expect_status 64
    expect_err "give it with --lang"
    PLAIN -o 'out/{region}.pdf' -p region=
    expect_status 64
    expect_err "an empty text is no part of a name"
    PLAIN -o 'out/{date:%B}.pdf'
    expect_status 64
    expect_err "a format has %Y, %m"
    PLAIN -o 'out/{date.pdf'
    expect_status 64
    bp watch "$FIXTURES/plain.lua" -o 'out/{date}.pdf'
    expect_status 64
    expect_err "another each day"
    [ ! -e out ]
}

@test "--period is resolved, and reaches the layout and the name" {
    cat >of.lua <<'LUA'
local b = require "briefpress"
return b.layout {
  title = "Of a period", params = { period = { description = "The month" } },
  function(_, params) return b.report { "It is of {params.period}, " .. params.period .. "." } end,
}
LUA
    bp render of.lua -q --date 2022-03-31 --period last-month -o '{period}.pdf'
    expect_status 0
    pdftotext 2022-02.pdf - | grep -q "It is of 2022-02, 2022-02."
    for pair in yesterday:2022-03-30 this-week:2022-W13 last-quarter:2021-Q4 last-year:2021 2020-W53:2020-W53 \
        last-half:2021-S2; do
        bp render of.lua -q --date 2022-03-31 --period "${pair%%:*}" -o '{period}.pdf'
        expect_status 0
        expect_whole "${pair#*:}.pdf"
    done
    bp check of.lua --period last-month
    expect_status 0
}

@test "periods that are none, of the future, or given twice are told" {
    PLAIN --period last-mont -o x.pdf
    expect_status 64
    expect_err 'did you mean "last-month"?'
    PLAIN --period 2021-W53 -o x.pdf
    expect_status 64
    expect_err 'is no period'
    PLAIN --period 2999-01 -o x.pdf
    expect_status 64
    expect_err "2999-01 has not begun yet"
    PLAIN --period 2022-01 -p period=2 -o x.pdf
    expect_status 64
    expect_err "given twice"
    bp render "$FIXTURES/declared.lua" -p name=x --period 2022-01 -o x.pdf
    [ "$status" -ne 0 ]
    expect_err "no such parameter"
    [ ! -e x.pdf ]
}

# The edition of a month: `month 2022-08 [options]`.
month() { PLAIN --period "$1" -o 'out/{period}.pdf' "${@:2}"; }
months() { (cd out && ls -- *.pdf | tr '\n' ' '); }

@test "--latest is a link on the newest period, whenever it was made" {
    month 2022-07 --latest latest.pdf
    expect_status 0
    [ "$(readlink out/latest.pdf)" = 2022-07.pdf ]
    month 2022-09 --latest latest.pdf
    [ "$(readlink out/latest.pdf)" = 2022-09.pdf ]
    month 2022-08 --latest latest.pdf
    [ "$(readlink out/latest.pdf)" = 2022-09.pdf ]
    cmp out/latest.pdf out/2022-09.pdf
    month 2022-09 --latest ./here/now.pdf
    [ "$(readlink here/now.pdf)" = ../out/2022-09.pdf ]
    expect_tidy
}

@test "--latest replaces no file, and the PDF is made all the same" {
    mkdir out
    echo mine >out/latest.pdf
    month 2022-07 --latest latest.pdf
    expect_status 73
    expect_err "out/latest.pdf: is no symbolic link, and stays"
    [ "$(cat out/latest.pdf)" = mine ]
    expect_whole out/2022-07.pdf
    rm out/latest.pdf
    ln -s latest.pdf out/latest.pdf # A loop.
    month 2022-07 --latest latest.pdf
    expect_status 0
    [ "$(readlink out/latest.pdf)" = 2022-07.pdf ]
}

@test "--keep removes the oldest that it made, and nothing else" {
    mkdir out
    echo mine >out/2020-01.pdf
    cp "$FIXTURES/plain.lua" out/2020-02.pdf
    for m in 04 05 06 07; do
        month "2022-$m" --keep 3
        expect_status 0
    done
    [ "$(months)" = "2020-01.pdf 2020-02.pdf 2022-05.pdf 2022-06.pdf 2022-07.pdf " ]
    [ ! -e out/.2022-04.pdf.lock ]
    echo changed >>out/2022-05.pdf
    month 2022-08 --keep 1
    expect_status 0
    [ "$(months)" = "2020-01.pdf 2020-02.pdf 2022-05.pdf 2022-08.pdf " ]
    expect_tidy
}

@test "what is removed is told, unless it is to be quiet" {
    month 2022-04 --keep 1
    month 2022-05 --keep 1
    [ -z "$err" ]
    bp render "$FIXTURES/plain.lua" --period 2022-06 -o 'out/{period}.pdf' --keep 1
    expect_err "removed out/2022-05.pdf, older than the editions to keep"
}

@test "a run that fails removes nothing" {
    month 2022-04 --keep 1
    bp render "$FIXTURES/number.lua" -q --period 2022-05 -o 'out/{period}.pdf' --keep 1
    expect_status 78
    [ "$(months)" = "2022-04.pdf " ]
}

@test "a smaller --keep than before takes all that are too many" {
    for d in 01 02 03 04 05; do PLAIN --date "2022-09-$d" -o 'out/{date}.pdf' --keep 30; done
    [ "$(ls out | wc -l)" -eq 5 ]
    PLAIN --date 2022-09-06 -o 'out/{date}.pdf' --keep 2
    expect_status 0
    [ "$(months)" = "2022-09-05.pdf 2022-09-06.pdf " ]
}

@test "editions are counted for each value, and their empty folders go" {
    for region in east west; do
        for y in 2020 2021 2022; do
            PLAIN --period "$y" -p "region=$region" -o 'out/{period}/{region}.pdf' --keep 2 --latest '{region}.pdf'
            expect_status 0
        done
    done
    [ "$(find out -name '*.pdf' -type f | sort | tr '\n' ' ')" = \
        "out/2021/east.pdf out/2021/west.pdf out/2022/east.pdf out/2022/west.pdf " ]
    [ ! -e out/2020 ]
    [ "$(readlink out/west.pdf)" = 2022/west.pdf ]
}

@test "a list of editions that is none is told, and nothing is removed" {
    month 2022-04 --keep 1
    echo nonsense >'out/.{period}.pdf.editions'
    month 2022-05 --keep 1
    expect_status 66
    expect_err "is no list of editions"
    [ "$(months)" = "2022-04.pdf 2022-05.pdf " ]
}

@test "an edition that cannot be entered gets no name" {
    month 2022-04 --keep 2
    rm 'out/.{period}.pdf.editions'
    mkdir 'out/.{period}.pdf.editions'
    month 2022-05 --keep 2
    expect_status 73
    [ "$(months)" = "2022-04.pdf " ]
    expect_tidy
    rmdir 'out/.{period}.pdf.editions'
    ln -s /etc/passwd 'out/.{period}.pdf.editions'
    month 2022-05 --keep 2
    expect_status 66
    [ "$(months)" = "2022-04.pdf 2022-05.pdf " ]
}

@test "a folder that cannot be written to, and one that cannot be made" {
    [ "$(id -u)" -ne 0 ] || skip "root may write everywhere"
    month 2022-04 --keep 1
    chmod a-w out
    month 2022-05 --keep 1
    expect_status 73
    chmod u+w out
    [ "$(months)" = "2022-04.pdf " ]
}

@test "a full disk leaves what was there" {
    mkdir disk
    mount -t tmpfs -o size=40k tmpfs disk 2>/dev/null || skip "cannot mount"
    PLAIN --period 2022-04 -o 'disk/{period}.pdf' --keep 1 --latest latest.pdf
    expect_status 0
    head -c 100k /dev/zero >disk/rest 2>/dev/null || true
    PLAIN --period 2022-05 -o 'disk/{period}.pdf' --keep 1 --latest latest.pdf
    expect_status 74
    expect_whole disk/2022-04.pdf
    [ ! -e disk/2022-05.pdf ]
    [ "$(readlink disk/latest.pdf)" = 2022-04.pdf ]
    rm disk/rest
    PLAIN --period 2022-05 -o 'disk/{period}.pdf' --keep 1 --latest latest.pdf
    expect_status 0
    [ ! -e disk/2022-04.pdf ]
    [ "$(readlink disk/latest.pdf)" = 2022-05.pdf ]
    [ "$(find disk -name '*.tmp')" = "" ]
}

@test "runs at the same time agree" {
    for m in 01 02 03 04 05 06 07 08; do
        "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q --period "2022-$m" -o 'out/{period}.pdf' \
            --keep 8 --latest latest.pdf &
    done
    wait
    [ "$(find out -name '2022-*.pdf' | wc -l)" -eq 8 ]
    [ "$(readlink out/latest.pdf)" = 2022-08.pdf ]
    [ "$(wc -l <'out/.{period}.pdf.editions')" -eq 9 ]
    month 2022-09 --keep 2 --latest latest.pdf
    [ "$(months)" = "2022-08.pdf 2022-09.pdf latest.pdf " ]
    expect_tidy
}

@test "options that need a pattern are told" {
    PLAIN -o x.pdf --keep 3
    expect_status 64
    expect_err "--keep needs {period} or {date} in -o"
    PLAIN -o '{id}.pdf' -p id=1 --keep 3
    expect_status 64
    PLAIN -o x.pdf --latest y.pdf
    expect_status 64
    expect_err "--latest needs a name, and a pattern in -o"
    PLAIN -o '{date}.pdf' --latest ''
    expect_status 64
    PLAIN -o '{date}.pdf' --backfill 3
    expect_status 64
    expect_err "--backfill needs --period, and {period} but no {date}"
    PLAIN -o '{period}.pdf' --period 2022-01 --backfill 3 -d -
    expect_status 64
    expect_err "standard input can be read once"
    PLAIN -o '{date}.pdf' --latest '{perod}.pdf'
    expect_status 64
    [ -z "$(ls)" ]
}

@test "--backfill makes what is missing, oldest first" {
    bp render "$FIXTURES/plain.lua" --date 2022-03-31 --period last-month -o 'out/{period}.pdf' --backfill 3 \
        --latest latest.pdf
    expect_status 0
    [ "$(grep -o '20[0-9-]*.pdf' <<<"$err" | tr '\n' ' ')" = "2021-11.pdf 2021-12.pdf 2022-01.pdf 2022-02.pdf " ]
    [ "$(readlink out/latest.pdf)" = 2022-02.pdf ]
    rm out/2021-12.pdf
    bp render "$FIXTURES/plain.lua" --date 2022-03-31 --period last-month -o 'out/{period}.pdf' --backfill 3
    [ "$(grep -o '20[0-9-]*.pdf' <<<"$err" | tr '\n' ' ')" = "2021-12.pdf 2022-02.pdf " ]
    # Over the end of a year of 53 weeks.
    PLAIN --period 2021-W02 -o 'w/{period}.pdf' --backfill 3
    [ "$(cd w && ls | tr '\n' ' ')" = "2020-W52.pdf 2020-W53.pdf 2021-W01.pdf 2021-W02.pdf " ]
}

@test "--backfill makes nothing that --keep would remove" {
    month 2022-08 --keep 2 --backfill 12
    expect_status 0
    [ "$(months)" = "2022-07.pdf 2022-08.pdf " ]
    month 2022-09 --keep 2 --backfill 12
    [ "$(months)" = "2022-08.pdf 2022-09.pdf " ]
}

@test "one missed period that fails stops no other" {
    cat >picky.lua <<'LUA'
local b = require "briefpress"
return function(_, params)
  if params.period == "2022-06" then error "no data for June" end
  return b.report { title = "Picky", "It is of " .. params.period .. "." }
end
LUA
    bp render picky.lua -q --period 2022-07 -o 'out/{period}.pdf' --backfill 2
    expect_status 78
    expect_err "no data for June"
    [ "$(months)" = "2022-05.pdf 2022-07.pdf " ]
}

@test "editions that have not changed are kept, linked and counted all the same" {
    for m in 04 05 06; do month "2022-$m" --keep 5 --if-changed; done
    bp render "$FIXTURES/plain.lua" -v --period 2022-06 -o 'out/{period}.pdf' --keep 2 --latest latest.pdf --if-changed
    expect_status 0
    expect_err "unchanged: out/2022-06.pdf"
    [ "$(months)" = "2022-05.pdf 2022-06.pdf latest.pdf " ]
    [ ! -e out/.2022-04.pdf.state ]
    [ "$(readlink out/latest.pdf)" = 2022-06.pdf ]
    month 2022-07 --keep 3 --backfill 2 --if-changed
    expect_status 0
    [ "$(months)" = "2022-05.pdf 2022-06.pdf 2022-07.pdf latest.pdf " ]
}

# What may be there after a run that was killed, and what must be after the next.
expect_editions() {
    local pdf aim
    for pdf in out/2022-*.pdf; do expect_whole "$pdf"; done
    [ -e out/2022-07.pdf ] && [ "$(cat out/2020-01.pdf)" = mine ] || fail "$1: $(ls out)"
    aim=$(readlink out/latest.pdf)
    [ "$aim" = 2022-07.pdf ] || [ "$aim" = 2022-08.pdf ] && [ -e "out/$aim" ] || fail "$1: latest is $aim"
}

@test "SIGKILL in each system call loses nothing, and the next run tidies up" {
    aid killed
    options=(-q --period 2022-08 -o 'out/{period}.pdf' --keep 2 --latest latest.pdf)
    for m in 05 06 07; do month "2022-$m" --keep 9 --latest latest.pdf; done
    echo mine >out/2020-01.pdf
    cp -a out before
    status=0 seen=0
    export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS} # It cannot be asked of a traced process.
    run_killed() {
        rm -rf out && cp -a before out
        said=$("$AIDS/killed" call "$1" "$BRIEFPRESS" render "$FIXTURES/plain.lua" "${options[@]}" 2>&1) || status=$?
    }
    run_killed 0
    [ "$status" -ne 77 ] || skip "$said"
    [[ $said == "ended 0 "* ]] || fail "$said"
    calls=${said##* }
    [ "$calls" -ge 50 ] || fail "$said"
    step=$((calls / 40 + 1)) # Every call takes minutes: EVERY_CALL=1 does it.
    for call in $(seq 1 "${EVERY_CALL:-$step}" "$calls"); do
        run_killed "$call"
        [[ $said == "killed "* ]] || fail "call $call: $said"
        expect_editions "call $call of $calls"
        [ -e out/2022-08.pdf ] || [ -e out/2022-06.pdf ] || fail "call $call: $(ls out)"
        seen=$((seen + $([ -e out/2022-08.pdf ] && echo 1 || echo 0)))
        PLAIN "${options[@]}"
        expect_status 0
        [ "$(months)" = "2020-01.pdf 2022-07.pdf 2022-08.pdf latest.pdf " ] || fail "call $call of $calls: $(ls out)"
        [ "$(readlink out/latest.pdf)" = 2022-08.pdf ] || fail "call $call: $(readlink out/latest.pdf)"
        [ "$(wc -l <'out/.{period}.pdf.editions')" -eq 3 ] || fail "call $call: $(cat out/.*.editions)"
        expect_tidy out
    done
    say "$calls calls, one in ${EVERY_CALL:-$step}: in $seen the new edition was there already"
}
