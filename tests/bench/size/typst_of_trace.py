#!/usr/bin/env python3
"""Writes the report that a trace (--trace) tells of as a Typst document: typst_of_trace.py TRACE [FILE...] > OUT.typ

The same words in the same elements (headings, paragraphs, lists, tables, figures with alternative texts), the same
paths in each figure and the same page furniture as artifacts, in the same fonts and sizes. Each element
begins where it begins in the report, with the same lines; only tables are laid out by Typst. FILEs are attached when the
document is compiled with attach=1.
"""
import re
import shlex
import sys

WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700, "Italic": 400}
FAMILIES = {"Inter": "Inter", "NotoSansCJKsc": "Noto Sans CJK SC", "DejaVuSans": "DejaVu Sans"}
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595.28, 841.89, 62


class Node:
    def __init__(self, kind, options=None):
        self.kind, self.options, self.kids = kind, options or {}, []


def read_options(words):
    options, key = {}, None
    for word in words:
        if word in ("alt", "box", "columns", "rows", "scope", "id", "headers", "numbering", "language", "level", "title"):
            key = word
            options[key] = []
        elif key:
            options[key].append(word)
    return options


def read(lines):
    """The elements of each page, with texts and paths as they are drawn."""
    root = Node("Document")
    stack, pages = [root], {}
    for line in lines:
        line = line.rstrip("\n")
        kind, _, rest = line.partition(" ")
        if kind == "page":
            number = rest.split()[0] # Footers follow in the end, page by page.
            if number not in pages:
                pages[number] = Node("page")
                root.kids.append(pages[number])
            stack = [pages[number]]
        elif kind == "tag" or kind == "artifact":
            words = shlex.split(rest)
            node = Node(words[0] if kind == "tag" else "artifact", read_options(words[1:]))
            stack[-1].kids.append(node)
            stack.append(node)
        elif kind == "end" and rest.split()[0] in ("tag", "artifact"):
            if len(stack) > 1:
                stack.pop()
        elif kind in ("text", "path"):
            node = Node(kind)
            node.rest = rest
            stack[-1].kids.append(node)
    return root


def string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def runs(rest):
    """x, y and the runs (text, font, size, colour) of a text line."""
    match = re.match(r"(\S+) (\S+) (.*)", rest)
    x, y, rest = float(match[1]), float(match[2]), match[3]
    result, size, colour = [], 10, "#000000"
    for part in re.finditer(r'"((?:[^"\\]|\\.)*)" ([A-Z]\S+)(?: ([0-9.]+))?(?: (#[0-9a-f]{6,8}))?', rest):
        size, colour = float(part[3] or size), part[4] or colour
        result.append((part[1].replace('\\"', '"').replace("\\\\", "\\"), part[2], size, colour))
    return x, y, result


def styled(run):
    text, font, size, colour = run
    family, _, style = font.partition("-")
    return 'text(font: %s, weight: %d, style: "%s", size: %gpt, fill: rgb("%s"), %s)' % (
        string(FAMILIES.get(family, "Inter")), WEIGHTS.get(style, 400), "italic" if "Italic" in style else "normal",
        size, colour, string(text))


def texts(node):
    """All runs below a node, lines joined by spaces, neighbours of one style as one."""
    found = []
    for kid in node.kids:
        if kid.kind == "text":
            _, _, line = runs(kid.rest)
            if found and line and not found[-1][0].endswith((" ", "-", "–", "/")):
                line = [(" " + line[0][0],) + line[0][1:]] + line[1:]
            found += line
        elif kid.kind not in ("path", "artifact"):
            more = texts(kid)
            if found and more:
                more = [(" " + more[0][0],) + more[0][1:]] + more[1:]
            found += more
    joined = []
    for run in found:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = (joined[-1][0] + run[0],) + run[1:]
        else:
            joined.append(run)
    return joined


def content(node):
    return "{" + "; ".join(styled(run) for run in texts(node)) + "}"


def lines(node):
    """The text lines below a node."""
    for kid in node.kids:
        if kid.kind == "text":
            line = runs(kid.rest)
            if line[2]:
                yield line
        elif kid.kind not in ("path", "artifact"):
            yield from lines(kid)


