# The ten steps of examples/README.md: each layout that stands there renders, and does what the words beside it say.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# Writes the blocks of a language in the README to PREFIX1, PREFIX2 ... with a suffix; prints how many.
blocks() { # blocks LANGUAGE PREFIX SUFFIX
    awk -v language="$1" -v prefix="$2" -v suffix="$3" '
        $0 == "```" { inside = 0 }
        inside { print > (prefix count suffix) }
        $0 == "```" language { count++; inside = 1 }
        END { print count + 0 }' "$ROOT/examples/README.md"
}

@test "the steps are ten, and each renders and has nothing against it" {
    [ "$(blocks json data .json)" = 1 ]
    [ "$(blocks lua step .lua)" = 10 ]
    for step in 1 2 3 4 5 6 7 8 9 10; do
        bp render step$step.lua -q -d data1.json -o step.pdf
        expect_status 0
        expect_whole step.pdf
        bp check step$step.lua -q -d data1.json
        expect_status 0
        rm step.pdf
    done
}

@test "the ninth step takes the parameter that it declares, and lists it" {
    [ "$(blocks json data .json)" -gt 0 ]
    [ "$(blocks lua step .lua)" -gt 0 ]
    bp render step9.lua -q -d data1.json -p branch=Hill -o hill.pdf
    expect_status 0
    pdftotext hill.pdf - | grep -q "It has 38 seats"
    bp render step9.lua --help
    expect_status 0
    [[ $out == *"The branch that the sheet is about"* ]] || fail "the parameter is not listed"
}

@test "a misspelt indicator is told as it is told there" {
    [ "$(blocks json data .json)" -gt 0 ]
    [ "$(blocks lua step .lua)" -gt 0 ]
    said=$(awk '/^```$/ { inside = !inside; next } inside && /^library.lua:/ { print; exit }' "$ROOT/examples/README.md")
    [ -n "$said" ]
    sed 's/{visits | unit}/{visit}/' step1.lua >library.lua
    bp render library.lua -d data1.json -o library.pdf
    expect_status 78
    expect_err "$said"
}
