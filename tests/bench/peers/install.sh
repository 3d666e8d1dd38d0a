#!/usr/bin/env bash
# Puts Typst, as PyPI carries it, into a folder of its own below the build folder: install.sh BUILD_FOLDER. The TeX
# peers are Debian's: texlive-luatex, texlive-latex-base, texlive-latex-recommended, lmodern.
set -euo pipefail
build=$(realpath "${1:?usage: install.sh BUILD_FOLDER}")
python3 -m venv "$build/peers"
"$build/peers/bin/python3" -m pip install --quiet typst
"$build/peers/bin/python3" -c 'import typst; print("typst", typst.__version__)'
