# How the PDF is written in the end: --deflate, --optimize, --web and --encrypt.

load helper

setup_layout() {
    {
        printf 'local b = require "briefpress"\nreturn function() return b.report { title = "Words", language = "en",\n'
        printf 'b.heading "First", b.text(("words and more "):rep(400)), b.page_break(), b.text "The second page" } end\n'
    } >l.lua
}

# The text of both must be the same.
same_text() {
    diff <(pdftotext "$1" -) <(pdftotext ${3+-upw "$3"} "$2" -)
}

@test "a higher level of --deflate makes a smaller PDF, 0 one that can be read" {
    setup_layout
    for level in 0 1 6 12; do
        bp render l.lua -o "$level.pdf" --deflate "$level"
        expect_status 0
        qpdf --check "$level.pdf"
        same_text 0.pdf "$level.pdf"
    done
    [ "$(stat -c %s 0.pdf)" -gt "$(stat -c %s 1.pdf)" ]
    [ "$(stat -c %s 1.pdf)" -gt "$(stat -c %s 6.pdf)" ]
    [ "$(stat -c %s 6.pdf)" -gt "$(stat -c %s 12.pdf)" ]
    grep -aq '^/Type /Catalog' 0.pdf
    grep -aq '^trailer' 0.pdf
    ! grep -aqE '/ObjStm|FlateDecode' 0.pdf
    bp render l.lua -o x.pdf --deflate 13
    expect_status 64
    bp render l.lua -o x.pdf --deflate best
    expect_status 64
    [ ! -e x.pdf ]
}

@test "--optimize makes the smallest, and --deflate may still say otherwise" {
    setup_layout
    bp render l.lua -o 12.pdf --deflate 12
    bp render l.lua -o o.pdf --optimize
    cmp 12.pdf o.pdf
    bp render l.lua -o 3.pdf --deflate 3
    bp render l.lua -o o3.pdf --optimize --deflate 3
    cmp 3.pdf o3.pdf
}

@test "--web makes a linearized PDF, the same each time, with the same words and metadata" {
    setup_layout
    bp render l.lua -o plain.pdf
    bp render l.lua -o a.pdf --web
    expect_status 0
    bp render l.lua -o b.pdf --web --no-fork
    cmp a.pdf b.pdf
    qpdf --check a.pdf | grep -q '^File is linearized'
    same_text plain.pdf a.pdf
    [ "$(pdfinfo -meta plain.pdf)" = "$(pdfinfo -meta a.pdf)" ]
    # The metadata of an archival PDF must be found without decompressing anything.
    grep -aq '<pdfaid:part>3</pdfaid:part>' a.pdf
    # So must each "endstream", at the beginning of a line.
    LC_ALL=C grep -a endstream a.pdf >ends
    [ "$(LC_ALL=C grep -ac '^endstream' ends)" -gt 5 ]
    ! LC_ALL=C grep -avq '^endstream' ends
    diff <(pdfinfo plain.pdf | grep -v 'File size\|Optimized') <(pdfinfo a.pdf | grep -v 'File size\|Optimized')
    diff <(pdfinfo -struct-text plain.pdf) <(pdfinfo -struct-text a.pdf)
    bp render l.lua -o - --web --optimize
    bp render l.lua -o small.pdf --web --optimize
    [ "$(stat -c %s small.pdf)" -lt "$(stat -c %s a.pdf)" ]
    qpdf --check small.pdf
}

