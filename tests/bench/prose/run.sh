#!/usr/bin/env bash
# A page of English prose in three widths, set by ours and by others: run.sh PROGRAM BUILD_FOLDER [WIDTH...]
# Widths are points; 360, 240 and 160 when none is named: about 66, 45 and 30 characters. Prints how even each is set,
# by the rules that evenness.py prints without arguments, and leaves the pages in BUILD_FOLDER/prose, side by side in
# WIDTH.png. A typesetter that is not installed is left out with a notice. STYLE in the environment is for another row of
# ours: properties of the style, as KEY=NUMBER,KEY=NUMBER.
set -euo pipefail
program=$(realpath "${1:?usage: run.sh PROGRAM BUILD_FOLDER [WIDTH...]}")
build=$(realpath "${2:?usage: run.sh PROGRAM BUILD_FOLDER [WIDTH...]}")
shift 2
[ $# -gt 0 ] || set -- 360 240 160
here=$(cd "$(dirname "$0")" && pwd)
font=/usr/share/fonts/opentype/inter/Inter-Regular.otf
text=$here/prose.txt
# shellcheck source=../peers/peers.sh
. "$here/../peers/peers.sh"
for tool in qpdf python3; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 69; }
done
[ -e "$font" ] || { echo "missing: $font (Debian: fonts-inter)" >&2; exit 69; }
mkdir -p "$build/prose"
cd "$build/prose"

lualatex_to() { # lualatex_to NAME WIDTH DEFINITIONS
    lualatex -interaction=batchmode -halt-on-error -jobname "$1" "\\def\\measure{${2}bp}\\def\\fontfolder{${font%/*}}\
\\def\\fontfile{${font##*/}}\\def\\prosefile{$text}$3\\input{$here/prose.tex}" >/dev/null ||
        { echo "lualatex failed: see $build/prose/$1.log" >&2; exit 70; }
}

typst_to() { # typst_to NAME WIDTH [KEY=VALUE]
    typst_command "$here/prose.typ" "$1.pdf" "${font%/*}" "$here" "measure=$2" font=Inter text=/prose.txt "${@:3}"
    "${command_line[@]}"
}

{ echo text; awk 'NF { gsub(/"/, "\"\""); print "\"" $0 "\"" }' "$text"; } >prose.csv
for width in "$@"; do
    set_by=()
    "$program" render -q "$here/prose.lua" -d prose=prose.csv -p "measure=$width" -o "ours-$width.pdf"
    set_by+=(ours "ours-$width.pdf")
    if [ -n "${STYLE:-}" ]; then
        "$program" render -q "$here/prose.lua" -d prose=prose.csv -p "measure=$width" -p "style=$STYLE" \
            -o "ours-style-$width.pdf"
        set_by+=(ours-style "ours-style-$width.pdf")
    fi
    if has_lualatex; then
        lualatex_to "lualatex-$width" "$width" ""
        set_by+=(lualatex "lualatex-$width.pdf")
    fi
    if has_microtype; then
        lualatex_to "microtype-$width" "$width" '\def\withmicrotype{}'
        set_by+=(microtype "microtype-$width.pdf")
    fi
    if has_typst; then
        typst_to "typst-$width" "$width"
        typst_to "typst-tracked-$width" "$width" tracking=yes
        set_by+=(typst "typst-$width.pdf" typst-tracked "typst-tracked-$width.pdf")
    fi
    python3 "$here/evenness.py" "$text" "$font" 10 "$width" 36 "${set_by[@]}"
    if command -v pdftoppm >/dev/null && command -v convert >/dev/null; then
        images=()
        for ((i = 1; i < ${#set_by[@]}; i += 2)); do
            pdftoppm -r 90 -png -singlefile "${set_by[i]}" "${set_by[i]%.pdf}"
            images+=("${set_by[i]%.pdf}.png")
        done
        convert "${images[@]}" +append +repage -trim +repage -bordercolor white -border 20 "$width.png"
    fi
done
