# The manual page: all that the program takes is on it, and readers of manual pages find nothing wrong with it.
load helper

SOURCE=$BATS_TEST_DIRNAME/../..

page() {
    bp manual
    expect_status 0
    printf '%s\n' "$out" >briefpress.1
}

# As somebody reads it: plain text, in lines of 80.
read_page() {
    command -v mandoc >/dev/null || skip "mandoc is not installed"
    page
    mandoc -T utf8 briefpress.1 | sed 's/.\x08//g' >page.txt
}

@test "each command, each option of each and each exit code is on the page" {
    read_page
    awk '/^[.]TP/ { getline; print }' briefpress.1 | sed 's/\\f[BIR]//g; s/\\%//g; s/\\-/-/g' >tags.txt
    text=$(tr -s ' \n' ' ' <page.txt)
    bp --help
    commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\).*/\1/p' <<<"$out")
    codes=$(sed -n '/^Exit codes:/,/^$/s/^  \([0-9]\{1,\}\) .*/\1/p' <<<"$out")
    [ "$(wc -l <<<"$commands")" -ge 10 ] && [ "$(wc -l <<<"$codes")" -eq 14 ] || fail "read: $commands $codes"
    for code in $codes; do
        grep -qE "^ +$code +[a-z]" page.txt || fail "no exit code $code"
    done
    for command in $commands; do
        [[ $text == *" briefpress $command"* ]] || fail "no command $command"
        bp "$command" --help
        options=$(grep -oE '^  (-.,|   ) --[a-z-]+' <<<"$out" | grep -oE -- '--[a-z-]+')
        [ -n "$options" ] || fail "no options of $command"
        for option in $options; do
            [ "$(grep -cE -- "^(-., )?$option( |$)" tags.txt)" -ge 1 ] || fail "no option $option of $command"
        done
        # The first line of its examples.
        example=$(sed -n '/^Examples:/{n;s/^ *//p}' <<<"$out")
        grep -qF -- "$example" page.txt || fail "no example: $example"
    done
}

@test "each variable of the environment that the program reads is on the page" {
    read_page
    names=$(grep -rhoE 'getenv\("[A-Z_]+"\)' "$SOURCE/engine" | sed 's/.*"\(.*\)".*/\1/' | sort -u)
    [ "$(wc -l <<<"$names")" -ge 5 ] || fail "found: $names"
    for name in $names; do
        grep -qE "^ +$name( |$)" page.txt || fail "no $name"
    done
}

@test "mandoc finds nothing to say about it" {
    command -v mandoc >/dev/null || skip "mandoc is not installed"
    page
    said=$(mandoc -T lint briefpress.1 2>&1) || true
    [ -z "$said" ] || fail "$said"
}

@test "groff and man find nothing to warn of" {
    command -v groff >/dev/null || skip "groff is not installed"
    page
    said=$(groff -man -ww -b -T utf8 briefpress.1 2>&1 >/dev/null)
    [ -z "$said" ] || fail "$said"
    if command -v man >/dev/null; then
        said=$(MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z briefpress.1 2>&1 >/dev/null)
        [ -z "$said" ] || fail "$said"
    fi
}

@test "signs that roff gives a meaning to come out as they are" {
    read_page
    grep -qF 'briefpress completions bash > ~/.local/share/bash-completion/completions/briefpress' page.txt
    grep -qF '0 7 * * 1  briefpress render -q' page.txt
    ! grep -qP '[\x{2010}\x{2212}\x{2019}]' page.txt || fail "$(grep -P '[\x{2010}\x{2212}\x{2019}]' page.txt)"
}
