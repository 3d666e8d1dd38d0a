#!/usr/bin/env bash
# Golden cases: what a layout draws, or how it fails, compared with what was looked at and kept.
#
#   golden.sh PROGRAM CASE...            compares; the difference is shown
#   golden.sh --update PROGRAM CASE...   renews what is kept; read the difference before committing it
#
# A case is a folder with
#   layout.lua                          the layout
#   data.json                           its data; may be absent
#   args                                more arguments, one a line; may be absent
#   expected.trace                      the pages as text: the case must succeed, quietly
#   page.png                            its first page as poppler draws it, in grey; may be absent. Compared with a
#                                       tolerance, for renderers differ in the edges of letters.
#   or expected.stderr, expected.exit   the messages and the exit code: the case must fail and leave no file
# It runs inside its folder, so that messages name files as kept here.
set -euo pipefail
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
[ $# -ge 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
program=$(realpath "$1")
shift

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

say_failed() { # say_failed CASE WHAT
    printf '%s: %s\n' "$1" "$2" >&2
    failed=1
}

compare() { # compare CASE KEPT MADE
    if [ "$update" = yes ]; then
        cmp -s "$2" "$3" || { cp "$3" "$2"; printf 'renewed %s\n' "$1/${2##*/}"; }
    elif ! diff -u --label "kept ${2##*/}" --label "made now" "$2" "$3" >"$scratch/diff"; then
        head -n 60 "$scratch/diff" >&2
        say_failed "$1" "${2##*/} differs"
    fi
}

# The root mean square of what pixels may differ by, of 1. Another version of poppler comes to some thousandths; a line
# that moved by a point to a twentieth.
tolerance=0.015
page_resolution=50

compare_page() { # compare_page CASE
    if ! command -v pdftoppm >/dev/null || ! type -P compare >/dev/null; then
        printf '%s: page.png is not compared: pdftoppm or compare is not installed\n' "$1" >&2
        return
    fi
    pdftoppm -r "$page_resolution" -gray -f 1 -l 1 -singlefile -png "$scratch/out.pdf" "$scratch/out.page"
    if [ "$update" = yes ]; then
        if ! [ -s page.png ] || ! is_like page.png "$scratch/out.page.png"; then
            convert "$scratch/out.page.png" -strip -define png:exclude-chunks=date,time page.png
            printf 'renewed %s\n' "$1/page.png"
        fi
    elif ! is_like page.png "$scratch/out.page.png"; then
        say_failed "$1" "the first page does not look like page.png: $(cat "$scratch/distance")"
    fi
}

is_like() { # is_like KEPT MADE
    [ "$(identify -format %wx%h "$1")" = "$(identify -format %wx%h "$2")" ] || { echo "another size" >"$scratch/distance"; return 1; }
    command compare -metric RMSE "$1" "$2" null: 2>"$scratch/distance" || true
    awk -v most="$tolerance" '{ gsub(/[()]/, "", $2); exit !($2 != "" && $2 + 0 <= most) }' "$scratch/distance"
}

run_case() {
    local name arguments=() code=0
    cd "$1"
    name=$(basename "$PWD")
    [ -f layout.lua ] || { say_failed "$name" "no layout.lua"; return; }
    [ -f data.json ] && arguments+=(-d data.json)
    [ -f args ] && mapfile -t -O ${#arguments[@]} arguments <args
    rm -f "$scratch"/out.*
    "$program" render layout.lua "${arguments[@]}" -o "$scratch/out.pdf" --trace "$scratch/out.trace" \
        >"$scratch/out.stdout" 2>"$scratch/out.stderr" </dev/null || code=$?
    # Only the scratch folder differs from run to run.
    sed -i "s|$scratch|OUT|g" "$scratch/out.stderr"
    printf '%d\n' "$code" >"$scratch/out.exit"

    if [ "$update" = yes ] && ! [ -f expected.trace ] && ! [ -f expected.exit ]; then
        if [ "$code" -eq 0 ]; then touch expected.trace; else touch expected.exit expected.stderr; fi
    fi
    [ -s "$scratch/out.stdout" ] && say_failed "$name" "wrote to standard output"
    if [ -f expected.trace ] && [ -f expected.exit ]; then
        say_failed "$name" "expects success and failure at once"
    elif [ -f expected.trace ]; then
        if [ "$code" -ne 0 ]; then
            cat "$scratch/out.stderr" >&2
            say_failed "$name" "exit code $code"
            return
        fi
        if ! [ -f expected.stderr ] && [ -s "$scratch/out.stderr" ]; then
            cat "$scratch/out.stderr" >&2
            say_failed "$name" "said something"
        fi
        if ! [ -s "$scratch/out.trace" ]; then
            say_failed "$name" "the trace is empty"
            return
        fi
        compare "$name" expected.trace "$scratch/out.trace"
        [ -f expected.stderr ] && compare "$name" expected.stderr "$scratch/out.stderr"
        [ -f page.png ] && compare_page "$name"
        if command -v qpdf >/dev/null && ! qpdf --check "$scratch/out.pdf" >"$scratch/qpdf" 2>&1; then
            cat "$scratch/qpdf" >&2
            say_failed "$name" "qpdf finds fault with the PDF"
        fi
    elif [ -f expected.exit ]; then
        compare "$name" expected.exit "$scratch/out.exit"
        compare "$name" expected.stderr "$scratch/out.stderr"
        [ "$code" -eq 0 ] && say_failed "$name" "succeeded"
        [ -e "$scratch/out.pdf" ] && say_failed "$name" "left a PDF behind"
    else
        say_failed "$name" "neither expected.trace nor expected.exit; look at the page, then run with --update"
    fi
    return 0
}

here=$PWD
for case in "$@"; do
    cd "$here"
    run_case "$case"
done
exit $failed
