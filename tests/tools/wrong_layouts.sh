#!/usr/bin/env bash
# Wrong layouts: what each is told, compared with what was read and kept (golden.sh), and what holds for all of them.
#
#   wrong_layouts.sh PROGRAM FOLDER            compares
#   wrong_layouts.sh --update PROGRAM FOLDER   renews what is kept; read the difference before committing it
set -euo pipefail
golden=$(dirname "$(realpath "$0")")/golden.sh
update=()
if [ "${1:-}" = --update ]; then
    update=(--update)
    shift
fi
[ $# -eq 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
program=$(realpath "$1")
cd "$2"

failed=0
say_failed() { # say_failed CASE WHAT
    printf '%s: %s\n' "$1" "$2" >&2
    failed=1
}

"$golden" "${update[@]}" "$program" */ || failed=1
count=0
for case in */; do
    case=${case%/}
    count=$((count + 1))
    kept=$case/expected.stderr
    if ! [ -s "$kept" ] || [ -e "$case/expected.trace" ]; then
        say_failed "$case" "it must fail"
        continue
    fi
    # A file of the author's and its line; or the file that cannot be used, and the line that needs it.
    sed -n 1p "$kept" | grep -Eq '^(layout|tides)\.lua:[0-9]+: |\(needed at layout\.lua:[0-9]+\)$' ||
        [ "$case" = layout_returns_nothing ] || say_failed "$case" "the message names no line of the layout"
    if grep -Eq 'attempt to|bad argument' "$kept" && ! grep -Eq '; |expected' "$kept"; then
        say_failed "$case" "the message is Lua's alone; it says what is wrong, not what to do"
    fi
    if grep -Eq 'briefpress/[a-z_/]+\.lua:|0x[0-9a-f]{6}|traceback' "$kept"; then
        say_failed "$case" "the message speaks of the library's own lines"
    fi
done
[ "$count" -ge 50 ] || say_failed all "$count cases; fifty were wanted"
printf '%d wrong layouts\n' "$count"
exit $failed
