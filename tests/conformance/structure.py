#!/usr/bin/env python3
"""Looks at what veraPDF does not: whether the structure of a PDF is whole, and reads in order.

  structure.py LIST

LIST has a line for each file, as render.sh writes it: FILE <tab> WORD,WORD... The word "order" says that the structure is
read in the order in which the page is drawn, "untagged" that the file must have none. A third field is a part of the
finding that must come of a file that was broken on purpose. Each finding is a line; the sums stand at the end. Exits with
1 where there is a finding, where a broken file has none, and where nothing was looked at.
"""
import os
import re
import sys
from collections import Counter

sys.dont_write_bytecode = True # Nothing appears in the tree.
import pdf  # noqa: E402

STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl
    LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
    Figure Formula Form""".split())
# What may stand in what, where the standard leaves no choice: type, and the types around it.
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
    "TFoot": {"Table"}, "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
}
# And what may stand below these.
HOLDS = {
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"}, "TR": {"TH", "TD"}, "L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"},
}
MAY_BE_EMPTY = {"TD", "TH"} # A cell without a value.
SPEAKS = set("P H1 H2 H3 H4 H5 H6 Lbl LBody LI TOCI Caption Quote BlockQuote Code Note Reference Span Link".split())
PAINTING = set("f F f* B B* b b* S s sh Do Tj TJ ' \"".split())
# Scripts that few languages are written in: their characters, and these languages.
SCRIPTS = [
    ("Han", re.compile("[\u4e00-\u9fff]"), {"zh", "ja", "ko"}), ("Kana", re.compile("[\u3041-\u30ff]"), {"ja"}),
    ("Hangul", re.compile("[\uac00-\ud7af]"), {"ko"}), ("Hebrew", re.compile("[\u05d0-\u05ea]"), {"he", "yi"}),
    ("Arabic", re.compile("[\u0621-\u064a]"), {"ar", "fa", "ur"}), ("Thai", re.compile("[\u0e01-\u0e2e]"), {"th"}),
    ("Devanagari", re.compile("[\u0904-\u0939]"), {"hi", "mr", "ne", "sa"}),
]
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class Element:
    def __init__(self, reference, value, kind, parent):
        self.reference, self.value, self.kind, self.parent = reference, value, kind, parent
        self.kids = [] # Elements, and what they hold of pages: ("mark", page, MCID) or ("object", page, annotation).

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def marks(self):
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            elif kid[0] == "mark":
                yield kid[1:]

    def __str__(self):
        return f"{self.kind} ({self.reference})"


class Checks:
    def __init__(self, path, words):
        self.pdf, self.words = pdf.PDF(path), words
        self.findings, self.count = [], 0
        self.fonts, self.said = {}, {} # Letters by font, texts by page and MCID.
        self.pages = list(self.pdf.pages())
        self.numbers = {reference: i + 1 for i, (reference, _) in enumerate(self.pages)}

    def expect(self, holds, finding):
        self.count += 1
        if not holds:
            self.findings.append(finding() if callable(finding) else finding)

    def run(self):
        if "untagged" in self.words:
            self.untagged()
            return
        catalog, get = self.pdf.catalog, self.pdf.get
        self.expect((get(catalog.get("/MarkInfo")) or {}).get("/Marked") is True, "the catalog does not say that it is marked")
        self.expect(LANGUAGE.fullmatch(pdf.text(catalog.get("/Lang")) or ""), "the document has no language")
        viewer = get(catalog.get("/ViewerPreferences")) or {}
        self.expect(viewer.get("/DisplayDocTitle") is True, "the title is not displayed")
        self.root = get(catalog.get("/StructTreeRoot"))
        self.expect(self.root, "there is no structure tree")
        if not self.root:
            return
        self.read_tree()
        self.elements()
        self.headings()
        self.tables()
        self.identifiers()
        self.page_contents()
        self.annotations()
        self.attachments()

    def untagged(self):
        self.expect("/StructTreeRoot" not in self.pdf.catalog, "there is a structure tree")
        self.expect("/MarkInfo" not in self.pdf.catalog, "there is a MarkInfo")
        for reference, value in self.pdf.all():
            self.expect("/StructParents" not in value and "/StructParent" not in value, f"{reference} has a StructParent")
        for number, (_, page) in enumerate(self.pages, 1):
            marked = sum(1 for operator, operands in pdf.operators(self.pdf.content(page))
                         if operator == "BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1])
            self.expect(marked == 0, f"page {number}: {marked} pieces of marked content")

    def read_tree(self):
        """The elements, from the root down."""
        get, roles = self.pdf.get, self.pdf.get(self.root.get("/RoleMap")) or {}
        self.by_reference = {}

        def kids_of(value):
            kids = value.get("/K")
            if kids is None:
                return []
            found = get(kids)
            return found if isinstance(found, list) else [kids]

        self.top = Element("root", self.root, "root", None)
        waiting = [(self.top, kid) for kid in reversed(kids_of(self.root))]
        while waiting:
            parent, kid = waiting.pop()
            value = get(kid)
            if isinstance(value, (int, float)): # An MCID of the page of the element.
                parent.kids.append(("mark", parent.value.get("/Pg"), int(value)))
            elif not isinstance(value, dict):
                self.expect(False, f"{parent}: a kid that is nothing")
            elif value.get("/Type") == "/MCR":
                parent.kids.append(("mark", value.get("/Pg", parent.value.get("/Pg")), int(value["/MCID"])))
            elif value.get("/Type") == "/OBJR":
                parent.kids.append(("object", value.get("/Pg", parent.value.get("/Pg")), value.get("/Obj")))
            else:
                kind = value.get("/S", "/?")
                seen = set()
                while kind in roles and kind not in seen and kind[1:] not in STANDARD:
                    seen.add(kind)
                    kind = roles[kind]
                element = Element(kid, value, kind[1:], parent)
                parent.kids.append(element)
                self.expect(kid not in self.by_reference, f"{element} is reached twice")
                if kid in self.by_reference:
                    continue
                self.by_reference[kid] = element
                waiting.extend((element, below) for below in reversed(kids_of(value)))

    def elements(self):
        get = self.pdf.get
        for reference, value in self.pdf.all():
            if "/S" in value and "/P" in value and value.get("/Type", "/StructElem") == "/StructElem":
                self.expect(reference in self.by_reference, f"{value['/S'][1:]} ({reference}) is not in the tree")
        self.expect([kid.kind for kid in self.top.kids] == ["Document"], "the root does not hold one Document")
        for element in self.by_reference.values():
            value, parent = element.value, element.parent
            up = value.get("/P")
            self.expect(get(up) is get(parent.reference if parent is not self.top else self.pdf.catalog["/StructTreeRoot"]),
                        f"{element}: /P is not {parent}")
            self.expect(element.kind in STANDARD, f"{element}: no standard type, and not mapped to one")
            self.expect(element.kids or element.kind in MAY_BE_EMPTY, f"{element} in {parent} is empty")
            around = INSIDE.get(element.kind)
            self.expect(around is None or parent.kind in around, f"{element} stands in {parent}")
            holds = HOLDS.get(element.kind)
            for kid in element.kids if holds else []:
                self.expect(isinstance(kid, Element) and kid.kind in holds,
                            lambda: f"{element} holds {kid if isinstance(kid, Element) else 'content itself'}")
            if "/Lang" in value:
                self.expect(LANGUAGE.fullmatch(pdf.text(get(value["/Lang"])) or ""), f"{element}: no language: {value['/Lang']}")
            for key in ("/Alt", "/ActualText", "/E", "/T"):
                if key in value:
                    self.expect(pdf.text(get(value[key])), f"{element}: {key} is empty")
            if element.kind == "Figure":
                self.figure(element)

    def attributes(self, element, owner):
        """The attributes of an element that an owner has, in one dictionary."""
        found, listed = {}, self.pdf.get(element.value.get("/A")) or []
        for one in listed if isinstance(listed, list) else [listed]:
            value = self.pdf.get(one)
            if isinstance(value, dict) and value.get("/O") == owner:
                found.update(value)
        return found

    def figure(self, element):
        self.expect(pdf.text(self.pdf.get(element.value.get("/Alt"))), f"{element} says nothing of what it shows")
        box = self.pdf.get(self.attributes(element, "/Layout").get("/BBox"))
        self.expect(box is not None, f"{element} has no box")
        pages = {page for page, _ in element.marks()}
        if box is None or len(pages) != 1:
            return
        media = self.box_of(self.pdf.get(pages.pop()))
        self.expect(box[0] <= box[2] and box[1] <= box[3], f"{element}: its box {box} is turned")
        self.expect(box[0] < media[2] and box[2] > media[0] and box[1] < media[3] and box[3] > media[1],
                    f"{element}: its box {box} is not on the page {media}")

    def box_of(self, page):
        while "/MediaBox" not in page:
            page = self.pdf.get(page["/Parent"])
        return self.pdf.get(page["/MediaBox"])

    def headings(self):
        last = 0
        for element in self.top.walk():
            if re.fullmatch("H[1-6]", element.kind):
                level = int(element.kind[1])
                self.expect(level <= last + 1, f"{element} follows a heading of level {last}")
                last = level

    def tables(self):
        """Each row of a table covers as many columns, and each cell of data has a header."""
        for element in self.by_reference.values():
            if element.kind != "Table":
                continue
            rows = [row for row in element.walk() if row.kind == "TR" and self.table_of(row) is element]
            self.expect(rows, f"{element} has no rows")
            taken, widths = Counter(), []
            for row in rows:
                column, width = 0, 0
                held, taken = taken, Counter()
                for cell in row.kids:
                    if not isinstance(cell, Element):
                        continue
                    attributes = self.attributes(cell, "/Table")
                    columns, deep = int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1))
                    while held[column] > 0:
                        column += 1
                    for covered in range(column, column + columns):
                        self.expect(held[covered] == 0, f"{cell} of {element} stands where another does")
                        held[covered] = deep
                    column += columns
                for column, deep in held.items():
                    width = max(width, column + 1 if deep > 0 else 0)
                    if deep > 1:
                        taken[column] = deep - 1
                widths.append(width)
            self.expect(len(set(widths)) <= 1, f"{element}: rows of {sorted(set(widths))} columns")
            for cell in element.walk():
                if cell.kind == "TH" and self.table_of(cell) is element:
                    self.expect(self.attributes(cell, "/Table").get("/Scope") in ("/Row", "/Column", "/Both"), f"{cell} has no scope")

    @staticmethod
    def table_of(element):
        while element and element.kind != "Table":
            element = element.parent
        return element

    def identifiers(self):
        """/ID of elements and the tree of them; what headers of cells name."""
        named = {}
        for element in self.by_reference.values():
            if "/ID" in element.value:
                name = element.value["/ID"]
                self.expect(name not in named, f"{element}: the ID {name} is that of {named.get(name)}")
                named[name] = element
            self.expect(element.kind != "Note" or "/ID" in element.value, f"{element} has no ID")
        listed = dict(self.pdf.tree(self.root.get("/IDTree"), "/Names"))
        for name, element in named.items():
            self.expect(listed.get(name) == element.reference, f"{element}: the tree of IDs has {listed.get(name)} for {name}")
        for name, reference in listed.items():
            self.expect(name in named, f"the tree of IDs has {name} for {reference}, which has no such ID")
        order = [(pdf.text(name) or "").encode("latin-1", "replace") for name in listed]
        self.expect(order == sorted(order), "the tree of IDs is not in order")
        for element in self.by_reference.values():
            for name in self.pdf.get(self.attributes(element, "/Table").get("/Headers")) or []:
                self.expect(name in named and named[name].kind == "TH", f"{element}: its header {name} is nowhere")

    def page_contents(self):
        """Each piece of marked content is in the tree once, and all that is drawn is in one or an artifact."""
        held = Counter((page, mark) for page, mark in self.top.marks())
        parents = dict(self.pdf.tree(self.root.get("/ParentTree"), "/Nums"))
        owners = {}
        for element in self.by_reference.values():
            for kid in element.kids:
                if not isinstance(kid, Element) and kid[0] == "mark":
                    owners[kid[1:]] = element
        self.expect(self.root.get("/ParentTreeNextKey", 1 << 30) > max(parents, default=-1), "ParentTreeNextKey is too small")
        drawn = set()
        for number, (reference, page) in enumerate(self.pages, 1):
            marks = self.marks_of(number, reference, page)
            for mark in marks:
                drawn.add((reference, mark))
                self.expect(held[reference, mark] == 1, f"page {number}: MCID {mark} is {held[reference, mark]} times in the tree")
            self.expect(len(marks) == len(set(marks)), f"page {number}: an MCID stands there twice")
            if marks:
                row = self.pdf.get(parents.get(page.get("/StructParents"))) or []
                self.expect(len(row) == max(marks) + 1, f"page {number}: the parent tree has {len(row)} for {max(marks) + 1} MCIDs")
                for mark in marks:
                    owner = owners.get((reference, mark))
                    self.expect(mark < len(row) and owner and row[mark] == owner.reference,
                                f"page {number}: the parent tree has another element for MCID {mark} than {owner}")
            if "order" in self.words:
                read = [mark for where, mark in self.top.marks() if where == reference]
                first = next((i for i, (one, other) in enumerate(zip(read, marks)) if one != other), None)
                self.expect(read == marks, lambda: f"page {number}: MCID {read[first]}, {owners.get((reference, read[first]))}, is read where "
                            f"{marks[first]}, {owners.get((reference, marks[first]))}, is drawn" if first is not None else
                            f"page {number}: {len(read)} MCIDs are read and {len(marks)} drawn")
        for element in self.by_reference.values():
            words = "".join(self.said.get(mark, "") for mark in element.marks())
            self.expect(element.kind not in SPEAKS or words.strip() or self.shows(element), f"{element} in {element.parent} says nothing")
        self.languages(owners)
        for page, mark in held:
            self.expect((page, mark) in drawn, f"MCID {mark} of page {self.numbers.get(page)} is in the tree and not on the page")

    def languages(self, owners):
        """Words are of a language that is written in their script."""
        for mark, words in self.said.items():
            element = owners.get(mark)
            while element and element is not self.top and "/Lang" not in element.value:
                element = element.parent
            value = element.value if element and element is not self.top else self.pdf.catalog
            spoken = (pdf.text(self.pdf.get(value.get("/Lang"))) or "").split("-")[0].lower()
            for script, letters, languages in SCRIPTS:
                found = letters.search(words)
                self.expect(not found or spoken in languages,
                            lambda: f"{owners.get(mark)}: \"{words.strip()[:24]}\" is in {script}, and spoken as \"{spoken}\"")

    def marks_of(self, number, reference, page):
        """The MCIDs of a page in the order in which they are drawn; their texts are noted in `said`."""
        marks, open_marks = [], []
        bare, nested, unknown = 0, 0, 0
        font, spelled = None, None # What the actual text of a span says stands in the place of its letters.
        for operator, operands in pdf.operators(self.pdf.content(page)):
            if operator in ("BMC", "BDC"):
                kind, actual = "artifact" if operands[0] == "/Artifact" else "other", None
                if operator == "BDC":
                    properties = operands[1]
                    if isinstance(properties, str):
                        properties = self.property_list(page, properties)
                    if "/MCID" in properties and kind == "other":
                        kind = "mark"
                        marks.append(int(properties["/MCID"]))
                        self.said[reference, marks[-1]] = ""
                    actual = properties.get("/ActualText")
                nested += 1 if kind != "other" and {"artifact", "mark"} & {one for one, _ in open_marks} else 0
                open_marks.append((kind, actual is not None))
                if actual is not None and marks:
                    self.say(reference, marks, open_marks, self.words_of(actual))
            elif operator == "EMC":
                self.expect(open_marks, f"page {number}: marked content ends that did not begin")
                if open_marks:
                    open_marks.pop()
            elif operator == "Tf":
                font = self.font(page, operands[0])
            elif operator in PAINTING:
                kinds = {kind for kind, _ in open_marks}
                bare += 1 if not {"artifact", "mark"} & kinds else 0
                if operator in ("Tj", "TJ") and "mark" in kinds and not any(actual for _, actual in open_marks):
                    shown = operands[0] if operator == "TJ" else operands
                    spelled = "".join(pdf.spell(one, font) for one in shown if isinstance(one, bytes))
                    unknown += spelled.count("\ufffd")
                    self.say(reference, marks, open_marks, spelled)
        self.expect(not open_marks, f"page {number}: marked content does not end")
        self.expect(bare == 0, f"page {number}: {bare} things are drawn that are neither tagged nor an artifact")
        self.expect(nested == 0, f"page {number}: {nested} pieces of marked content stand in others")
        self.expect(unknown == 0, f"page {number}: {unknown} letters mean nothing")
        return marks

    @staticmethod
    def shows(element):
        """Whether there is something in it to be seen, or words in the place of it."""
        return any(one.kind in ("Figure", "Formula") or "/ActualText" in one.value or "/Alt" in one.value for one in element.walk())

    def say(self, reference, marks, open_marks, words):
        if any(kind == "mark" for kind, _ in open_marks):
            self.said[reference, marks[-1]] += words

    @staticmethod
    def words_of(value):
        if isinstance(value, bytes):
            return value[2:].decode("utf-16-be", "replace") if value.startswith(b"\xfe\xff") else value.decode("latin-1")
        return pdf.text(value) or ""

    def font(self, page, name):
        while "/Resources" not in page:
            page = self.pdf.get(page["/Parent"])
        reference = self.pdf.get(self.pdf.get(page["/Resources"])["/Font"])[name]
        if reference not in self.fonts:
            self.fonts[reference] = self.pdf.letters(self.pdf.get(reference))
        return self.fonts[reference]

    def property_list(self, page, name):
        while "/Resources" not in page:
            page = self.pdf.get(page["/Parent"])
        lists = self.pdf.get(self.pdf.get(page["/Resources"]).get("/Properties")) or {}
        return self.pdf.get(lists.get(name)) or {}

    def annotations(self):
        parents = dict(self.pdf.tree(self.root.get("/ParentTree"), "/Nums"))
        held = Counter(kid[2] for element in self.by_reference.values() for kid in element.kids
                       if not isinstance(kid, Element) and kid[0] == "object")
        seen = set()
        for number, (reference, page) in enumerate(self.pages, 1):
            notes = self.pdf.get(page.get("/Annots")) or []
            self.expect(not notes or page.get("/Tabs") == "/S", f"page {number}: the order of its annotations is not that of the structure")
            for one in notes:
                seen.add(one)
                note = self.pdf.get(one)
                owner = self.by_reference.get(parents.get(note.get("/StructParent")))
                self.expect(held[one] == 1, f"page {number}: annotation {one} is {held[one]} times in the tree")
                self.expect(owner and any(kid[0] == "object" and kid[2] == one for kid in owner.kids if not isinstance(kid, Element)),
                            f"page {number}: the parent tree does not lead from annotation {one} to its element")
                if note.get("/Subtype") == "/Link":
                    self.expect(owner and owner.kind == "Link", f"page {number}: annotation {one} stands in {owner}")
                self.expect(pdf.text(self.pdf.get(note.get("/Contents"))), f"page {number}: annotation {one} says nothing of where it leads")
                self.expect(int(note.get("/F", 0)) & 4, f"page {number}: annotation {one} is not printed")
        for one in held:
            self.expect(one in seen, f"the tree holds annotation {one}, which is on no page")
        for element in self.by_reference.values():
            if element.kind == "Link":
                self.expect(any(not isinstance(kid, Element) and kid[0] == "object" for kid in element.kids), f"{element} has no annotation")

    def attachments(self):
        get = self.pdf.get
        names = get(self.pdf.catalog.get("/Names")) or {}
        embedded = [reference for _, reference in self.pdf.tree(names.get("/EmbeddedFiles"), "/Names")]
        associated = set()
        for _, value in self.pdf.all():
            associated.update(get(value.get("/AF")) or [])
        for reference in embedded:
            self.expect(reference in associated, f"attachment {reference} is not associated with anything")
        for reference in associated:
            value = get(reference)
            self.expect(value.get("/AFRelationship") in ("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"),
                        f"attachment {reference} does not say what it is for")
            self.expect(pdf.text(get(value.get("/F"))) and pdf.text(get(value.get("/UF"))), f"attachment {reference} has no name")
            self.expect(pdf.text(get(value.get("/Desc"))), f"attachment {reference} has no description")
            stream = get((get(value.get("/EF")) or {}).get("/F")) or {}
            self.expect("/" in (stream.get("/Subtype") or "")[1:], f"attachment {reference} has no MIME type")


def look_at(path, words):
    """The number of checks of a file, and what was found."""
    try:
        checks = Checks(path, words)
        checks.run()
        return checks.count, checks.findings
    except pdf.Fault as fault:
        return 0, [str(fault)]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not os.path.exists(sys.argv[1]):
        print(f"skipped: nothing was rendered, for there is no {sys.argv[1]}")
        sys.exit(77)
    files, count, findings, broken, unseen = 0, 0, 0, 0, 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            path, words, *expected = line.rstrip("\n").split("\t")
            checks, found = look_at(path, words.split(","))
            if expected:
                broken += 1
                if not any(expected[0] in finding for finding in found):
                    unseen += 1
                    print(f"{path}: broken on purpose, and nothing is found of which \"{expected[0]}\" is a part: {found[:3]}")
                continue
            files, count, findings = files + 1, count + checks, findings + len(found)
            for finding, times in Counter(found).items():
                print(f"{path}: {finding}" + (f" ({times} times)" if times > 1 else ""))
    print(f"{files} documents, {count} checks, {findings} findings; {broken} broken documents, {unseen} of them not seen")
    sys.exit(0 if files > 0 and count > 0 and findings + unseen == 0 else 1)


if __name__ == "__main__":
    main()
