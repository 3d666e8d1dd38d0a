#!/usr/bin/env python3
"""How evenly justified prose is set: evenness.py [-v] TEXT FONT SIZE MEASURE MARGIN NAME FILE.pdf [NAME FILE.pdf]...
A NAME may begin with that of a group, as in "plain:ours".

Every file is read the same way (glyphs.py) and must show the words of TEXT in one column of MEASURE points that begins
MARGIN points from the left, in FONT at SIZE points. The rules:

  lines     all of them
  hyphens   lines that end in a hyphen, whoever put it there; `run`: the most of them below each other
  mean      of the stretch of the justified lines, which are all but the last of a paragraph. The stretch of a line
            is the mean space between its words by the font's own space: 1.00 is natural
  sd        standard deviation of the stretch; `rms`: its deviation from 1.00, the root of the mean of the squares
  worst     the widest; `least`: the narrowest; `loose`: lines above 1.50
  jump      mean change of the stretch from a justified line to the next
  short     justified lines that end half a space or more before the measure; `out`: lines with letters half a space or
            more beyond it, not counting marks that hang
  rivers    runs of spaces in three or more consecutive lines of a paragraph, each with its centre no further than half
            a space of the font to the side of the one above; `long`: lines of the longest
  stubs     paragraphs that end with a part of a word, or one word of fewer than four letters, alone on the line
  letters   the most that letters were moved apart or together in a line, in thousandths of an em a letter, beside the
            kerning that most lines have; `shape`: the most that letters were made wider or narrower, in percent

The first file of each group is then compared with the others of it. -v prints each line with its stretch."""

import statistics
import struct
import sys
from collections import defaultdict

sys.dont_write_bytecode = True
import glyphs

HYPHENS = "-\u2010\u00ad"
MARKS = HYPHENS + ".,:;!?'\"\u2013\u2014\u2018\u2019\u201c\u201d"


def space_of(path):
    """The advance of the space in an OpenType font, in em."""
    with open(path, "rb") as file:
        data = file.read()
    count, = struct.unpack_from(">H", data, 4)
    tables = {}
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        tables[tag] = offset
    cmap, glyph = tables[b"cmap"], 0
    for i in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        offset = cmap + struct.unpack_from(">I", data, cmap + 8 + 8 * i)[0]
        if struct.unpack_from(">H", data, offset)[0] == 4:
            twice, = struct.unpack_from(">H", data, offset + 6)
            for at in range(0, twice, 2):
                end, = struct.unpack_from(">H", data, offset + 14 + at)
                start, delta, skip = (struct.unpack_from(">H", data, offset + 16 + k * twice + at)[0]
                                      for k in (1, 2, 3))
                if start <= 32 <= end:
                    glyph = (32 + delta) & 0xFFFF
                    if skip:
                        glyph, = struct.unpack_from(">H", data,
                                                    offset + 16 + 3 * twice + at + skip + 2 * (32 - start))
    units, = struct.unpack_from(">H", data, tables[b"head"] + 18)
    long_, = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    return struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * min(glyph, long_ - 1))[0] / units


class Line:
    """Glyphs of one baseline, put together to words where the gap is half a space or more."""

    def __init__(self, shown, size, space):
        self.words, self.gaps, self.pairs = [""], [], []
        shown = sorted((g for g in shown if g.text.strip(" \u00a0")), key=lambda g: g.x)
        self.left, self.scales, self.letters_right = shown[0].x, [g.scale for g in shown], 0
        for i, g in enumerate(shown):
            self.right = g.x + g.advance * size * g.scale
            if g.text not in MARKS:
                self.letters_right = self.right
            self.words[-1] += g.text
            if i + 1 < len(shown):
                gap = shown[i + 1].x - self.right
                if gap >= space * size / 2:
                    self.gaps.append((self.right, shown[i + 1].x))
                    self.words.append("")
                else:
                    self.pairs.append((g.text + shown[i + 1].text, gap / size))
        self.is_last = self.is_first = False
        widths = [end - start for start, end in self.gaps]
        self.stretch = statistics.mean(widths) / (space * size) if widths else None

    @property
    def is_hyphenated(self):
        return self.words[-1][-1] in HYPHENS


def lines_of(path, size, space):
    rows = defaultdict(list)
    for g in glyphs.read(path):
        rows[(g.page, -round(g.y, 1))].append(g)
    return [Line(rows[key], size, space) for key in sorted(rows) if any(g.text.strip() for g in rows[key])]


def find_paragraphs(lines, text, path):
    """Marks the first and the last line of each paragraph. What the lines show must be the text and nothing else."""
    wanted = [part.split() for part in text.strip().split("\n\n")]
    at = 0
    for words in wanted:
        said, first = "", at
        target = "".join(words)
        while len(said) < len(target):
            if at == len(lines):
                sys.exit("%s: the text ends too soon, in %r" % (path, "".join(words)[len(said):][:60]))
            shown = "".join(lines[at].words)
            if not target.startswith(shown, len(said)) and shown[-1] in HYPHENS:
                shown = shown[:-1]  # A hyphen of the typesetter's.
                lines[at].cuts_word = True
            if not target.startswith(shown, len(said)):
                sys.exit("%s: line %d shows %r, the text has %r" % (path, at + 1, " ".join(lines[at].words),
                                                                    target[len(said):][:60]))
            said += shown
            at += 1
        lines[first].is_first = lines[at - 1].is_last = True
    if at != len(lines):
        sys.exit("%s: lines beyond the text: %r" % (path, " ".join(lines[at].words)))


