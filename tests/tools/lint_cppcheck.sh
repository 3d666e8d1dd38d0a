#!/usr/bin/env bash
# cppcheck over the engine and the tests' C. Usage: lint_cppcheck.sh BUILD_FOLDER (for its cache).
# What it is told to leave alone, and why, stands in cppcheck.suppressions.
set -euo pipefail
build=${1:?usage: lint_cppcheck.sh BUILD_FOLDER}
cd "$(dirname "$0")/../.."
command -v cppcheck >/dev/null || { echo "skipped: cppcheck is not installed"; exit 77; }
mapfile -t files < <(find engine tests -name '*.c' | sort)
[ ${#files[@]} -gt 0 ] || { echo "no file to check" >&2; exit 1; }
printf '%d files\n' ${#files[@]}
mkdir -p "$build/cppcheck"
cppcheck --quiet --std=c11 --language=c --platform=unix64 --enable=warning,performance,portability \
    --inline-suppr --suppressions-list=tests/tools/cppcheck.suppressions --error-exitcode=1 \
    --cppcheck-build-dir="$build/cppcheck" -j "$(nproc)" -D_GNU_SOURCE -DBP_VERSION='"0"' \
    -Iengine -Iengine/include "${files[@]}"
