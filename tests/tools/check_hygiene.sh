#!/usr/bin/env bash
# The tidy house: sizes of files, words that do not belong, a README in each room, nothing strange at the top.
# Usage: check_hygiene.sh [TREE]
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"

faults=0
checked=0
fault() {
    printf '%s\n' "$1" >&2
    faults=$((faults + 1))
}

# Files that git knows or would take; all files where the tree is no clone.
list() {
    if [ -e .git ]; then
        git ls-files --cached --others --exclude-standard -- "$@"
    else
        find "$@" -type f | sed 's|^\./||'
    fi | while IFS= read -r file; do [ -f "$file" ] && printf '%s\n' "$file"; done | sort -u
}

# 600 lines: past that there is a seam.
while IFS= read -r file; do
    case $file in *.c | *.h | *.lua | *.sh | *.bats) ;; *) continue ;; esac
    checked=$((checked + 1))
    lines=$(wc -l <"$file")
    [ "$lines" -le 600 ] || fault "$file: $lines lines, 600 at most"
done < <(list engine scripts tests examples)

# Words that do not belong. The patterns are put together so that this file is not its own finding.
refuse() { # refuse WHAT PATTERN PATHS...
    local what=$1 pattern=$2
    shift 2
    while IFS= read -r file; do
        checked=$((checked + 1))
        while IFS= read -r hit; do
            fault "$file:$hit ($what)"
        done < <(grep -nIE -e "$pattern" -- "$file" | cut -c1-160 || true)
    done < <(list "$@")
}
refuse "a path of one machine" '(^|[^A-Za-z0-9_.])/(wo''rk|ho''me/[a-z]+|ro''ot)/' .
refuse "the flagship in the engine" 'E-''Town|Bei''jing|CIF''TIS|亦''庄|Zhongguan''cun' engine scripts/briefpress
refuse "unfinished work" '\b(TO''DO|FIX''ME|X''XX|HA''CK)\b' engine scripts tests cmake CMakeLists.txt bootstrap.sh
refuse "the locale is nobody's business" '\bset''locale[[:space:]]*\(' engine

# A README in each folder that has files, of a page; that of the examples holds a course too.
while IFS= read -r folder; do
    checked=$((checked + 1))
    [ -f "$folder/README.md" ] || fault "$folder: no README.md"
    [ "$folder" = examples ] || [ ! -f "$folder/README.md" ] || [ "$(wc -l <"$folder/README.md")" -le 60 ] ||
        fault "$folder/README.md: longer than a page"
done < <(list engine scripts fonts data tests examples cmake |
    awk -F/ 'NF > 1 { print $1; if (NF > 2 && $1 != "examples" && !($1 == "data")) print $1 "/" $2 }' | sort -u)

# Tests in each room, and of each kind: a pattern that finds nothing would pass in silence.
for pattern in tests/unit/{base,data,text,pdf,script,job}/test_*.c tests/lua/test_*.lua tests/cli/*.bats \
    tests/golden/*/layout.lua; do
    [ -d tests ] || continue
    checked=$((checked + 1))
    compgen -G "$pattern" >/dev/null || fault "$pattern: no such test"
done

# Nothing else at the top.
while IFS= read -r name; do
    checked=$((checked + 1))
    case $name in
    engine | scripts | fonts | data | tests | examples | cmake) ;;
    README.md | CHANGELOG.md | LICENSE | CMakeLists.txt | CMakePresets.json | bootstrap.sh | .*) ;;
    *) fault "$name: no place for it at the top" ;;
    esac
done < <(list . | cut -d/ -f1 | sort -u)

[ "$checked" -gt 0 ] || fault "nothing was checked"
printf '%d things checked, %d faults\n' "$checked" "$faults"
[ "$faults" -eq 0 ]
