#!/usr/bin/env bash
# clang-tidy with the .clang-tidy at the top, over every C file the build knows. A file that passed is not looked at
# again until it, a header or the rules change. Usage: lint_clang_tidy.sh BUILD_FOLDER
set -euo pipefail
build=$(cd "${1:?usage: lint_clang_tidy.sh BUILD_FOLDER}" && pwd)
cd "$(dirname "$0")/../.."
command -v clang-tidy >/dev/null || { echo "skipped: clang-tidy is not installed"; exit 77; }
[ -f "$build/compile_commands.json" ] || { echo "no compile_commands.json in $build" >&2; exit 1; }

mapfile -t files < <(grep -o '"file": "[^"]*"' "$build/compile_commands.json" | cut -d'"' -f4 | sort -u |
    grep "^$PWD/\(engine\|tests\)/")
[ ${#files[@]} -gt 0 ] || { echo "no file to check" >&2; exit 1; }

passed="$build/clang-tidy"
mkdir -p "$passed"
common=$({ clang-tidy --version; cat .clang-tidy; find engine -name '*.h' -print0 | sort -z | xargs -0 cat; } | sha256sum)

check() {
    local stamp
    stamp="$passed/$( (echo "$common $1"; cat "$1") | sha256sum | cut -c1-32)"
    [ -e "$stamp" ] && return 0
    # The lines that only count suppressed warnings would drown the findings.
    clang-tidy --quiet -p "$build" "$1" 2> >(grep -vE '^[0-9]+ warnings? generated|^$' >&2) && touch "$stamp"
}
export -f check
export build passed common
printf '%d files\n' ${#files[@]}
printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -n 1 bash -c 'check "$1"' check
