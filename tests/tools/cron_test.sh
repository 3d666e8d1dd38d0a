#!/usr/bin/env bash
# A real cron daemon prints reports from an environment that has nothing: no HOME to speak of, no terminal, no locale.
# Five schedules come each minute: one whose data changes, one whose data does not, one that is broken, one that takes
# longer than a minute, and one with "%", quotes and spaces in its paths. The right files, states and mails must come of it
# and nothing else; a job that speaks proves that the others could be heard.
#
# The daemon runs in a mount and process namespace of its own, so that it sees only our crontab and hands its mail to
# us. Needs root, Debian's cron and the right to make namespaces; skipped otherwise.
# Usage: cron_test.sh PROGRAM [MINUTES]     2 minutes take between one and a half and two and a half, as the clock stands
set -euo pipefail
program=$(realpath "${1:?usage: cron_test.sh PROGRAM [MINUTES]}")
minutes=${2:-2}
skip() { echo "skipped: $1"; exit 77; }

if [ -z "${CRON_TEST_SCRATCH:-}" ]; then
    [ "$(id -u)" -eq 0 ] || skip "needs root"
    [ -x /usr/sbin/cron ] || skip "cron is not installed"
    command -v jq >/dev/null || skip "jq is not installed"
    unshare --mount --pid --fork --mount-proc true 2>/dev/null || skip "may not make namespaces"
    CRON_TEST_SCRATCH=$(mktemp -d)
    trap 'rm -rf "$CRON_TEST_SCRATCH"' EXIT
    export CRON_TEST_SCRATCH
    unshare --mount --pid --fork --kill-child --mount-proc "$0" "$program" "$minutes" && exit 0
    exit 1
fi

scratch=$CRON_TEST_SCRATCH
site=$scratch/site # What the schedules may touch, and more than that they must not.
odd="100% of it's \"%d\" here"
chmod 755 "$scratch"
mkdir -p "$site"/{in,out,status} "$site/$odd" "$scratch"/{home,mail,sbin,cron.d,crontabs,run}

