#!/usr/bin/env python3
"""How long `briefpress watch` takes from the saving of a layout to the new PDF in its place, and what the time is made of.

    watch.py PROGRAM [TIMES]

The layout is the flagship's, saved as editors do: a new file is moved over the old one. The clock starts before that move
and ends when another file is found in the PDF's place, which is looked for every 0.1 ms. Medians of TIMES (20) saves. In turns
with them `briefpress render` is run from a cold start, so that what else the machine does strikes both: their ratio is what to
compare.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def watch(program, times, folder):
    layout, pdf = os.path.join(folder, "briefing.lua"), os.path.join(folder, "out.pdf")
    shutil.copy(os.path.join(ROOT, "scripts", "briefing.lua"), layout)
    shutil.copytree(os.path.join(ROOT, "scripts", "briefing"), os.path.join(folder, "briefing"))
    text = open(layout, encoding="utf-8").read()
    watcher = subprocess.Popen([program, "watch", layout, "-d", os.path.join(ROOT, "data", "etown-2022.json"), "-o", pdf,
                                "--timings"], stderr=subprocess.PIPE, text=True)
    for line in watcher.stderr:
        if line.startswith("watching"):
            break
    totals, colds, parts = [], [], {}
    for number in range(times):
        time.sleep(0.1)
        old = os.stat(pdf).st_ino
        with open(layout + ".new", "w", encoding="utf-8") as out:
            out.write(text + "-- saved %d times\n" % (number + 1))
        start = time.perf_counter()
        os.rename(layout + ".new", layout)
        while os.stat(pdf).st_ino == old:
            if time.perf_counter() - start > 10:
                sys.exit("no new PDF within 10 s")
            time.sleep(0.0001)
        totals.append((time.perf_counter() - start) * 1000)
        for line in watcher.stderr:
            if line.startswith("timings:"):
                for name, spent in re.findall(r"(\w+) ([0-9.]+) ms", line):
                    parts.setdefault(name, []).append(float(spent))
                break
        start = time.perf_counter()
        subprocess.run([program, "render", layout, "-d", os.path.join(ROOT, "data", "etown-2022.json"), "-o", pdf + ".cold",
                        "-q"], check=True)
        colds.append((time.perf_counter() - start) * 1000)
    watcher.terminate()
    return watcher.wait(), totals, colds, parts


def main():
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        code, totals, colds, parts = watch(os.path.abspath(sys.argv[1]), times, folder)
    if code != 0:
        sys.exit("watch ended with %d" % code)
    print("%d saves: median %.1f ms from saving to the PDF in its place, least %.1f, most %.1f"
          % (times, statistics.median(totals), min(totals), max(totals)))
    print("a cold render in turns with them: median %.1f ms, least %.1f" % (statistics.median(colds), min(colds)))
    print("| part | median, ms |\n|---|---|")
    for name in ("waited", "rendering", "publishing", "rest"):
        print("| %s | %.2f |" % (name, statistics.median(parts[name])))
    print("of rendering: " + ", ".join("%s %.2f" % (name, statistics.median(parts[name])) for name in
                                       ("start", "data", "script", "shape", "layout", "emit", "subset", "save")))


main()
