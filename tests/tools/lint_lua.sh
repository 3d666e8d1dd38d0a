#!/usr/bin/env bash
# luacheck over all Lua of the project, with the .luacheckrc at the top.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v luacheck >/dev/null || { echo "skipped: luacheck is not installed"; exit 77; }
mapfile -t files < <(find scripts tests examples -name '*.lua' | sort)
[ ${#files[@]} -gt 0 ] || { echo "no file to check" >&2; exit 1; }
printf '%d files\n' ${#files[@]}
luacheck --no-color --quiet --codes "${files[@]}"
