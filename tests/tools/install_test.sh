#!/usr/bin/env bash
# An installation works on its own, wherever it is moved to: the program prints, and a C program finds the library by
# pkg-config and by CMake and prints too. The library shows nothing but what briefpress.h declares.
# Usage: install_test.sh BUILD_FOLDER [COMPILER_FLAG...]
set -euo pipefail
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

# By pkg-config.
package=$(find moved -name briefpress.pc)
export PKG_CONFIG_PATH=$PWD/${package%/*}
library=$(dirname "${package%/*}")
# shellcheck disable=SC2046 # Flags are many words.
cc -Wall -Werror "$@" main.c -o linked $(pkg-config --cflags --libs briefpress)
version=$(LD_LIBRARY_PATH=$library ./linked)
[ "$version" = "$(pkg-config --modversion briefpress)" ] || { echo "version $version" >&2; exit 1; }
is_pdf library.pdf
# One document, by whichever way.
cmp program.pdf library.pdf

# By CMake.
mkdir client
cp main.c client
cat >client/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(client LANGUAGES C)
find_package(briefpress 0.1 REQUIRED)
add_executable(client main.c)
target_link_libraries(client PRIVATE briefpress::briefpress)
CMAKE
cmake -S client -B client/build -G Ninja -DCMAKE_PREFIX_PATH="$PWD/moved" -DCMAKE_C_FLAGS="$*" >cmake.log 2>&1 &&
    cmake --build client/build >>cmake.log 2>&1 || { cat cmake.log >&2; exit 1; }
rm library.pdf
client/build/client >/dev/null
is_pdf library.pdf

# What the library shows is what the header declares, both ways.
nm -D --defined-only "$library"/libbriefpress.so | awk '$2 == "T" { print $3 }' | sort >shown
sed -n 's|^BRIEFPRESS_API.*[ *]\(briefpress_[a-z_]*\)(.*|\1|p' moved/include/briefpress.h | sort -u >declared
diff -u declared shown || { echo "the library and its header differ" >&2; exit 1; }
printf '%d functions\n' "$(wc -l <shown)"
