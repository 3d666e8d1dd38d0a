#!/usr/bin/env python3
"""Breaks PDFs on purpose, one thing in each, so that a test is known to see it.

  breaches.py FOLDER

Takes the PDFs that render.sh has made in FOLDER, writes FOLDER/broken-NAME.pdf for each breach below, and adds the line of it to
FOLDER/verapdf.list (the file, the standard, the rules of it that must fail) or to FOLDER/structure.list (the file, its words, a part
of the finding that must come). A breach that finds nothing to break is a fault.
"""
import os
import re
import sys

sys.dont_write_bytecode = True # Nothing appears in the tree.
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import pdf  # noqa: E402

BREACHES = []


def breach(document, standard, expected):
    """Makes of a function one that breaks a document, by which rules of a standard fail, or structure.py has a finding."""
    def keep(function):
        BREACHES.append((function.__name__.replace("_", "-"), document, standard, expected, function))
        return function
    return keep


def elements(file, kind):
    found = [value for _, value in file.all() if value.get("/S") == kind and "/P" in value]
    assert found, f"no {kind[1:]} in {file.path}"
    return found


def links(file):
    found = [value for _, value in file.all("/Annot") if value.get("/Subtype") == "/Link"]
    assert found, f"no link in {file.path}"
    return found


def edit_metadata(file, pattern, replacement):
    reference = file.catalog["/Metadata"]
    text, times = re.subn(pattern, replacement, file.data(reference), flags=re.DOTALL)
    assert times, f"nothing like {pattern} in the metadata of {file.path}"
    file.set_data(reference, text)


def edit_content(file, pattern, replacement):
    """Changes the first place of a page's content that fits."""
    for _, page in file.pages():
        for reference in [page["/Contents"]] if isinstance(page["/Contents"], str) else page["/Contents"]:
            text, times = re.subn(pattern, replacement, file.data(reference), count=1, flags=re.DOTALL)
            if times:
                file.set_data(reference, text)
                return
    assert False, f"nothing like {pattern} on a page of {file.path}"


BRIEFING = "44-all-of-a-briefing"


@breach(BRIEFING, "3A", "6.6.4-2")
def no_mark_of_the_archive(file):
    edit_metadata(file, rb"<pdfaid:part>.*?</pdfaid:part>|pdfaid:part=\"\d\"", b"")


@breach(BRIEFING, "UA1", "5-1")
def no_mark_of_accessibility(file):
    edit_metadata(file, rb"<pdfuaid:part>.*?</pdfuaid:part>|pdfuaid:part=\"\d\"", b"")


@breach(BRIEFING, "UA1", "7.1-9")
def no_title_in_metadata(file):
    edit_metadata(file, rb"<dc:title>.*?</dc:title>", b"")


@breach(BRIEFING, "UA1", "7.1-10")
def title_not_displayed(file):
    del file.get(file.catalog["/ViewerPreferences"])["/DisplayDocTitle"]


@breach(BRIEFING, "UA1", "7.2-2,7.2-22,7.2-24,7.2-33,7.2-34")
def no_language(file):
    del file.catalog["/Lang"]


@breach(BRIEFING, "3A", "6.7.2.2-1")
def not_marked(file):
    del file.catalog["/MarkInfo"]


@breach(BRIEFING, "3A", "6.2.4.3-2")
def no_output_intent(file):
    del file.catalog["/OutputIntents"]


@breach(BRIEFING, "3A", "6.2.11.4.1-1")
def font_not_embedded(file):
    found = [value for _, value in file.all("/FontDescriptor") if "/FontFile3" in value or "/FontFile2" in value]
    assert found, "no font"
    for key in ("/FontFile3", "/FontFile2"):
        found[0].pop(key, None)


@breach(BRIEFING, "3A", "6.2.11.7.2-1")
def letters_without_meaning(file):
    found = [value for _, value in file.all("/Font") if value.get("/Subtype") == "/Type0"]
    assert found, "no font"
    for font in found:
        font.pop("/ToUnicode", None)


@breach(BRIEFING, "UA1", "7.3-1")
def figure_without_words(file):
    del elements(file, "/Figure")[0]["/Alt"]


@breach(BRIEFING, "UA1", "7.4.2-1")
def heading_left_out(file):
    elements(file, "/H1")[-1]["/S"] = "/H4"


@breach(BRIEFING, "UA1", "7.1-3")
def content_without_tag(file):
    edit_content(file, rb"/P\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC", rb"/P BMC")


@breach(BRIEFING, "UA1", "7.1-1,7.1-2")
def artifact_inside_content(file):
    edit_content(file, rb"(/P\s*<<\s*/MCID\s+\d+\s*>>\s*BDC)(.*?)EMC", rb"\1 /Artifact BMC\2 EMC EMC")


@breach(BRIEFING, "UA1", "7.5-1")
def header_without_scope(file):
    for cell in elements(file, "/TH"):
        cell.pop("/A", None)


