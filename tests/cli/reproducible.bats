# The same inputs give the same bytes, wherever, whenever and in whatever language the machine is.
load helper

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# Puts LOCPATH so that de_DE.UTF-8 is there: the machine's own, or one made here.
german() {
    if [ "$(env -u LC_ALL LC_ALL=de_DE.UTF-8 locale decimal_point 2>/dev/null)" != , ]; then
        command -v localedef >/dev/null || skip "localedef is not installed"
        mkdir -p "$folder/locales"
        localedef -i de_DE -f UTF-8 "$folder/locales/de_DE.UTF-8" 2>/dev/null || true
        export LOCPATH=$folder/locales
    fi
    [ "$(env -u LC_ALL LC_ALL=de_DE.UTF-8 locale decimal_point 2>/dev/null)" = , ] ||
        skip "the locale de_DE.UTF-8 cannot be made here; install the package locales"
}

# Two folders with the same layout and data, one of them deep and with a strange name.
two_folders() {
    places=("$folder/here" "$folder/deep/down/in a folder, 第一")
    for place in "${places[@]}"; do
        mkdir -p "$place/scripts" "$place/data"
        cp -r "$ROOT/scripts/briefing.lua" "$ROOT/scripts/briefing" "$place/scripts"
        cp "$ROOT/data/etown-2022.json" "$place/data"
    done
}

@test "folders, locales and time zones: all combinations print the same briefing" {
    german
    two_folders
    # What differs is seen by programs that ask.
    [ "$(env -u LC_ALL LANG=de_DE.UTF-8 bash -c 'printf %.1f 1,5')" = 1,5 ]
    [ "$(TZ=Asia/Shanghai date -d @0 +%H)" != "$(TZ=UTC date -d @0 +%H)" ] || skip "the time zones are not installed"
    runs=0
    for language in en zh; do
        rm -f first.pdf
        for round in 1 2; do
            for place in "${places[@]}"; do
                for locale in C de_DE.UTF-8; do
                    for zone in UTC Asia/Shanghai; do
                        cd "$place"
                        env -u LC_ALL -u LANGUAGE LANG="$locale" TZ="$zone" "$BRIEFPRESS" render scripts/briefing.lua \
                            -d data/etown-2022.json --lang "$language" -q -o out.pdf
                        cd "$folder"
                        [ -e first.pdf ] || cp "$place/out.pdf" first.pdf
                        cmp "$place/out.pdf" first.pdf || fail "$language, round $round, $place, $locale, $zone"
                        runs=$((runs + 1))
                    done
                done
            done
        done
    done
    [ "$runs" -eq 32 ]
    say "$runs runs, the same bytes in each language"
}

@test "neither do the other ways to set a locale, the home, the umask or the way there change a byte" {
    german
    two_folders
    layout=scripts/briefing.lua data=data/etown-2022.json
    cd "${places[0]}"
    "$BRIEFPRESS" render "$layout" -d "$data" -q -o a.pdf
    LC_ALL=de_DE.UTF-8 LANGUAGE=de HOME=/nowhere TMPDIR=/nowhere "$BRIEFPRESS" render "$layout" -d "$data" -q -o b.pdf
    cmp a.pdf b.pdf
    LC_NUMERIC=de_DE.UTF-8 LC_COLLATE=de_DE.UTF-8 "$BRIEFPRESS" render "./$layout" -d "../here/$data" -q -o b.pdf
    cmp a.pdf b.pdf
    (umask 077 && "$BRIEFPRESS" render "$PWD/$layout" -d "$PWD/$data" -q -o "$PWD/b.pdf")
    cmp a.pdf b.pdf
    (cd / && env -i "$BRIEFPRESS" render "${places[0]}/$layout" -d "${places[0]}/$data" -q -o "$folder/b.pdf")
    cmp a.pdf "$folder/b.pdf"
    "$BRIEFPRESS" render "$layout" -d - -q -o - <"$data" >b.pdf
    cmp a.pdf b.pdf
    "$BRIEFPRESS" render "$layout" -d "$data" -q --no-fork -o b.pdf
    cmp a.pdf b.pdf
    touch -d 1999-12-31 "$layout" "$data"
    "$BRIEFPRESS" render "$layout" -d "$data" -q -o b.pdf
    cmp a.pdf b.pdf
    say "8 ways"
}

@test "messages about numbers do not speak the machine's language" {
    german
    cat >l.lua <<'LUA'
return function() error(("%.2f %s %g"):format(1.5, 2.25, 0.125)) end
LUA
    env -u LC_ALL LANG=de_DE.UTF-8 "$BRIEFPRESS" render l.lua -o x.pdf 2>err || true
    grep -qF "1.50 2.25 0.125" err || fail "$(cat err)"
}
