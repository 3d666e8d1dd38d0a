#!/usr/bin/env bash
# The layout of C is clang-format's, with the .clang-format at the top. Usage: check_format.sh [FILE...]
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
if [ $# -gt 0 ]; then
    files=("$@")
else
    mapfile -t files < <(find engine tests -name '*.[ch]' | sort)
fi
[ ${#files[@]} -gt 0 ] || { echo "no file to check" >&2; exit 1; }
printf '%d files\n' ${#files[@]}
faults=0
for file in "${files[@]}"; do
    said=$(clang-format --dry-run -Werror "$file" 2>&1) && continue
    printf '%s: %s; clang-format -i sets it right\n' "$file" "$(grep -c ' error: ' <<<"$said") places" >&2
    faults=$((faults + 1))
done
[ "$faults" -eq 0 ]
