# The briefing that ships: what it states, and that it is a sound PDF in which everything leads where it says.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# Both languages, printed once; they must have nothing to complain of.
setup_file() {
    local language
    for tool in qpdf jq pdfinfo pdftotext pdffonts; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
    for language in en zh; do
        "$BRIEFPRESS" render "$ROOT/scripts/briefing.lua" -d "$ROOT/data/etown-2022.json" --lang "$language" -q \
            -o "$BATS_FILE_TMPDIR/$language.pdf" >"$BATS_FILE_TMPDIR/said" 2>&1 || { cat "$BATS_FILE_TMPDIR/said"; return 1; }
        [ ! -s "$BATS_FILE_TMPDIR/said" ] || { cat "$BATS_FILE_TMPDIR/said"; return 1; }
    done
}

edition() {
    pdf=$BATS_FILE_TMPDIR/$1.pdf
    pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
}

# The text of a PDF on one line, spaces squeezed.
words_of() {
    pdftotext "$1" - | tr -s ' \n\f' ' '
}

# Lines set in the size of section headings, read from the page itself: "PAGE TOP TEXT", tabs between.
large_lines() {
    pdftotext -bbox "$1" - | awk -v low="$2" -v high="$3" '
        function value(name) { match($0, name "=\"[0-9.]*\""); return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) + 0 }
        function flush() { if (line != "") printf "%d\t%.1f\t%s\n", at, top, line; line = "" }
        /<page / { flush(); page++ }
        /<word / {
            y = value("yMin"); height = value("yMax") - y
            if (height < low || height > high) next
            text = $0; sub(/.*">/, "", text); sub(/<.*/, "", text); gsub(/&amp;/, "\\&", text)
            if (line != "" && at == page && y - top < 8 && top - y < 8) line = line " " text
            else { flush(); at = page; top = y; line = text }
        }
        END { flush() }'
}

# Bookmarks as the PDF has them: "PAGE DISTANCE TITLE", the distance from the bottom of the page.
bookmarks() {
    qpdf --json=2 --json-key=outlines "$1" |
        jq -r '.. | objects | select(has("destpageposfrom1")) | "\(.destpageposfrom1)\t\(.dest[3])\t\(.title)"' | tr -s ' '
}

# Lines of a table of contents on the pages FROM to TO: "PAGE TITLE".
contents() {
    pdftotext -layout -f "$2" -l "$3" "$1" - | sed -nE 's/^ *([0-9]+ +[^ 0-9].*[^ ]) {3,}([0-9]+)$/\2\t\1/p' | tr -s ' '
}

@test "the briefing is a PDF that qpdf finds no fault with, in seven to twelve pages, in both languages" {
    for language in en zh; do
        edition "$language"
        qpdf --check "$pdf" >check.txt 2>&1 || fail "$(cat check.txt)"
        ! grep -qi warning check.txt || fail "$(cat check.txt)"
        [ "$pages" -ge 7 ] && [ "$pages" -le 12 ] || fail "$language: $pages pages"
        say "$language: $pages pages"
    done
}

@test "every font is embedded, a subset, and says what its codes mean, in both languages" {
    for language in en zh; do
        edition "$language"
        pdffonts "$pdf" | tail -n +3 >fonts.txt
        count=0
        while read -r line; do
            [[ $line =~ ^[A-Z]{6}\+.*\ yes\ yes\ yes\ +[0-9]+ ]] || fail "$language: $line"
            count=$((count + 1))
        done <fonts.txt
        [ "$count" -gt 0 ] || fail "no font"
        # The objects themselves: a font file for each descriptor, a ToUnicode for each composite font.
        qpdf --json=2 --json-key=qpdf "$pdf" >objects.json
        [ "$(jq '[.. | objects | select(.["/Type"]? == "/FontDescriptor")] | length' objects.json)" -eq "$count" ]
        [ "$(jq '[.. | objects | select(.["/Type"]? == "/FontDescriptor") | select(has("/FontFile2") or has("/FontFile3"))] | length' objects.json)" -eq "$count" ]
        [ "$(jq '[.. | objects | select(.["/Subtype"]? == "/Type0") | select(has("/ToUnicode"))] | length' objects.json)" -eq "$count" ]
        say "$language: $count fonts"
    done
}

