#!/usr/bin/env bats
# Text in many scripts comes back out of the PDF in logical order, by pdftotext as it is: the lines of
# fixtures/scripts/<language>.txt. Each language is a document of its own, because pdftotext takes a page as a whole for
# one direction. Marks of direction that it adds, or that we add for it, are no text and are left out.

load helper

# need FAMILY PACKAGE: skips the test, visibly, where the fonts are not.
need() {
    command -v fc-list >/dev/null || skip "fc-list is not installed (apt install fontconfig)"
    fc-list "$1" | grep -q . || skip "no font $1 (apt install $2)"
}

# print LANGUAGE [OPTION...]: makes $1.pdf of the lines.
print() {
    local language=$1
    shift
    [ -s "$FIXTURES/scripts/$language.txt" ] || fail "no lines in $language"
    jq -Rc '{text: .}' "$FIXTURES/scripts/$language.txt" >lines.ndjson
    bp render "$FIXTURES/scripts/layout.lua" -d lines=lines.ndjson -p "language=$language" \
        --date 2022-09-03 -o "$language.pdf" "$@"
    expect_status 0
    qpdf --check "$language.pdf" >/dev/null
}

# What pdftotext reads, without blank lines and marks of direction.
read_back() {
    pdftotext -enc UTF-8 "$1" - | tr -d '\f' | sed -e $'s/\u200e\|\u200f\|\u202a\|\u202b\|\u202c//g' -e '/^$/d'
}

expect_lines() { # expect_lines LANGUAGE
    print "$1"
    read_back "$1.pdf" >got.txt
    diff "$FIXTURES/scripts/$1.txt" got.txt || fail "$1 reads otherwise than it was written"
    say "$1: $(wc -l <got.txt) lines, $(wc -m <got.txt) characters"
}

@test "Hindi reads as written, conjuncts and reordered vowels too" {
    need "Lohit Devanagari" fonts-lohit-deva
    expect_lines hi
}

@test "Bengali reads as written" {
    need "Lohit Bengali" fonts-lohit-beng-bengali
    expect_lines bn
}

@test "Thai reads as written, marks above marks too" {
    need Loma fonts-tlwg-loma-ttf
    expect_lines th
}

@test "Lao and Khmer read as written" {
    need "Phetsarath OT" fonts-lao
    need "Khmer OS" fonts-khmeros
    expect_lines lo
    expect_lines km
}

@test "Japanese, Korean and Chinese have no spaces but those that were typed" {
    expect_lines ja
    expect_lines ko
    expect_lines zh
}
