#!/usr/bin/env bash
# Editions in 4 shards by GNU parallel, as examples/cluster/parallel.sh starts them, each shard killed once on the way; then
# the shards as GNU parallel numbers them ("auto/N"). All PDFs are held against those of one process.
#
#   parallel.sh PROGRAM GENERATOR    the program, and tests/bench's gen_register
set -euo pipefail
[ $# -eq 2 ] || { sed -n '5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
program=$(realpath "$1") generator=$(realpath "$2")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if ! parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
    echo "skipped: GNU parallel is not installed" >&2
    exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch # GNU parallel keeps a folder there.
fail() { printf 'parallel.sh: %s\n' "$*" >&2; exit 1; }

rows=${ROWS:-120}
"$generator" "$rows" >"$scratch/rows.csv"
cp "$here/edition.lua" "$scratch/"
what=("$scratch/edition.lua" --rows "$scratch/rows.csv" --id number)
mkdir "$scratch/one" "$scratch/many" "$scratch/auto"
cd "$scratch/one"
"$program" batch "${what[@]}" -q -o 'out/{id}.pdf' --results results.ndjson || fail "one process: exit code $?"

# The first try of each shard dies of SIGKILL after some rows.
cat >"$scratch/mortal" <<END
#!/usr/bin/env bash
mark=$scratch/tried-\$PARALLEL_SEQ
[ ! -e "\$mark" ] || exec "$program" "\$@"
touch "\$mark"
"$program" "\$@" &
for ((left = 2000; left > 0; left--)); do
    [ "\$(grep -c '"made"' "results/\$PARALLEL_SEQ.ndjson" 2>/dev/null)" -lt 3 ] 2>/dev/null || break
    sleep 0.005
done
kill -KILL \$! && wait \$!
END
chmod +x "$scratch/mortal"
cd "$scratch/many"
BRIEFPRESS="$scratch/mortal" PARALLEL='--jobs 2' "$here/../../examples/cluster/parallel.sh" 4 "${what[@]}" \
    2>"$scratch/said" || fail "exit code $?: $(cat "$scratch/said")"
tries=$(find "$scratch" -maxdepth 1 -name 'tried-*' | wc -l)
[ "$tries" -eq 4 ] || fail "$tries shards were tried, not 4"

cd "$scratch/auto"
seq 4 | parallel --jobs 2 "$program" batch "${what[@]}" -q -o out/'\{id\}.pdf' --shard auto/4 \
    --results results-'{}'.ndjson ">/dev/null" || fail "auto: exit code $?"

for folder in many auto; do
    cd "$scratch/$folder"
    mapfile -t results < <(find . -name '*.ndjson')
    "$program" batch --merge "${results[@]}" --rows "$scratch/rows.csv" --id number -q >/dev/null ||
        fail "$folder: the merge found something"
    diff -r "$scratch/one/out" out >&2 || fail "$folder: other PDFs than one process makes"
done
[ "$(find out -name '*.pdf' | wc -l)" -eq "$rows" ] || fail "not $rows PDFs"
