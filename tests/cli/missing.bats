#!/usr/bin/env bats
# Characters that no font has: an error that names them, or marks and warnings. The system's fonts are left out, for
# some machine may have one with hieroglyphs.

load helper

owl=$'\U13153' man=$'\U13000'

run_on() { # run_on COMMAND [OPTION...]
    local command=$1
    shift
    bp "$command" "$FIXTURES/missing.lua" -d "$FIXTURES/figures.json" --no-system-fonts "$@"
}

@test "a character that no font has is an error that names it, where it stands and the families" {
    echo before >x.pdf
    run_on render -o x.pdf
    expect_status 69
    expect_err "missing.lua:9: no font has U+13153 EGYPTIAN HIEROGLYPH G017 (\"$owl\")"
    expect_err "in \"An owl $owl and a man $man sat in...\""
    expect_err "tried Inter, Noto Sans CJK SC, DejaVu Sans;"
    expect_err "(--allow-missing)"
    expect_err '    9 |     b.text "An owl'
    [ "$(cat x.pdf)" = before ]
    bp render --help
    [[ $out == *--allow-missing* ]] || fail "the option that the error names is not in the help"
}

@test "--allow-missing lets a mark stand for it, and warns once a place" {
    command -v pdftotext >/dev/null || skip "pdftotext is not installed"
    run_on render -o x.pdf --allow-missing
    expect_status 0
    expect_whole x.pdf
    qpdf --check x.pdf >/dev/null
    [ "$(grep -c 'warning: no font has' <<<"$err")" -eq 3 ] || fail "not three warnings"
    expect_err "missing.lua:9: warning: no font has U+13153 EGYPTIAN HIEROGLYPH G017"
    expect_err "missing.lua:9: warning: no font has U+13000 EGYPTIAN HIEROGLYPH A001"
    expect_err "missing.lua:11: warning: no font has U+13153"
    [[ $(pdftotext x.pdf -) == *"An owl $owl and a man $man sat"* ]] || fail "the characters are lost"
    # Two fonts, for none has both; and one beyond U+FFFF.
    [[ $(pdftotext x.pdf -) == *$'here: \u4e2d\u0323 \U1d552.'* ]] || fail "a mark of another font is lost"
    run_on render -o x.pdf --allow-missing --log-format json
    [ "$(grep '"warning"' <<<"$err" | jq -r 'select(.level == "warning") | .exit' | sort -u)" = 0 ]
    run_on render -o y.pdf --allow-missing
    cmp x.pdf y.pdf
}

@test "a text of the data is told with its words and the block that shows it" {
    sed "s/\"label\": \"Ships\"/\"label\": \"Ships of $owl\"/" "$FIXTURES/figures.json" >owls.json
    ! cmp -s owls.json "$FIXTURES/figures.json" || fail "the data has no such label"
    bp render "$FIXTURES/missing.lua" -d owls.json --no-system-fonts --allow-missing -o x.pdf
    expect_status 0
    expect_err "missing.lua:10: warning: no font has U+13153 EGYPTIAN HIEROGLYPH G017 (\"$owl\") in \"Ships of $owl\""
}

@test "check lists all of them, with the option too" {
    run_on check
    expect_status 79
    expect_err "missing.lua:9: no font has U+13153"
    expect_err "missing.lua:9: no font has U+13000"
    expect_err "missing.lua:11: no font has U+13153"
    expect_err "3 findings"
    run_on check --log-format json
    [ "$(jq -r 'select(.level == "error") | "\(.code) \(.exit)"' <<<"$err" | sort -u)" = "resource 69" ]
    run_on check --allow-missing
    expect_status 79
    [ "$(grep -c 'warning: no font has' <<<"$err")" -eq 3 ] || fail "not three warnings"
    [ -z "$(ls)" ] || fail "a check wrote files: $(ls)"
}

@test "the shells' completions know the option" {
    local shell
    for shell in bash zsh fish; do
        bp completions "$shell"
        expect_status 0
        [[ $out == *allow-missing* ]] || fail "$shell does not know --allow-missing"
    done
}
