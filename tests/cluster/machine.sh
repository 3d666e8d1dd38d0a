# shellcheck shell=bash
# A cluster on one machine: a Slurm controller and nodes, in namespaces of their own. The caller is the first process of
# new pid, mount, network and host name namespaces, and "root" there: nothing outside can be disturbed, and when it ends,
# the kernel ends all the rest. Each node has its own pid namespace inside, so that killing its first process is what
# pulling its plug is: slurmd, steps and all they have started are gone at once, without a word.
#
#   cluster_start DIR NODE...   DIR gets configuration, state and logs
#   node_start NODE             again, after node_kill
#   node_kill NODE
#   node_freeze NODE            the node stands still, as one that lost its network; node_thaw NODE
#   node_programs NODE NAME     the pids of the programs of that name that run on it

declare -A node_init # The pid of each node's first process, as seen from here.

cluster_start() { # cluster_start DIR NODE...
    local dir=$1 address=10.77.0.1 munge=/run/munge port=0
    shift
    mkdir -p "$dir"/{state,log,spool}
    mount -t tmpfs none /run
    mkdir -m 0755 "$munge"
    hostname controller
    printf '127.0.0.1 localhost\n%s controller\n' "$address" >"$dir/hosts"
    mount --bind "$dir/hosts" /etc/hosts
    ip link set lo up
    # Slurm takes an address only where there is another one than 127.0.0.1.
    ip addr add "$address/32" dev lo

    (umask 077 && head -c 1024 /dev/urandom >"$munge/key")
    munged --socket="$munge/munge.socket.2" --key-file="$munge/key" --pid-file="$munge/pid" \
        --seed-file="$munge/seed" --log-file="$dir/log/munged.log" || return 1

    export SLURM_CONF=$dir/slurm.conf
    cat >"$dir/slurm.conf" <<END
ClusterName=scratch
SlurmctldHost=controller($address)
SlurmUser=root
SlurmctldPort=16817
SlurmctldPidFile=/run/slurmctld.pid
SlurmctldLogFile=$dir/log/slurmctld.log
StateSaveLocation=$dir/state
SlurmdPidFile=/run/slurmd-%n.pid
SlurmdLogFile=$dir/log/slurmd-%n.log
SlurmdSpoolDir=$dir/spool/%n
AuthType=auth/munge
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# A node that has not answered for five seconds is down, and what ran on it begins anew.
SlurmdTimeout=5
MessageTimeout=5
KillWait=2
JobRequeue=1
ReturnToService=2
MinJobAge=3600
$(for node in "$@"; do
        printf 'NodeName=%s NodeHostname=controller NodeAddr=%s Port=%d CPUs=1 State=UNKNOWN\n' \
            "$node" "$address" $((16820 + ++port))
    done)
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
    echo "CgroupPlugin=cgroup/v1" >"$dir/cgroup.conf"
    slurmctld -D >"$dir/log/slurmctld.out" 2>&1 &
    local node
    for node in "$@"; do node_start "$node"; done
    wait_for 30 nodes_are idle $#
}

# wait_for SECONDS COMMAND...: asks five times a second until it succeeds.
wait_for() {
    local left=$(($1 * 5))
    shift
    until "$@"; do
        [ $((left -= 1)) -gt 0 ] || return 1
        sleep 0.2
    done
}

nodes_are() { # nodes_are STATE COUNT
    [ "$(sinfo -h -N -o '%T' 2>/dev/null | grep -c "^$1" || true)" -eq "$2" ]
}

node_start() {
    # The first process reaps what loses its parent, and stays: a slurmd that ends takes its node with it.
    # shellcheck disable=SC2016 # $1 is the inner shell's.
    unshare --fork --pid --mount-proc --kill-child bash -c 'slurmd -D -N "$1" & wait $!' - "$1" \
        >>"${SLURM_CONF%/*}/log/$1.out" 2>&1 &
    node_init[$1]=$!
}

node_kill() {
    kill -KILL "${node_init[$1]}"
    wait "${node_init[$1]}" 2>/dev/null || true
}

# Those that are in the same pid namespace as the children of the node's first process.
node_pids() {
    local inside stat
    inside=$(readlink "/proc/${node_init[$1]}/ns/pid_for_children") || return 0
    for stat in /proc/[0-9]*; do
        if [ "$(readlink "$stat/ns/pid")" = "$inside" ]; then printf '%s\n' "${stat#/proc/}"; fi
    done 2>/dev/null
}

node_signal() { # node_signal NODE SIGNAL
    local pids
    mapfile -t pids < <(node_pids "$1")
    kill "-$2" "${pids[@]}" 2>/dev/null || true
}

node_freeze() { node_signal "$1" STOP; }
node_thaw() { node_signal "$1" CONT; }

node_programs() { # node_programs NODE NAME
    local pid
    for pid in $(node_pids "$1"); do
        if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ]; then printf '%s\n' "$pid"; fi
    done
}
