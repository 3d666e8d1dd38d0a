# Wrong input of every kind ends in the right exit code and a message with its place and what to do; the old PDF stays
# as it was, and nothing is left behind but the lock.
load helper

# What every refused run must leave: the old edition, and no file that was not there before.
begin_refusal() {
    echo old >x.pdf
    before=$(ls -A; echo .x.pdf.lock)
}

expect_refusal() {
    [ "$(cat x.pdf)" = old ] || fail "$1: the old edition is gone"
    [ -z "$(ls -A | grep -vxF "$before" || true)" ] || fail "$1: left behind: $(ls -A | grep -vxF "$before")"
    [ -n "$err" ] || fail "$1: no word"
    [[ $err != *AddressSanitizer* && $err != *"runtime error"* ]] || fail "$1: a sanitizer speaks"
}

# refuse CODE NAME ARGUMENT...: renders and looks at what is left.
refuse() {
    local code=$1 name=$2
    shift 2
    begin_refusal
    bp render "$@" -o x.pdf
    [ "$status" -eq "$code" ] || fail "$name: expected exit code $code"
    expect_refusal "$name"
}

good_data() {
    cat >good.json <<'JSON'
{
  "dataset": {"id": "harbour", "title": "Harbour", "languages": ["en"], "published": "2025-03-01"},
  "sources": [{"id": "office", "title": "Harbour report"}],
  "themes": [{"id": "traffic", "title": "Traffic"}],
  "indicators": [
    {"id": "ships", "theme": "traffic", "label": "Ships", "source": "office",
     "observations": [{"period": "2023", "value": 900}, {"period": "2024", "value": 1200}]},
    {"id": "ferries", "label": "Ferries", "source": "office", "period": "2024", "value": 800},
    {"id": "share", "label": "Share", "unit": {"symbol": "%"}, "derive": "ferries / ships * 100"}
  ],
  "checks": ["ferries <= ships"]
}
JSON
}

