#!/usr/bin/env bash
# Holds what render.sh has rendered against the standards, with veraPDF, in one Java machine.
#
#   verapdf.sh FOLDER
#
# Needs Java with a compiler, and veraPDF, which fetch.sh brings; where one of them cannot be had, that is said.
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
folder=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v java >/dev/null || { echo "skipped: Java is not installed, which veraPDF runs on"; exit 77; }
java --list-modules 2>/dev/null | grep -q '^jdk.compiler@' || { echo "skipped: this Java has no compiler"; exit 77; }
[ -e "$folder/verapdf.list" ] || { echo "skipped: nothing was rendered, for there is no $folder/verapdf.list"; exit 77; }
"$here/verapdf/fetch.sh" "$folder/jars"
exec java -Xss16m -cp "$folder/jars/*" "$here/verapdf/Validate.java" "$folder/verapdf.list"
