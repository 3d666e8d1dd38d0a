#!/usr/bin/env bash
# The checks of the house rules are programs too: each breach made here on purpose must be found, and a clean tree
# must pass.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0
tried=0

fresh() {
    rm -rf "$tree"
    mkdir -p "$tree"/engine/{base,text,pdf} "$tree"/scripts/briefpress
    touch "$tree"/{engine,engine/base,engine/text,engine/pdf,scripts,scripts/briefpress}/README.md
    printf '#include <stddef.h>\n/* hb_font_t may be spoken of. */\nint bp_one(void);\n' >"$tree/engine/base/one.h"
    printf '#include "base/one.h"\n#include <hb.h>\n' >"$tree/engine/text/two.c"
    touch "$tree"/engine/text/two{,_private}.h
    printf 'return {}\n' >"$tree/scripts/briefpress/init.lua"
}

expect() { # expect CHECK pass|fail WHAT [SAYING]
    local code=0 said
    tried=$((tried + 1))
    said=$("$here/$1.sh" "$tree" 2>&1) || code=$?
    if [ "$2" = pass ] && [ $code -ne 0 ]; then
        printf '%s refuses %s:\n%s\n' "$1" "$3" "$said" >&2
        failed=1
    elif [ "$2" = fail ] && { [ $code -eq 0 ] || [[ $said != *"$4"* ]]; }; then
        printf '%s overlooks %s (expected: %s):\n%s\n' "$1" "$3" "$4" "$said" >&2
        failed=1
    fi
}

breach() { # breach CHECK WHAT SAYING FILE LINE
    fresh
    mkdir -p "$(dirname "$tree/$4")"
    printf '%s\n' "$5" >>"$tree/$4"
    expect "$1" fail "$2" "$3"
}

fresh
expect check_includes pass "a clean tree"
expect check_hygiene pass "a clean tree"

breach check_includes "a room reaching upwards" "base may not use text" engine/base/a.c '#include "text/two.h"'
breach check_includes "a missing header" "no file below engine" engine/pdf/a.c '#include "page.h"'
breach check_includes "a foreign header in the wrong room" "pdf may not include <lua.h>" engine/pdf/a.c '#include <lua.h>'
breach check_includes "a foreign header in a header" "other rooms see" engine/text/b.h '#include <hb.h>'
breach check_includes "a foreign type in a header" "foreign type" engine/text/b.h 'hb_font_t *bp_font(void);'
breach check_includes "another room's private header" "private to text" engine/pdf/a.c '#include "text/two_private.h"'
breach check_includes "a room without rule" "a room that no rule knows" engine/attic/a.c 'int a;'
rm -rf "$tree" && mkdir -p "$tree/engine"
expect check_includes fail "an empty tree" "no file was checked"

breach check_hygiene "a path of one machine" "a path of one machine" engine/base/a.c '/* see /wo''rk/notes */'
breach check_hygiene "the flagship in the engine" "the flagship" scripts/briefpress/init.lua '-- as in Bei''jing'
breach check_hygiene "unfinished work" "unfinished" engine/base/a.c '/* TO''DO */'
breach check_hygiene "a folder without README" "no README.md" scripts/themes/a.lua 'return {}'
breach check_hygiene "a file that is too long" "600 at most" engine/base/a.c "$(seq 700)"
breach check_hygiene "a stray file at the top" "no place for it" notes.txt 'x'

printf '%d trials\n' "$tried"
exit $failed
