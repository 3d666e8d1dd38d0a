# verify: a report is made again from what it carries, byte for byte; what was changed is told; a stranger's PDF does no
# harm.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

expect_equal() {
    bp verify "$@"
    expect_status 0
    [[ $out == "equal: "*" byte"*", made by briefpress "* ]] || fail "not that verdict"
}

briefing() {
    "$BRIEFPRESS" render "$ROOT/scripts/briefing.lua" -d "$ROOT/data/etown-2022.json" -q -o report.pdf "$@"
}

carried() {
    qpdf --show-attachment="$2" "$1"
}

@test "the flagship in both languages and every example are equal" {
    count=0
    for language in en zh; do
        briefing --lang $language
        expect_equal report.pdf
        count=$((count + 1))
    done
    for example in "$ROOT"/examples/[0-9]*/; do
        data=()
        [ ! -e "$example/data.json" ] || data=(-d "$example/data.json")
        "$BRIEFPRESS" render "$example/layout.lua" "${data[@]}" -q -o report.pdf
        expect_equal report.pdf
        count=$((count + 1))
    done
    [ "$count" -ge 20 ]
    say "$count reports"
}

@test "a new project of each template is equal" {
    for template in briefing certificate fact-sheet letter poster slides; do
        "$BRIEFPRESS" new "$template" --template "$template" -q
        "$BRIEFPRESS" render "$template/layout.lua" -d "$template/data.json" -q -o report.pdf
        expect_equal report.pdf
    done
}

@test "the options that shape the bytes are followed" {
    for options in "--pages 2-3,9-" "--deflate 9" "--optimize" "--web" "--standard a-3u" "--standard none --no-tags" \
        "--boxes" "--date 2022-10-01T10:30:00Z" "--allow-missing --no-system-fonts"; do
        # shellcheck disable=SC2086 # The options are words.
        briefing $options
        expect_equal report.pdf
    done
}

