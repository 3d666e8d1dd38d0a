# --pages: some pages of the whole.
load helper

whole() {
    cat >whole.lua <<'END'
local b = require "briefpress"

return function()
  local parts = {}
  for i = 1, 5 do
    parts[#parts + 1] = b.section { title = "Part " .. i, id = "part" .. i, break_before = i > 1,
      b.text("This is part " .. i .. ", and [the last](#part5) begins on page {page:part5}.") }
  end
  return b.report { title = "Whole", b.contents {}, parts }
end
END
    bp render whole.lua -o whole.pdf
    expect_status 0
}

pages_of() {
    qpdf --show-npages "$1"
}

links_of() {
    qpdf --qdf --object-streams=disable "$1" - | grep -ac '/Dest \['
}

@test "only the pages named reach the PDF, and each is as in the whole" {
    whole
    for case in "2-3 2 3" "1,4- 1 4 5" "-2 1 2" "5,1 1 5" "3,2-4 2 3 4" "4-99 4 5"; do
        read -r range wanted <<<"$case"
        bp render whole.lua -o part.pdf --pages "$range"
        expect_status 0
        [ "$(pages_of part.pdf)" -eq "$(wc -w <<<"$wanted")" ] || fail "$range: $(pages_of part.pdf) pages"
        at=0
        for page in $wanted; do
            at=$((at + 1))
            diff <(pdftotext -layout -f "$page" -l "$page" whole.pdf -) <(pdftotext -layout -f $at -l $at part.pdf -) ||
                fail "$range: page $page differs"
        done
        qpdf --check part.pdf >/dev/null || fail "$range: qpdf finds fault"
    done
    pdftotext -f 2 -l 2 whole.pdf - | grep -q "Page 2 of 5" || fail "no footer to compare"
}

@test "links to pages that are there lead to them; others are dropped quietly, misspelt ones are not" {
    whole
    bp render whole.lua -o part.pdf --pages 1,3 -q
    expect_status 0
    [ -z "$err" ] || fail "said something"
    # Each part has a link and a page number that lead to the last, a line of the contents and a bookmark.
    [ "$(links_of whole.pdf)" -eq 20 ] || fail "$(links_of whole.pdf) links in the whole"
    [ "$(links_of part.pdf)" -eq 4 ] || fail "$(links_of part.pdf) links"
    sed -i 's/(#part5)/(#part6)/' whole.lua
    bp render whole.lua -o part.pdf --pages 1,3
    expect_status 78
    expect_err 'a link leads to "#part6"'
}

@test "--boxes names each block and its line" {
    whole
    bp render whole.lua -o boxes.pdf --boxes --pages 2
    expect_status 0
    pdftotext boxes.pdf - | grep -q "^section 6$" || fail "$(pdftotext boxes.pdf -)"
    pdftotext boxes.pdf - | grep -q "^text 7$" || fail "$(pdftotext boxes.pdf -)"
    bp render whole.lua -o plain.pdf --pages 2
    if pdftotext plain.pdf - | grep -q "^text 7$"; then fail "without being asked"; fi
}

@test "pages that are not there, or no ranges, are told" {
    whole
    bp render whole.lua -o part.pdf --pages 6-
    expect_status 64
    expect_err "--pages names none of the 5 pages of the report"
    [ ! -e part.pdf ]
    for range in 0 3-2 a 2-3, - "" 1--2 "1 2" 1.5; do
        bp render whole.lua -o part.pdf --pages "$range"
        expect_status 64
        expect_err "--pages: expected"
    done
    bp check whole.lua --pages 1
    expect_status 64
}

@test "a report of more pages than it asks for is an error, and check a finding; of fewer, a finding" {
    whole
    sed 's/title = "Whole",/title = "Whole", page_count = 4,/' whole.lua >four.lua
    bp render four.lua -o four.pdf
    expect_status 78
    expect_err "report: it has 5 pages, and page_count asks for 4: "
    [ ! -e four.pdf ]
    bp check four.lua
    expect_status 79
    expect_err "report: it has 5 pages, and page_count asks for 4: "
    sed 's/page_count = 4/page_count = 5/' four.lua >five.lua
    bp check five.lua -q
    expect_status 0
    sed 's/page_count = 4/page_count = 6/' four.lua >six.lua
    bp check six.lua
    expect_status 79
    expect_err "report: it has 5 pages, and page_count asks for 6"
}

@test "headings of an excerpt begin with the first level" {
    cat >deep.lua <<'END'
local b = require "briefpress"

return function()
  return b.report { title = "Deep", b.section { title = "One", "a",
    b.section { title = "One in it", break_before = true, "b", b.section { title = "And in that", "c" } },
    b.section { title = "Two in it", "d" } } }
end
END
    bp render deep.lua -o deep.pdf --pages 2
    expect_status 0
    headings=$(pdfinfo -struct-text deep.pdf | grep -o 'H[1-6]' | tr '\n' ' ')
    [ "$headings" = "H1 H2 H1 " ] || fail "$headings"
}
