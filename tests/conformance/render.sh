#!/usr/bin/env bash
# Renders all that is held against the standards, and breaks some of it on purpose.
#
#   render.sh PROGRAM FOLDER
#
# FOLDER then has the PDFs, verapdf.list for verapdf/Validate.java and structure.list for structure.py. Rendered are the documents
# of documents.list, the examples, and the flagship in its languages. What a rendering says is shown where it fails.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 64; }
program=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(realpath "$here/../..")
for tool in qpdf python3; do
    command -v $tool >/dev/null || { echo "skipped: $tool is not installed, which looks into the files"; exit 77; }
done
rm -f "$folder"/*.pdf "$folder"/*.list
failed=0

# render NAME STANDARDS ARGUMENT...: makes FOLDER/NAME.pdf and notes what it must pass.
render() {
    local name=$1 standards=$2
    shift 2
    if ! "$program" render "$@" -q -o "$folder/$name.pdf" 2>"$folder/said" </dev/null; then
        printf '%s: does not render: %s\n' "$name" "$*" >&2
        cat "$folder/said" >&2
        failed=1
        return
    fi
    count=$((count + 1))
    local verapdf=() structure=() standard
    for standard in ${standards//,/ }; do
        case $standard in
        order | untagged) structure+=("$standard") ;;
        *) verapdf+=("$standard") ;;
        esac
    done
    (IFS=,; printf '%s\t%s\n' "$folder/$name.pdf" "${verapdf[*]}" >>"$folder/verapdf.list")
    (IFS=,; printf '%s\t%s\n' "$folder/$name.pdf" "${structure[*]-}" >>"$folder/structure.list")
}

count=0
while read -r name standards arguments; do
    case $name in "" | \#*) continue ;; esac
    cd "$here/documents/${name%%@*}" || { failed=1; continue; }
    data=../data.json
    [ -f data.json ] && data=data.json
    # shellcheck disable=SC2086 # The list has no arguments with spaces.
    render "$name" "$standards" layout.lua -d "$data" $arguments
done <"$here/documents.list"
for document in "$here"/documents/*/; do
    grep -q "^$(basename "$document")[@ ]" "$here/documents.list" ||
        { echo "$document: documents.list does not name it" >&2; failed=1; }
done

for example in "$top"/examples/[0-9][0-9]-*/; do
    cd "$example"
    arguments=(layout.lua)
    [ -f data.json ] && arguments+=(-d data.json)
    if [ -f args ]; then mapfile -t -O ${#arguments[@]} arguments <args; fi
    render "example-$(basename "$example")" 3A,UA1 "${arguments[@]}"
done
cd "$top"
for language in en zh; do
    render "briefing-$language" 3A,UA1 scripts/briefing.lua -d data/etown-2022.json --lang $language
done

python3 "$here/broken/breaches.py" "$folder" || failed=1
printf '%d documents rendered\n' "$count"
exit $failed
