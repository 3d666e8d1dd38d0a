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
clang-format --dry-run -Werror "${files[@]}"
