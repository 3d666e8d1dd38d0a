"""The glyphs of a PDF at their places, read from the content streams: no reader's guesses about words and lines come in
between. qpdf (11 or newer) opens the file; what is read here is text in fonts with a ToUnicode map, which is what
typesetters write."""

import base64
import json
import re
import subprocess
from collections import namedtuple

# A shown character: its text, its origin in points from the page's lower left corner, its natural advance in em, and
# the scale that its shape has across.
Glyph = namedtuple("Glyph", "page text x y advance scale")

TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*[\r\n]\s*)*(?:(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))|(?P<name>/[^\s()<>\[\]{}/%]*)|(?P<dict><<|>>)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<open>\()|(?P<mark>[\[\]])|(?P<word>[^\s()<>\[\]{}/%]+))")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def literal(data, at):
    """The string whose opening parenthesis stands before `at`, and where it ends."""
    out, depth = bytearray(), 1
    while True:
        byte = data[at:at + 1]
        at += 1
        if byte == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(data, at)
            if octal:
                out.append(int(octal.group(), 8) & 255)
                at = octal.end()
                continue
            byte = data[at:at + 1]
            at += 1
            if byte in b"\r\n":
                at += byte == b"\r" and data[at:at + 1] == b"\n"
            else:
                out += ESCAPES.get(byte, byte)
            continue
        depth += (byte == b"(") - (byte == b")")
        if depth == 0:
            return bytes(out), at
        out += byte


def tokens(data):
    """Operands and operators: numbers as float, strings as bytes, all else as str."""
    at = 0
    while True:
        match = TOKEN.match(data, at)
        if not match:
            return
        at, kind = match.end(), match.lastgroup
        if kind == "number":
            yield float(match.group(kind))
        elif kind == "open":
            string, at = literal(data, at)
            yield string
        elif kind == "hex":
            digits = re.sub(rb"\s", b"", match.group(kind))
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            yield match.group(kind).decode("latin-1")
        if kind == "word" and match.group(kind) == b"BI":
            raise ValueError("an inline image, which is not read here")


class CMap:
    """The spaces of codes and what each code stands for: a number of a glyph, or characters."""

    def __init__(self, data):
        self.spaces, self.codes, stack = [], {}, []
        for token in tokens(data):
            if token == "endcodespacerange":
                self.spaces += list(zip(stack[::2], stack[1::2]))
            elif token in ("endbfchar", "endcidchar"):
                self.codes.update(zip(stack[::2], stack[1::2]))
            elif token in ("endbfrange", "endcidrange"):
                self.add_ranges(stack)
            elif isinstance(token, str) and token.startswith("begin"):
                stack = []
            else:
                stack.append(token)

    def add_ranges(self, stack):
        at = 0
        while at < len(stack):
            low, high, first = stack[at:at + 3]
            at += 3
            codes = [code.to_bytes(len(low), "big") for code in
                     range(int.from_bytes(low, "big"), int.from_bytes(high, "big") + 1)]
            if first == "[":
                self.codes.update(zip(codes, stack[at:at + len(codes)]))
                at += len(codes) + 1
            elif isinstance(first, bytes):
                start = int.from_bytes(first, "big")
                self.codes.update((code, (start + i).to_bytes(len(first), "big")) for i, code in enumerate(codes))
            else:
                self.codes.update((code, int(first) + i) for i, code in enumerate(codes))

    def cut(self, string):
        """The codes of a string."""
        at = 0
        while at < len(string):
            for low, high in self.spaces:
                code = string[at:at + len(low)]
                if len(code) == len(low) and all(a <= b <= c for a, b, c in zip(low, code, high)):
                    break
            else:
                raise ValueError("a code outside of its spaces")
            yield code
            at += len(code)


class Font:
    def __init__(self, pdf, font):
        self.characters = CMap(pdf.stream(font["/ToUnicode"]))
        self.is_composite = font["/Subtype"] == "/Type0"
        if self.is_composite:
            encoding = pdf.resolve(font["/Encoding"])
            below = pdf.resolve(pdf.resolve(font["/DescendantFonts"])[0])
            self.usual, self.widths = below.get("/DW", 1000), self.read_widths(pdf.resolve(below.get("/W", [])), pdf)
            self.cids = None if encoding == "/Identity-H" else CMap(pdf.stream(font["/Encoding"]))
        else:
            first = pdf.resolve(font["/FirstChar"])
            self.usual, self.widths = 0, {first + i: w for i, w in enumerate(pdf.resolve(font["/Widths"]))}

    @staticmethod
    def read_widths(list_, pdf):
        widths, at = {}, 0
        while at < len(list_):
            first, second = list_[at], pdf.resolve(list_[at + 1])
            if isinstance(second, list):
                widths.update((first + i, width) for i, width in enumerate(second))
                at += 2
            else:
                widths.update((cid, list_[at + 2]) for cid in range(first, second + 1))
                at += 3
        return widths

    def cut(self, string):
        """For each code: its characters, its width in em, whether it is the space of Tw."""
        if not self.is_composite:
            codes = [string[i:i + 1] for i in range(len(string))]
        elif self.cids:
            codes = self.cids.cut(string)
        else:
            codes = [string[i:i + 2] for i in range(0, len(string), 2)]
        for code in codes:
            cid = self.cids.codes.get(code, 0) if self.is_composite and self.cids else int.from_bytes(code, "big")
            text = self.characters.codes.get(code, b"")
            yield text.decode("utf-16-be"), self.widths.get(cid, self.usual) / 1000, code == b" "


