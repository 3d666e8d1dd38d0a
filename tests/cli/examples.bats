# The examples that ship.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

@test "every example renders, and nothing is to be said of it" {
    for example in "$ROOT"/examples/*/; do
        bp render "$example/layout.lua" -q -d "$example/data.json" -o example.pdf
        expect_status 0
        expect_whole example.pdf
        bp check "$example/layout.lua" -q -d "$example/data.json"
        expect_status 0
    done
}
