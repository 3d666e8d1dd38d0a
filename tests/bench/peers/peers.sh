# shellcheck shell=bash disable=SC2015,SC2034,SC2154
# The other typesetters, for the scripts here: sourced, with $build the build folder. Each function answers false, and
# has said why, where its typesetter is not installed.

# skip WHAT HOW: one notice each.
skip() {
    case " ${skipped:-} " in *" $1 "*) return ;; esac
    skipped="${skipped:-} $1"
    printf 'skipped: %s is not installed (%s)\n' "$1" "$2" >&2
}

has_lualatex() {
    command -v lualatex >/dev/null && kpsewhich fontspec.sty geometry.sty >/dev/null ||
        { skip lualatex "Debian: texlive-luatex, texlive-latex-recommended"; return 1; }
}

has_microtype() {
    has_lualatex && { kpsewhich microtype.sty >/dev/null ||
        { skip microtype "Debian: texlive-latex-recommended"; return 1; }; }
}

has_pdflatex() {
    command -v pdflatex >/dev/null && kpsewhich lmodern.sty >/dev/null ||
        { skip pdflatex "Debian: texlive-latex-base, lmodern"; return 1; }
}

# Typst: a program of that name, or the one that PyPI carries.
has_typst() {
    [ -n "${typst_python:-}" ] && return
    local python
    for python in "$build/peers/bin/python3" python3; do
        if "$python" -c 'import typst' 2>/dev/null; then
            typst_python=$python
            return
        fi
    done
    command -v typst >/dev/null && { typst_python=none; return; }
    skip typst "tests/bench/peers/install.sh $build, or typst on the PATH"
    return 1
}

# typst_command SOURCE OUT.pdf FONT_FOLDER ROOT [KEY=VALUE]...: puts the command into the array `command_line`.
typst_command() {
    local source=$1 out=$2 fonts=$3 root=$4 pair
    shift 4
    if [ "$typst_python" = none ]; then
        command_line=(typst compile --ignore-system-fonts --font-path "$fonts" --root "$root")
        for pair in "$@"; do
            case $pair in
            standard=*) command_line+=(--pdf-standard "${pair#*=}") ;;
            *) command_line+=(--input "$pair") ;;
            esac
        done
        command_line+=("$source" "$out")
    else
        command_line=("$typst_python" "$here/../peers/typst_compile.py" "$source" "$out" "$fonts" "$root" "$@")
    fi
}
