# new: projects from templates, which render at once and have nothing to be said of.
load helper

templates="briefing certificate fact-sheet letter poster slides"

@test "each template makes a project that renders at once and that check has nothing to say about" {
    for template in $templates; do
        bp new "my $template" --template "$template"
        expect_status 0
        expect_err "made my $template from the template $template"
        cd "my $template"
        [ "$(ls -A | tr '\n' ' ')" = ".luacheckrc .luarc.json README.md data.json layout.lua " ] || fail "$(ls -A)"
        bp check layout.lua -d data.json -q
        expect_status 0
        [ -z "$err" ] || fail "said something"
        bp render layout.lua -d data.json -o out.pdf -q
        expect_status 0
        expect_whole out.pdf
        bp render layout.lua --help
        [[ $out == *"Parameters of layout.lua"*"  -p "* ]] || fail "no parameters"
        grep -q "^# my $template$" README.md || fail "$(head -1 README.md)"
        if grep -n '@[A-Z]*@' README.md .luarc.json; then fail "not filled in"; fi
        cd ..
    done
}

@test "the program has a template for each folder, and the other way round" {
    for made in "$(dirname "$BATS_TEST_DIRNAME")"/../scripts/templates/*/; do
        name=$(basename "$made")
        [ "$name" = common ] || [[ " $templates " == *" $name "* ]] || fail "$name"
    done
    bp new x --template sildes
    expect_status 64
    for template in $templates; do expect_err "$template"; done
    [ ! -e x ]
}

@test "the editor's settings point to what describes the library" {
    command -v jq >/dev/null || skip "jq is not installed"
    bp new 'pro"ject\'
    expect_status 0
    types=$(jq -r '.["workspace.library"][0]' 'pro"ject\/.luarc.json')
    [ -e "$types/briefpress.lua" ] || fail "$types"
}

@test "an empty folder is taken, nothing is ever overwritten" {
    mkdir empty full
    bp new empty -q
    expect_status 0
    [ -z "$err" ]
    echo mine >full/layout.lua
    bp new full
    expect_status 73
    expect_err "full: is not empty, and nothing is overwritten"
    [ "$(cat full/layout.lua)" = mine ]
    [ "$(ls full)" = layout.lua ]
    bp new empty/layout.lua
    expect_status 73
    expect_err "is a file, expected a folder"
    bp new none/project
    expect_status 73
    mkdir here
    cd here
    bp new .
    expect_status 0
    grep -q "^# here$" README.md
}

@test "what cannot be written whole leaves nothing behind" {
    cp -r "$(dirname "$BATS_TEST_DIRNAME")/../scripts" library_scripts
    mkdir lib
    mv library_scripts lib/scripts
    cp -r "$(dirname "$BATS_TEST_DIRNAME")/../fonts" lib/fonts
    rm -r lib/scripts/templates/letter
    bp new project --template letter --library lib
    expect_status 66
    expect_err 'the library has no template "letter"'
    [ ! -e project ] || fail "$(ls -A project)"
    bp new project --template poster --library lib
    expect_status 0
}

@test "a signal in the middle leaves a whole project or none, and no temporary file" {
    for i in $(seq 40); do
        rm -rf project
        "$BRIEFPRESS" new project -q 2>/dev/null 3>&- &
        sleep "0.00$((i % 10))"
        kill -TERM $! 2>/dev/null || true
        wait $! || true
        [ ! -e project ] || [ "$(ls -A project | wc -l)" -eq 5 ] || fail "$i: $(ls -A project)"
    done
}
