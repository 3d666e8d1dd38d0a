#!/usr/bin/env bash
# What a report pays for being accessible, archival and verifiable: cost.sh PROGRAM BUILD_FOLDER
# The flagship bare, with tags and archival marks, and with attachments too, in turns; and a register of 5,000 and 50,000
# rows with and without tags: time, memory, size, and what each element of the structure takes. RUNS in the environment is
# a factor on the number of runs (1).
set -euo pipefail
program=$(realpath "${1:?usage: cost.sh PROGRAM BUILD_FOLDER}")
build=$(realpath "${2:?usage: cost.sh PROGRAM BUILD_FOLDER}")
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
factor=${RUNS:-1}
cd "$build"
for tool in gen_register measure; do
    [ -x "./$tool" ] || { echo "missing: $build/$tool; build the target 'bench'" >&2; exit 69; }
done

bare=(--standard none --no-tags --no-attachments)
flagship=("$program" render -q "$source/scripts/briefing.lua" -d "$source/data/etown-2022.json")
{
    read -r none _ none_peak
    read -r tagged _ tagged_peak
    read -r all _ all_peak
} < <(./measure "$((40 * factor))" "${flagship[@]}" "${bare[@]}" -o cost-bare.pdf -- \
    "${flagship[@]}" --no-attachments -o cost-tagged.pdf -- "${flagship[@]}" -o cost-all.pdf)
printf '%-34s %8s %6s %9s %8s\n' "flagship" ms ratio bytes MB
row() { # row NAME MS PEAK FILE
    awk -v name="$1" -v ms="$2" -v none="$none" -v peak="$3" -v size="$(wc -c <"$4")" \
        'BEGIN { printf "%-34s %8.2f %6.3f %9d %8.1f\n", name, ms, ms / none, size, peak / 1024 }'
}
row "bare" "$none" "$none_peak" cost-bare.pdf
row "with tags and archival marks" "$tagged" "$tagged_peak" cost-tagged.pdf
row "with attachments too" "$all" "$all_peak" cost-all.pdf
bound=1.25
awk -v all="$all" -v none="$none" -v bound="$bound" \
    'BEGIN { good = all / none <= bound; printf "at most %.2f: %s\n\n", bound, good ? "good" : "MISSED"; exit !good }' || missed=1

printf '%-9s %7s %9s %9s %6s %8s %8s %9s %10s %10s\n' rows pages "ms bare" "ms tags" ratio "MB bare" "MB tags" elements "bytes each" "in file"
for rows in 5000 50000; do
    [ -s "register-$rows.csv" ] || ./gen_register "$rows" >"register-$rows.csv"
    register=("$program" render -q --max-seconds 900 "$here/register.lua" -d "enterprises=register-$rows.csv" --no-attachments)
    {
        read -r none _ none_peak
        read -r all _ all_peak
    } < <(./measure "$((5 * factor))" "${register[@]}" --standard none --no-tags -o cost-bare.pdf -- "${register[@]}" -o cost-all.pdf)
    pages=$(pdfinfo cost-all.pdf | sed -n 's/^Pages: *//p')
    # Elements as the file has them: objects whose dictionary names a structure type and a parent.
    elements=$(qpdf --qdf --object-streams=disable cost-all.pdf - | grep -ac '^  /S /')
    awk -v rows="$rows" -v pages="$pages" -v none="$none" -v all="$all" -v none_peak="$none_peak" -v peak="$all_peak" \
        -v elements="$elements" -v bare_size="$(wc -c <cost-bare.pdf)" -v size="$(wc -c <cost-all.pdf)" 'BEGIN {
            printf "%-9d %7d %9.1f %9.1f %6.2f %8.1f %8.1f %9d %10.1f %10.1f\n", rows, pages, none, all, all / none,
                none_peak / 1024, peak / 1024, elements, (peak - none_peak) * 1024 / elements, (size - bare_size) / elements
        }'
done
exit "${missed:-0}"