def longest_run(flags):
    most = now = 0
    for flag in flags:
        now = now + 1 if flag else 0
        most = max(most, now)
    return most


def rivers(lines, reach):
    """How many lines each river takes."""
    found, open_ = [], []
    for line in lines + [None]:
        centres = [sum(gap) / 2 for gap in line.gaps] if line else []
        if line is None or line.is_first:
            found, open_ = found + [length for _, length in open_], []
        going = []
        for centre in centres:
            above = [river for river in open_ if abs(river[0] - centre) <= reach]
            best = min(above, key=lambda river: abs(river[0] - centre), default=None)
            if best:
                open_.remove(best)
            going.append((centre, best[1] + 1 if best else 1))
        found += [length for _, length in open_]
        open_ = going
    return [length for length in found if length >= 3]


def is_stub(lines, i):
    if not lines[i].is_last or len(lines[i].words) > 1:
        return False
    is_part = not lines[i].is_first and getattr(lines[i - 1], "cuts_word", False)
    return is_part or sum(c.isalpha() for c in lines[i].words[0]) < 4


def letters_moved(line, kerning):
    moves = [gap - kerning[pair] for pair, gap in line.pairs if pair in kerning]
    return statistics.mean(moves) * 1000 if moves else 0


COLUMNS = [("lines", "%6d"), ("hyphens", "%8d"), ("run", "%4d"), ("mean", "%6.2f"), ("sd", "%6.3f"), ("rms", "%6.3f"),
           ("worst", "%6.2f"), ("least", "%6.2f"), ("loose", "%6d"), ("jump", "%6.2f"), ("short", "%6d"),
           ("out", "%4d"), ("rivers", "%7d"), ("long", "%5d"), ("stubs", "%6d"), ("letters", "%8.1f"), ("shape", "%6.1f")]


def judge(lines, space, right, kerning):
    full = [line for line in lines if not line.is_last and line.stretch]
    stretches = [line.stretch for line in full]
    jumps = [abs(a.stretch - b.stretch) for a, b in zip(lines, lines[1:]) if a.stretch and b.stretch and not b.is_last
             and not a.is_last]
    flows = rivers(lines, space / 2)
    moved = [letters_moved(line, kerning) for line in lines]
    return {
        "lines": len(lines), "hyphens": sum(line.is_hyphenated for line in lines),
        "run": longest_run(line.is_hyphenated for line in lines), "mean": statistics.mean(stretches),
        "sd": statistics.pstdev(stretches), "rms": statistics.mean((s - 1) ** 2 for s in stretches) ** 0.5,
        "worst": max(stretches), "least": min(stretches), "loose": sum(s > 1.5 for s in stretches),
        "jump": statistics.mean(jumps),
        "short": sum(line.right <= right - space / 2 for line in lines if not line.is_last),
        "out": sum(line.letters_right >= right + space / 2 for line in lines),
        "rivers": len(flows), "long": max(flows, default=0), "stubs": sum(is_stub(lines, i) for i in range(len(lines))),
        "letters": max(moved, key=abs), "shape": 100 * max((s - 1 for line in lines for s in line.scales), key=abs),
    }


def compare(name, ours, others):
    """Says whether the first is at least as even as the others, to the digits that are printed."""
    for other, theirs in others:
        worse = ["%s %.2f > %.2f" % (key, ours[key], theirs[key]) for key in ("rms", "worst", "jump")
                 if round(ours[key], 2) > round(theirs[key], 2)]
        print("  %s beside %s: %s" % (name, other, "less even: " + ", ".join(worse) if worse else "as even or more"))


def main(arguments):
    is_verbose = arguments[:1] == ["-v"]
    arguments = arguments[is_verbose:]
    if len(arguments) < 7 or len(arguments) % 2 == 0:
        sys.exit(__doc__)
    with open(arguments[0], encoding="utf-8") as file:
        text = file.read()
    space, size, measure, margin = space_of(arguments[1]), *map(float, arguments[2:5])
    set_ = [(name, path, lines_of(path, size, space)) for name, path in zip(arguments[5::2], arguments[6::2])]
    gaps = defaultdict(list)
    for _, path, lines in set_:
        find_paragraphs(lines, text, path)
        for line in lines:
            for pair, gap in line.pairs:
                gaps[pair].append(gap)
    kerning = {pair: statistics.median(all_) for pair, all_ in gaps.items()}
    width = max(len(name) for name, _, _ in set_)
    print("%-*s" % (width, "%g pt" % measure) + "".join("%*s" % (int(form[1:].split(".")[0].rstrip("df")), name)
                                                        for name, form in COLUMNS))
    results = []
    for name, path, lines in set_:
        result = judge(lines, space * size, margin + measure, kerning)
        print("%-*s" % (width, name) + "".join(form % result[key] for key, form in COLUMNS))
        results.append((name, result))
        for line in lines if is_verbose else []:
            print("  %s  %s" % ("    " if line.is_last or not line.stretch else "%4.2f" % line.stretch,
                                " ".join(line.words)))
    groups = defaultdict(list)
    for result in results:
        groups[result[0].rpartition(":")[0]].append(result)
    for group in groups.values():
        compare(*group[0], group[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
