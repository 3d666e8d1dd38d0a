#!/usr/bin/env bash
# Times ours beside the floor, in turns and in one run: run.sh PROGRAM BUILD_FOLDER [WORK...]
# Works: briefing, register (1,748 rows), long (50,000 rows), book (390 pages of prose); all when none is named. And
# growth (5,000 to 500,000 rows, a minute) and carried (5,000 and 50,000 rows with sums that pages carry forward, from the
# data and from an iterator), only when they are named. RUNS in the environment is a factor on the number of
# runs (1). Prints medians, ratios and their bounds, where the time goes, and memory a page.
set -euo pipefail
program=$(realpath "${1:?usage: run.sh PROGRAM BUILD_FOLDER [WORK...]}")
build=$(realpath "${2:?usage: run.sh PROGRAM BUILD_FOLDER [WORK...]}")
shift 2
[ $# -gt 0 ] || set -- briefing register long book
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
factor=${RUNS:-1}
cd "$build"
mkdir -p fonts

for tool in steps floor instance gen_register measure; do
    [ -x "./$tool" ] || { echo "missing: $build/$tool; build the target 'bench'" >&2; exit 69; }
done

# font NAME: puts fonts/NAME.ttf there, as libharu can take it. Inter's weights come out of the variable font.
font() {
    [ -e "fonts/$1.ttf" ] && return
    local folder=/usr/share/fonts/truetype/inter-vf family=Inter shape=roman weight
    case $1 in
    DejaVu*)
        cp "/usr/share/fonts/truetype/dejavu/$1.ttf" "fonts/$1.ttf" || return 1
        return
        ;;
    InterDisplay*) family=InterDisplay ;;
    Inter*) ;;
    *)
        echo "missing: a TrueType file of $1 for the floor" >&2
        return 1
        ;;
    esac
    [[ $1 != *Italic* ]] || shape=italic
    case $1 in
    *Thin*) weight=100 ;;
    *ExtraLight*) weight=200 ;;
    *Light*) weight=300 ;;
    *Medium*) weight=500 ;;
    *SemiBold*) weight=600 ;;
    *ExtraBold*) weight=800 ;;
    *Bold*) weight=700 ;;
    *Black*) weight=900 ;;
    *) weight=400 ;;
    esac
    ./instance "$folder/$family-$shape.var.ttf" "$weight" "$1" "fonts/$1.ttf" ||
        { echo "missing: the package fonts-inter-variable" >&2; return 1; }
}

failed=0
grown=
rows=()

# What stands on each page of a PDF, whatever its order, spaces and hyphens: one line a page, of its bytes' number and
# sums. Ours gives readers divided words whole, with U+200B where more is joined to them; the floor has hyphens there.
pages_of() {
    pdftotext "$1" - | LC_ALL=C sed 's/\xe2\x80[\x8b\x90]//g; s/\xc2\xad//g; s/-//g' | tr -d ' \n' | tr '\f' '\n' |
        LC_ALL=C awk '
        BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
        {
            sum = squares = 0
            for (i = length($0); i > 0; i--) { c = code[substr($0, i, 1)]; sum += c; squares += c * c }
            print length($0), sum, squares
        }'
}

# same_pages OURS FLOOR: true where each page of both shows the same. A word divided by the end of a page is whole on the
# first in ours, so the floor may lag behind by what is left of a word, which its next page then has.
same_pages() {
    paste -d' ' <(pages_of "$1") <(pages_of "$2") | awk '
        NF != 6 { exit different = 1 }
        { bytes += $1 - $4; sum += $2 - $5; squares += $3 - $6 }
        bytes < 0 || bytes > 24 || (bytes == 0) != (sum == 0) || (bytes == 0) != (squares == 0) { exit different = 1 }
        END { exit different || bytes != 0 || NR == 0 }'
}

