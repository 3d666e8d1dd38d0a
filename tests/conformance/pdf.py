"""Looks into PDF files through the JSON that qpdf makes of them, and writes them back.

Objects are those of qpdf: dictionaries, lists, "/Name", "u:text", "b:hex", and "7 0 R" for a reference; a stream is
{"stream": {"dict": ..., "data": base64}}, decoded as far as nothing is lost.
"""
import base64
import json
import re
import subprocess
import tempfile

REFERENCE = re.compile(r"\d+ \d+ R")


class Fault(Exception):
    """The file is not one that can be looked into."""


class PDF:
    def __init__(self, path):
        self.path = path
        made = subprocess.run(["qpdf", "--json-output", "--json-stream-data=inline", "--decode-level=generalized", path, "-"],
                              capture_output=True, check=False)
        if made.returncode not in (0, 3):
            raise Fault(f"{path}: {made.stderr.decode(errors='replace').strip()}")
        self.document = json.loads(made.stdout)
        self.objects = self.document["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.get(self.trailer["/Root"])

    def get(self, value):
        """What a value is, whether it stands here or is referred to. Of a stream its dictionary."""
        while isinstance(value, str) and REFERENCE.fullmatch(value):
            found = self.objects.get("obj:" + value)
            if found is None:
                return None
            value = found["stream"]["dict"] if "stream" in found else found["value"]
        return value

    def data(self, reference):
        """The bytes of a stream."""
        return base64.b64decode(self.objects["obj:" + reference]["stream"]["data"])

    def set_data(self, reference, data):
        self.objects["obj:" + reference]["stream"]["data"] = base64.b64encode(data).decode()

    def all(self, kind=None):
        """Reference and dictionary of each object; of those alone whose /Type is `kind`, where it is given."""
        for key in self.objects:
            if key.startswith("obj:"):
                value = self.get(key[4:])
                if isinstance(value, dict) and (kind is None or value.get("/Type") == kind):
                    yield key[4:], value

    def pages(self):
        """Reference and dictionary of each page, in order."""
        def walk(reference):
            node = self.get(reference)
            if node.get("/Type") == "/Pages":
                for kid in self.get(node["/Kids"]):
                    yield from walk(kid)
            else:
                yield reference, node
        yield from walk(self.catalog["/Pages"])

    def content(self, page):
        """The content of a page, its streams in one."""
        contents = page.get("/Contents")
        if contents is None:
            return b""
        parts = self.get(contents)
        references = parts if isinstance(parts, list) else [contents]
        return b"\n".join(self.data(reference) for reference in references)

    def tree(self, root, leaf):
        """Key and value of each entry of a name tree ("/Names") or number tree ("/Nums"), in order."""
        def walk(node):
            node = self.get(node)
            entries = self.get(node.get(leaf)) or []
            for i in range(0, len(entries), 2):
                yield self.get(entries[i]), entries[i + 1]
            for kid in self.get(node.get("/Kids")) or []:
                yield from walk(kid)
        if root is not None:
            yield from walk(root)

    def letters(self, font):
        """What the codes of a font mean: code to text, by its ToUnicode; and how long codes are that begin with a byte."""
        meaning, lengths = {}, {}
        table = self.data(font["/ToUnicode"]).decode("latin-1") if "/ToUnicode" in font else ""
        for block in re.findall(r"begincodespacerange(.*?)endcodespacerange", table, re.DOTALL):
            for low, high in re.findall(r"<(\w+)>\s*<(\w+)>", block):
                for first in range(int(low[:2], 16), int(high[:2], 16) + 1):
                    lengths[first] = len(low) // 2
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            for code, value in re.findall(r"<(\w+)>\s*<(\w*)>", block):
                meaning[bytes.fromhex(code)] = bytes.fromhex(value).decode("utf-16-be", "replace")
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for low, high, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                start = int.from_bytes(bytes.fromhex(value), "big")
                for step in range(int(high, 16) - int(low, 16) + 1):
                    code = (int(low, 16) + step).to_bytes(len(low) // 2, "big")
                    meaning[code] = (start + step).to_bytes(len(value) // 2, "big").decode("utf-16-be", "replace")
        return meaning, lengths

    def write(self, path):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as scratch:
            json.dump(self.document, scratch)
            scratch.flush()
            made = subprocess.run(["qpdf", "--json-input", "--compress-streams=n", "--decode-level=none",
                                   "--newline-before-endstream", scratch.name, path],
                                  capture_output=True, check=False)
        if made.returncode not in (0, 3):
            raise Fault(f"{path}: {made.stderr.decode(errors='replace').strip()}")


def spell(codes, letters):
    """The text of a shown string, a code without a meaning as U+FFFD."""
    meaning, lengths = letters
    made, at = [], 0
    while at < len(codes):
        length = lengths.get(codes[at], 1)
        made.append(meaning.get(codes[at:at + length], "\ufffd"))
        at += length
    return "".join(made)


def text(value):
    """The text of a string object."""
    if isinstance(value, str) and value.startswith("u:"):
        return value[2:]
    if isinstance(value, str) and value.startswith("b:"):
        return bytes.fromhex(value[2:]).decode("latin-1")
    return None


TOKEN = re.compile(rb"""\s*(?:%[^\r\n]*[\r\n]?\s*)*(?:
    (?P<open><<|\[)|(?P<close>>>|\])|
    (?P<hex><[0-9A-Fa-f\s]*>)|(?P<string>\()|
    (?P<name>/[^\s()<>\[\]{}/%]*)|
    (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?=[\s()<>\[\]{}/%]|$))|
    (?P<operator>[^\s()<>\[\]{}/%]+))""", re.VERBOSE)
STRING = re.compile(rb"[^()\\]*(\\.|[()]|$)", re.DOTALL)

ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}


def unescape(found):
    if found.group(1):
        return bytes([int(found.group(1), 8) & 255])
    return LETTERS.get(found.group(2), found.group(2)) if found.group(2) else b""


def operators(content):
    """Each operator of a content stream with its operands: names as "/Name", numbers, strings as bytes, lists and
    dictionaries."""
    at, stack, nesting = 0, [], []
    while True:
        token = TOKEN.match(content, at)
        if not token:
            rest = content[at:].strip()
            if rest and not rest.startswith(b"%"):
                raise Fault(f"a content stream cannot be read at {content[at:at + 30]!r}")
            return
        at = token.end()
        kind, word = token.lastgroup, token.group(token.lastgroup)
        if kind == "open":
            nesting.append((word, stack))
            stack = []
        elif kind == "close":
            opener, outer = nesting.pop()
            made = stack if opener == b"[" else dict(zip(stack[::2], stack[1::2]))
            stack = outer
            stack.append(made)
        elif kind == "hex":
            digits = re.sub(rb"[<>\s]", b"", word)
            stack.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == "string":
            depth, begin = 1, at
            while depth > 0:
                part = STRING.match(content, at)
                if not part.group(1):
                    raise Fault("a string of a content stream does not end")
                at = part.end()
                depth += {b"(": 1, b")": -1}.get(part.group(1), 0)
            stack.append(ESCAPE.sub(unescape, content[begin:at - 1]))
        elif kind == "name":
            stack.append(word.decode("latin-1"))
        elif kind == "number":
            stack.append(float(word))
        elif word in (b"true", b"false", b"null"):
            stack.append(word.decode())
        else:
            yield word.decode("latin-1"), stack
            if word == b"ID":
                raise Fault("an image stands in a content stream")
            stack = []
