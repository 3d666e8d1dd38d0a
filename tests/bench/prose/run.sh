#!/usr/bin/env bash
# Pages of English prose in three widths, set by ours and by others: run.sh PROGRAM BUILD_FOLDER [WIDTH...]
# Widths are points; 360, 240 and 160 when none is named: about 66, 45 and 30 characters. Like is held against like:
# "plain" rows move the spaces between words alone, "moved" ones letters too, each by what is usual with its typesetter
# (ours and Typst: room between letters; microtype: their width), and let marks hang where the typesetter can. Prints how
# even each is set, by the rules that evenness.py prints without arguments, and leaves the pages in BUILD_FOLDER/prose,
# side by side in TEXT-WIDTH.png. A typesetter that is not installed is left out with a notice. TEXTS in the environment
# names the texts here (prose second); STYLE is for another row of ours: properties of the style, as KEY=NUMBER,....
set -euo pipefail
program=$(realpath "${1:?usage: run.sh PROGRAM BUILD_FOLDER [WIDTH...]}")
build=$(realpath "${2:?usage: run.sh PROGRAM BUILD_FOLDER [WIDTH...]}")
shift 2
[ $# -gt 0 ] || set -- 360 240 160
here=$(cd "$(dirname "$0")" && pwd)
font=/usr/share/fonts/opentype/inter/Inter-Regular.otf
moved=letter_stretch=0.03,letter_shrink=0.015,protrusion=1 # The most that does not show.
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
    typst_command "$here/prose.typ" "$1.pdf" "${font%/*}" "$here" "measure=$2" font=Inter "text=/${text##*/}" "${@:3}"
    "${command_line[@]}"
}

# ours_to NAME WIDTH [STYLE]
ours_to() {
    "$program" render -q "$here/prose.lua" -d "prose=$name.csv" -p "measure=$2" -p "style=${3:-}" -o "$1.pdf"
}

# add GROUP NAME FILE
add() { set_by+=("$1:$2" "$3.pdf"); }

page() { # page WIDTH
    local width=$1 at=$name-$1 images=() set_by=() i
    ours_to "ours-$at" "$width"
    add plain ours "ours-$at"
    has_lualatex && lualatex_to "lualatex-$at" "$width" "" && add plain lualatex "lualatex-$at"
    has_typst && typst_to "typst-$at" "$width" && add plain typst "typst-$at"
    ours_to "ours-moved-$at" "$width" "$moved"
    add moved ours "ours-moved-$at"
    has_microtype && lualatex_to "microtype-$at" "$width" '\def\withmicrotype{}' && add moved microtype "microtype-$at"
    has_typst && typst_to "typst-moved-$at" "$width" tracking=yes && add moved typst "typst-moved-$at"
    if [ -n "${STYLE:-}" ]; then
        ours_to "ours-style-$at" "$width" "$STYLE"
        add style ours "ours-style-$at"
    fi
    python3 "$here/evenness.py" "$text" "$font" 10 "$width" 36 "${set_by[@]}"
    command -v pdftoppm >/dev/null && command -v convert >/dev/null || return 0
    for ((i = 1; i < ${#set_by[@]}; i += 2)); do
        pdftoppm -r 90 -png -singlefile "${set_by[i]}" "${set_by[i]%.pdf}"
        images+=("${set_by[i]%.pdf}.png")
    done
    convert "${images[@]}" +append +repage -trim +repage -bordercolor white -border 20 "$at.png"
}

for name in ${TEXTS:-prose second}; do
    text=$here/$name.txt
    { echo text; awk 'NF { gsub(/"/, "\"\""); print "\"" $0 "\"" }' "$text"; } >"$name.csv"
    printf '%s: %s words\n' "$name" "$(wc -w <"$text")"
    for width in "$@"; do page "$width"; done
done