# Rooms between Han and Latin are set, not typed: readers see no spaces there. Only a section's number stands apart, in
# the contents and above the section.
@test "the Chinese edition reads back without spaces that nobody typed, sentence by sentence" {
    edition zh
    pdftotext "$pdf" - | tr '\f' '\n' >text.txt
    spaced='\p{Han} +[\p{Han}0-9A-Za-z]|[0-9A-Za-z%] +\p{Han}|[，。；：、（）“”] +\S|\S +[，。；：、（）“”]'
    [ "$(grep -cP "$spaced" text.txt)" -eq 16 ] || fail "$(grep -P "$spaced" text.txt)"
    [ "$(grep -P "$spaced" text.txt | grep -P '^[1-8] \p{Han}+' | sort | uniq -c | grep -c ' 2 ')" -eq 8 ] || fail "$(grep -P "$spaced" text.txt)"
    text=$(pdftotext -raw "$pdf" - | tr -d '\n\f') sentences=0 # In the order of the file: columns stay apart.
    while read -r sentence; do
        [[ $text == *"$sentence"* ]] || fail "not found in one piece: $sentence"
        sentences=$((sentences + 1))
    done < <(grep -ohP '\p{Han}[^"{}$*。\[\]]*。' "$ROOT/scripts/briefing/zh.lua" | grep -v '^ ')
    [ "$sentences" -ge 30 ] || fail "only $sentences sentences"
    say "$sentences sentences"
}

@test "Chinese is set in faces of Chinese, bold in the bold one, and no character is missing" {
    edition zh
    pdffonts "$pdf" | tail -n +3 >fonts.txt
    grep -q '^[A-Z]*+NotoSansCJKsc-Regular' fonts.txt
    grep -q '^[A-Z]*+NotoSansCJKsc-Bold' fonts.txt
    [ "$(grep -c CJK fonts.txt)" -eq 2 ] || fail "$(cat fonts.txt)"
    # No outline is drawn bold by a stroke (text rendering modes 1 and 2), and nothing reads back as a replacement.
    qpdf --qdf --object-streams=disable "$pdf" plain.pdf
    ! grep -aqE '^[12] Tr$| [12] Tr$' plain.pdf
    pdftotext "$pdf" - | grep -qP '\x{FFFD}|\x{25A1}' && fail "replacement characters"
    "$BRIEFPRESS" check "$ROOT/scripts/briefing.lua" -d "$ROOT/data/etown-2022.json" --lang zh
}

