# The command line: what is wrong is told with the nearest right thing, and nothing is made.
load helper

@test "help names every command and exits with 0" {
    bp --help
    expect_status 0
    for command in render watch check new data fonts doctor completions manual; do
        [[ $out == *"$command"* ]] || fail "no $command"
        bp "$command" --help
        expect_status 0
        [[ $out == *Examples:* ]] || fail "no examples for $command"
        bp --help
    done
}

@test "version is one line" {
    bp --version
    expect_status 0
    [[ $out =~ ^briefpress\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "no command is a usage error" {
    bp
    expect_status 64
    expect_err "briefpress --help"
}

@test "a misspelt command suggests the nearest" {
    bp rendre "$FIXTURES/plain.lua"
    expect_status 64
    expect_err 'did you mean "render"?'
}

@test "a misspelt option suggests the nearest of this command" {
    bp render "$FIXTURES/plain.lua" --outptu x.pdf
    expect_status 64
    expect_err "did you mean --output?"
    bp check "$FIXTURES/plain.lua" --output x.pdf
    expect_status 64
    expect_err 'no option of "check"'
    [ ! -e x.pdf ]
}

@test "wrong values say what is expected" {
    while IFS='|' read -r option value; do
        bp render "$FIXTURES/plain.lua" "$option" "$value" -o x.pdf
        expect_status 64
        expect_err "$option: expected"
    done <<'END'
--max-seconds|0
--max-seconds|-3
--max-seconds|soon
--max-memory|0
--max-memory|12X
--max-pages|1.5
--max-pages|-1
--deflate|13
--date|2022-02-30
--date|yesterday
--color|blue
--log-format|xml
--param|novalue
--param|=x
END
    [ ! -e x.pdf ]
}

@test "an option without its value, and a flag with one" {
    bp render "$FIXTURES/plain.lua" -o
    expect_status 64
    expect_err "--output needs a value"
    bp render "$FIXTURES/plain.lua" --boxes=yes
    expect_status 64
    expect_err "--boxes takes no value"
}

@test "too few and too many operands" {
    bp render
    expect_status 64
    bp render "$FIXTURES/plain.lua" "$FIXTURES/plain.lua"
    expect_status 64
    bp data
    expect_status 64
}

@test "options may stand before, behind and between, long, short and bundled" {
    bp -q render -o one.pdf "$FIXTURES/plain.lua"
    expect_status 0
    bp render "$FIXTURES/plain.lua" --output=two.pdf --quiet
    expect_status 0
    bp render "$FIXTURES/plain.lua" -qothree.pdf
    expect_status 0
    bp render "$FIXTURES/plain.lua" -qo four.pdf
    expect_status 0
    cmp one.pdf two.pdf && cmp two.pdf three.pdf && cmp three.pdf four.pdf
}

@test "two dashes end the options" {
    cp "$FIXTURES/plain.lua" ./--odd.lua
    bp render -o x.pdf -- --odd.lua
    expect_status 0
    expect_whole x.pdf
}

@test "without -o the PDF takes the layout's name in this folder" {
    bp render "$FIXTURES/plain.lua"
    expect_status 0
    expect_whole plain.pdf
    [[ $err == "wrote plain.pdf (1 page, "*")" ]] || fail "not that message"
}

@test "parameters reach the layout, the later one wins" {
    bp render "$FIXTURES/plain.lua" -q -o a.pdf -p word=one
    expect_status 0
    bp render "$FIXTURES/plain.lua" -q -o b.pdf -p word=two -p word=one
    expect_status 0
    bp render "$FIXTURES/plain.lua" -q -o c.pdf
    cmp a.pdf b.pdf
    ! cmp -s a.pdf c.pdf
}

@test "SOURCE_DATE_EPOCH and --date set the date, --date wins, rubbish is refused" {
    SOURCE_DATE_EPOCH=1662163200 "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o a.pdf
    bp render "$FIXTURES/plain.lua" -q -o b.pdf --date 2022-09-03
    cmp a.pdf b.pdf
    SOURCE_DATE_EPOCH=7 "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o c.pdf --date 2022-09-03
    cmp b.pdf c.pdf
    status=0
    SOURCE_DATE_EPOCH=now "$BRIEFPRESS" render "$FIXTURES/plain.lua" -q -o d.pdf 2>err || status=$?
    [ "$status" -eq 64 ]
    [ ! -e d.pdf ]
}

@test "the same inputs give the same bytes" {
    bp render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o a.pdf
    expect_status 0
    (cd / && "$BRIEFPRESS" render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q -o "$folder/b.pdf")
    cmp a.pdf b.pdf
    bp render "$FIXTURES/figures.lua" -d "$FIXTURES/figures.json" -q --no-fork -o c.pdf
    cmp a.pdf c.pdf
}

@test "an output that is an input is refused" {
    cp "$FIXTURES/plain.lua" "$FIXTURES/figures.json" .
    bp render plain.lua -o plain.lua
    expect_status 64
    ln figures.json link.json
    bp render plain.lua -d figures.json -o link.json
    expect_status 64
    expect_err "overwritten"
    bp render plain.lua -o x.pdf --trace x.pdf
    expect_status 64
    cmp plain.lua "$FIXTURES/plain.lua"
    cmp figures.json "$FIXTURES/figures.json"
}

@test "completions are good shell and know the options" {
    bp completions bash
    expect_status 0
    printf '%s\n' "$out" | bash -n
    source <(printf '%s\n' "$out")
    COMP_WORDS=(briefpress render --max-m) COMP_CWORD=2
    _briefpress
    [ "${COMPREPLY[*]}" = "--max-memory" ]
    COMP_WORDS=(briefpress ren) COMP_CWORD=1
    _briefpress
    [ "${COMPREPLY[*]}" = "render" ]
    COMP_WORDS=(briefpress render --color a) COMP_CWORD=3
    _briefpress
    [ "${COMPREPLY[*]}" = "auto always" ]
    for shell in zsh fish; do
        bp completions "$shell"
        expect_status 0
        [[ $out == *max-memory* ]]
        if command -v "$shell" >/dev/null; then printf '%s\n' "$out" | "$shell" -n; fi
    done
    bp completions tcsh
    expect_status 64
}

@test "doctor and fonts tell what serves" {
    bp fonts
    expect_status 0
    [[ $out == *manifest* ]]
    bp doctor
    [[ $out == *"libharu "* && $out == *"libqpdf "[0-9]* && $out == *"HarfBuzz "* && $out == *"ICU "* && $out == *"Lua "* ]]
    ! grep -q "^wrong" <<<"$out" || [ "$status" -ne 0 ]
}

@test "without fontconfig's library the manifest's fonts serve, and a font of the system is said to need it" {
    mkdir lib
    echo "no library" >lib/libfontconfig.so.1
    printf 'local b = require "briefpress"\nreturn function() return b.report { title = "Plain", b.text "Hello" } end\n' >plain.lua
    printf 'local b = require "briefpress"\nlocal text = require("briefpress.engine").text\nreturn function()\n' >odd.lua
    printf 'text.style { family = "No Such Family", size = 10 }\nreturn b.report { title = "Plain", b.text "Hello" } end\n' >>odd.lua
    LD_LIBRARY_PATH=$PWD/lib bp render plain.lua -o plain.pdf
    expect_status 0
    LD_LIBRARY_PATH=$PWD/lib bp render odd.lua -o odd.pdf
    expect_status 69
    [[ $err == *"No Such Family"*"libfontconfig.so.1 is missing"* ]]
    LD_LIBRARY_PATH=$PWD/lib bp doctor
    [[ $out == *"fontconfig is missing"* ]]
    bp render odd.lua -o odd.pdf
    expect_status 69
    [[ $err != *libfontconfig* ]]
}

@test "the compression that help tells is the one that is used" {
    printf 'local b = require "briefpress"\nreturn function() return b.report { title = "Plain", b.text(("words and more "):rep(400)) } end\n' >l.lua
    bp render --help
    level=$(sed -nE 's/^ *--deflate N .*\(([0-9]+)\)$/\1/p' <<<"$out")
    [ -n "$level" ]
    bp render l.lua -o usual.pdf
    bp render l.lua -o said.pdf --deflate "$level"
    bp render l.lua -o other.pdf --deflate 12
    cmp usual.pdf said.pdf
    ! cmp -s usual.pdf other.pdf
}