def placed(node, wrap):
    """An element at its place, broken into lines as in the report; a line that goes on at the same height is one."""
    rows = []
    for x, y, line in lines(node):
        if rows and abs(rows[-1][1] - y) < 0.1:
            rows[-1][2].extend([(" " + line[0][0],) + line[0][1:]] + line[1:])
        else:
            rows.append([x, y, list(line)])
    if not rows:
        return None
    x, y, first = rows[0]
    leading = rows[1][1] - y if len(rows) > 1 else 0
    body = "; linebreak(); ".join("; ".join(styled(run) for run in row[2]) for row in rows)
    rule = "set par(leading: %gpt); " % max(0, leading - first[0][2] * 0.73) if leading else ""
    return "place(top + left, dx: %gpt, dy: %gpt, {%s%s})" % (
        x - MARGIN, y - MARGIN - first[0][2] * 0.73, rule, wrap("{" + body + "}"))


def curve(rest, x0, y0):
    tokens = rest.split()
    ops, at, options = [], 0, {}
    def point(i):
        return "(%gpt, %gpt)" % (float(tokens[i]) - x0, float(tokens[i + 1]) - y0)
    while at < len(tokens):
        t = tokens[at]
        if t == "M":
            ops.append("curve.move(%s)" % point(at + 1)); at += 3
        elif t == "L":
            ops.append("curve.line(%s)" % point(at + 1)); at += 3
        elif t == "C":
            ops.append("curve.cubic(%s, %s, %s)" % (point(at + 1), point(at + 3), point(at + 5))); at += 7
        elif t == "Z":
            ops.append("curve.close()"); at += 1
        elif t == "R":
            x, y, w, h = (float(v) for v in tokens[at + 1:at + 5])
            ops.append("curve.move((%gpt, %gpt)), curve.line((%gpt, %gpt)), curve.line((%gpt, %gpt)), "
                       "curve.line((%gpt, %gpt)), curve.close()" % (
                           x - x0, y - y0, x + w - x0, y - y0, x + w - x0, y + h - y0, x - x0, y + h - y0))
            at += 5
        elif t == "fill":
            options["fill"] = tokens[at + 1]; at += 2
        elif t == "stroke":
            options["stroke"], options["width"] = tokens[at + 1], float(tokens[at + 2]); at += 3
        elif t == "cap":
            options["cap"] = tokens[at + 1]; at += 2
        else:
            at += 1
    look = []
    if "fill" in options:
        look.append('fill: rgb("%s")' % options["fill"])
    look.append('stroke: (paint: rgb("%s"), thickness: %gpt, cap: "%s")' % (
        options["stroke"], options["width"], "round" if options.get("cap") == "1" else "butt")
        if "stroke" in options else "stroke: none")
    return "curve(%s)" % ", ".join(look + ops)


def drawn(node, x0, y0):
    """What is drawn below a node, at its place."""
    steps = []
    for kid in node.kids:
        if kid.kind == "path":
            steps.append("place(top + left, %s)" % curve(kid.rest, x0, y0))
        elif kid.kind == "text":
            x, y, line = runs(kid.rest)
            if line:
                steps.append("place(top + left, dx: %gpt, dy: %gpt, {%s})" % (
                    x - x0, y - y0 - line[0][2] * 0.73, "; ".join(styled(run) for run in line)))
        else:
            steps += drawn(kid, x0, y0)
    return steps


def rows_of(node):
    """The rows of a table, of its head and of its body."""
    head, body = [], []
    for kid in node.kids:
        if kid.kind == "TR":
            body.append(kid)
        elif kid.kind == "THead":
            head += [row for row in kid.kids if row.kind == "TR"]
        elif kid.kind in ("TBody", "TFoot"):
            body += [row for row in kid.kids if row.kind == "TR"]
    return head, body


def row(node):
    cells = []
    for cell in node.kids:
        if cell.kind in ("TH", "TD"):
            columns = int(cell.options.get("columns", ["1"])[0])
            cells.append("table.cell(colspan: %d, %s)" % (columns, content(cell)))
    return cells


