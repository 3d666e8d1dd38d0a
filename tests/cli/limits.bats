# Any layout ends within the time and memory that were set, and reads nothing it may not.
load helper

@test "a layout that never ends is ended" {
    echo old >x.pdf
    start=$SECONDS
    bp render "$FIXTURES/spin.lua" -o x.pdf --max-seconds 1
    expect_status 76
    expect_err "--max-seconds"
    [ $((SECONDS - start)) -le 4 ]
    [ "$(cat x.pdf)" = old ]
    expect_tidy
}

@test "a layout that wants all memory is ended" {
    bp render "$FIXTURES/memory.lua" -o x.pdf --max-memory 64M
    expect_status 76
    expect_err "--max-memory"
    [ ! -e x.pdf ]
}

@test "pages are counted" {
    bp render "$FIXTURES/pages.lua" -o x.pdf --max-pages 10
    expect_status 76
    expect_err "page"
    bp render "$FIXTURES/pages.lua" -q -o x.pdf --max-pages 60
    expect_status 0
}

@test "the size of the output is bound" {
    bp render "$FIXTURES/plain.lua" -o x.pdf --max-output 1K
    expect_status 76
    [ ! -e x.pdf ]
}

@test "files outside the allowed folders are not read" {
    bp render "$FIXTURES/outside.lua" -o x.pdf
    expect_status 77
    expect_err "/etc/hostname"
    bp render "$FIXTURES/outside.lua" -o x.pdf --allow-read /etc
    [ "$status" -ne 77 ] || fail "still forbidden"
}

@test "a symbolic link does not lead out of the folder" {
    ln -s /etc/hostname here.png
    printf 'local b = require "briefpress"\nreturn function() return b.report { title = "x", b.image { "here.png", alt = "x" } } end\n' >l.lua
    bp render l.lua -o x.pdf
    expect_status 77
}