@breach(BRIEFING, "UA1", "7.2-43")
def short_row(file):
    row = elements(file, "/TR")[-1]
    assert len(row["/K"]) > 1, "a row of one cell"
    row["/K"].pop()


@breach(BRIEFING, "UA1", "7.9-1")
def note_without_name(file):
    del elements(file, "/Note")[0]["/ID"]


@breach("09-links", "UA1", "7.18.1-2,7.18.5-2")
def link_without_words(file):
    del links(file)[0]["/Contents"]


@breach("09-links", "UA1", "7.18.5-1")
def link_outside_of_the_structure(file):
    del links(file)[0]["/StructParent"]


@breach("09-links", "UA1", "7.18.3-1")
def order_of_links_unsaid(file):
    for _, page in file.pages():
        page.pop("/Tabs", None)


@breach("09-links", "3A", "6.3.2-2")
def link_not_printed(file):
    links(file)[0]["/F"] = 0


@breach("09-links", "3A", "6.8-1")
def attachment_without_type(file):
    found = [value for _, value in file.all("/EmbeddedFile")]
    assert found, "nothing attached"
    del found[0]["/Subtype"]


@breach("09-links", "3A", "6.8-3")
def attachment_without_relationship(file):
    found = [value for _, value in file.all() if "/AFRelationship" in value]
    assert found, "nothing attached"
    del found[0]["/AFRelationship"]


# What veraPDF lets pass, and structure.py does not.

@breach(BRIEFING, None, "is 0 times in the tree")
def content_outside_of_the_tree(file):
    for element in elements(file, "/P"):
        if isinstance(element["/K"], int):
            del element["/K"]
            return
    assert False, "no paragraph of one mark"


@breach(BRIEFING, None, "is empty")
def element_without_content(file):
    parent = elements(file, "/TR")[0]
    file.objects["obj:9999 0 R"] = {"value": {"/S": "/TH", "/P": parent["/P"], "/A": {"/O": "/Table", "/Scope": "/Column"}}}
    file.objects["obj:9998 0 R"] = {"value": {"/S": "/Span", "/P": "9999 0 R"}}
    file.objects["obj:9999 0 R"]["value"]["/K"] = "9998 0 R"
    parent["/K"].append("9999 0 R")


@breach(BRIEFING, None, "the parent tree has another element")
def parents_exchanged(file):
    for number, entry in file.tree(file.get(file.catalog["/StructTreeRoot"])["/ParentTree"], "/Nums"):
        row = file.get(entry)
        if isinstance(row, list) and len(row) > 2 and row[0] != row[1]:
            row[0], row[1] = row[1], row[0]
            return
    assert False, "no page of two elements"


@breach(BRIEFING, None, "the tree of IDs has None")
def name_not_listed(file):
    elements(file, "/Note")[0]["/ID"] = "u:another"


@breach(BRIEFING, None, "has no box")
def figure_without_box(file):
    del elements(file, "/Figure")[0]["/A"]


@breach("05-quotes-and-code", None, "is read where")
def read_in_another_order(file):
    for element in elements(file, "/Document") + elements(file, "/Sect"):
        kids = element["/K"]
        if isinstance(kids, list) and len(kids) > 2:
            kids[1], kids[2] = kids[2], kids[1]
            return
    assert False, "no element of three"


@breach("09-links", None, "has no annotation")
def link_that_leads_nowhere(file):
    element = elements(file, "/Link")[0]
    element["/K"] = [kid for kid in element["/K"] if file.get(kid) is None or not isinstance(file.get(kid), dict) or file.get(kid).get("/Type") != "/OBJR"]


@breach("09-links", None, "says nothing of where it leads")
def annotation_without_words(file):
    links(file)[0]["/Contents"] = "u:"


@breach("44-all-of-a-briefing@bare", None, "there is a structure tree")
def tags_where_none_should_be(file):
    file.catalog["/StructTreeRoot"] = {"/Type": "/StructTreeRoot"}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder, faults = sys.argv[1], 0
    with open(os.path.join(folder, "structure.list"), encoding="utf-8") as lines:
        words = dict(line.rstrip("\n").split("\t") for line in lines)
    with open(os.path.join(folder, "verapdf.list"), "a", encoding="utf-8") as for_verapdf, \
            open(os.path.join(folder, "structure.list"), "a", encoding="utf-8") as for_structure:
        for name, document, standard, expected, function in BREACHES:
            path, made = os.path.join(folder, document + ".pdf"), os.path.join(folder, f"broken-{name}.pdf")
            try:
                file = pdf.PDF(path)
                function(file)
                file.write(made)
            except (AssertionError, KeyError, TypeError, pdf.Fault) as fault:
                print(f"{name}: cannot be broken: {fault!r}", file=sys.stderr)
                faults += 1
                continue
            if standard:
                print(made, standard, expected, sep="\t", file=for_verapdf)
            else:
                print(made, words[path], expected, sep="\t", file=for_structure)
    sys.exit(1 if faults or not BREACHES else 0)


if __name__ == "__main__":
    main()
