#!/usr/bin/env bash
# A book of some 390 pages, justified, with contents: run.sh PROGRAM BUILD_FOLDER [PART...]
# Parts: floor (ours beside the floor, as ../run.sh book), scale (time and memory a page from 100 to 1,000 pages), peers
# (the same text by pdfLaTeX, LuaLaTeX and Typst, a pass each, as multiples of the floor); all when none is named. A
# typesetter that is not installed is left out with a notice. RUNS in the environment is a factor on the number of runs.
set -euo pipefail
program=$(realpath "${1:?usage: run.sh PROGRAM BUILD_FOLDER [PART...]}")
build=$(realpath "${2:?usage: run.sh PROGRAM BUILD_FOLDER [PART...]}")
shift 2
[ $# -gt 0 ] || set -- floor scale peers
here=$(cd "$(dirname "$0")" && pwd)
fonts=/usr/share/fonts/opentype/inter
factor=${RUNS:-1}
words=160000 # As ../run.sh has it.
# shellcheck source=../peers/peers.sh
. "$here/../peers/peers.sh"
for tool in gen_book measure floor; do
    [ -x "$build/$tool" ] || { echo "missing: $build/$tool; build the target 'bench'" >&2; exit 69; }
done
command -v pdfinfo >/dev/null || { echo "missing: pdfinfo (Debian: poppler-utils)" >&2; exit 69; }
mkdir -p "$build/book"
cd "$build/book"

pages_of() { pdfinfo "$1" 2>/dev/null | awk '/^Pages:/ { print $2 }'; }

floor() { "$here/../run.sh" "$program" "$build" book; }

scale() {
    local length lengths=(41000 82000 163000 410000) commands=() told pages before=
    for length in "${lengths[@]}"; do
        [ -s "$length.csv" ] || ../gen_book csv "$length" >"$length.csv" 2>/dev/null
        commands+=("$program" render -q "$here/book.lua" -d "book=$length.csv" -o "$length.pdf" --)
    done
    mapfile -t told < <(../measure $((7 * factor)) "${commands[@]}" "$program" --version)
    [ ${#told[@]} -eq 5 ] || exit 70
    printf '\n%6s %9s %9s %9s %9s %14s\n' pages "ours ms" "ms/page" "least" "KB/page" "KB a page more"
    for i in "${!lengths[@]}"; do
        pages=$(pages_of "${lengths[i]}.pdf")
        # "More" is what each page has cost since the line before: without fonts and what else a run has once.
        awk -v pages="$pages" -v told="${told[i]}" -v empty="${told[4]##* }" -v before="$before" 'BEGIN {
            split(told, t, " ")
            split(before, b, " ")
            printf "%6d %9.1f %9.3f %9.3f %9.1f", pages, t[1], t[1] / pages, t[2] / pages, (t[3] - empty) / pages
            if (b[1] > 0)
                printf " %14.1f", (t[3] - b[2]) / (pages - b[1])
            printf "\n"
        }'
        before="$pages ${told[i]##* }"
    done
}

# latex ENGINE: a first pass, so that the one to be measured has its contents; then the command line.
latex() {
    local definitions="\\def\\bookfile{$words.tex}"
    [ "$1" = pdflatex ] || definitions+="\\def\\fontfolder{$fonts}"
    command_line=("$1" -interaction=batchmode -halt-on-error -jobname "$1" "$definitions\\input{$here/book.tex}")
    "${command_line[@]}" >/dev/null || { echo "$1 failed: see $build/book/$1.log" >&2; exit 70; }
}

peers() {
    local names=(floor ours) files=(../book-floor.pdf ours.pdf) commands command_line told kind
    [ -s ../book.steps ] || floor >/dev/null
    for kind in csv tex typst; do
        [ -s "$words.$kind" ] || ../gen_book "$kind" "$words" >"$words.$kind" 2>/dev/null
    done
    commands=(../floor ../book.steps ../fonts ../book-floor.pdf -- "$program" render -q "$here/book.lua" -d
        "book=$words.csv" -o ours.pdf)
    for engine in pdflatex lualatex; do
        "has_$engine" || continue
        latex $engine
        names+=("$engine")
        files+=("$engine.pdf")
        commands+=(-- "${command_line[@]}")
    done
    if has_typst; then
        typst_command "$here/book.typ" typst.pdf "$fonts" / "text=$PWD/$words.typst"
        names+=(typst)
        files+=(typst.pdf)
        commands+=(-- "${command_line[@]}")
    fi
    mapfile -t told < <(../measure $((3 * factor)) "${commands[@]}")
    [ ${#told[@]} -eq ${#names[@]} ] || exit 70
    printf '\n%-9s %6s %10s %8s %14s %8s\n' a\ pass pages ms ratio "ratio per page" MB
    for i in "${!names[@]}"; do
        awk -v name="${names[i]}" -v pages="$(pages_of "${files[i]}")" -v told="${told[i]}" -v floor="${told[0]}" \
            -v floor_pages="$(pages_of "${files[0]}")" 'BEGIN {
            split(told, t, " ")
            split(floor, f, " ")
            printf "%-9s %6d %10.1f %8.2f %14.2f %8.1f\n", name, pages, t[1], t[1] / f[1],
                t[1] / pages * floor_pages / f[1], t[3] / 1024
        }'
    done
}

for part in "$@"; do
    case $part in
    floor | scale | peers) "$part" ;;
    *)
        echo "no such part: $part" >&2
        exit 64
        ;;
    esac
done
