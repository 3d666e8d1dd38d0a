#!/usr/bin/env bash
# The Debian packages: made, accepted by lintian without an error or a warning, holding what is listed in
# package_contents.list, and the same bytes when they are made again. The packages are built in BUILD_FOLDER/package-test,
# which is kept, so that a second run is quick.
# Usage: package_test.sh [--update] BUILD_FOLDER      --update writes the list anew
set -euo pipefail
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
build=$(realpath "${1:?usage: package_test.sh [--update] BUILD_FOLDER}")/package-test
for tool in dpkg-deb dpkg-shlibdeps dpkg-query lintian cpack file; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
tools=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$tools/../.." && pwd)
kept=$tools/package_contents.list
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset SOURCE_DATE_EPOCH
umask 022

quietly() { "$@" >"$scratch/log" 2>&1 || { tail -n 40 "$scratch/log" >&2; echo "failed: $*" >&2; exit 1; }; }
make_packages() { # make_packages FOLDER
    (cd "$build" && quietly cpack -B "$1")
    [ "$(find "$1" -maxdepth 1 -name '*.deb' | wc -l)" -eq 3 ] || { echo "not three packages in $1" >&2; exit 1; }
}
quietly cmake -S "$source" --preset package -B "$build"
quietly cmake --build "$build"
make_packages "$scratch/first"

# Lintian; its own note about root is none of ours.
said=$(lintian --fail-on none "$scratch"/first/*.deb 2>&1 | grep -v '^running with root privileges' || true)
[ -z "$said" ] || { printf 'lintian:\n%s\n' "$said" >&2; exit 1; }

# What is in them: mode, owner, name; the library's version and the machine's kind are left out, and of the examples and
# the Lua files, which come and go, that they are there.
for package in briefpress libbriefpress0 libbriefpress-dev; do
    echo "$package"
    dpkg-deb -c "$scratch/first/${package}"_*.deb | awk '{ $3 = $4 = $5 = ""; print }' | tr -s ' ' |
        sed -e 's|/lib/[a-z0-9_]*-linux-gnu[a-z0-9]*|/lib/MACHINE|' -e 's|\.so\.\([0-9]*\)\.[0-9.]*|.so.\1.VERSION|' |
        grep -vE ' \./usr/share/(briefpress/scripts/[^ ]*/|doc/briefpress/examples/.)' | sed 's/^/    /'
done >"$scratch/contents"
if [ "$update" = yes ]; then cp "$scratch/contents" "$kept"; fi
diff -u "$kept" "$scratch/contents" || { echo "not what $kept lists; package_test.sh --update" >&2; exit 1; }
contents=$(dpkg-deb -c "$scratch"/first/briefpress_*.deb)
for folder in briefpress/scripts briefpress/fonts briefpress/data doc/briefpress/examples; do
    have=$(grep -c "^-.* \./usr/share/$folder/" <<<"$contents")
    want=$(cd "$source" && find "${folder##*/}" -type f | wc -l)
    [ "$have" -eq "$want" ] || { echo "$folder: $have files of $want" >&2; exit 1; }
done

# Its sums fit, nothing tells where it was built, and what the symbols file lists is what the library shows.
dpkg-deb -R "$scratch"/first/briefpress_*.deb "$scratch/program"
dpkg-deb -R "$scratch"/first/libbriefpress0_*.deb "$scratch/library"
(cd "$scratch/program" && md5sum --quiet -c DEBIAN/md5sums)
if grep -rlF "$source/" "$scratch/program" "$scratch/library"; then echo "it tells where it was built" >&2; exit 1; fi
nm -D --defined-only "$scratch"/library/usr/lib/*/libbriefpress.so.0.* | awk '$2 == "T" { print $3 }' | sort >"$scratch/shown"
sed -n 's/^ \([a-z_]*\)@Base .*/\1/p' "$scratch/library/DEBIAN/symbols" | sort >"$scratch/listed"
diff -u "$scratch/listed" "$scratch/shown" || { echo "cmake/debian/symbols and the library differ" >&2; exit 1; }

# Every library that is opened at run time is depended on.
for library in $(grep -rhoE 'lib(qpdf|lcms2|qrencode|fontconfig)[.a-z0-9]*\.so\.[0-9]+' "$scratch/program/usr/bin" -a | sort -u); do
    owner=$(dpkg-query -S "*/$library" | sed -n '1s/[:,].*//p')
    grep -q "^Depends:.* $owner\b" "$scratch/program/DEBIAN/control" || { echo "$library: no dependency" >&2; exit 1; }
done

# The same again, of files that are newer.
find "$build/said" "$build/debian" -type f -exec touch {} +
touch "$source/data/README.md"
sleep 1
make_packages "$scratch/second"
(cd "$scratch/first" && sha256sum -- *.deb) >"$scratch/sums"
(cd "$scratch/second" && sha256sum --quiet -c "$scratch/sums") || { echo "made again, the packages differ" >&2; exit 1; }
cat "$scratch/sums"
