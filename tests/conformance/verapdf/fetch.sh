#!/usr/bin/env bash
# Brings veraPDF into a folder, from Maven Central or from what Maven keeps of it; nothing where it is there already.
#
#   fetch.sh FOLDER            exits with 77 where it cannot be had, with 1 where it is not what jars.sha256 says
#   fetch.sh --update FOLDER   renews jars.sha256, after pom.xml was changed
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
[ $# -eq 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
folder=$1

is_there() { [ -d "$folder" ] && (cd "$folder" && sha256sum --status --strict -c "$here/jars.sha256" 2>/dev/null); }

[ $update = yes ] || ! is_there || exit 0
command -v mvn >/dev/null || { echo "skipped: Maven is not installed, which would bring veraPDF"; exit 77; }
rm -rf "$folder"
mkdir -p "$folder"
if ! timeout 300 mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$(realpath "$folder")" >"$folder.log" 2>&1 </dev/null; then
    tail -n 3 "$folder.log" >&2
    echo "skipped: veraPDF cannot be had; all that Maven said is in $folder.log"
    rm -rf "$folder"
    exit 77
fi
if [ $update = yes ]; then
    (cd "$folder" && LC_ALL=C sha256sum -- *.jar) >"$here/jars.sha256"
elif ! is_there; then
    (cd "$folder" && sha256sum --quiet --strict -c "$here/jars.sha256") >&2 || true
    echo "what came from Maven is not what jars.sha256 says" >&2
    rm -rf "$folder"
    exit 1
fi