# A layout with all that can be read: modules, images of two folders, parameters, a table, observations, standard input.
project() {
    mkdir -p project/parts/deep shared
    cp "$ROOT"/examples/14-own-block/data.json data.json
    printf '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#a33"/></svg>' \
        >project/parts/mark.svg
    printf '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#3a3"/></svg>' \
        >shared/mark.svg
    printf 'return { word = "deep" }\n' >project/parts/deep/init.lua
    printf 'return { word = require("parts.deep").word .. "er" }\n' >project/parts/words.lua
    cat >project/layout.lua <<'LUA'
local b = require "briefpress"
local words = require "parts.words"
return b.layout {
  title = "All", description = "All", params = { logo = { type = "file", required = true }, note = { default = "" } },
  function(data, params)
    local rows = {}
    for _, row in data.tables.shops:rows() do rows[#rows + 1] = row.name end
    return b.report { title = "All", b.text(words.word .. " " .. params.note .. " " .. table.concat(rows, ", ")),
      b.image { "parts/mark.svg", width = 40, alt = "One" }, b.image { "./parts/../parts/mark.svg", width = 20, alt = "One" },
      b.image { "../shared/mark.svg", width = 40, alt = "Two" }, b.image { params.logo, width = 40, alt = "Three" } }
  end }
LUA
    printf '{"dataset":{"id":"shops","title":"Shops","languages":["en"]},"tables":[{"id":"shops","columns":[{"id":"name","type":"text","title":"Name"}]}]}' \
        >base.json
    printf 'name\nÖst\nWest\n' >shops.csv
    printf '{"name":"North"}\n' >shops.ndjson
}

@test "modules, images, parameters, tables and standard input are carried, and nobody's folders" {
    project
    "$BRIEFPRESS" render project/layout.lua -d - -d shops=shops.csv --allow-read shared -p logo=parts/mark.svg \
        -p $'note=a "quoted" \\ note\n数' -q -o report.pdf <base.json
    mkdir elsewhere && mv report.pdf elsewhere && rm -r project shared base.json shops.csv && cd elsewhere
    expect_equal report.pdf
    bp verify report.pdf -v
    for line in "layout  layout.lua" "module  parts/words.lua" "module  parts/deep/init.lua" "file    parts/mark.svg" \
        "data    shops.json" "data    shops.csv" "option  -p logo=parts/mark.svg"; do
        [[ $out == *"$line"* ]] || fail "no line: $line"
    done
    qpdf --list-attachments report.pdf >names
    [ "$(sed 's/ ->.*//' names | LC_ALL=C sort | tr '\n' ' ')" = \
        "briefpress.json init.lua layout.lua mark-2.svg mark.svg shops.csv shops.json words.lua " ] || fail "$(cat names)"
    sed 's/ ->.*//' names | while read -r name; do carried report.pdf "$name"; done >all
    grep -q '"version": 1' all
    # shellcheck disable=SC2154 # The folder is the helper's.
    if grep -qF "$folder" all || grep -aqF "$folder" report.pdf; then fail "tells the folder"; fi
}

@test "what is carried is what was read, and its names come from what it holds" {
    briefing
    carried report.pdf etown-2022.json | cmp - "$ROOT/data/etown-2022.json"
    carried report.pdf briefing.lua | cmp - "$ROOT/scripts/briefing.lua"
    carried report.pdf briefpress.json >manifest.json
    carried report.pdf figures.json >figures.json
    jq -e '.version == 1 and (.files | length >= 4) and (.fonts | length >= 2) and .libraries.HarfBuzz' manifest.json
    jq -e '.figures | length > 20 and all(.id and .printed and (.value | type == "number") and (.boxes | length > 0))' \
        figures.json
    jq -r '.files[] | "\(.sha256)  \(.name)"' manifest.json | while read -r print name; do
        [ "$(carried report.pdf "$name" | sha256sum)" = "$print  -" ] || fail "$name"
    done
}

@test "--no-attachments leaves everything out, and so does a standard that forbids it" {
    for option in "--no-attachments" "--standard a-2u"; do
        # shellcheck disable=SC2086
        briefing $option
        [ -z "$(qpdf --list-attachments report.pdf | grep -v "no embedded files")" ] || fail "$option"
        bp verify report.pdf
        expect_status 65
        expect_err "carries no briefpress.json"
    done
}

@test "changed data is named, whether it shows or not" {
    briefing
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf '"value": 2212' '"value": 2213'
    bp verify changed.pdf
    expect_status 79
    expect_err "etown-2022.json in it was changed after the report was made"
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf 'return function' 'return  function'
    bp verify changed.pdf
    expect_status 79
    expect_err "briefing.lua in it was changed after the report was made"
}

@test "changed data that makes no report any more is the finding" {
    briefing
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf '"value": 364' '"value": 365'
    bp verify changed.pdf
    expect_status 79
    expect_err "etown-2022.json in it was changed after the report was made"
    expect_err "the parts do not sum"
    expect_err "cannot be made again from what was changed in it"
}

@test "the first object that differs is told with its page" {
    briefing
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf '"value": 2212' '"value": 2213'
    bp verify changed.pdf
    expect_err "objects differ, first: attachment figures.json"
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf '/MediaBox [' '/Rotate 90 /MediaBox ['
    bp verify changed.pdf
    expect_status 79
    expect_err "another program has written the file anew; 1 of "
    [[ $err =~ "first: page "[0-9]+", page: it has " ]] || fail "no page"
    expect_err "/Rotate 90"
    qpdf report.pdf anew.pdf
    bp verify anew.pdf
    expect_status 79
    expect_err "what it holds is the same"
    # In place: a figure on a page, in a file that is written as it can be read.
    briefing --deflate 0
    python3 - <<'PY'
data = open("report.pdf", "rb").read()
at = data.index(b"2,2", data.index(b"stream"))
data = data[:at] + b"9" + data[at + 1:]
open("changed.pdf", "wb").write(data)
PY
    bp verify changed.pdf
    expect_status 79
    [[ $err =~ "1 of "[0-9]+" objects differ, first: page "[0-9]+", object "[0-9]+", content: it has " ]] ||
        fail "not that object"
}

@test "bytes turned over in the file are noticed" {
    briefing
    size=$(stat -c %s report.pdf)
    tried=0
    for part in 1 3 5 7 9 11 13 15; do
        python3 - "$((size * part / 16))" <<'PY'
import sys
at = int(sys.argv[1])
data = bytearray(open("report.pdf", "rb").read())
data[at] ^= 0x10
open("turned.pdf", "wb").write(data)
PY
        bp verify turned.pdf
        [ "$status" -eq 79 ] || [ "$status" -eq 65 ] || fail "part $part"
        [ -n "$err" ] || fail "says nothing"
        tried=$((tried + 1))
    done
    [ "$tried" -eq 8 ]
}

@test "another version of the program, of a library, and options that are not known are told" {
    briefing
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf '"program": "briefpress ' '"program": "briefpress 0.0.1-' \
        '"HarfBuzz": "' '"HarfBuzz": "1.'
    bp verify changed.pdf
    expect_status 79
    expect_err "it was made by briefpress 0.0.1-"
    expect_err "HarfBuzz was of version 1."
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf '  "files": [' '  "options": { "glitter": "true" }, "files": ['
    bp verify changed.pdf
    expect_status 65
    expect_err "an option that this version does not know: glitter"
    python3 "$FIXTURES/tamper.py" report.pdf changed.pdf $'"version": 1,\n  "program"' $'"version": 7,\n  "program"'
    bp verify changed.pdf
    expect_status 65
    expect_err "made by a later version"
}

@test "other fonts are named" {
    briefing
    font=$(carried report.pdf briefpress.json | jq -r '.fonts[] | select(.weight == 400 and .italic == null) | .file' | head -1)
    found=$("$BRIEFPRESS" fonts | grep -oE "/[^ ]*/$font" | head -1)
    [ -n "$found" ] || skip "the fonts' folder is not told"
    mkdir fonts
    cp "$(dirname "$found")"/* fonts
    expect_equal report.pdf --font-dir fonts
    # Another revision of the font: its header, and the header's checksum in the directory.
    python3 - "fonts/$font" <<'PY'
import struct
import sys
data = bytearray(open(sys.argv[1], "rb").read())
for i in range(struct.unpack(">H", data[4:6])[0]):
    at = 12 + 16 * i
    if data[at:at + 4] == b"head":
        offset = struct.unpack(">I", data[at + 8:at + 12])[0]
        data[offset + 7] ^= 1
        data[at + 7] ^= 1
open(sys.argv[1], "wb").write(data)
PY
    bp verify report.pdf --font-dir fonts
    expect_status 79
    expect_err "is another one here: $font"
}

@test "what is no report, is cut, or is encrypted is told" {
    briefing
    head -c 40000 report.pdf >cut.pdf
    : >empty.pdf
    echo "not a PDF" >text.pdf
    for file in cut.pdf empty.pdf text.pdf; do
        bp verify $file
        expect_status 65
        expect_err "$file"
    done
    bp verify nothing.pdf
    expect_status 66
    bp verify .
    expect_status 66
    qpdf --encrypt "" owner 256 -- report.pdf locked.pdf
    bp verify locked.pdf
    expect_status 65
    expect_err "cannot be verified"
    qpdf --encrypt user owner 256 -- report.pdf locked.pdf
    bp verify locked.pdf
    expect_status 65
    expect_err "cannot be verified"
    "$BRIEFPRESS" verify - <report.pdf >out
    grep -q "^equal: " out
    bp verify report.pdf -q
    expect_status 0
    [ -z "$out$err" ] || fail "is not quiet"
    bp verify report.pdf --log-format json
    expect_status 0
}

# A PDF that carries these files: craft MANIFEST FILE...
craft() {
    [ -e plain.pdf ] || "$BRIEFPRESS" render "$FIXTURES/plain.lua" --no-attachments -q -o plain.pdf
    printf '%s' "$1" >briefpress.json
    shift
    adds=()
    for file in briefpress.json "$@"; do adds+=(--add-attachment "$file" --); done
    qpdf plain.pdf "${adds[@]}" hostile.pdf
    rm -f briefpress.json "$@"
}

# One of a layout that is what it should be.
manifest() {
    [ -e kept.lua ] || cp layout.lua kept.lua
    print=$(sha256sum <kept.lua)
    printf '{"version": 1, "program": "briefpress 0.1.0", "files": [{"role": "layout", "name": "layout.lua", "path": "layout.lua", "size": 1, "sha256": "%s"}%s]%s}' \
        "${print%% *}" "${1-}" "${2-}"
}

@test "a layout in a PDF runs under the limits, and reads nothing but what it carries" {
    mkdir -p readable
    printf 'return "stolen"\n' >stolen.lua
    printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>' >stolen.svg
    "$BRIEFPRESS" render "$FIXTURES/plain.lua" --no-attachments -q -o plain.pdf
    : >kept.lua
    ls -A >before
    while IFS='|' read -r code says body; do
        printf 'local b = require "briefpress"\nreturn function() %s return b.report { title = "T", b.text "x" } end\n' "$body" \
            >layout.lua
        cp layout.lua kept.lua
        craft "$(manifest)" layout.lua
        bp verify hostile.pdf --max-seconds 3 --max-memory 48M
        expect_status "$code"
        expect_err "$says"
        rm -f hostile.pdf
    done <<'CASES'
76|ran for more than|while true do end
76|memory|local t = ("x"):rep(500000000)
78|not available|io.open("/etc/passwd")
78|not available|dofile("stolen.lua")
78|no such module|require "stolen"
69|no such file|if true then return b.report { title = "T", b.image { "stolen.svg", alt = "x" } } end
69|no such file|if true then return b.report { title = "T", b.image { "/etc/passwd", alt = "x" } } end
69|no such file|if true then return b.report { title = "T", b.image { "../stolen.svg", alt = "x" } } end
79|different|require("briefpress.engine")
CASES
    ls -A >after
    diff before <(grep -vx after after)
}

@test "manifests that lie are refused" {
    printf 'local b = require "briefpress"\nreturn function() return b.report { title = "T", b.text "x" } end\n' >kept.lua
    tried=0
    try() {
        tried=$((tried + 1))
        cp kept.lua layout.lua
        craft "$1" layout.lua
        bp verify hostile.pdf
        expect_status "$2"
        expect_err "$3"
    }
    other=', {"role": "module", "name": "%s", "path": "%s", "size": 1, "sha256": ""}'
    # shellcheck disable=SC2059
    try "$(manifest "$(printf "$other" missing.lua missing.lua)")" 65 "does not carry missing.lua"
    # shellcheck disable=SC2059
    try "$(manifest "$(printf "$other" layout.lua ../../../etc/passwd)")" 79 "layout.lua in it was changed"
    # shellcheck disable=SC2059
    try "$(manifest "$(printf "$other" ../kept.lua kept.lua)")" 65 "does not carry"
    try "$(manifest "$(for i in $(seq 10000); do
        printf ', {"role": "module", "name": "layout.lua", "path": "m%d.lua", "size": 1, "sha256": ""}' "$i"
    done)")" 79 "changed after"
    try "$(manifest ', {"role": "data", "name": "layout.lua", "path": "a.json", "size": 99999999999999999999, "sha256": ""}')" \
        65 "2^53"
    try "$(manifest ', {"role": "data", "path": "big.csv", "size": 99999999, "sha256": "", "left_out": true}')" \
        65 "too large to be carried"
    try '{"version": 1, "program": "x", "files": []}' 65 "carries no layout"
    try '[]' 65 "expected an object"
    try 'nonsense' 65 "briefpress.json"
    try '' 65 "briefpress.json"
    try "$(printf '%0.s[' $(seq 5000))" 65 "briefpress.json"
    try '{"version": 1, "program": ["x"], "files": []}' 65 "program"
    try '{"version": 1, "program": "x", "files": 3}' 65 "files"
    try "$(manifest '' ', "options": {"pages": "0"}')" 65 "pages"
    try "$(manifest '' ', "options": {"pages": "9-1,,"}')" 65 "pages"
    try "$(manifest '' ', "options": {"deflate": "99999999999999999999"}')" 65 "deflate"
    try "$(manifest '' ', "options": {"date": "yesterday"}')" 65 "date"
    try "$(manifest '' ', "options": {"standard": "a-9z"}')" 65 "standard"
    try "$(manifest '' ', "parameters": {"a": 1}')" 65 "parameters"
    try "$(manifest ', {"role": "data", "name": "layout.lua", "path": "a.json", "table": "x y", "size": 1, "sha256": ""}')" \
        64 ""
    [ "$tried" -ge 20 ]
    say "$tried manifests"
}
