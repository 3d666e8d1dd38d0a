#!/usr/bin/env bash
# A batch on a real Slurm cluster that loses a node: 1,748 editions as an array of 8 shards on two nodes. One node is killed
# while it is in the middle of a shard, Slurm gives that shard to the other, all results are merged, and every PDF is held
# against that of one process, byte for byte. The array and the merge are those of examples/cluster/.
#
#   slurm.sh [--freeze] PROGRAM GENERATOR    the program, and tests/bench's gen_register
#
# With --freeze the node is not killed but stands still until its shard has been given away, and then lives on: two copies
# of a shard are at work. Needs slurmctld, slurmd, slurm-client, munge, and root (see README.md); everything happens in
# namespaces and a scratch folder, of which nothing stays. ROWS and SHARDS in the environment choose other numbers; KEEP=1
# keeps the folder, with the logs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage() { sed -n '6s/^# \{0,1\}//p' "$0" >&2; exit 64; }

rows=${ROWS:-1748}
shards=${SHARDS:-8}
way='kill'
if [ "${1:-}" = --freeze ]; then way=freeze && shift; fi

if [ "${1:-}" != --inside ]; then
    [ $# -eq 2 ] || usage
    program=$(realpath "$1") generator=$(realpath "$2")
    skip() { echo "skipped: $1" >&2; exit 77; }
    for tool in slurmctld slurmd sbatch munged unshare ip; do
        PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null || skip "$tool is not installed"
    done
    [ "$(id -u)" -eq 0 ] || skip "a cluster is set up by root"
    namespaces=(unshare --fork --pid --mount --net --uts --ipc --mount-proc --kill-child)
    "${namespaces[@]}" true 2>/dev/null || skip "this machine gives no namespaces"
    # Results and lock files are what a cluster's folder would have; Slurm wants its path short.
    scratch=$(mktemp -d)
    inner=0
    # shellcheck disable=SC2317 # Called by the trap.
    end() {
        if [ "$inner" -ne 0 ]; then kill -KILL "$inner" 2>/dev/null || true; fi
        wait 2>/dev/null || true
        if [ -n "${KEEP:-}" ]; then echo "kept $scratch" >&2; else rm -rf "$scratch"; fi
    }
    trap end EXIT
    trap 'exit 130' INT TERM
    arguments=(--inside "$program" "$generator" "$scratch")
    [ $way = kill ] || arguments=(--freeze "${arguments[@]}")
    "${namespaces[@]}" bash "${BASH_SOURCE[0]}" "${arguments[@]}" &
    inner=$!
    code=0
    wait $inner || code=$?
    inner=0
    exit $code
fi

export BRIEFPRESS=$2
generator=$3 scratch=$4
export PATH=$PATH:/usr/sbin:/sbin
examples=$(cd "$here/../../examples/cluster" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/machine.sh"

fail() {
    printf 'slurm.sh: %s\n' "$*" >&2
    squeue -t all -o '%i %T %r %N' >&2 2>/dev/null || true
    tail -n 5 "$scratch"/many/*.log >&2 2>/dev/null || true
    exit 1
}
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'; }
count() { find "$1" -name '*.pdf' 2>/dev/null | wc -l; }

# One process first: what all is held against.
mkdir "$scratch/one" "$scratch/many"
"$generator" "$rows" >"$scratch/rows.csv"
cp "$here/edition.lua" "$scratch/"
what=("$scratch/edition.lua" --rows "$scratch/rows.csv" --id number)
cd "$scratch/one"
began=$EPOCHREALTIME
"$BRIEFPRESS" batch "${what[@]}" --jobs 1 -q -o 'out/{id}.pdf' --results results.ndjson || fail "one process: exit code $?"
one=$(since "$began")
[ "$(count out)" -eq "$rows" ] || fail "one process made $(count out) PDFs of $rows"

cluster_start "$scratch/slurm" n1 n2 || fail "no cluster: $(tail -n 3 "$scratch"/slurm/log/*.out)"
cd "$scratch/many"

array=$(sbatch --parsable --array="1-$shards" "$examples/shards.sbatch" "${what[@]}") || fail "sbatch: exit code $?"
merge=$(sbatch --parsable --dependency="afterany:$array" "$examples/merge.sbatch" --rows "$scratch/rows.csv" \
    --id number) || fail "sbatch: exit code $?"
began=$EPOCHREALTIME

# In the middle of a shard: it stands still while it is looked at, so that it cannot end meanwhile.
caught=0
shard_of_n1() {
    local pid
    for pid in $(node_programs n1 briefpress); do
        { tr '\0' '\n' <"/proc/$pid/environ"; } 2>/dev/null | sed -n 's/^SLURM_ARRAY_TASK_ID=//p'
    done | head -n 1
}
is_in_the_middle() {
    caught=$(shard_of_n1)
    [ -n "$caught" ] && [ "$(grep -c '"made"' "results/$caught.ndjson" 2>/dev/null)" -ge 20 ] || return 1
    node_freeze n1
    [ -n "$(node_programs n1 briefpress)" ] && [ "$(shard_of_n1)" = "$caught" ] && return 0
    node_thaw n1
    return 1
}
end_of_wait=$((SECONDS + 60))
until is_in_the_middle; do
    [ $SECONDS -lt $end_of_wait ] || fail "no shard was caught in its middle"
    sleep 0.02
done
made=$(grep -c '"made"' "results/$caught.ndjson")
there=$(count out)
[ $way = freeze ] || node_kill n1

# Slurm notices by itself, and puts the shard into its queue again, to begin in two minutes. The operator is in a hurry.
wait_for 60 nodes_are down 1 || fail "the lost node is not noticed"
noticed=$(since "$began")
again() {
    squeue -h -t PENDING -o '%i %r' | awk '$2 == "BeginTime" { print $1 }' | while read -r task; do
        scontrol update JobId="$task" StartTime=now || true
    done
}
restarts() { scontrol show job "$array" | grep -o 'Restarts=[1-9][0-9]*' | wc -l; }
is_requeued() { [ "$(restarts)" -ge 1 ]; }
wait_for 20 is_requeued || fail "no task was requeued"
requeued=$(restarts)

if [ $way = kill ]; then
    node_start n1 # The node is mended, and takes its part of what is left.
else
    # The second copy finds the first one's lock on the results, says so (75), and queues up again.
    is_refused() { again && grep -q "another run" "editions-${array}_$caught.log"; }
    wait_for 60 is_refused || fail "the second copy met no first one"
    node_thaw n1
fi

has_ended() {
    again
    [ -z "$(squeue -h -t PENDING,RUNNING,CONFIGURING,COMPLETING,SUSPENDED,REQUEUED -o %i)" ]
}
wait_for 180 has_ended || fail "the array does not end"
seconds=$(since "$began")
wrong=$(squeue -h -t all -j "$array" -o '%i %T' | grep -vc ' COMPLETED$' || true)
[ "$wrong" -eq 0 ] || fail "$wrong tasks did not end well"
[ "$(squeue -h -t all -j "$merge" -o %T)" = COMPLETED ] || fail "the merge found something: $(cat editions-merge-*.log)"

# Everything there, once, and the same; and nothing else, hidden or not.
total=$(wc -l < <(grep -o '"id":"[^"]*"' "results/$caught.ndjson" | sort -u))
[ "$made" -lt "$total" ] || fail "shard $caught had all its $total rows when its node was lost"
names() { (cd "$1" && find . -type f | LC_ALL=C sort); }
differing=0
diff <(names "$scratch/one/out") <(names "$scratch/many/out") >"$scratch/names" || fail "other files: $(head "$scratch/names")"
while IFS= read -r file; do
    cmp -s "$scratch/one/out/$file" "out/$file" || { differing=$((differing + 1)) && echo "differs: $file" >&2; }
done < <(names out | grep 'pdf$')

printf 'rows %s, shards %s on 2 nodes, node lost (%s) in shard %s after %s of its %s rows (%s PDFs in all)\n' \
    "$rows" "$shards" "$way" "$caught" "$made" "$total" "$there"
printf 'noticed after %s s, tasks requeued %s, all merged after %s s; one process: %s s\n' "$noticed" "$requeued" "$seconds" "$one"
printf 'PDFs %s, differing files %s\n' "$(count out)" "$differing"
cat editions-merge-*.log
[ "$differing" -eq 0 ] && [ "$(count out)" -eq "$rows" ]
