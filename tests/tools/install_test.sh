#!/usr/bin/env bash
# An installation works on its own, wherever it is moved to: the program prints, and a C program finds the library by
# pkg-config and by CMake and prints too. The library shows nothing but what briefpress.h declares.
# Usage: install_test.sh BUILD_FOLDER [COMPILER_FLAG...]
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
build=$(realpath "${1:?usage: install_test.sh BUILD_FOLDER [COMPILER_FLAG...]}")
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

cmake --install "$build" --prefix "$scratch/first" >install.log || { cat install.log >&2; exit 1; }
mv first moved
cat >layout.lua <<'LUA'
local b = require "briefpress"
return function()
  return b.report { title = "Installed", language = "en", b.heading "Installed", b.text "Printed from elsewhere." }
end
LUA
cat >main.c <<'C'
#include <briefpress.h>
#include <stdio.h>

int main(void)
{
    briefpress_options options;
    briefpress_error error = {0};
    briefpress_options_init(&options);
    options.layout = "layout.lua";
    if (!briefpress_render_file(&options, "library.pdf", &error)) {
        fprintf(stderr, "%s: %s\n", error.place, error.message);
        return error.code;
    }
    puts(briefpress_version());
    return 0;
}
C
is_pdf() { head -c 5 "$1" | grep -q '%PDF-' || { echo "$1 is no PDF" >&2; exit 1; }; }

moved/bin/briefpress render -q layout.lua -o program.pdf
moved/bin/briefpress new -q project --template letter
(cd project && ../moved/bin/briefpress render -q layout.lua -d data.json -o letter.pdf)
grep -q "moved/share/briefpress/scripts/types" project/.luarc.json
is_pdf program.pdf

package=$(find moved -name briefpress.pc)
export PKG_CONFIG_PATH=$PWD/${package%/*}
library=$(dirname "${package%/*}")
# shellcheck disable=SC2046 # Flags are many words.
cc -Wall -Werror "$@" main.c -o linked $(pkg-config --cflags --libs briefpress)
version=$(LD_LIBRARY_PATH=$PWD/$library ./linked)
[ "$version" = "$(pkg-config --modversion briefpress)" ] || { echo "version $version" >&2; exit 1; }
is_pdf library.pdf
# One document, by whichever way.
cmp program.pdf library.pdf
# The library takes its fonts and scripts from beside itself, wherever the program is.
mv moved/share/briefpress/fonts/fonts.json kept.json
echo "no list of fonts" >moved/share/briefpress/fonts/fonts.json
! LD_LIBRARY_PATH=$PWD/$library ./linked 2>/dev/null || { echo "the library did not look beside itself" >&2; exit 1; }
mv kept.json moved/share/briefpress/fonts/fonts.json

# The example program, in four ways: by pkg-config and by CMake, with the shared library and with the static one.
cp -r "$source/examples/embed" embed
cd embed
export LD_LIBRARY_PATH=$scratch/$library
renders() { # renders WAY PROGRAM
    rm -f report.pdf
    "$2" >said 2>&1 || { echo "$1: exit code $?" >&2; cat said >&2; exit 1; }
    is_pdf report.pdf
    [ "$(tail -n 1 said)" = "report.pdf, 0 things told" ] || { echo "$1:" >&2; cat said >&2; exit 1; }
    [ ! -e ../report.pdf ] || cmp report.pdf ../report.pdf
    cp report.pdf ..
    "$2" layout.lua missing.json >said 2>&1 && { echo "$1: missing data are no error" >&2; exit 1; }
    [ $? -eq 66 ] && grep -q "missing.json" said || { echo "$1: not that error" >&2; cat said >&2; exit 1; }
}
make_client() { # make_client WAY COMMAND...
    "${@:2}" >make.log 2>&1 || { echo "$1: does not build" >&2; cat make.log >&2; exit 1; }
}
make_client "make" make CFLAGS="-Wall -Wextra -Werror $*"
renders "make" ./embed
make_client "make STATIC=1" make -B STATIC=1 CFLAGS="-Wall -Wextra -Werror $*"
renders "make STATIC=1" ./embed
ldd ./embed | grep -q briefpress && { echo "make STATIC=1: not static" >&2; exit 1; }
for static in OFF ON; do
    make_client "cmake, STATIC=$static" cmake -S . -B "build$static" -G Ninja -DSTATIC=$static \
        -DCMAKE_PREFIX_PATH="$scratch/moved" -DCMAKE_C_FLAGS="-Wall -Wextra -Werror $*"
    make_client "cmake, STATIC=$static" cmake --build "build$static"
    renders "cmake, STATIC=$static" "./build$static/embed"
done
ldd ./buildON/embed | grep -q briefpress && { echo "STATIC=ON: not static" >&2; exit 1; }
cd ..
unset LD_LIBRARY_PATH

# What it says of itself is there, for man and the shells.
for file in man/man1/briefpress.1 bash-completion/completions/briefpress zsh/site-functions/_briefpress \
    fish/vendor_completions.d/briefpress.fish briefpress/data/schema/indicators.schema.json; do
    [ -s "moved/share/$file" ] || { echo "no share/$file" >&2; exit 1; }
done

# What the library shows is what the header declares, both ways.
nm -D --defined-only "$library"/libbriefpress.so | awk '$2 == "T" { print $3 }' | sort >shown
sed -n 's|^BRIEFPRESS_API.*[ *]\(briefpress_[a-z_]*\)(.*|\1|p' moved/include/briefpress.h | sort -u >declared
diff -u declared shown || { echo "the library and its header differ" >&2; exit 1; }
printf '%d functions\n' "$(wc -l <shown)"
