# What ships to be read: the flagship in its languages, and the examples.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# The text of a PDF on one line, spaces squeezed.
words_of() {
    pdftotext "$1" - | tr -s ' \n\f' ' '
}

edition() {
    bp render "$ROOT/scripts/briefing.lua" -q -d "$ROOT/data/etown-2022.json" --lang "$1" -o "$1.pdf"
    expect_status 0
    [ -z "$err" ] || fail "the briefing has something to complain of"
}

@test "the briefing states every fact of its source" {
    edition en
    text=$(words_of en.pdf)
    while read -r fact; do
        [[ $text == *"$fact"* ]] || fail "not in the briefing: $fact"
    done <<'FACTS'
3 September 2022
Metaverse Experience Hall
2022 China International Fair for Trade in Services
Guo Meng
Deputy director
Beijing Economic-Technological Development Area
Science and Technology Innovation Bureau
July 2022
commercial order for unmanned travel services
364 accredited R&D institutions
25 of 364
municipal accreditation to 339
50 post-doctoral research stations
1,748
34.8%
8 national-level technology incubators
7 maker spaces
59 certified urban renewal parks and characteristic parks
over 1 million m²
59 public technical service platforms
first high-level autonomous driving demonstration zone
Intelligent urban scenarios
285 national standards for intelligent manufacturing
one third
2,212 5G base stations
full coverage
pilot base for the industrialization of scientific and technological achievements in Zhongguancun
Zhongguancun Administrative Committee
Zhongguancun Science City
Huairou Science City
Beijing Future Science Park
Rent subsidies
loan interest discounts
more than 600 projects since 2017
1,200 new technologies and new products
about 1,297
about 95
6.9%
93.1%
FACTS
}

@test "the briefing has seven to twelve pages in each language" {
    for language in en zh; do
        edition "$language"
        pages=$(pdfinfo "$language.pdf" | sed -n 's/^Pages: *//p')
        [ "$pages" -ge 7 ] && [ "$pages" -le 12 ] || fail "$language: $pages pages"
    done
}

@test "every font of the briefing is embedded, subset and readable" {
    edition en
    pdffonts en.pdf | tail -n +3 >fonts.txt
    [ -s fonts.txt ]
    while read -r line; do
        [[ $line == *" yes yes yes "* ]] || fail "$line"
    done <fonts.txt
    [[ $(words_of en.pdf) != *[ﬁﬂﬀﬃ]* ]] || fail "ligatures are not extracted as letters"
}

@test "a check that fails stops the briefing and leaves the last one alone" {
    edition en
    cp en.pdf before.pdf
    echo '{"indicators": [{"id": "rd_municipal", "observations": [{"period": "2021-12-31", "value": 340}]}]}' >wrong.json
    bp render "$ROOT/scripts/briefing.lua" -q -d "$ROOT/data/etown-2022.json" -d wrong.json -o en.pdf
    expect_status 65
    expect_err "rd_national + rd_municipal == rd_institutions"
    cmp en.pdf before.pdf
    expect_tidy
}

@test "every example renders, and nothing is to be said of it" {
    for example in "$ROOT"/examples/*/; do
        bp render "$example/layout.lua" -q -d "$example/data.json" -o example.pdf
        expect_status 0
        expect_whole example.pdf
        bp check "$example/layout.lua" -q -d "$example/data.json"
        expect_status 0
    done
}
