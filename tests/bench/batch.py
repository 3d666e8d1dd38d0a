#!/usr/bin/env python3
"""A batch of one-page editions, one for each enterprise of a made-up register: PDFs a second with one and with two
workers beside a loop of `render`, and the memory of all processes together.

    batch.py PROGRAM [ROWS [MANY]]      rows of the timed runs (1748), of the long one (17480; 0: none)

Times are medians of three runs in turns; the loop makes every tenth row and is scaled. Memory is the most that the
processes had together (PSS, looked at every 20 ms).
"""
import csv
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = ["New materials", "Robotics", "Medical devices", "Integrated circuits", "Software", "Energy storage"]
PARTS = ["North", "Star", "River", "Cloud", "Jade", "Sun", "Spring", "Silver", "Great", "Harbour"]


def write_rows(path, count):
    rng = random.Random(1748)
    with open(path, "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "name", "field", "staff", "revenue", "patents"])
        for i in range(1, count + 1):
            name = f"{rng.choice(PARTS)} {rng.choice(PARTS)} Technology {i}"
            rows.writerow([f"E{i:06}", name, rng.choice(FIELDS), rng.randint(3, 4000),
                           f"{rng.randint(10, 90000) / 10}", rng.randint(0, 300)])


def read_rows(path):
    with open(path, newline="") as source:
        return list(csv.DictReader(source))


def memory_of(root):
    """KiB of a process and all below it."""
    parents, total, wanted = {}, 0, {root}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    parents[int(entry)] = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass
    grown = True
    while grown:
        grown = False
        for pid, parent in parents.items():
            if parent in wanted and pid not in wanted:
                wanted.add(pid)
                grown = True
    for pid in wanted:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as rollup:
                total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except (OSError, StopIteration):
            pass
    return total


def batch(program, rows, folder, jobs, watch=False):
    out = os.path.join(folder, "out")
    shutil.rmtree(out, ignore_errors=True)
    command = [program, "batch", os.path.join(HERE, "edition.lua"), "--rows", rows, "-o", out + "/{id}.pdf",
               "--results", os.path.join(folder, "results.ndjson"), "--jobs", str(jobs), "-q"]
    began, most = time.monotonic(), 0
    process = subprocess.Popen(command)
    while watch and process.poll() is None:
        most = max(most, memory_of(process.pid))
        time.sleep(0.02)
    if process.wait() != 0:
        sys.exit(f"batch ended with {process.returncode}")
    return time.monotonic() - began, most


def loop(program, rows, folder):
    began = time.monotonic()
    for row in rows:
        parameters = [text for key, value in row.items() for text in ("-p", f"{key}={value}")]
        subprocess.run([program, "render", os.path.join(HERE, "edition.lua"), *parameters, "-q", "-o",
                        os.path.join(folder, "loop.pdf")], check=True)
    return time.monotonic() - began


def main():
    program = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1748
    many = int(sys.argv[3]) if len(sys.argv) > 3 else 17480
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        write_rows(path, count)
        some = read_rows(path)[::10]
        times = {1: [], 2: [], "loop": []}
        for _ in range(3):
            times["loop"].append(loop(program, some, folder) * count / len(some))
            for jobs in (1, 2):
                times[jobs].append(batch(program, path, folder, jobs)[0])
        alone = statistics.median(times["loop"])
        print(f"{count} editions; loop of render: {alone:.2f} s, {count / alone:.0f} PDFs/s")
        for jobs in (1, 2):
            took = statistics.median(times[jobs])
            print(f"batch, {jobs} worker{'s' if jobs > 1 else ''}: {took:.2f} s, {count / took:.0f} PDFs/s, "
                  f"{alone / took:.1f} times the loop")
        for rows in (count, many):
            if rows:
                write_rows(path, rows)
                took, most = batch(program, path, folder, 2, watch=True)
                print(f"{rows} rows, two workers: {most / 1024:.1f} MiB at most, {rows / took:.0f} PDFs/s while watched")


main()
