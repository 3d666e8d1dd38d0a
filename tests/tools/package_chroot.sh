#!/usr/bin/env bash
# The packages on a bare Debian: installed by apt, used by an ordinary user whose environment is empty, purged; and what
# is left behind. By hand, as root, with debootstrap; takes some minutes.
#
#   package_chroot.sh FOLDER PACKAGE.deb...    of briefpress; of libbriefpress0 and libbriefpress-dev too, if they are named
#
# FOLDER keeps the bare system (base.tar.gz, that of chroot.sh) and the two lists of files. MIRROR and SUITE in the
# environment choose another Debian.
set -euo pipefail
if [ $# -lt 2 ] || [[ $1 == -* ]]; then
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 64
fi
[ "$(id -u)" -eq 0 ] || { echo "needs root" >&2; exit 77; }
source=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
tree=$folder/package-tree

leave() {
    local point
    for point in "$tree/proc" "$tree/dev/shm" "$tree"; do
        if mountpoint -q "$point"; then umount "$point"; fi
    done
}
trap leave EXIT
if ! [ -e "$folder/base.tar.gz" ]; then
    command -v debootstrap >/dev/null || { echo "needs debootstrap" >&2; exit 77; }
    rm -rf "$folder/base"
    debootstrap --variant=minbase "${SUITE:-bookworm}" "$folder/base" "${MIRROR:-http://deb.debian.org/debian}" \
        >"$folder/debootstrap.log" 2>&1 || { tail -n 20 "$folder/debootstrap.log" >&2; exit 69; }
    tar -C "$folder/base" -c . | gzip -1 >"$folder/base.tar.gz.new"
    mv "$folder/base.tar.gz.new" "$folder/base.tar.gz"
    rm -rf "$folder/base"
fi
leave
rm -rf "$tree"
mkdir -p "$tree"
tar -C "$tree" -xzf "$folder/base.tar.gz"
mount --bind "$tree" "$tree"
mount --make-private "$tree"
mount -t proc proc "$tree/proc"
mkdir -p "$tree/dev/shm"
mount -t tmpfs tmpfs "$tree/dev/shm"
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
grep -lis proxy /etc/apt/apt.conf /etc/apt/apt.conf.d/* | xargs -r cp -t "$tree/etc/apt/apt.conf.d" || true

log=$folder/package.log
: >"$log"
as_root() {
    chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive TERM=dumb \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@" >>"$log" 2>&1 ||
        { tail -n 30 "$log" >&2; echo "failed: $*; all of it is in $log" >&2; exit 1; }
}
# No HOME, no locale, no PATH.
as_user() { chroot "$tree" /usr/bin/setpriv --reuid reader --regid reader --clear-groups /usr/bin/env -i "$@"; }

# What is compared: all but the logs and caches of dpkg and apt, the cache of man-db's pages, the linker's and
# fontconfig's caches, which are not ours and come and go with any package.
list() {
    (cd "$tree" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp/packages -o -path ./srv/reader/out \
        -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt \
        -o -path './var/lib/dpkg/*-old' -o -path ./var/lib/dpkg/lock -o -path ./var/lib/dpkg/lock-frontend \
        -o -path ./var/lib/dpkg/triggers -o -path ./etc/ld.so.cache \) -prune -o \
        \( -type f -printf '%y %m %U:%G %p %s\n' -o -printf '%y %m %U:%G %p %l\n' \)) | LC_ALL=C sort
}

as_root apt-get -q update
as_root useradd --create-home --home-dir /srv/reader --shell /bin/sh reader
as_root apt-get -q -y install --no-install-recommends man-db # A bare system shows no manual pages, and would not unpack any.
rm -f "$tree/etc/dpkg/dpkg.cfg.d/docker" "$tree/etc/dpkg/dpkg.cfg.d/excludes"
mkdir -p "$tree/tmp/packages"
cp "$@" "$tree/tmp/packages"
list >"$folder/before.list"
echo "before: $(wc -l <"$folder/before.list") files and folders"

as_root sh -c 'apt-get -q -y install /tmp/packages/*.deb'
echo "installed: $(chroot "$tree" dpkg-query -W -f '${Package} ${Version}, ' 'briefpress*' 'libbriefpress*' 2>/dev/null)"
chroot "$tree" install -d -o reader -g reader /srv/reader/out
for language in en zh; do
    as_user /usr/bin/briefpress render -q /usr/share/briefpress/scripts/briefing.lua --lang "$language" \
        -d /usr/share/briefpress/data/etown-2022.json -o "/srv/reader/out/$language.pdf"
    as_user /usr/bin/briefpress verify "/srv/reader/out/$language.pdf"
done
as_user -C /srv/reader/out /usr/bin/briefpress doctor
chroot "$tree" /usr/bin/env -i PATH=/usr/bin:/bin MANWIDTH=80 man briefpress | sed -n '1,5p'
if [ -e "$tree/usr/include/briefpress.h" ]; then # A C program, from Debian's packages alone.
    as_root apt-get -q -y install --no-install-recommends gcc libc6-dev pkg-config make
    cp -r "$source/examples/embed" "$tree/srv/reader/out/embed"
    chroot "$tree" chown -R reader:reader /srv/reader/out/embed
    as_user PATH=/usr/bin:/bin sh -c 'cd /srv/reader/out/embed && make -s && ./embed && make -s -B STATIC=1 && ./embed'
    as_root apt-get -q -y purge --autoremove gcc libc6-dev pkg-config make
fi

# Without the options apt keeps what anything that stays suggests or recommends: this is about what was there before.
as_root sh -c 'apt-get -q -y purge $(dpkg-query -W -f "\${Package} " briefpress "libbriefpress*" 2>/dev/null) &&
    apt-get -q -y -o APT::AutoRemove::SuggestsImportant=false \
        -o APT::AutoRemove::RecommendsImportant=false purge --autoremove'
list >"$folder/after.list"
if ! diff "$folder/before.list" "$folder/after.list" >"$folder/left.diff"; then
    echo "left behind or changed:"
    cat "$folder/left.diff"
    grep -i briefpress "$folder/left.diff" && { echo "some of it is ours" >&2; exit 1; }
    exit 1
fi
echo "after: the same files and folders as before"