# work NAME RUNS TIMES_MOST KILOBYTES_MOST ARGUMENTS...
work() {
    local name=$1 runs=$2 most=$3 kilobytes_most=$4 told pages fonts
    shift 4
    "$program" render -q "$@" -o "$name.pdf" --trace "$name.trace"
    told=$(./steps "$name.trace" "$name.steps")
    pages=$(sed -n 's/^pages //p' <<<"$told")
    fonts=$(sed -n 's/^font //p' <<<"$told")
    local one
    for one in $fonts; do font "$one" || { failed=1; return; }; done
    sed -n 's/^left out /  left out of the floor: /p' <<<"$told"

    # Like for like: each page of the floor must show what ours shows.
    ./floor "$name.steps" fonts "$name-floor.pdf"
    if command -v pdftotext >/dev/null && ! same_pages "$name.pdf" "$name-floor.pdf"; then
        echo "$name: the floor does not draw the same pages" >&2
        failed=1
        return
    fi

    local ours floor empty
    {
        read -r ours _ ours_peak
        read -r floor _ floor_peak
        read -r empty _ empty_peak
    } < <(./measure "$((runs * factor))" "$program" render -q "$@" -o "$name.pdf" -- \
        ./floor "$name.steps" fonts "$name-floor.pdf" -- "$program" --version)
    rows+=("$(awk -v name="$name" -v pages="$pages" -v ours="$ours" -v floor="$floor" -v most="$most" \
        -v peak="$ours_peak" -v floor_peak="$floor_peak" -v empty="$empty_peak" -v kb_most="$kilobytes_most" \
        -v size="$(wc -c <"$name.pdf")" -v floor_size="$(wc -c <"$name-floor.pdf")" 'BEGIN {
            kb = (peak - empty) / pages
            printf "%-9s %6d %9.2f %9.2f %7.2f %7.2f %-5s %8.1f %8.1f %9.1f %7s %8d %8d", name, pages, floor, ours,
                ours / floor, most, (ours / floor <= most ? "good" : "MISSED"), peak / 1024, floor_peak / 1024, kb,
                (kb_most ? (kb <= kb_most ? kb_most " good" : kb_most " MISSED") : "-"), size / 1024, floor_size / 1024
        }')")
    printf '%s: where the time goes\n' "$name"
    "$program" render "$@" -o "$name.pdf" --timings 2>&1 >/dev/null | sed 's/^/  /'
}

register() { # register ROWS
    [ -s "register-$1.csv" ] || ./gen_register "$1" >"register-$1.csv"
}

# growth LAYOUT ROWS ROWS_COUNT...: whether time and memory a page stay the same as a register grows. No floor is timed.
growth() {
    local layout=$1 from=$2 rows_count pages ours ours_peak empty_peak
    shift 2
    printf '%s, rows from %s\n%9s %7s %9s %9s %9s %8s %9s\n' "$layout" "$from" rows pages ms "ms/page" "pages/s" MB "KB/page"
    for rows_count in "$@"; do
        register "$rows_count"
        local command=("$program" render --max-seconds 900 --max-pages 100000 "$here/$layout" -p "rows=$from"
            -d "enterprises=register-$rows_count.csv" -o growth.pdf)
        pages=$("${command[@]}" 2>&1 | sed -n 's/^wrote .*(\([0-9]*\) pages.*/\1/p')
        {
            read -r ours _ ours_peak
            read -r _ _ empty_peak
        } < <(./measure "$factor" "${command[@]}" -q -- "$program" --version)
        awk -v rows="$rows_count" -v pages="$pages" -v ms="$ours" -v peak="$ours_peak" -v empty="$empty_peak" \
            'BEGIN { printf "%9d %7d %9.0f %9.3f %9.0f %8.1f %9.1f\n", rows, pages, ms, ms / pages, 1000 * pages / ms,
                peak / 1024, (peak - empty) / pages }'
    done
}

book() { # book WORDS
    [ -x ./gen_book ] || { echo "missing: $build/gen_book; build the target 'bench'" >&2; exit 69; }
    [ -s "book-$1.csv" ] || ./gen_book csv "$1" >"book-$1.csv"
}

for name in "$@"; do
    case $name in
    briefing)
        work briefing 101 0.90 0 "$source/scripts/briefing.lua" -d "$source/data/etown-2022.json" --lang en
        ;;
    register)
        register 1748
        work register 31 2.70 0 "$here/register.lua" -d "enterprises=register-1748.csv"
        ;;
    long)
        register 50000
        work long 5 3.75 18 "$here/register.lua" -d "enterprises=register-50000.csv"
        ;;
    book)
        book 160000
        work book 11 3.75 60 "$here/book/book.lua" -d "book=book-160000.csv"
        ;;
    growth)
        growth register.lua data 5000 50000 500000
        grown=yes
        ;;
    carried)
        growth carried.lua data 5000 50000
        growth carried.lua iterator 5000 50000
        grown=yes
        ;;
    *)
        echo "no such work: $name" >&2
        exit 64
        ;;
    esac
done

[ ${#rows[@]} -gt 0 ] || { [ -n "$grown" ] && exit "$failed"; exit 69; }
printf '\n%-9s %6s %9s %9s %7s %7s %-5s %8s %8s %9s %7s %8s %8s\n' work pages "floor ms" "ours ms" ratio "at most" "" \
    "ours MB" "floor MB" "KB/page" "most" "ours KB" "floor KB"
printf '%s\n' "${rows[@]}"
exit $failed