def times(a, b):
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])


class Page:
    """Runs one content stream."""

    def __init__(self, number, fonts):
        self.number, self.fonts, self.glyphs = number, fonts, []
        self.state = {"ctm": (1, 0, 0, 1, 0, 0), "font": None, "points": 0, "Tc": 0, "Tw": 0, "Tz": 1, "TL": 0, "Ts": 0}
        self.stack = []
        self.matrix = self.line = (1, 0, 0, 1, 0, 0)

    def move(self, x, y):
        self.matrix = self.line = times((1, 0, 0, 1, x, y), self.line)

    def advance(self, x):
        self.matrix = times((1, 0, 0, 1, x * self.state["Tz"], 0), self.matrix)

    def show(self, string):
        s = self.state
        for text, width, is_space in s["font"].cut(string):
            place = times((s["Tz"], 0, 0, 1, 0, s["Ts"]), times(self.matrix, s["ctm"]))
            if abs(place[1]) > 1e-6 or abs(place[2]) > 1e-6:
                raise ValueError("turned text, which is not read here")
            # The scale of the shape, not of the font's units: that differs where a writer trims the size instead.
            self.glyphs.append(Glyph(self.number, text, place[4], place[5], width, place[0] / abs(place[3])))
            self.advance(width * s["points"] + s["Tc"] + (s["Tw"] if is_space else 0))

    def run(self, data):
        operands, is_list, array = [], False, []
        for token in tokens(data):
            if token == "[":
                is_list, array = True, []
            elif token == "]":
                is_list = False
                operands.append(array)
            elif is_list:
                array.append(token)
            elif isinstance(token, str) and token[0] != "/" and token not in ("<<", ">>"):
                self.step(token, operands)
                operands = []
            else:
                operands.append(token)

    def step(self, operator, given):
        s = self.state
        if operator == "q":
            self.stack.append(dict(s))
        elif operator == "Q":
            self.state = self.stack.pop()
        elif operator == "cm":
            s["ctm"] = times(given, s["ctm"])
        elif operator == "BT":
            self.matrix = self.line = (1, 0, 0, 1, 0, 0)
        elif operator == "Tf":
            s["font"], s["points"] = self.fonts[given[0]], given[1]
        elif operator == "Tm":
            self.matrix = self.line = tuple(given)
        elif operator in ("Td", "TD"):
            if operator == "TD":
                s["TL"] = -given[1]
            self.move(*given)
        elif operator in ("Tc", "Tw", "TL", "Ts"):
            s[operator] = given[0]
        elif operator == "Tz":
            s["Tz"] = given[0] / 100
        elif operator in ("T*", "'"):
            self.move(0, -s["TL"])
            if operator == "'":
                self.show(given[0])
        elif operator == "Tj":
            self.show(given[0])
        elif operator == "TJ":
            for part in given[0]:
                if isinstance(part, bytes):
                    self.show(part)
                else:
                    self.advance(-part / 1000 * s["points"])
        elif operator in ("\"", "Do"):
            raise ValueError("%s is not read here" % operator)


class Pdf:
    def __init__(self, path):
        done = subprocess.run(["qpdf", "--json-output", "--json-stream-data=inline", "--decode-level=generalized", path,
                               "-"], stdout=subprocess.PIPE)
        if done.returncode not in (0, 3):  # 3: with warnings.
            raise ValueError("%s: qpdf cannot read it" % path)
        self.objects = json.loads(done.stdout)["qpdf"][1]

    def resolve(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.objects["obj:" + value]
            value = entry["value"] if "value" in entry else entry["stream"]["dict"]
        return value

    def stream(self, reference):
        return base64.b64decode(self.objects["obj:" + reference]["stream"]["data"])

    def pages(self, node=None, resources=None):
        node = node or self.resolve(self.resolve(self.objects["trailer"]["value"]["/Root"])["/Pages"])
        resources = node.get("/Resources", resources)
        if "/Kids" not in node:
            yield node, resources
        for kid in node.get("/Kids", []):
            yield from self.pages(self.resolve(kid), resources)


def read(path):
    """All glyphs of a file, in the order they are shown."""
    pdf, glyphs, fonts = Pdf(path), [], {}
    for number, (node, resources) in enumerate(pdf.pages(), 1):
        used = {}
        for name, reference in pdf.resolve(pdf.resolve(resources).get("/Font", {})).items():
            if reference not in fonts:
                fonts[reference] = Font(pdf, pdf.resolve(reference))
            used[name] = fonts[reference]
        page = Page(number, used)
        contents = node["/Contents"]
        page.run(b"\n".join(map(pdf.stream, contents if isinstance(contents, list) else [contents])))
        glyphs += page.glyphs
    return glyphs
