# What the shells offer: asked of the shells themselves.
load helper

SOURCE=$BATS_TEST_DIRNAME/../..

# Some files, the program by its name, and the completions of a shell.
prepare() {
    command -v "$1" >/dev/null || skip "$1 is not installed"
    bp completions "$1"
    expect_status 0
    mkdir -p bin shell files/folder
    ln -sf "$BRIEFPRESS" bin/briefpress
    printf '%s\n' "$out" >shell/_briefpress
    PATH=$folder/bin:$PATH
    cd files || return 1
    touch layout.lua 'second one.lua' data.json report.pdf
}

# offered WORD...: what is offered for the last one, sorted, a line each.
bash_offered() {
    bash --norc -c 'source ../shell/_briefpress; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _briefpress
        [ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sort
}
fish_offered() {
    HOME=$folder fish --no-config -c 'source ../shell/_briefpress; complete -C $argv[1]' "$1" | cut -f1 | sort
}
zsh_offered() {
    timeout 30 zsh -f "$SOURCE/tests/tools/offered.zsh" "$folder/shell" "$1" | sed 's/^<\(.*\)>$/\1/; s/\\//g' | sort -u
}

expect_offer() { # expect_offer OFFERED EXPECTED...
    local offered=$1
    shift
    [ "$offered" = "$(printf '%s\n' "$@" | sort)" ] || fail "expected: $*" "offered: $offered"
}

@test "bash: commands, options, words, lists, files by their kind and folders" {
    prepare bash
    expect_offer "$(bash_offered briefpress re)" render
    expect_offer "$(bash_offered briefpress -q ver)" verify
    expect_offer "$(bash_offered briefpress render --max-s)" --max-seconds
    expect_offer "$(bash_offered briefpress render '')" folder layout.lua 'second one.lua'
    expect_offer "$(bash_offered briefpress verify '')" folder report.pdf
    expect_offer "$(bash_offered briefpress render --color '')" always auto never
    expect_offer "$(bash_offered briefpress render --color = n)" never
    expect_offer "$(bash_offered briefpress render --standard a-3a,u)" a-3a,ua-1
    expect_offer "$(bash_offered briefpress render -d rows = d)" data.json
    expect_offer "$(bash_offered briefpress render -d d)" data.json
    expect_offer "$(bash_offered briefpress render --allow-read '')" folder
    expect_offer "$(bash_offered briefpress new '')" folder
    expect_offer "$(bash_offered briefpress completions '')" bash fish zsh
    expect_offer "$(bash_offered briefpress render --max-pages '')" ''
    expect_offer "$(bash_offered briefpress fonts '')" ''
}

@test "fish: commands, options, words, lists and folders" {
    prepare fish
    expect_offer "$(fish_offered 'briefpress re')" render
    expect_offer "$(fish_offered 'briefpress render --max-s')" --max-seconds
    expect_offer "$(fish_offered 'briefpress render --color ')" always auto never
    expect_offer "$(fish_offered 'briefpress render --color=n')" --color=never
    expect_offer "$(fish_offered 'briefpress render --standard a-3a,u')" a-3a,ua-1
    expect_offer "$(fish_offered 'briefpress render --allow-read ')" folder/
    expect_offer "$(fish_offered 'briefpress render -d d')" data.json
    expect_offer "$(fish_offered 'briefpress new ')" folder/
    expect_offer "$(fish_offered 'briefpress completions ')" bash fish zsh
    expect_offer "$(fish_offered 'briefpress fonts ')" ''
    # Layouts first; others too, behind them.
    [ "$(HOME=$folder fish --no-config -c 'source ../shell/_briefpress; complete -C "briefpress render l"')" = layout.lua ]
}

@test "zsh: commands, options, words, lists, files by their kind and folders" {
    prepare zsh
    expect_offer "$(zsh_offered 'briefpress re')" render
    expect_offer "$(zsh_offered 'briefpress -q ver')" verify
    expect_offer "$(zsh_offered 'briefpress render --max-s')" --max-seconds
    expect_offer "$(zsh_offered 'briefpress render ')" folder layout.lua 'second one.lua'
    expect_offer "$(zsh_offered 'briefpress verify ')" folder report.pdf
    expect_offer "$(zsh_offered 'briefpress render --color=n')" never
    expect_offer "$(zsh_offered 'briefpress render --standard a-3a,u')" ua-1
    expect_offer "$(zsh_offered 'briefpress render -d d')" data.json
    expect_offer "$(zsh_offered 'briefpress render --allow-read ')" folder
    expect_offer "$(zsh_offered 'briefpress completions ')" bash fish zsh
}

@test "what is offered for a value, the program takes" {
    prepare bash
    for word in $(bash_offered briefpress render --permit ''); do
        bp render "$FIXTURES/plain.lua" -q -o x.pdf --permit "$word"
        [[ $err != *"--permit: expected"* ]] || fail "$word"
    done
    count=0
    for word in $(bash_offered briefpress render --standard ''); do
        bp render "$FIXTURES/plain.lua" -q -o x.pdf --standard "$word"
        [[ $err != *"--standard"* ]] || fail "$word"
        count=$((count + 1))
    done
    [ "$count" -eq 8 ]
    expect_offer "$(bash_offered briefpress render --lang '')" \
        $(basename -s .lua "$SOURCE"/scripts/briefpress/phrases/*.lua)
}
