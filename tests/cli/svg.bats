# Drawings in the manner of the programs that people export them from, held against another renderer, pixel by pixel.
load helper

setup_file() {
    for tool in rsvg-convert pdftoppm compare; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
}

# near NAME BOUND: our page and the other's differ by less than BOUND of the way from black to white, on average.
near() {
    local difference
    bp render "$FIXTURES/svg/compare.lua" -p "file=$1.svg" -o "$1.pdf" -q
    expect_status 0
    [ -z "$err" ] || fail "it warns"
    pdftoppm -r 192 -png -singlefile "$1.pdf" ours
    rsvg-convert -z 2 -b white "$FIXTURES/svg/$1.svg" -o other.png
    difference=$(compare -metric MAE ours.png other.png null: 2>&1 | sed 's/.*(//; s/)//') || true
    say "$1 differs by $difference"
    [[ $difference =~ ^[0-9.e-]+$ ]] || fail "no difference told: $difference"
    awk "BEGIN { exit !($difference < $2) }" || fail "$1 differs by $difference, at most $2 is expected"
}

@test "a drawing of Inkscape's manner looks as it should" {
    near inkscape 0.004
}

@test "a drawing of Illustrator's manner looks as it should" {
    near illustrator 0.004
}

@test "a drawing of draw.io's manner looks as it should" {
    near drawio 0.004
}

@test "a drawing of matplotlib's manner looks as it should" {
    near matplotlib 0.005
}

@test "a drawing of Figma's manner looks as it should" {
    near figma 0.005
}

@test "corner cases look as they should" {
    near corners 0.005
}

@test "text stands where it should" {
    near text 0.006
}

@test "text of a drawing is found in the PDF" {
    bp render "$FIXTURES/svg/compare.lua" -p file=matplotlib.svg -o plot.pdf
    expect_status 0
    [[ $(pdftotext plot.pdf -) == *2020* ]] || fail "its text is not there"
}

@test "what a drawing cannot have is told with file, line and column" {
    cp "$FIXTURES/svg/compare.lua" .
    printf '%s\n' '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">' \
        '  <rect width="4" height="4" filter="url(#shadow)"/>' '</svg>' >effect.svg
    bp render compare.lua -p file=effect.svg -o out.pdf
    expect_status 69
    expect_err 'effect.svg:2:3: filter: url(#shadow) is not supported; export the drawing without effects'
    [ ! -e out.pdf ] || fail "a PDF was written"
}

@test "a drawing reads no other file and no address" {
    cp "$FIXTURES/svg/compare.lua" .
    printf '%s\n' '<!DOCTYPE svg [ <!ENTITY passwd SYSTEM "file:///etc/passwd"> ]>' \
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text>&passwd;</text></svg>' >entity.svg
    bp render compare.lua -p file=entity.svg -o out.pdf
    expect_status 69
    expect_err 'entities are not expanded'
    printf '%s\n' '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><use href="other.svg#a"/></svg>' >use.svg
    bp render compare.lua -p file=use.svg -o out.pdf
    expect_status 69
    expect_err 'use.svg:1:'
}

@test "a scanner reads what a QR code holds" {
    command -v zbarimg >/dev/null || skip "zbarimg is not installed"
    cat >codes.lua <<'END'
local b = require "briefpress"
return function()
  return b.report { title = "Codes",
    b.qr { "https://example.org/report?year=2022", size = "30mm" },
    b.qr { "研发机构", level = "H", size = "30mm" },
    b.qr { "PLAIN 123", level = "L", size = "20mm" } }
end
END
    bp render codes.lua -o codes.pdf -q
    expect_status 0
    pdftoppm -r 150 -png -singlefile codes.pdf codes
    said=$(zbarimg -q --raw codes.png 2>/dev/null)
    for text in 'https://example.org/report?year=2022' '研发机构' 'PLAIN 123'; do
        [[ $said == *"$text"* ]] || fail "not read: $text, but $said"
    done
    qpdf --qdf --object-streams=disable codes.pdf - | grep -aq 'URI (https://example.org/report?year=2022)' || fail "no link"
}
