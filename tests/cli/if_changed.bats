# --if-changed: nothing is done where nothing has changed, and everything else is done.
load helper

# A layout with a module, an image, data and a table, in a folder of its own, and a font folder.
project() {
    mkdir -p work/parts fonts
    cat >work/report.lua <<'LUA'
local b = require "briefpress"
local words = require "parts.words"
return function(data, params)
  return b.report {
    title = "Report", language = "en",
    b.heading(words.title .. (params.more or "")),
    b.text { "{stations} stations, extraordinarily hyphenated words in justified paragraphs.",
      align = "justify", width = 130 },
    b.image { "dot.png", alt = "A dot", width = 20 },
  }
end
LUA
    echo 'return { title = "Stations" }' >work/parts/words.lua
    printf '%s' iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC |
        base64 -d >work/dot.png
    cat >work/data.json <<'JSON'
{"dataset": {"id": "d", "title": "D", "languages": ["en", "zh"], "published": "2022-09-03"},
 "sources": [{"id": "s", "title": "S"}],
 "indicators": [{"id": "stations", "label": "Stations", "value": 3, "period": "2021", "source": "s"}]}
JSON
}

again() {
    bp render work/report.lua -d work/data.json -o out.pdf --if-changed -v "$@"
}

# The PDF is made again, for the reason given.
expect_made() {
    expect_status 0
    [[ $err == *"rendering was needed: "*"$1"* ]] || fail "expected to be made again for: $1"
    expect_err "wrote out.pdf"
    expect_whole out.pdf
    expect_tidy
}

expect_unchanged() {
    expect_status 0
    [ "$err" = "unchanged: out.pdf is up to date" ] || fail "expected nothing to be done"
    [ "$(stat -c '%i %y %z' out.pdf)" = "$stamp" ] || fail "the PDF was touched"
}

remember() {
    stamp=$(stat -c '%i %y %z' out.pdf)
}

# Runs until there is a PDF that is up to date.
settle() {
    again "$@"
    expect_status 0
    remember
    again "$@"
    expect_unchanged
}

@test "where nothing has changed nothing is done" {
    project
    again
    expect_made "out.pdf is not there yet"
    remember
    again
    expect_unchanged
    again -q
    [ -z "$err" ] || fail "expected no word"
    [ "$(find . -maxdepth 1 -name '.out.pdf.*' | sort | tr '\n' ' ')" = "./.out.pdf.lock ./.out.pdf.state " ]
    sleep 3 # By now all is at rest: stat alone decides.
    again
    expect_unchanged
    again
    expect_unchanged
}

@test "each file it is made from counts by its content" {
    project
    settle
    local file
    for file in work/report.lua work/parts/words.lua work/dot.png work/data.json; do
        touch "$file"
        again
        expect_unchanged
        printf '\n' >>"$file"
        again
        expect_made "$(basename "$file") changed"
        remember
        again
        expect_unchanged
    done
    # Of the same size and with the old time, as after an archive was unpacked.
    touch -r work/data.json then
    sed -i 's/"value": 3/"value": 4/' work/data.json
    touch -r then work/data.json
    again
    expect_made "data.json changed"
    cp work/data.json other.json
    remember
    mv other.json work/data.json
    again
    expect_unchanged
}

@test "a module, a font or patterns that come later count, too" {
    project
    mkdir hyphens
    settle --font-dir fonts --hyphen-dir hyphens
    mkdir work/parts/words
    echo 'return { title = "Others" }' >work/parts/words/init.lua
    again --font-dir fonts --hyphen-dir hyphens
    expect_unchanged # words.lua comes first.
    mkdir -p work/themes
    cp "$BATS_TEST_DIRNAME/../../scripts/themes/plain.lua" work/themes/
    again --font-dir fonts --hyphen-dir hyphens
    expect_made "themes/plain.lua has come"
    rm -r work/themes
    again --font-dir fonts --hyphen-dir hyphens
    expect_made "themes/plain.lua is gone"
    remember
    echo no font >fonts/new.ttf
    again --font-dir fonts --hyphen-dir hyphens
    expect_made "fonts has other files in it"
    printf 'UTF-8\nLEFTHYPHENMIN 2\na1b\n' >hyphens/hyph_en.dic
    again --font-dir fonts --hyphen-dir hyphens
    expect_made "hyph_en.dic has come"
}