fail() {
    printf '%s\n' "$*" >&2
    for file in "$scratch"/log "$scratch"/env "$scratch"/crontabs/* "$scratch"/mail/* "$site"/status/*; do
        [ ! -s "$file" ] || { echo "== $file"; cat "$file"; } >&2
    done
    exit 1
}

# --- What is printed.
cat >"$site/in/layout.lua" <<'LUA'
local b = require "briefpress"
return function()
  return b.report { title = "Each minute", language = "en", b.heading "Each minute", b.text "Value {value}." }
end
LUA
cp "$site/in/layout.lua" "$site/in/broken.lua" # Until it has its schedule.
cp "$site/in/layout.lua" "$site/$odd/layout.lua"

# Delivers the data as one should: it is there in whole or not at all.
deliver() { # deliver FILE VALUE
    cat >"$1.new" <<JSON
{"dataset": {"id": "minutes", "title": "Minutes", "languages": ["en"], "published": "2022-09-03"},
 "sources": [{"id": "s", "title": "Source"}], "themes": [{"id": "t", "title": "Theme"}],
 "indicators": [{"id": "value", "theme": "t", "label": "Value", "observations": [{"period": "2022", "value": $2, "source": "s"}]}]}
JSON
    mv "$1.new" "$1"
}
for name in changing same slow; do deliver "$site/in/$name.json" 1; done
deliver "$site/$odd/data.json" 1

# What a faultless run makes of each value; the broken one has an edition of better days.
for value in $(seq $((minutes + 1))); do
    deliver "$scratch/$value.json" "$value"
    "$program" render -q "$site/in/layout.lua" -d "$scratch/$value.json" -o "$scratch/$value.pdf" --no-attachments
done
cp "$scratch/1.pdf" "$site/out/broken.pdf"

# --- The crontab.
line() { # line NAME ARGUMENTS...
    local name=$1
    shift
    "$program" schedule -q --at "* * * * *" --name "$name" -- render "$@" --no-attachments --status-file "$site/status/$name.json"
}
{
    printf 'MAILTO=root\nHOME=%s\n' "$scratch/home"
    line changing "$site/in/layout.lua" -d "$site/in/changing.json" -o "$site/out/changing.pdf" --if-changed
    line same "$site/in/layout.lua" -d "$site/in/same.json" -o "$site/out/same.pdf" --if-changed
    line broken "$site/in/broken.lua" -d "$site/in/same.json" -o "$site/out/broken.pdf" --if-changed
    line slow "$site/in/layout.lua" -d "$site/in/slow.json" -o "$site/out/slow.pdf" --max-seconds 300
    line odd "$site/$odd/layout.lua" -d "$site/$odd/data.json" -o "$site/$odd/50%.pdf"
    printf '* * * * * echo a job that speaks; env >"%s/env"\n' "$scratch"
} >"$scratch/crontabs/root"
chmod 600 "$scratch/crontabs/root"
rm "$site/in/slow.json"
mkfifo "$site/in/slow.json" # Whoever reads it from now on waits until it is fed.
[ "$(grep -c "^\* \* \* \* \* .*$program" "$scratch/crontabs/root")" = 5 ] || fail "other lines than expected"
[ -z "$(ls "$site/status")" ] || fail "a command that is only tried has left a state"
cat >"$site/in/broken.lua" <<'LUA'
local b = require "briefpress"
return function()
  return b.report { title = "Broken", language = "en",
    b.text "Value {valeu}.",
  }
end
LUA

# /usr/sbin holds cron and, as the program that sends mail, a script that keeps each in a file.
cp /usr/sbin/cron "$scratch/sbin/cron"
cat >"$scratch/sbin/sendmail" <<SH
#!/bin/sh
PATH=/usr/bin:/bin
file=\$(mktemp "$scratch/mail/.XXXXXX") && cat >"\$file" && mv "\$file" "$scratch/mail/\${file##*/.}"
SH
chmod 755 "$scratch/sbin/sendmail"
: >"$scratch/crontab"
mount --bind "$scratch/cron.d" /etc/cron.d
mount --bind "$scratch/crontabs" /var/spool/cron/crontabs
[ ! -e /etc/crontab ] || mount --bind "$scratch/crontab" /etc/crontab
mount --bind "$scratch/sbin" /usr/sbin
mount -t tmpfs tmpfs /run   # The daemon's process id goes here.

