#!/usr/bin/env bash
# From a fresh clone to a report, on Debian 12 or newer.
#
#   ./bootstrap.sh            installs what is missing, builds, prints the flagship report into out/
#   ./bootstrap.sh test       the same, then builds for testing and runs every test
#   ./bootstrap.sh packages   only installs what is missing
#
# As root it installs by itself, as a user through sudo, and nothing at all where nothing is missing.
set -euo pipefail
cd "$(dirname "$0")"

# Everything that has to come from Debian, in this one place: first to build and run, then to test.
packages=(
    ca-certificates gcc g++ libc6-dev cmake ninja-build pkg-config
    liblua5.4-dev libhpdf-dev libcjson-dev libharfbuzz-dev libicu-dev libhyphen-dev libfontconfig-dev
    libmd4c-dev liblcms2-dev libpng-dev libdeflate-dev libqpdf-dev libexpat1-dev libqrencode-dev
    fonts-inter fonts-inter-variable fonts-noto-cjk fonts-dejavu-core hyphen-en-us hyphen-en-gb
)
test_packages=(
    check bats lua-check cppcheck clang clang-tidy clang-format libclang-rt-dev valgrind
    git jq qpdf poppler-utils imagemagick cron python3 locales tzdata
    unicode-data librsvg2-bin zbar-tools
    moreutils logrotate
    fontconfig fonts-hosny-amiri fonts-sil-ezra fonts-lohit-deva fonts-lohit-beng-bengali fonts-tlwg-loma-ttf
    fonts-khmeros fonts-lao
    man-db groff mandoc zsh fish lintian dpkg-dev
)
# For veraPDF, which Maven brings; a machine may well have others than those of Debian.
command -v javac >/dev/null || test_packages+=(default-jdk-headless)
command -v mvn >/dev/null || test_packages+=(maven)

# The editions of the flagship.
dataset=data/etown-2022.json
layout=scripts/briefing.lua
languages=(en zh)

say() { printf '%s\n' "$*"; }
log=build/bootstrap.log

# quietly WHAT COMMAND...: runs the command into the log, which is shown when it fails.
quietly() {
    local what=$1
    shift
    say "$what"
    mkdir -p build
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 60 "$log" >&2
        say "$what: failed; the whole of it is in $log" >&2
        exit 69
    fi
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian: nothing is installed. Needed are the equivalents of: $*"
        return
    fi
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        say "Packages: all there."
        return
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say "Missing packages, and neither root nor sudo to install them. As root, run:" >&2
        say "  apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 69
    fi
    # Asks for the password here, where it can be seen.
    [ "$(id -u)" -eq 0 ] || sudo -v
    quietly "Packages: reading what there is." as_root apt-get -q -o DPkg::Lock::Timeout=120 update
    quietly "Packages: installing ${#missing[@]} (${missing[*]})." \
        as_root apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "${missing[@]}"
}

# build PRESET: configures and builds one preset into build/PRESET.
build() {
    quietly "Build ($1): configuring." cmake --preset "$1"
    quietly "Build ($1): compiling on $(nproc) cores." cmake --build --preset "$1"
}

print_flagship() {
    local language edition
    mkdir -p out
    for language in "${languages[@]}"; do
        edition=out/$(basename "$dataset" .json)-$language.pdf
        build/release/briefpress render "$layout" -d "$dataset" --lang "$language" -o "$edition"
        say "Printed: $edition ($(wc -c <"$edition") bytes)"
    done
}

case ${1:-} in
"" | test | packages) ;;
*)
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac

if [ "${1:-}" = test ]; then
    install_packages "${packages[@]}" "${test_packages[@]}"
else
    install_packages "${packages[@]}"
fi
[ "${1:-}" != packages ] || exit 0

build release
print_flagship
[ "${1:-}" = test ] || exit 0

build dev
exec ctest --preset dev --parallel "$(nproc)"
