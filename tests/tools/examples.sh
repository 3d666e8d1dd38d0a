#!/usr/bin/env bash
# The examples: each renders, nothing is to be said of it, its picture is kept, and examples/README.md lists it.
#
#   examples.sh PROGRAM            renders all, and holds what is kept against what would be made
#   examples.sh --update PROGRAM   makes the pictures and the list again; look at them before committing
#
# An example is a folder examples/NN-name with layout.lua, whose first comment says what it shows, in its first sentence; data.json where it needs
# one; args, more arguments, one a line; page, the number of the page that the picture shows; page.png, the picture.
set -euo pipefail
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
[ $# -eq 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
program=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../../examples"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
resolution=60
tolerance=0.02 # The root mean square of what pixels may differ by, of 1: renderers differ in the edges of letters.

say_failed() {
    printf '%s\n' "$*" >&2
    failed=1
}

can_draw=yes
if ! command -v pdftoppm >/dev/null || ! command -v convert >/dev/null; then
    echo "pictures are not compared: pdftoppm or ImageMagick is not installed" >&2
    can_draw=no
fi

look_at() { # look_at FOLDER: holds its picture against the page
    local page=1
    [ -f "$1/page" ] && page=$(cat "$1/page")
    pdftoppm -r $resolution -f "$page" -l "$page" -singlefile -png "$scratch/out.pdf" "$scratch/page"
    convert "$scratch/page.png" -strip -colors 128 -define png:exclude-chunks=date,time "$scratch/picture.png"
    if [ -f "$1/page.png" ] && [ "$(identify -format %wx%h "$1/page.png")" = "$(identify -format %wx%h "$scratch/picture.png")" ]; then
        compare -metric RMSE "$1/page.png" "$scratch/picture.png" null: 2>"$scratch/distance" || true
        if awk -v most=$tolerance '{ gsub(/[()]/, "", $2); exit !($2 != "" && $2 + 0 <= most) }' "$scratch/distance"; then
            return
        fi
    fi
    if [ "$update" = yes ]; then
        cp "$scratch/picture.png" "$1/page.png"
        printf 'renewed %s\n' "$1/page.png"
    else
        say_failed "$1: page.png is not what it renders now: build the target update-examples, and look at it"
    fi
}

list() { # The rows of the table: name, what it shows, picture.
    printf '| example | shows | |\n|---|---|---|\n'
    for folder in [0-9][0-9]-*/; do
        local name=${folder%/} shows
        shows=$(awk '!/^--/ { exit } { sub(/^-+ */, ""); text = text (text == "" ? "" : " ") $0 }
            END { if (match(text, /[.]( |$)/)) text = substr(text, 1, RSTART - 1); print text }' "$name/layout.lua")
        [ -n "$shows" ] || say_failed "$name: layout.lua does not begin with what it shows: \"--- A heading.\""
        printf '| [%s](%s) | %s | <img src="%s/page.png" width="240" alt="The page it makes"> |\n' "$name" "$name" "$shows" "$name"
    done
}

count=0
for folder in [0-9][0-9]-*/; do
    name=${folder%/}
    arguments=("$name/layout.lua")
    [ -f "$name/data.json" ] && arguments+=(-d "$name/data.json")
    [ -f "$name/args" ] && mapfile -t -O ${#arguments[@]} arguments <"$name/args"
    rm -f "$scratch"/*
    count=$((count + 1))
    if ! "$program" render "${arguments[@]}" -q -o "$scratch/out.pdf" 2>"$scratch/said" || [ -s "$scratch/said" ]; then
        cat "$scratch/said" >&2
        say_failed "$name: does not render in silence"
        continue
    fi
    if ! "$program" check "${arguments[@]}" -q 2>"$scratch/said" || [ -s "$scratch/said" ]; then
        cat "$scratch/said" >&2
        say_failed "$name: check has something to say"
    fi
    if command -v qpdf >/dev/null && ! qpdf --check "$scratch/out.pdf" >"$scratch/said" 2>&1; then
        cat "$scratch/said" >&2
        say_failed "$name: qpdf finds fault with the PDF"
    fi
    [ $can_draw = no ] || look_at "$name"
done
[ $count -gt 5 ] || say_failed "only $count examples were found"

list >"$scratch/list"
{
    sed '/^<!-- list -->$/q' README.md
    cat "$scratch/list"
    sed -n '/^<!-- end of the list -->$/,$p' README.md
} >"$scratch/README.md"
if ! grep -q '^<!-- end of the list -->$' README.md; then
    say_failed "README.md has no place for the list"
elif [ "$update" = yes ]; then
    cmp -s README.md "$scratch/README.md" || cp "$scratch/README.md" README.md
elif ! diff -u README.md "$scratch/README.md" >&2; then
    say_failed "README.md does not list the examples as they are: build the target update-examples"
fi
exit $failed
