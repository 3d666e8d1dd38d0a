#!/bin/bash
# A batch in shards by GNU parallel, on this machine or on many (--sshlogin, with a folder that all of them see):
#
#   parallel.sh SHARDS layout.lua --rows rows.csv
#
# One machine alone needs none of this: `briefpress batch --jobs N` has N processes of its own. A shard that fails is
# tried twice more, goes on where it stopped, and stops no other. What GNU parallel is to do besides stands in PARALLEL,
# its own variable, as PARALLEL='--sshlogin node1,node2 --workdir .'.
set -u
[ $# -ge 2 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 64; }
shards=$1
shift
mkdir -p out results || exit 73

# "{}" is the number of the shard; --quote keeps the shell away from all else.
seq "$shards" | parallel --quote --retries 3 --delay 0.1 --joblog results/joblog \
    "${BRIEFPRESS:-briefpress}" batch "$@" --quiet --jobs 1 -o 'out/{id}.pdf' --shard "{}/$shards" \
    --results 'results/{shard}.ndjson' --resume
