#!/usr/bin/env bash
# The reference: what scripts/types says, as a page to read.
#
#   reference.sh LUA_RUN            says whether scripts/REFERENCE.md is what would be made now
#   reference.sh --update LUA_RUN   makes it
set -euo pipefail
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
[ $# -eq 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
kept=scripts/REFERENCE.md
made=$(mktemp)
trap 'rm -f "$made"' EXIT
"$1" . tests/lua/reference.lua >"$made"
[ "$(wc -l <"$made")" -gt 500 ] || { echo "the reference that was made is no reference" >&2; exit 1; }
if [ "$update" = yes ]; then
    cp "$made" "$kept"
elif ! diff -u "$kept" "$made" >&2; then
    echo "$kept is not what scripts/types says: build the target update-reference" >&2
    exit 1
fi