@test "options and the environment count where they shape the PDF" {
    project
    settle
    local option
    for option in "-p more=x" "--lang zh" "--date 2022-01-01" "--deflate 9" "--standard ua-1" "--no-attachments" \
        "--allow-missing" "--no-system-fonts" "--web" "--boxes" "--pages 1" "--allow-read fonts" "--font-dir fonts"; do
        # shellcheck disable=SC2086 # Two words each.
        again $option
        expect_made "the options changed"
        again
        expect_made "the options changed"
    done
    remember
    again --max-seconds 30 --max-memory 300M --color never
    expect_unchanged
    SOURCE_DATE_EPOCH=1000000000 again
    expect_made "the options changed"
    # A relative name is not the file of the same name elsewhere.
    remember
    cp -r work elsewhere
    (cd work && bp render report.lua -d data.json -o ../out.pdf --if-changed && expect_status 0)
    remember
    cd elsewhere
    bp render report.lua -d data.json -o ../out.pdf --if-changed -v
    cd ..
    expect_err "the options changed"
}

@test "a PDF that was changed, replaced or removed is made again" {
    project
    settle
    echo more >>out.pdf
    again
    expect_made "out.pdf changed"
    cp out.pdf whole.pdf
    printf x | dd of=out.pdf bs=1 seek=100 conv=notrunc status=none
    touch -r whole.pdf out.pdf
    again
    expect_made "out.pdf changed"
    rm out.pdf
    again
    expect_made "out.pdf is gone"
    # By a run that leaves no record.
    bp render work/report.lua -d work/data.json -o out.pdf -q -p more=y
    again
    expect_made "out.pdf changed"
    cmp out.pdf whole.pdf
}

@test "what is no record of ours is none" {
    project
    settle
    local text
    text=$(cat .out.pdf.state)
    for made in '' 'x' '{}' "${text%???}" "${text/briefpress_state\": 1/briefpress_state\": 2}" "${text/file/fiel}" "$text trailing"; do
        printf '%s' "$made" >.out.pdf.state
        again
        expect_made "has no record"
    done
    rm .out.pdf.state
    mkfifo .out.pdf.state
    again
    expect_made "has no record"
    [ -f .out.pdf.state ]
    echo precious >precious
    ln -sf precious .out.pdf.state
    again
    expect_made "has no record"
    [ ! -L .out.pdf.state ]
    [ "$(cat precious)" = precious ]
    truncate -s 1G .out.pdf.state
    again
    expect_made "has no record"
    rm .out.pdf.state
    mkdir .out.pdf.state
    again
    expect_made "has no record"
    expect_err "no record for --if-changed"
    rmdir .out.pdf.state
    again
    expect_made "has no record"
    remember
    again
    expect_unchanged
}

@test "links count by what they lead to" {
    project
    cp -r work other
    sed -i 's/Stations/Others/' other/parts/words.lua
    ln -s work current
    bp render current/report.lua -d current/data.json -o out.pdf --if-changed -q
    expect_status 0
    remember
    bp render current/report.lua -d current/data.json -o out.pdf --if-changed -v
    expect_unchanged
    ln -sfn other current
    bp render current/report.lua -d current/data.json -o out.pdf --if-changed -v
    expect_made "report.lua leads to another file"
    # An output through a link has its record beside the file.
    mkdir deep
    ln -s deep/real.pdf linked.pdf
    bp render work/report.lua -d work/data.json -o linked.pdf --if-changed -q
    [ -f deep/.real.pdf.state ]
    [ -L linked.pdf ]
    bp render work/report.lua -d work/data.json -o linked.pdf --if-changed
    expect_err "unchanged: linked.pdf"
}

@test "a run that fails leaves the record of the PDF that is there" {
    project
    settle
    cp work/data.json kept.json
    echo '{' >work/data.json
    again
    expect_status 65
    expect_err "rendering was needed"
    cp kept.json work/data.json
    again
    expect_unchanged
}

@test "a run without it leaves no record" {
    project
    bp render work/report.lua -d work/data.json -o out.pdf -q
    expect_status 0
    [ ! -e .out.pdf.state ]
}

@test "a report as data counts as a file" {
    project
    bp render work/report.lua -d work/data.json -o source.pdf -q
    bp render work/report.lua -d source.pdf -o out.pdf --if-changed -q
    expect_status 0
    remember
    bp render work/report.lua -d source.pdf -o out.pdf --if-changed -v
    expect_unchanged
    sed -i 's/"value": 3/"value": 5/' work/data.json
    bp render work/report.lua -d work/data.json -o source.pdf -q
    bp render work/report.lua -d source.pdf -o out.pdf --if-changed -v
    expect_made "source.pdf changed"
}