def table(parts):
    """A table, of all its parts: it goes on over pages."""
    head, body = [], []
    for part in parts:
        h, b = rows_of(part)
        head = head or h
        body += b
    width = max(sum(int(cell.options.get("columns", ["1"])[0]) for cell in line.kids if cell.kind in ("TH", "TD"))
                for line in head + body)
    args = ["columns: %d" % width, "stroke: none", "inset: 2pt"]
    if head:
        args.append("table.header(%s)" % ", ".join(sum((row(line) for line in head), [])))
    x, y, _ = next(lines(parts[0]))
    return "place(top + left, dx: %gpt, dy: %gpt, table(%s))" % (
        x - MARGIN, y - MARGIN - 10, ", ".join(args + sum((row(line) for line in body), [])))


count = {"figures": 0, "tables": 0, "headings": 0, "paths": 0}


def flow(node, out, tables):
    for kid in node.kids:
        kind = kid.kind
        if kind == "page":
            if out:
                out.append("pagebreak()")
            flow(kid, out, tables)
        elif kind == "artifact":
            steps = drawn(kid, MARGIN, MARGIN)
            if steps:
                out.append("pdf.artifact({%s})" % "; ".join(steps))
        elif kind == "path":
            out.append("pdf.artifact(place(top + left, %s))" % curve(kid.rest, MARGIN, MARGIN))
        elif re.fullmatch(r"H[1-6]", kind):
            count["headings"] += 1
            out.append(placed(kid, lambda body: "heading(level: %s, %s)" % (kind[1], body)))
        elif kind in ("P", "BibEntry", "Note", "TOCI"):
            out.append(placed(kid, lambda body: "par(%s)" % body))
        elif kind == "L":
            items = [content(next((k for k in item.kids if k.kind == "LBody"), item)) for item in kid.kids if item.kind == "LI"]
            first = next(lines(kid), None)
            if items:
                out.append("place(top + left, dx: %gpt, dy: %gpt, list(marker: [–], %s))" % (
                    first[0] - MARGIN, first[1] - MARGIN - 7, ", ".join(items)))
        elif kind == "Table":
            name = kid.options.get("id", [None])[0]
            if name is not None and name in tables:
                tables[name].append(kid)
                continue
            for caption in kid.kids:
                if caption.kind == "Caption":
                    flow(caption, out, tables)
            parts = [kid]
            if name is not None:
                tables[name] = parts
            count["tables"] += 1
            out.append(parts)
        elif kind == "Figure":
            x, y, width, height = (float(v) for v in kid.options["box"])
            count["figures"] += 1
            count["paths"] += sum(1 for k in kid.kids if k.kind == "path")
            out.append("place(top + left, dx: %gpt, dy: %gpt, figure(alt: %s, box(width: %gpt, height: %gpt, {%s})))" % (
                x - MARGIN, y - MARGIN, string(" ".join(kid.options.get("alt", [""]))), width, height, "; ".join(drawn(kid, x, y))))
        elif kind != "text":
            flow(kid, out, tables)


with open(sys.argv[1], encoding="utf-8") as trace:
    report = read(trace)
blocks = []
flow(report, blocks, {})
print('#set document(title: "Beijing E-Town’s innovation ecology", date: datetime(year: 2022, month: 9, day: 8))')
print('#set page(width: %gpt, height: %gpt, margin: %gpt)' % (PAGE_WIDTH, PAGE_HEIGHT, MARGIN))
print('#set text(lang: sys.inputs.at("lang", default: "en"), font: ("Inter", "Noto Sans CJK SC"), size: 10pt)')
print('#set par(leading: 4pt, spacing: 6pt)')
print('#show heading: it => block(above: 8pt, below: 6pt, it.body)')
print('#if sys.inputs.at("attach", default: "") != "" {')
for file in sys.argv[2:]:
    print('  pdf.attach(%s, relationship: "source", mime-type: "text/plain", description: "source")' % string(file))
print("}")
for block in filter(None, blocks):
    print("#" + (block if isinstance(block, str) else table(block)))
print(", ".join("%d %s" % (n, what) for what, n in count.items()), file=sys.stderr)