@test "every fact of the source is stated" {
    edition en
    text=$(words_of "$pdf")
    items=() facts=0
    while IFS='|' read -r item fact; do
        [[ $text == *"$fact"* ]] || fail "not in the briefing: $fact ($item)"
        facts=$((facts + 1))
        [[ " ${items[*]} " == *" ${item// /_} "* ]] || items+=("${item// /_}")
    done <<'FACTS'
event|Conference on Beijing E-Town’s science, technology and innovation ecology
date|3 September 2022
venue|Metaverse Experience Hall
host fair|2022 China International Fair for Trade in Services
speaker|Guo Meng
speaker|Deputy director
office|Beijing Economic-Technological Development Area
office|Science and Technology Innovation Bureau
unmanned travel|in July 2022 China’s first commercial order for unmanned travel services
R&D institutions|364 accredited R&D institutions
R&D institutions|National accreditation belongs to 25 of them, municipal accreditation to 339
R&D institutions|at the end of 2021
stations|50 post-doctoral research stations
enterprises|National high-tech enterprises 1,748 enterprises 2021
enterprises|34.8% more national high-tech enterprises in 2021 than the year before
incubators|8 national-level technology incubators
maker spaces|7 maker spaces
parks|59 certified urban renewal parks and characteristic parks
test site|pilot test site of over 1 million m²
platforms|59 public technical service platforms
driving zone|world’s first high-level autonomous driving demonstration zone
scenarios|Intelligent urban scenarios are being rolled out faster
standards|285 national standards for intelligent manufacturing
standards|contributed to one third
base stations|2,212 5G base stations
coverage|full coverage by 5G
pilot base|pilot base for the industrialization of scientific and technological achievements in Zhongguancun
partners|Zhongguancun Administrative Committee
partners|Zhongguancun Science City
partners|Huairou Science City
partners|Beijing Future Science Park
partners|with four partners
support|Rent subsidies and loan interest discounts
support|innovation projects and to the institutions that serve them
projects|more than 600 projects since 2017
projects|three science cities
products|1,200 new technologies and new products
products|Joint work of industry, universities and research institutes
derived|National high-tech enterprises about 1,297 enterprises 2020
derived|Standards with Beijing E-Town’s contribution about 95
derived|Share of national-level R&D institutions 6.9%
derived|Share of municipal-level R&D institutions 93.1%
checks|National and municipal R&D institutions together are all of them
checks|The enterprises of 2020 reproduce the growth rate as printed
checks|A third of the standards is a whole number
FACTS
    [ "$facts" -eq 45 ]
    say "$facts facts of ${#items[@]} items"
}

@test "letters that touch are extracted as letters" {
    edition en
    text=$(words_of "$pdf")
    [[ $text == *" first "* && $text == *" certified "* && $text == *"figures"* ]] || fail "no word with fi"
    [[ $text != *[ﬀﬁﬂﬃﬄ]* ]] || fail "ligatures are not extracted as letters"
    # A font that has them: the glyphs must be ligatures, the text must not.
    cat >l.lua <<'LUA'
local b = require "briefpress"
local words = "office affine first flight waffle efficient fjord afflict off"
return function()
  local theme = {}
  for key, value in pairs(require "themes.plain") do theme[key] = value end
  theme.fonts = { body = { "DejaVu Sans" }, heading = { "DejaVu Sans" }, figures = { "DejaVu Sans" } }
  return b.report { title = "Ligatures", theme = theme, b.text(words) }
end
LUA
    bp render l.lua -q -o x.pdf
    expect_status 0
    [[ $(words_of x.pdf) == *"office affine first flight waffle efficient fjord afflict off"* ]] || fail "$(words_of x.pdf)"
    qpdf --qdf --object-streams=disable x.pdf plain.pdf
    for letters in 00660066 00660069 0066006C 006600660069 00660066006C; do
        grep -qaiE "<[0-9A-F]+> ?<$letters>" plain.pdf || fail "no glyph stands for $letters"
    done
    say "ff, fi, fl, ffi, ffl"
}

