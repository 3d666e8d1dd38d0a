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

@test "Arabic reads in logical order, with vowels, figures and Latin in it" {
    need Amiri fonts-hosny-amiri
    expect_lines ar
}

@test "Persian keeps its joiners" {
    need Amiri fonts-hosny-amiri
    expect_lines fa
}

@test "Hebrew reads in logical order, with points, figures and Latin in it" {
    need "Ezra SIL" fonts-sil-ezra
    expect_lines he
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

@test "scripts mixed in one line read in order, and letters beyond U+FFFF" {
    need Amiri fonts-hosny-amiri
    need "Ezra SIL" fonts-sil-ezra
    need "Lohit Devanagari" fonts-lohit-deva
    need Loma fonts-tlwg-loma-ttf
    expect_lines en
}

# In a narrow justified column the lines end elsewhere: compared without white space.
@test "justified columns read in order too, and no word is cut by a space" {
    need Amiri fonts-hosny-amiri
    need Loma fonts-tlwg-loma-ttf
    local language
    for language in ar he hi th ja ko zh; do
        print "$language" -p width=110
        diff <(tr -d ' \n' <"$FIXTURES/scripts/$language.txt") <(read_back "$language.pdf" | tr -d ' \n') ||
            fail "$language reads otherwise in a column"
    done
    # Chinese has no spaces at all but those of the source, however wide its lines are spread.
    print zh -p width=95
    read_back zh.pdf | sed 's/R&D//' >got.txt
    ! grep ' ' got.txt || fail "spaces that nobody typed"
}
