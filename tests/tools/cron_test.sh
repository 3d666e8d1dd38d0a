#!/usr/bin/env bash
# A real cron daemon prints a report from an environment that has nothing: no HOME to speak of, no terminal, no
# locale. The PDF must appear, and cron must have nothing to mail: a second job that speaks proves that it would.
#
# The daemon runs in a mount and process namespace of its own, so that it sees only our crontab and hands its mail to
# us. Needs root, Debian's cron and the right to make namespaces; skipped otherwise. Takes one to two minutes.
# Usage: cron_test.sh PROGRAM
set -euo pipefail
program=$(realpath "${1:?usage: cron_test.sh PROGRAM}")
skip() { echo "skipped: $1"; exit 77; }

if [ -z "${CRON_TEST_SCRATCH:-}" ]; then
    [ "$(id -u)" -eq 0 ] || skip "needs root"
    [ -x /usr/sbin/cron ] || skip "cron is not installed"
    unshare --mount --pid --fork --mount-proc true 2>/dev/null || skip "may not make namespaces"
    CRON_TEST_SCRATCH=$(mktemp -d)
    trap 'rm -rf "$CRON_TEST_SCRATCH"' EXIT
    export CRON_TEST_SCRATCH
    unshare --mount --pid --fork --kill-child --mount-proc "$0" "$program" && exit 0
    exit 1
fi

scratch=$CRON_TEST_SCRATCH
chmod 755 "$scratch"
cat >"$scratch/layout.lua" <<'LUA'
local b = require "briefpress"
return function()
  return b.report { title = "Each minute", language = "en", b.heading "Each minute", b.text "Printed by cron." }
end
LUA

# /usr/sbin holds cron and, as the program that sends mail, a script that keeps it.
mkdir "$scratch/sbin" "$scratch/cron.d" "$scratch/crontabs"
cp /usr/sbin/cron "$scratch/sbin/cron"
printf '#!/bin/sh\n{ echo "--- mail"; cat; } >>"%s/mail"\n' "$scratch" >"$scratch/sbin/sendmail"
chmod 755 "$scratch/sbin/sendmail"
cat >"$scratch/cron.d/briefpress" <<CRON
MAILTO=root
* * * * * root "$program" render -q "$scratch/layout.lua" -o "$scratch/report.pdf"
* * * * * root echo a job that speaks; env >"$scratch/env"
CRON
chmod 644 "$scratch/cron.d/briefpress"
: >"$scratch/crontab"
mount --bind "$scratch/cron.d" /etc/cron.d
mount --bind "$scratch/crontabs" /var/spool/cron/crontabs
[ ! -e /etc/crontab ] || mount --bind "$scratch/crontab" /etc/crontab
mount --bind "$scratch/sbin" /usr/sbin
mount -t tmpfs tmpfs /run   # The daemon's process id goes here.

env -i /usr/sbin/cron -f -L 15 </dev/null >"$scratch/log" 2>&1 &
daemon=$!
for _ in $(seq 130); do
    [ -e "$scratch/report.pdf" ] && [ -e "$scratch/mail" ] && break
    [ -e "$scratch/mail" ] && late=$((${late:-0} + 1)) && [ "$late" -gt 15 ] && break
    kill -0 $daemon 2>/dev/null || { cat "$scratch/log" >&2; echo "cron ended" >&2; exit 1; }
    sleep 1
done
sleep 2   # Time for another mail.
kill $daemon

fail() {
    printf '%s\n' "$1" >&2
    for file in mail env log; do
        [ -s "$scratch/$file" ] && { echo "== $file"; cat "$scratch/$file"; } >&2
    done
    exit 1
}
[ -e "$scratch/env" ] || fail "cron ran no job within two minutes"
[ -e "$scratch/mail" ] || fail "cron mailed nothing, not even for the job that speaks"
[ -z "$(sed -n '/^LANG=./p; /^LC_/p; /^TERM=/p' "$scratch/env")" ] || fail "the environment is not cron's own"
[ "$(grep -c '^--- mail' "$scratch/mail")" = 1 ] && grep -q '^a job that speaks' "$scratch/mail" ||
    fail "cron mailed more than the job that speaks"
head -c 5 "$scratch/report.pdf" 2>/dev/null | grep -q '%PDF-' || fail "no PDF appeared"
tail -c 8 "$scratch/report.pdf" | grep -q '%%EOF' || fail "the PDF has no end"
echo "printed by cron, in silence"