# --- What must hold in each minute.
state_of() { jq -r .state "$site/status/$1.json" 2>/dev/null || echo none; }
mark() { stat -c '%i %Y %z' "$1"; } # A file that was made anew or touched has another.
mails_of() { grep -lF -- "$1" "$scratch"/mail/* 2>/dev/null || true; }
count() { mails_of "$1" | wc -l; }
mails() { find "$scratch/mail" -type f | wc -l; }

expect_state() { [ "$(state_of "$1")" = "$2" ] || fail "minute $minute: $1 is \"$(state_of "$1")\", expected \"$2\""; }
expect_mails() { [ "$(count "$1")" -eq "$2" ] || fail "minute $minute: $(count "$1") mails of $1, expected $2"; }
expect_pdf() { cmp "$1" "$scratch/$2.pdf" || fail "minute $minute: $1 is not the edition of value $2"; }
expect_mark() { [ "$(mark "$1")" = "$2" ] || fail "minute $minute: $1 was touched"; }

# The body of each mail of $1 is one line that matches $2, and perhaps the line of the layout that it speaks of.
expect_bodies() {
    local mail body
    for mail in $(mails_of "$1"); do
        body=$(sed '1,/^$/d' "$mail")
        head -n 1 <<<"$body" | grep -qE "$2" || fail "minute $minute: a mail of $1 says: $body"
        [ "$(wc -l <<<"$body")" -le 2 ] || fail "minute $minute: a mail of $1 says more: $body"
    done
}

# The jobs of this minute are through: all but the slow one have left a state, and mail has come.
is_settled() {
    local name
    for name in changing same broken odd; do
        [ "$(stat -c %Y "$site/status/$name.json" 2>/dev/null || echo 0)" -ge "$began" ] || return 1
    done
    [ "$(mails)" -ge $((2 * minute + minute / 2)) ]
}

# The slow one begins in odd minutes and is met at work in even ones. Now it gets its data, and ends.
feed() {
    [ "$minute" -eq 1 ] || [ $((minute % 2)) -eq 1 ] || expect_state slow busy
    timeout 10 cp "$scratch/1.json" "$site/in/slow.json" || fail "minute $minute: nobody waits for the slow data"
    for _ in $(seq 20); do
        [ "$(state_of slow)" != made ] || break
        sleep 1
    done
    expect_state slow made
    expect_pdf "$site/out/slow.pdf" 1
}

check_minute() {
    expect_state changing made
    expect_pdf "$site/out/changing.pdf" "$minute"
    [ "$(mark "$site/out/changing.pdf")" != "${changing:-}" ] || fail "minute $minute: changing.pdf was not made anew"
    changing=$(mark "$site/out/changing.pdf")

    expect_pdf "$site/out/same.pdf" 1
    if [ "$minute" -eq 1 ]; then
        expect_state same made
        same=$(mark "$site/out/same.pdf")
    else
        expect_state same unchanged
        expect_mark "$site/out/same.pdf" "$same"
    fi

    expect_state broken broken
    expect_mark "$site/out/broken.pdf" "$broken"
    expect_mails broken.lua "$minute"
    expect_bodies broken.lua '/in/broken\.lua:4: .*valeu.*did you mean'

    expect_state odd made
    expect_pdf "$site/$odd/50%.pdf" 1

    expect_mails slow.pdf $((minute / 2))
    expect_bodies slow.pdf '/out/slow\.pdf: another run is writing this file; try again later'
    [ "$minute" -gt 1 ] || [ ! -e "$site/out/slow.pdf" ] || fail "slow.pdf is there before its data"

    expect_mails "a job that speaks" "$minute"
    [ "$(mails)" -eq $((2 * minute + minute / 2)) ] || fail "minute $minute: $(mails) mails"
    if [ $((minute % 2)) -eq 0 ] || [ "$minute" -eq "$minutes" ]; then feed; fi
}

# --- The minutes.
broken=$(mark "$site/out/broken.pdf")
now=$(date +%S)
[ "${now#0}" -lt 57 ] || sleep 4 # The daemon needs a moment before the minute that it begins with.
env -i /usr/sbin/cron -f -L 15 </dev/null >"$scratch/log" 2>&1 &
daemon=$!
now=$(date +%s)
first=$((now - now % 60 + 60))
for minute in $(seq "$minutes"); do
    began=$((first + 60 * (minute - 1)))
    sleep $((began - $(date +%s)))
    for _ in $(seq 45); do
        kill -0 $daemon 2>/dev/null || fail "cron ended"
        ! is_settled || break
        sleep 1
    done
    sleep 2 # Time for another mail.
    [ -e "$scratch/env" ] || fail "cron ran no job in minute $minute"
    check_minute
    deliver "$site/in/changing.json" $((minute + 1))
done
kill $daemon
sleep 1

# --- And nothing else.
[ -z "$(sed -n '/^LANG=./p; /^LC_/p; /^TERM=/p' "$scratch/env")" ] || fail "the environment is not cron's own"
[ "$(mails)" -eq $((2 * minutes + minutes / 2)) ] || fail "a mail came late"
[ -z "$(find "$scratch/home" "$scratch/mail" -mindepth 1 -name '.*')" ] || fail "left: $(find "$scratch/home" "$scratch/mail" -name '.*')"
expected=$(
    cd "$site"
    printf '%s\n' in/{broken,layout}.lua in/{changing,same,slow}.json status/{broken,changing,odd,same,slow}.json \
        out/{broken,changing,same,slow}.pdf out/.{broken,changing,same,slow}.pdf.lock out/.{changing,same}.pdf.state \
        "$odd"/{layout.lua,data.json,50%.pdf,.50%.pdf.lock} | sort
)
found=$(cd "$site" && find . ! -type d | sed 's|^\./||' | sort)
[ "$found" = "$expected" ] || fail "other files than expected: $(diff <(echo "$expected") <(echo "$found"))"
echo "$minutes minutes of cron: the right files, states and mails ($(mails)), and nothing else"
