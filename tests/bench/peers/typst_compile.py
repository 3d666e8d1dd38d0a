#!/usr/bin/env python3
"""Compiles with the Typst that PyPI carries: typst_compile.py SOURCE OUT.pdf FONT_FOLDER ROOT [KEY=VALUE]..."""
import sys
import typst

source, out, fonts, root = sys.argv[1:5]
typst.compile(source, output=out, root=root, font_paths=[fonts], ignore_system_fonts=True,
              sys_inputs=dict(pair.split("=", 1) for pair in sys.argv[5:]))