@test "an encrypted report counts its passwords and does not tell them" {
    project
    printf 'secret\n' >password
    again --encrypt --password-file password --standard ua-1
    expect_status 0
    remember
    again --encrypt --password-file password --standard ua-1
    expect_unchanged
    printf 'other\n' >password
    again --encrypt --password-file password --standard ua-1
    expect_made "the options changed"
}

@test "what cannot be compared is refused" {
    project
    bp render work/report.lua -d work/data.json -o - --if-changed
    expect_status 64
    expect_err "name a file with -o"
    bp render work/report.lua -d - -o out.pdf --if-changed
    expect_status 64
    expect_err "standard input"
    bp render work/report.lua -d work/data.json -o out.pdf --if-changed --trace steps
    expect_status 64
    expect_err "--trace"
    bp render work/report.lua -d work/data.json -o /dev/null --if-changed
    expect_status 64
    [ ! -e out.pdf ]
}

@test "one of two at once renders, the other is told so" {
    project
    settle
    echo >>work/data.json
    exec 9>.out.pdf.lock
    flock 9
    again
    expect_status 75
    flock -u 9
    again
    expect_made "data.json changed"
}

@test "killed between the PDF and its record it is made again" {
    project
    settle
    cp .out.pdf.state old
    sed -i 's/"value": 3/"value": 6/' work/data.json
    again
    expect_made "data.json changed"
    cp old .out.pdf.state # As a kill would have left it.
    again
    expect_status 0
    expect_err "rendering was needed"
    : >..out.pdf.state.briefpress-12345-0.tmp
    echo >>work/data.json
    again
    expect_tidy
}

@test "in a folder that cannot be written what is up to date stays so" {
    [ "$(id -u)" -ne 0 ] || skip "root may write everywhere"
    project
    settle
    chmod a-w .
    again
    expect_unchanged
    chmod u+w .
}

@test "a clock that jumps hides no change" {
    project
    settle
    local now then
    for seen in 4102444800000000000 946684800000000000; do # As if the record were of 2100, and of 2000.
        sed -i "s/\"seen\": [0-9]*/\"seen\": $seen/" .out.pdf.state
        again
        expect_unchanged
        sed -i "s/\"seen\": [0-9]*/\"seen\": $seen/" .out.pdf.state
        now=$(grep -c '"value": 3' work/data.json || true)
        then=$((now ? 4 : 3))
        sed -i "s/\"value\": [34]/\"value\": $then/" work/data.json
        touch -d 1990-01-01 work/data.json
        again
        expect_made "data.json changed"
        remember
    done
}

@test "data that is late, data that is old and a layout that is missing never look alike" {
    project
    sed -i 's/"label"/"frequency": "A", "label"/' work/data.json
    bp render work/report.lua -d work/none.json -o x.pdf
    expect_status 66
    expect_err "none.json: no such file; the data may not have been delivered yet"
    bp render work/none.lua -d work/data.json -o x.pdf --log-format json
    expect_status 66
    expect_err '"input"'
    bp render work/report.lua -d work/data.json -o x.pdf --max-age refuse --date 2023-07-02 -q
    expect_status 0
    [ -z "$err" ] || fail "expected no word"
    bp render work/report.lua -d work/data.json -o y.pdf --max-age refuse --date 2023-07-03 --log-format json
    expect_status 66
    expect_err '"no-data"'
    expect_err 'data.json'
    [ ! -e y.pdf ]
    bp render work/report.lua -d work/data.json -o y.pdf --max-age warn --date 2023-07-03
    expect_status 0
    expect_err '"stations" is of 2021'
    bp render work/report.lua -d work/data.json -o z.pdf --date 2023-07-03 -q
    cmp y.pdf z.pdf
    SOURCE_DATE_EPOCH=1800000000 bp render work/report.lua -d work/data.json -o y.pdf --max-age refuse
    expect_status 66
    bp render work/report.lua -d work/data.json -o y.pdf --max-age 45d
    expect_status 66
    expect_err "published on 2022-09-03"
    bp render work/report.lua -d work/data.json -o y.pdf --max-age soon
    expect_status 64
}

@test "data that has come of age is not up to date" {
    project
    sed -i "s/\"label\"/\"frequency\": \"D\", \"label\"/; s/\"2021\"/\"$(date -u +%F)\"/" work/data.json
    settle --max-age refuse
    sed -i 's/"fresh_until": [0-9]*/"fresh_until": 1000/' .out.pdf.state # As if the days had passed.
    again --max-age refuse
    expect_made "some data has come of age"
    remember
    again --max-age refuse
    expect_unchanged
}
