#!/usr/bin/env bash
# Runs one bats file against $BRIEFPRESS. Usage: run_bats.sh SUITE.bats
set -euo pipefail
suite=${1:?usage: run_bats.sh SUITE.bats}
command -v bats >/dev/null || { echo "skipped: bats is not installed"; exit 77; }
[ -x "${BRIEFPRESS:-}" ] || { echo "BRIEFPRESS does not name the program" >&2; exit 1; }
[ "$(bats --count "$suite")" -gt 0 ] || { echo "$suite: no test in it" >&2; exit 1; }
# Patterns in the suites count characters, whatever the machine speaks; what a bare environment does to the program is
# tried by those cases that make one.
export LC_ALL=C.UTF-8

# A suite writes into folders of its own: nothing may vanish from the tree or appear in it.
tree=$(cd "$(dirname "$suite")/../.." && pwd)
list() { (cd "$tree" && find data examples fonts scripts tests -type f 2>/dev/null | sort); }
before=$(list)
code=0
bats --print-output-on-failure "$suite" || code=$?
if ! changes=$(diff <(printf '%s\n' "$before") <(list)); then
    printf '%s: files of the tree vanished (<) or appeared (>) meanwhile:\n%s\n' "$suite" "$changes" >&2
    code=1
fi
exit $code
