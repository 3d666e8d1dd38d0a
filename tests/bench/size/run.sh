#!/usr/bin/env bash
# How many bytes the flagship takes, beside a Typst document of the same content: run.sh PROGRAM BUILD_FOLDER
# Typst gets the words, elements, paths, fonts and attachments of ours, read from a trace (typst_of_trace.py); what it makes
# stays in BUILD_FOLDER/size to be looked at. Characters but blanks are counted, for they must be the same.
set -euo pipefail
program=$(realpath "${1:?usage: run.sh PROGRAM BUILD_FOLDER}")
build=$(realpath "${2:?usage: run.sh PROGRAM BUILD_FOLDER}")
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../../.." && pwd)
# shellcheck source=../peers/peers.sh
. "$here/../peers/peers.sh"
for tool in python3 pdftotext pdfdetach; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 69; }
done
mkdir -p "$build/size"
cd "$build/size"

ours() { # ours NAME [OPTION]...
    "$program" render -q "$source/scripts/briefing.lua" -d "$source/data/etown-2022.json" --lang "$language" -o "$1.pdf" "${@:2}"
}

characters() { pdftotext "$1" - 2>/dev/null | LC_ALL=C.UTF-8 tr -d '[:space:]' | LC_ALL=C.UTF-8 wc -m; }
line() { printf '%-56s %9d %11d\n' "$1" "$(stat -c %s "$2")" "$(characters "$2")"; }

for language in en zh; do
    printf '%-56s %9s %11s\n' "flagship, $language" bytes characters
    ours "ours-$language" --trace "ours-$language.trace"
    ours "plain-$language" --no-attachments
    ours "untagged-$language" --no-attachments --no-tags --standard none
    ours "small-$language" --optimize
    ours "small-plain-$language" --no-attachments --optimize
    ours "web-$language" --optimize --web
    line "ours: tags, PDF/A-3a, PDF/UA-1, attachments" "ours-$language.pdf"
    line "ours: the same, --optimize" "small-$language.pdf"
    line "ours: the same, --optimize --web" "web-$language.pdf"
    line "ours: tags, PDF/A-3a, PDF/UA-1" "plain-$language.pdf"
    line "ours: the same, --optimize" "small-plain-$language.pdf"
    line "ours: neither tags nor standards" "untagged-$language.pdf"
    has_typst || continue
    rm -rf "carried-$language"
    mkdir "carried-$language"
    pdfdetach -saveall -o "carried-$language" "ours-$language.pdf" >/dev/null 2>&1
    (cd "carried-$language" && python3 "$here/typst_of_trace.py" "../ours-$language.trace" ./* >../size.typ)
    mv size.typ "carried-$language/flagship.typ"
    for kind in tagged a-3a attached; do
        options=("lang=$language")
        [ "$kind" = tagged ] || options+=(standard=a-3a)
        [ "$kind" != attached ] || options+=(attach=1)
        typst_command "carried-$language/flagship.typ" "typst-$kind-$language.pdf" /usr/share/fonts/opentype "carried-$language" \
            "${options[@]}"
        "${command_line[@]}"
    done
    line "Typst: tags, PDF/A-3a, attachments" "typst-attached-$language.pdf"
    line "Typst: tags, PDF/A-3a" "typst-a-3a-$language.pdf"
    line "Typst: tags" "typst-tagged-$language.pdf"
done
