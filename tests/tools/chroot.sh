#!/usr/bin/env bash
# The README's two commands on a bare Debian and a fresh clone: first as root, then as a user with sudo.
# By hand, as root, with debootstrap; takes some twenty minutes.
#
#   chroot.sh FOLDER [ROUND...]    rounds: root user (both when none is named)
#
# FOLDER keeps the bare system (base.tar.gz), so that later runs are quick, and the log of each round; the system that a
# round filled stays in FOLDER/tree to look into, until the next round. What is cloned is the last commit.
# MIRROR and SUITE in the environment choose another Debian (http://deb.debian.org/debian, bookworm).
set -euo pipefail
if [ $# -lt 1 ] || [[ $1 == -* ]]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
[ "$(id -u)" -eq 0 ] || { echo "needs root" >&2; exit 77; }
command -v debootstrap >/dev/null || { echo "needs debootstrap" >&2; exit 77; }
source=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- root user
mirror=${MIRROR:-http://deb.debian.org/debian}
suite=${SUITE:-bookworm}
tree=$folder/tree

leave() {
    local point
    for point in "$tree/proc" "$tree/dev/shm" "$tree/dev/pts" "$tree"; do
        if mountpoint -q "$point"; then umount "$point"; fi
    done
}
trap leave EXIT

if ! [ -e "$folder/base.tar.gz" ]; then
    echo "Making the bare system ($suite)."
    rm -rf "$folder/base"
    debootstrap --variant=minbase "$suite" "$folder/base" "$mirror" >"$folder/debootstrap.log" 2>&1 ||
        { tail -n 20 "$folder/debootstrap.log" >&2; exit 69; }
    tar -C "$folder/base" -c . | gzip -1 >"$folder/base.tar.gz.new"
    mv "$folder/base.tar.gz.new" "$folder/base.tar.gz"
    rm -rf "$folder/base"
fi

# A fresh system with a network, mounted on itself so that it is a root like any other.
enter() {
    leave
    rm -rf "$tree"
    mkdir -p "$tree"
    tar -C "$tree" -xzf "$folder/base.tar.gz"
    mount --bind "$tree" "$tree"
    mount --make-private "$tree"
    mount -t proc proc "$tree/proc"
    mkdir -p "$tree/dev/shm"
    mount -t tmpfs tmpfs "$tree/dev/shm"
    # Terminals of its own, for the tests that need one.
    mkdir -p "$tree/dev/pts"
    mount -t devpts devpts "$tree/dev/pts" -o newinstance,ptmxmode=0666
    ln -sf pts/ptmx "$tree/dev/ptmx"
    cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
    # How this machine reaches the mirror, where that is written down.
    grep -lis proxy /etc/apt/apt.conf /etc/apt/apt.conf.d/* | xargs -r cp -t "$tree/etc/apt/apt.conf.d" || true
    # Where the clone goes.
    git clone -q --no-hardlinks "$source" "$tree/srv/briefpress"
}

# inside USER COMMAND...: runs it in the clone with the environment of a login, and nothing of ours.
inside() {
    local user=$1
    shift
    chroot "$tree" /usr/bin/env -i HOME="/tmp" USER="$user" TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        setpriv --reuid "$user" --regid "$user" --init-groups sh -c 'cd /srv/briefpress && exec "$@"' sh "$@"
}

for round in "$@"; do
    log=$folder/$round.log
    : >"$log"
    enter
    case $round in
    root) user=root ;;
    user)
        user=printer
        chroot "$tree" sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install \
            --no-install-recommends sudo && useradd -m printer && echo "printer ALL=(ALL) NOPASSWD: ALL" \
            >/etc/sudoers.d/printer && chown -R printer: /srv/briefpress' >>"$log" 2>&1
        ;;
    *)
        echo "no such round: $round" >&2
        exit 64
        ;;
    esac
    for command in "./bootstrap.sh" "./bootstrap.sh test"; do
        printf '%s: %s\n' "$round" "$command" | tee -a "$log"
        SECONDS=0
        # shellcheck disable=SC2086 # The command is split on purpose.
        if ! inside "$user" $command >>"$log" 2>&1; then
            tail -n 40 "$log" >&2
            printf '%s: %s: failed after %d s; all of it is in %s\n' "$round" "$command" "$SECONDS" "$log" >&2
            exit 1
        fi
        tail -n 3 "$log"
        printf '%s: %s: done in %d s\n' "$round" "$command" "$SECONDS"
    done
    for language in en zh; do
        [ -s "$tree/srv/briefpress/out/etown-2022-$language.pdf" ] || { echo "no PDF in out/: $language" >&2; exit 1; }
    done
done
