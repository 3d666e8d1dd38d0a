#!/usr/bin/env python3
"""Compiles with the Typst that PyPI carries: typst_compile.py SOURCE OUT.pdf FONT_FOLDER ROOT [KEY=VALUE]...

The key `standard` names what the PDF keeps, as a-3a; the others are for the document."""
import sys
import typst

source, out, fonts, root = sys.argv[1:5]
inputs = dict(pair.split("=", 1) for pair in sys.argv[5:])
standards = [inputs.pop("standard")] if "standard" in inputs else []
typst.compile(source, output=out, root=root, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=standards,
              sys_inputs=inputs)
