"""A folder in which a program is run and looked at: scenarios, what faultless runs make of them, and what must hold.

A scenario is a command with the inputs of an edition before (A) and after (B). Faultless runs say what is right: every file
is then held against theirs, byte for byte.
"""
import hashlib
import json
import os
import random
import shutil
import subprocess

LAYOUT = """local b = require "briefpress"
return function(data, params)
  local blocks = { title = "Edition", language = "en", b.heading("Edition " .. (params.period or "")), b.text "Value {value}." }
  if params.period == "bad" then error("a row that cannot be printed") end
  for i = 1, 3 do blocks[#blocks + 1] = b.text(data.indicators.value.note) end
  return b.report(blocks)
end
"""
PATIENCE = 20 # Seconds for what takes a part of one.
NOTE = 24000 # Characters of a text that cannot be compressed well: the PDF is written in several pieces.
ROWS = 6 # Of a batch; one of them may be bad.
BROKEN = '{"dataset": {"id": "x"'


def dataset(version):
    words = random.Random(f"note {version}")
    note = " ".join("%06x" % words.getrandbits(24) for _ in range(NOTE // 7))
    return json.dumps({
        "dataset": {"id": "faults", "title": "Faults", "languages": ["en"], "published": "2022-09-0%d" % (version % 9 + 1)},
        "sources": [{"id": "s", "title": "Source"}], "themes": [{"id": "t", "title": "Theme"}],
        "indicators": [{"id": "value", "theme": "t", "label": "Value", "note": note,
                        "observations": [{"period": "2022", "value": 1000 + version, "source": "s"}]}]})


def put(path, text):
    """As a careful deliverer does it, so that a run that starts meanwhile sees one or the other."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.rename(path + ".new", path)


class World:
    def __init__(self, root):
        self.root = root

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def clear(self):
        for name in os.listdir(self.root):
            path = self.path(name)
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
        for name in ("in", "out", "run"):
            os.mkdir(self.path(name))
        put(self.path("in", "layout.lua"), LAYOUT)
        rows = [{"id": str(i), "period": f"row {i}"} for i in range(1, ROWS + 1)]
        put(self.path("in", "rows.ndjson"), "".join(json.dumps(row) + "\n" for row in rows))
        rows[ROWS // 2]["period"] = "bad"
        put(self.path("in", "bad.ndjson"), "".join(json.dumps(row) + "\n" for row in rows))

    def edition(self, version):
        put(self.path("in", "data.json"), BROKEN if version is None else dataset(version))

    def snapshot(self):
        """What lies in out/ and run/: path to what it is."""
        found = {}
        for top in ("out", "run"):
            for folder, folders, files in os.walk(self.path(top)):
                for name in sorted(folders) + sorted(files):
                    path = os.path.join(folder, name)
                    found[os.path.relpath(path, self.root)] = what_is(path)
        return found


def what_is(path):
    if os.path.islink(path):
        return "link to " + os.readlink(path)
    if os.path.isdir(path):
        return "folder"
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Scenario:
    """`before` and `after` are versions of the data (None: what cannot be read); before False: nothing was there."""

    def __init__(self, name, arguments, before, after, after_arguments=None):
        self.name, self.before, self.after = name, before, after
        self.is_batch, self.may_fail = arguments[0] == "batch", "@/in/bad.ndjson" in arguments
        self.arguments = {"A": arguments, "B": after_arguments or arguments}

    def command(self, world, program, edition):
        return [program] + [word.replace("@", world.root) for word in self.arguments[edition]]


def scenarios():
    render = ["render", "-q", "@/in/layout.lua", "-d", "@/in/data.json"]
    plain = render + ["-o", "@/out/r.pdf"]
    changed = plain + ["--if-changed"]
    told = ["--status-file", "@/run/status.json", "--metrics-file", "@/run/briefpress.prom"]

    def edition(period):
        return render + ["-o", "@/out/{period}.pdf", "--latest", "newest.pdf", "--keep", "2", "--period", period] + told

    def batch(rows):
        return ["batch", "-q", "@/in/layout.lua", "-d", "@/in/data.json", "-o", "@/out/{id}.pdf", "--rows", f"@/in/{rows}.ndjson",
                "--results", "@/run/results.ndjson", "--jobs", "2", "--resume"]
    return [
        Scenario("first", plain, False, 1),
        Scenario("next", plain, 1, 2),
        Scenario("changed", changed, 1, 2),
        Scenario("unchanged", changed, 1, 1),
        Scenario("told", plain + told, 1, 2),
        Scenario("first, told", changed + told, False, 1),
        Scenario("changed, told", changed + told, 1, 2),
        Scenario("unchanged, told", changed + told, 1, 1),
        Scenario("broken, told", changed + told, 1, None),
        Scenario("editions", edition("2022-07"), 1, 2, edition("2022-08")),
        Scenario("editions if changed", edition("2022-07") + ["--if-changed"], 1, 1, edition("2022-07") + ["--if-changed"]),
        Scenario("batch, first", batch("rows"), False, 1),
        Scenario("batch, next", batch("rows"), 1, 2),
        Scenario("batch, resumed", batch("rows"), 1, 1),
        Scenario("batch with a bad row", batch("bad"), False, 1),
    ]


def run(command, environment=None, before_exec=None):
    """Exit code as a shell tells it (128 + signal; 124: it did not end), standard output, standard error."""
    try:
        done = subprocess.run(command, env=environment or {}, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                              preexec_fn=before_exec, cwd="/", check=False)
    except subprocess.TimeoutExpired:
        return 124, "", f"it did not end within {PATIENCE} s"
    return shell_code(done.returncode), done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def shell_code(code):
    return code if code >= 0 else 128 - code


def is_pdf(path):
    return path.endswith(".pdf") and not os.path.basename(path).startswith(".")


class Right:
    """What faultless runs of a scenario make."""

    def __init__(self, scenario, world, program, environment):
        self.scenario = scenario
        self.code, self.states = {}, {}
        world.clear()
        self.states["A"] = world.snapshot()
        if scenario.before is not False:
            self.code["A"] = self.make(world, program, environment, "A", scenario.before)
        self.code["B"] = self.make(world, program, environment, "B", scenario.after)
        if self.code.get("A", 0) != 0 or (self.code["B"] == 0) != (scenario.after is not None and not scenario.may_fail):
            raise RuntimeError(f"{scenario.name}: faultless runs end with {self.code}: {self.said}")

    def make(self, world, program, environment, edition, version):
        world.edition(version)
        code, _, self.said = run(self.scenario.command(world, program, edition), environment)
        self.states[edition] = world.snapshot()
        return code

    def pdfs(self, edition):
        return {path: what for path, what in self.states[edition].items() if is_pdf(path)}


def read_status(world):
    """The status file's record, None where there is none; raises ValueError where it is none."""
    try:
        with open(world.path("run", "status.json"), encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return None
    if not text.endswith("\n") or text.count("\n") != 1:
        raise ValueError("the status file is no single line")
    return json.loads(text)


def check_files(right, world):
    """Findings about files after a run that may have failed: (kind, text)."""
    now, old, new = world.snapshot(), right.pdfs("A"), right.pdfs("B")
    for path, what in now.items():
        if not is_pdf(path):
            continue
        if what.startswith("link to "):
            if not os.path.exists(world.path(path)):
                yield "lost", f"{path} is a {what}, which is not there"
        elif what not in (old.get(path), new.get(path)):
            yield "half", f"{path} is neither the old edition nor the new one"
    arrived = all(path in now for path in new)
    for path in old:
        if path not in now and (path in new or not arrived):
            yield "lost", f"{path} is gone"


def is_new(right, world):
    """Every PDF is what a faultless run makes."""
    return {path: what for path, what in world.snapshot().items() if is_pdf(path)} == right.pdfs("B")


def check_state(right, world, code, said, status_before, killed, codes=None):
    """Findings about what a run said of itself; `codes` are those of all runs where there were several."""
    if code == 0 and not is_new(right, world):
        yield "state", "exit code 0, and the files are not those of a faultless run"
    if code == 0 and right.code["B"] != 0:
        yield "state", f"exit code 0 for a run that must end with {right.code['B']}"
    if killed:
        if code not in (137, 143, 129, 130):
            yield "state", f"killed, and exit code {code}"
    elif code != 0 and not (64 <= code <= 79):
        yield "state", f"exit code {code}: {said[:300]}"
    elif code != 0 and not said.strip():
        yield "state", f"exit code {code} without a word"
    elif code != 0 and right.code["B"] == 0 and not right.scenario.is_batch and not right.pdfs("A").keys() - right.pdfs("B").keys():
        # The old edition stays where the run failed, unless the failure was to tell or to tidy up afterwards.
        if is_new(right, world) and right.pdfs("A") != right.pdfs("B") and "published" not in said:
            yield "state", f"exit code {code}, and the new edition is there: {said[:300]}"
    try:
        status = read_status(world)
    except ValueError as fault:
        yield "state", f"the status file: {fault}"
        return
    if status is None or status == status_before or killed:
        if not killed and "run/status.json" in right.states["B"] and "status" not in said:
            yield "state", f"no status was left, and nothing said of it; exit code {code}: {said[:300]}"
        return
    if status["exit"] not in (codes or {code}):
        yield "state", f"exit code {code}, and {status['exit']} in the status file"
    if (status["state"] in ("made", "unchanged")) != (status["exit"] == 0):
        yield "state", f"exit code {code}, and \"{status['state']}\" in the status file"
    # The bytes could not be read again: then none are named, which is honest.
    if status["state"] == "made" and status.get("sha256") and status["sha256"] not in right.pdfs("B").values():
        yield "state", "the status file tells of bytes that are not there"


def check_results(right, world, code, killed):
    """Findings about the result lines of a batch: what they say was made is there."""
    try:
        with open(world.path("run", "results.ndjson"), encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        text = ""
    lines = text.split("\n")
    if lines.pop() and code == 0:
        yield "state", "the last result line has no end"
    last = {}
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            yield "state", f"a result line is no JSON: {line[:200]}"
            continue
        if "id" in record:
            last[record["id"]] = record
    now = world.snapshot()
    for name, record in last.items():
        path = f"out/{name}.pdf"
        if record["state"] not in ("made", "kept"):
            continue
        if path not in now:
            yield "lost", f"row {name} is \"{record['state']}\", and {path} is not there"
        elif record["sha256"] not in (right.pdfs("A").get(path), right.pdfs("B").get(path)):
            yield "state", f"row {name} is \"{record['state']}\" with bytes that nobody made"
        elif record["sha256"] == right.pdfs("B").get(path) != now[path]:
            yield "state", f"row {name} is \"{record['state']}\", and {path} is another"
    if not killed and (code == 0 or code == right.code["B"]):
        for i in range(1, ROWS + 1):
            if str(i) not in last:
                yield "state", f"exit code {code}, and nothing is told of row {i}"


def check_recovery(right, world, code, said):
    """Findings after the next run, without a fault."""
    if code != right.code["B"]:
        yield "cleaning", f"the next run ends with {code}, not {right.code['B']}: {said[:300]}"
    if code == 0 and said:
        yield "cleaning", f"the next run says: {said[:300]}"
    now, expected = world.snapshot(), right.states["B"]
    if code == right.code["B"] and not is_new(right, world):
        yield "cleaning", "the next run does not make what a faultless one makes"
    for path in sorted(now.keys() - expected.keys()):
        yield "cleaning", f"{path} is left"
    for path in sorted(expected.keys() - now.keys()):
        yield "cleaning", f"{path} is not there after the next run"