@test "--encrypt needs the password of the file to open, and keeps reading aloud allowed" {
    setup_layout
    bp render l.lua -o plain.pdf --standard none
    printf 'öffne dich\nboss\n' >passwords
    bp render l.lua -o e.pdf --standard none --encrypt --password-file passwords
    expect_status 0
    [ -z "$out$err" ] || [[ $out$err != *boss* ]]
    ! pdftotext e.pdf - 2>/dev/null
    ! grep -aq 'boss\|öffne' e.pdf
    same_text plain.pdf e.pdf 'öffne dich'
    qpdf --show-encryption --password=boss e.pdf >shown
    grep -q 'Supplied password is owner password' shown
    grep -q 'AESv3' shown
    grep -q 'extract for accessibility: allowed' shown
    grep -q 'extract for any purpose: allowed' shown
    grep -q 'print high resolution: allowed' shown
    grep -q 'modify anything: not allowed' shown
    bp render l.lua -o f.pdf --standard none --encrypt --password-file passwords --permit none
    qpdf --show-encryption --password=boss f.pdf >shown
    grep -q 'extract for accessibility: allowed' shown
    grep -q 'extract for any purpose: not allowed' shown
    grep -q 'print low resolution: not allowed' shown
    bp render l.lua -o g.pdf --standard none --encrypt --password-file passwords --permit copy,annotate --web
    qpdf --show-encryption --password=boss g.pdf >shown
    grep -q 'extract for any purpose: allowed' shown
    grep -q 'modify annotations: allowed' shown
    grep -q 'modify document assembly: not allowed' shown
    qpdf --check --password=boss g.pdf | grep -q '^File is linearized'
}

@test "passwords come from the environment too, and an empty one of the user opens without" {
    setup_layout
    BRIEFPRESS_PASSWORD=sesame bp render l.lua -o e.pdf --standard ua-1 --encrypt
    expect_status 0
    pdftotext -upw sesame e.pdf - | grep -q words
    BRIEFPRESS_OWNER_PASSWORD=boss bp render l.lua -o f.pdf --standard none --encrypt
    expect_status 0
    pdftotext f.pdf - | grep -q words
    qpdf --show-encryption f.pdf | grep -q 'Supplied password is user password'
    printf '\r\nboss\r\n' >passwords
    bp render l.lua -o g.pdf --standard none --encrypt --password-file passwords
    pdftotext g.pdf - | grep -q words
    qpdf --show-encryption --password=boss g.pdf | grep -q 'Supplied password is owner password'
}

@test "encryption that cannot be is refused, and the old PDF stays" {
    setup_layout
    echo sesame >passwords
    echo old >x.pdf
    bp render l.lua -o x.pdf --encrypt --password-file passwords
    expect_status 64
    [[ $err == *"PDF/A-3a forbids it"*"--standard ua-1 or none"* ]]
    bp render l.lua -o x.pdf --standard none --encrypt
    expect_status 64
    [[ $err == *"there is no password"* ]]
    bp render l.lua -o x.pdf --standard none --password-file passwords
    expect_status 64
    [[ $err == *"--password-file needs --encrypt"* ]]
    bp render l.lua -o x.pdf --standard none --encrypt --password-file missing
    expect_status 66
    printf '\n\n' >empty
    bp render l.lua -o x.pdf --standard none --encrypt --password-file empty
    expect_status 64
    [[ $err == *empty*"there is no password"* ]]
    printf 'one\ntwo\nthree\n' >three
    bp render l.lua -o x.pdf --standard none --encrypt --password-file three
    expect_status 64
    printf '%0128d\n' 0 >long
    bp render l.lua -o x.pdf --standard none --encrypt --password-file long
    expect_status 64
    [[ $err == *"127 bytes"* ]]
    printf '\xff\xfe\n' >bytes
    bp render l.lua -o x.pdf --standard none --encrypt --password-file bytes
    expect_status 64
    [[ $err == *"UTF-8"* ]]
    bp render l.lua -o x.pdf --standard none --encrypt --password-file passwords --permit print,sell
    expect_status 64
    [ "$(cat x.pdf)" = old ]
    [ -z "$(find . -name '.x.pdf*' ! -name .x.pdf.lock)" ]
}

@test "without libqpdf a PDF is made all the same, but not passed through it" {
    setup_layout
    mkdir lib
    soname=$(grep -aoE 'libqpdf\.so\.[0-9]+' "$BRIEFPRESS" | head -n 1)
    echo "no library" >"lib/$soname"
    LD_LIBRARY_PATH=$PWD/lib bp render l.lua -o x.pdf
    expect_status 0
    LD_LIBRARY_PATH=$PWD/lib bp render l.lua -o y.pdf --web
    expect_status 71
    [[ $err == *"libqpdf cannot be opened"* ]]
    [ ! -e y.pdf ]
    LD_LIBRARY_PATH=$PWD/lib bp doctor
    [[ $out == *"libqpdf missing"* ]]
}