@test "JSON faults in 35 places: each with its line, column and what was expected" {
    good_data
    refused=0
    while IFS='~' read -r name change place said; do
        sed "$change" good.json >bad.json
        ! cmp -s good.json bad.json || fail "$name: nothing is wrong"
        refuse 65 "$name" "$FIXTURES/plain.lua" -d bad.json
        [[ $'\n'$err == *$'\n'"bad.json:$place: $said"* ]] || fail "$name: expected bad.json:$place: $said"
        # The line itself is shown, where there is one.
        line=$(sed -n "${place%%:*}p" bad.json)
        [ -z "$line" ] || [[ $err == *$'\n'"$(printf '%5d | ' "${place%%:*}")"* ]] || fail "$name: the line is not shown"
        bp data bad.json
        expect_status 65
        [[ $'\n'$err == *$'\n'"bad.json:$place: $said"* && -z $out ]] || fail "$name: data says something else"
        refused=$((refused + 1))
    done <<'FAULTS'
syntax at the start~1s/^/x/~1:1~expected a value, found 'x'
syntax in the middle~3s/,$//~4:3~expected ',' or '}', found '"'
syntax at the end~$d~12:1~expected ',' or '}', found the end of the text; what line 1 opens is not closed
more after the end~$s/$/ true/~12:3~expected nothing after the value
a brace alone~1!d~2:1~expected a member name in quotes, found the end of the text
a byte order mark~1s/^/\xef\xbb\xbf/~1:1~the text begins with a byte order mark; save it as UTF-8 without one
single quotes~2s/"id"/'id'/~2:15~expected a member name in quotes, found '''; JSON puts texts in double quotes
a comment~5s|^|// all: |~5:1~expected a member name in quotes, found '/'; JSON has no comments
a comma too many~4s/}\],/},],/~4:52~expected a value, found ']'; the comma before it is one too many
a quote that is missing~6s/"office",/"office,/~6:69~the text that begins here has no closing quote on its line
wrong type~7s/900/"many"/~7:51~$.indicators[0].observations[0].value: expected a number, found a string
a list for an object~4s/\[{.*}\]/[[]]/~4:14~$.themes[0]: expected an object, found a list
unknown member~8s/"label"/"labl"/~8:23~$.indicators[1].labl: unknown member; did you mean "label"?
duplicate key~8s/"label": "Ferries"/"label": "Ferries", "label": "Boats"/~8:43~the member "label" is given twice; first in line 8
bad UTF-8~6s/Ships/Sh\xffps/~6:53~the byte 0xFF is not UTF-8
a control character~6s/Ships/Sh\x01ps/~6:53~the control character U+0001 must be written \u0001
a bad escape~6s/Ships/Sh\\qps/~6:53~expected one of \" \\ \/ \b \f \n \r \t \uXXXX after a backslash
half a surrogate pair~6s/Ships/\\ud83d/~6:51~\uD83D is half a surrogate pair
leading zero~8s/800/0800/~8:90~the number 0800 has a leading zero
number too large~8s/800/1e999/~8:90~the number 1e999 is too large
number half written~8s/800/8./~8:90~8. is not a number as JSON writes it
no number at all~8s/800/NaN/~8:90~expected a value, found 'NaN'; JSON has true, false, null and finite numbers
number beyond exactness~8s/800/9007199254740993/~8:90~the whole number 9007199254740993 is above 2^53
missing member~8s/"label": "Ferries", //~8:5~$.indicators[1]: "label" is missing
missing value~7s/, "value": 900//~7:23~$.indicators[0].observations[0]: "value" is missing
dangling source~6s/"source": "office"/"source": "offcie"/~6:69~$.indicators[0].source: no source "offcie"; did you mean "office"?
dangling theme~6s/"theme": "traffic"/"theme": "trafic"/~6:30~$.indicators[0].theme: no theme "trafic"; did you mean "traffic"?
dangling indicator~9s/ships/shps/~9:74~$.indicators[2].derive: at character 11: no indicator "shps"; did you mean "ships"?
dangling in a check~11s/ships/shps/~11:14~$.checks[0]: at character 12: no indicator "shps"; did you mean "ships"?
a circle~9s/ferries/share/~9:74~$.indicators[2].derive: the derivation goes in a circle: share -> share
the same id twice~8s/"ferries"/"ships"/~8:5~$.indicators[1]: the id "ships" is given twice; first in line 6
the same period twice~7s/2023/2024/~7:57~$.indicators[0].observations[1]: the period 2024 of "ships" is given twice
no such day~2s/2025-03-01/2025-02-30/~2:86~$.dataset.published: expected a day such as 2022-09-03, found "2025-02-30"
a language not declared~6s/"Ships"/{"fr": "Navires"}/~6:57~$.indicators[0].label.fr: the language "fr" is not one of dataset.languages
a check that fails~8s/800/8000/~11:14~$.checks[0]: check "ferries <= ships" does not hold: ferries is 8000, ships is 1200
FAULTS
    [ "$refused" -eq 35 ]
    # Too deep: 65 lists inside each other are one too many, 10,000 no worse.
    for depth in 65 10000; do
        { printf '{"dataset": '; printf '[%.0s' $(seq "$depth"); } >bad.json
        refuse 65 "depth $depth" "$FIXTURES/plain.lua" -d bad.json
        expect_err "more than 64 lists and objects inside each other"
    done
    say "$refused places, and two depths"
}

@test "all faults of several files are told in one run" {
    good_data
    sed '6s/"Ships"/7/; 8s/800/"x"/; 11s/ships/shps/' good.json >one.json
    sed '3s/"title"/"titel"/' good.json >two.json
    # Ids are not asked for while something cannot be read: they would only look misspelt.
    refuse 66 "two files and none" "$FIXTURES/plain.lua" -d one.json -d two.json -d none.json
    for said in 'one.json:6:50: ' 'one.json:8:90: ' 'two.json:3:32: ' 'none.json: '; do
        expect_err "$said"
    done
    refuse 65 "two files" "$FIXTURES/plain.lua" -d one.json -d two.json
    for said in 'one.json:6:50: ' 'one.json:8:90: ' 'one.json:11:14: ' 'two.json:3:32: '; do
        expect_err "$said"
    done
}

@test "25 and 340 are not 364: a check that fails names its sides and both values" {
    cat >sum.json <<'JSON'
{"dataset": {"id": "x", "title": "X"}, "indicators": [
  {"id": "all", "label": "All", "period": "2021", "value": 364},
  {"id": "national", "label": "National", "period": "2021", "value": 25},
  {"id": "municipal", "label": "Municipal", "period": "2021", "value": 340}],
 "checks": [{"expression": "national + municipal == all", "text": "The two levels are all of them."}]}
JSON
    refuse 65 "the sum" "$FIXTURES/plain.lua" -d sum.json
    expect_err 'sum.json:5:13: $.checks[0]: check "national + municipal == all" does not hold: national + municipal is 365, all is 364 (The two levels are all of them.)'
    sed -i '2s/364}/364, "parts": ["national", "municipal"]}/; 5s/.*/}/; 4s/],$/]/' sum.json
    refuse 65 "the parts" "$FIXTURES/plain.lua" -d sum.json
    expect_err 'sum.json:2:74: $.indicators[0].parts: the parts do not sum in 2021: national + municipal is 365, all is 364'
}

@test "what is wrong in a layout: the line, what it is, and the nearest right thing" {
    good_data
    tried=0
    while IFS='~' read -r code line said body; do
        printf 'local b = require "briefpress"\nreturn function(data)\n  return b.report { title = "x",\n    b.text "words",\n    %s\n  }\nend\n' "$body" >l.lua
        refuse "$code" "$body" l.lua -d good.json
        [[ $err == "l.lua:$line: $said"* ]] || fail "$body: expected l.lua:$line: $said"
        [[ $err == *$'\n'"$(printf '%5d | ' "$line")"* ]] || fail "$body: the line is not shown"
        tried=$((tried + 1))
    done <<'FAULTS'
78~5~figure "shpis": no such indicator; did you mean "ships"?~b.figure "shpis"
78~5~no indicator "fery"; there are "ships", "ferries", "share"~b.chart.bar { data.indicators.fery }
78~5~{shps}: no such indicator; did you mean "ships"?~b.text "There are {shps}."
78~5~'}' expected (to close '{' at line 3)~b.text "one" b.text "two",
78~5~unfinished string near~b.text "one
78~5~attempt to perform arithmetic on a nil value (field 'none')~b.text("sum " .. 1 + ({}).none)
78~5~attempt to call a nil value (field 'twice')~b.text(data.language.twice())
78~5~b.tabel: no such component; did you mean b.table?~b.tabel { }
78~5~undefined variable "heading"~heading "x"
78~5~text: no option "colour"; did you mean "color"?~b.text { "x", colour = "ink" }
78~5~no style "leed" in the theme; did you mean "lead"?~b.text { "x", style = "leed" }
78~5~an indicator has no "lable"; did you mean "label"?~b.text(data.indicators.ships.lable)
78~5~out of luck~error "out of luck"
69~5~no font has U+13000~b.text "a 𓀀 b"
69~5~no font has U+13000~b.row { b.figure { value = "12", label = "ships 𓀀" } }
FAULTS
    [ "$tried" -eq 15 ]
    say "$tried faults of a layout"
}

@test "a font family that is missing is named, with the line and how to find another" {
    cat >l.lua <<'LUA'
local b = require "briefpress"
return function()
  local theme = {}
  for key, value in pairs(require "themes.plain") do theme[key] = value end
  theme.fonts = { body = { "No Such Sans" }, heading = { "Inter" }, figures = { "Inter" } }
  return b.report { title = "x", theme = theme, b.text "words" }
end
LUA
    refuse 69 "a missing family" l.lua
    expect_err 'l.lua:6: there is no font family "No Such Sans"; briefpress fonts lists those that serve'
    sed -i 's/No Such Sans/Intre/' l.lua
    refuse 69 "a misspelt family" l.lua
    expect_err 'did you mean "Inter"?'
    mkdir fonts
    head -c 4096 /dev/zero >fonts/x.ttf
    sed -i 's/Intre/Rubbish/' l.lua
    refuse 69 "a damaged font" l.lua --font-dir fonts
    expect_err "x.ttf"
}

@test "a file that an ordinary user may not read is named, whatever it is for" {
    command -v setpriv >/dev/null || skip "setpriv is not installed"
    [ "$(id -u)" -eq 0 ] || skip "needs root, to become nobody"
    nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    chmod 777 "$folder"
    nobody test -x "$BRIEFPRESS" || skip "nobody cannot reach the program"
    good_data
    printf 'local b = require "briefpress"\nlocal part = require "part"\nreturn function()\n  return b.report { title = "x",\n    b.image { "p.png", alt = part } }\nend\n' >l.lua
    echo 'return "x"' >part.lua
    cp "$BATS_TEST_DIRNAME/../fuzz/corpus/image/gray.png" p.png
    refused=0
    while IFS='~' read -r name said; do
        chmod 000 "$name"
        begin_refusal
        touch .x.pdf.lock
        chmod 666 x.pdf .x.pdf.lock
        status=0
        err=$(nobody "$BRIEFPRESS" render l.lua -d good.json -o x.pdf 2>&1) || status=$?
        [ "$status" -eq 66 ] || fail "$name: expected exit code 66"
        expect_refusal "$name"
        [[ $err == *"$said"* ]] || fail "$name: expected $said"
        chmod 644 "$name"
        refused=$((refused + 1))
    done <<'FILES'
l.lua~l.lua: cannot be read: Permission denied
part.lua~part.lua: cannot be read: Permission denied (needed at l.lua:2)
good.json~good.json: cannot be read: Permission denied
p.png~p.png: cannot be read: Permission denied (needed at l.lua:5)
FILES
    nobody "$BRIEFPRESS" render l.lua -d good.json -q -o x.pdf
    expect_whole x.pdf
    say "$refused files"
}

@test "inputs that are no files, and that are not there" {
    good_data
    mkdir folder.json
    refuse 66 "a folder" "$FIXTURES/plain.lua" -d folder.json
    expect_err "folder.json: "
    refuse 66 "no data" "$FIXTURES/plain.lua" -d none.json
    expect_err "none.json: no such file"
    refuse 66 "no layout" none.lua
    expect_err "none.lua: no such layout"
    printf 'local b = require "briefpress"\nreturn function()\n  return b.report { title = "x", b.image { "none.png", alt = "x" } }\nend\n' >l.lua
    refuse 69 "no image" l.lua
    expect_err "none.png: no such file (needed at l.lua:3)"
}

@test "each of 200 damaged PNGs ends in exit code 69 or in a valid PDF" {
    aid mutate
    command -v qpdf >/dev/null || skip "qpdf is not installed"
    printf 'local b = require "briefpress"\nreturn function()\n  return b.report { title = "x",\n    b.image { "p.png", alt = "x" } }\nend\n' >l.lua
    images=("$BATS_TEST_DIRNAME"/../fuzz/corpus/image/*.png "$BATS_TEST_DIRNAME"/../../examples/02-figures/page.png)
    whole=0 refused=0
    for seed in $(seq 0 199); do
        image=${images[seed / 10 % ${#images[@]}]}
        what=$("$AIDS/mutate" "$image" "$seed" p.png)
        begin_refusal
        bp render l.lua -q -o x.pdf
        if [ "$status" -eq 69 ]; then
            expect_refusal "seed $seed ($what)"
            [[ $err == "p.png: "*" (needed at l.lua:4)" ]] || fail "seed $seed ($what): no place"
            refused=$((refused + 1))
        else
            [ "$status" -eq 0 ] || fail "seed $seed ($what)"
            qpdf --check x.pdf >check.txt 2>&1 || fail "seed $seed ($what): $(cat check.txt)"
            rm check.txt
            whole=$((whole + 1))
        fi
    done
    # Some damage is none (a byte of a comment, a row that stays possible), but most must be seen.
    [ $((whole + refused)) -eq 200 ] && [ "$refused" -ge 120 ] && [ "$whole" -ge 1 ] || fail "$refused refused, $whole printed"
    say "200 images: $refused refused, $whole printed"
}