@test "bookmarks, the contents and page numbers agree with the pages the headings stand on" {
    for language in en zh; do
        edition "$language"
        # What stands on the pages: numbered headings in the size of sections, and the page's own number.
        large_lines "$pdf" 28 38 | grep -E $'^[0-9]+\t[0-9.]+\t[0-9]+ [^0-9]' >headings.txt
        contents "$pdf" 2 2 >contents.txt
        bookmarks "$pdf" | grep $'\t[0-9]* ' >bookmarks.txt
        count=$(wc -l <headings.txt)
        [ "$count" -eq 8 ] || fail "$language: $count headings: $(cat headings.txt)"
        [ "$(wc -l <contents.txt)" -eq "$count" ] || fail "$language: contents: $(cat contents.txt)"
        [ "$(wc -l <bookmarks.txt)" -eq "$count" ] || fail "$language: bookmarks: $(cat bookmarks.txt)"
        while IFS=$'\t' read -r page top text && IFS=$'\t' read -r listed entry <&3 && IFS=$'\t' read -r led distance title <&4; do
            # The heading's first line; the contents and the bookmark have all of it.
            [[ $entry == "$text"* && $title == "$entry" ]] || fail "$language: \"$text\", \"$entry\", \"$title\""
            [ "$page" -eq "$listed" ] || fail "$language: \"$text\" stands on page $page, the contents say $listed"
            [ "$page" -eq "$led" ] || fail "$language: \"$text\" stands on page $page, its bookmark leads to $led"
            awk -v top="$top" -v distance="$distance" 'BEGIN { off = top - (841.89 - distance); exit !(off > -12 && off < 12) }' ||
                fail "$language: \"$text\" stands $top from the top, its bookmark leads $distance from the bottom"
        done <headings.txt 3<contents.txt 4<bookmarks.txt
        # The contents name themselves, and every page but the cover says which it is.
        first=$(bookmarks "$pdf" | head -1)
        [[ $first == 2$'\t'* ]] || fail "$first"
        large_lines "$pdf" 28 38 | cut -f1,3 | grep -qxF "2"$'\t'"${first##*$'\t'}" ||
            fail "$language: page 2 is not headed ${first##*$'\t'}"
        for page in $(seq 2 "$pages"); do
            foot=$(pdftotext -f "$page" -l "$page" -y 780 -x 0 -W 596 -H 62 "$pdf" - | tr -s ' \n\f' ' ')
            [ "$(grep -oE '[0-9]+' <<<"$foot" | tr '\n' ' ')" = "$page $pages " ] || fail "$language: page $page says $foot"
        done
        say "$language: $count headings, $((pages - 1)) page numbers"
    done
}

@test "a contents of two pages names the pages that headings of three levels stand on" {
    cat >l.lua <<'LUA'
local b = require "briefpress"
return function()
  local report = { title = "Long", b.contents { depth = 3 }, b.page_break() }
  for i = 1, 90 do
    report[#report + 1] = b.heading { ("Stone%03d"):format(i), level = i % 5 == 1 and 1 or i % 5 == 2 and 2 or 3 }
    for _ = 1, i % 3 do report[#report + 1] = b.text(("words that fill the page "):rep(10 + i)) end
  end
  return b.report(report)
end
LUA
    bp render l.lua -q -o x.pdf
    expect_status 0
    pages=$(pdfinfo x.pdf | sed -n 's/^Pages: *//p')
    # The first page on which a stone stands is in the contents, the last is its own.
    for page in $(seq "$pages"); do
        pdftotext -f "$page" -l "$page" x.pdf - | grep -o 'Stone[0-9]*' | sort -u | sed "s/^/$page\t/"
    done >found.txt
    last=$(grep Stone090 found.txt | head -1 | cut -f1)
    [ "$last" -gt 1 ] || fail "the contents have one page"
    pdftotext -layout -l "$last" x.pdf - | sed -nE 's/.*(Stone[0-9]+) {3,}([0-9]+)$/\2\t\1/p' | sort -k2 >contents.txt
    awk -v last="$last" '$1 > last' found.txt | sort -k2,2 -k1,1n | sort -u -k2,2 >stand.txt
    bookmarks x.pdf | grep Stone | cut -f1,3 | sed -E 's/\t.*(Stone)/\t\1/' | sort -k2 >bookmarks.txt
    [ "$(wc -l <stand.txt)" -eq 90 ] || fail "$(wc -l <stand.txt) headings"
    diff stand.txt contents.txt || fail "the contents differ"
    diff stand.txt bookmarks.txt || fail "the bookmarks differ"
    say "90 headings on $pages pages"
}

@test "a check that fails stops the briefing and leaves the last one alone" {
    edition en
    cp "$pdf" en.pdf
    echo '{"indicators": [{"id": "rd_municipal", "observations": [{"period": "2021-12-31", "value": 340}]}]}' >wrong.json
    bp render "$ROOT/scripts/briefing.lua" -q -d "$ROOT/data/etown-2022.json" -d wrong.json -o en.pdf
    expect_status 65
    expect_err "rd_national + rd_municipal == rd_institutions"
    expect_err "rd_national + rd_municipal is 365, rd_institutions is 364"
    cmp en.pdf "$pdf"
    expect_tidy
}
