#!/usr/bin/env python3
"""Makes runs of the program fail at random, and looks at what they leave: see README.md.

  random_faults.py PROGRAM AIDS [--seed N] [--count N] [--only I] [-v]
  random_faults.py PROGRAM AIDS --sabotage

AIDS is the folder of faults_shim.so, build/dev/tests. Each fault is drawn from the seed and its own number, so that
`--seed N --only I` is that fault again. With --sabotage the program is made to do what it must not, in each way that the
checks should see: it is they that are tried then. Exits with 1 where there is a finding (with --sabotage: where one is
missing), and with 77 where nothing could be tried.
"""
import argparse
import collections
import errno
import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True # Nothing appears in the tree.
import world as worlds  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
CALLS = [word for word in open(os.path.join(HERE, "shim.h"), encoding="utf-8").read()
         .split("SHIM_CALLS(X)")[1].split("typedef")[0].replace("X(", " ").replace(")", " ").replace("\\", " ").split()]
PAGE_BYTES = 4096
TEN_YEARS = 3653 * 86400

# What may go wrong with which call on files of the tree, in the process that publishes.
PUBLISHING = {
    "open": ("ENOSPC", "EMFILE", "ENFILE", "EROFS", "EIO", "EACCES", "EDQUOT", "ENOMEM"),
    "write": ("ENOSPC", "EIO", "EDQUOT", "EFBIG"), "sync": ("EIO", "ENOSPC", "EDQUOT"), "close": ("EIO", "ENOSPC", "EDQUOT"),
    "rename": ("ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES"), "link": ("EIO", "EPERM", "ENOSPC"), "symlink": ("EIO", "ENOSPC", "EROFS"),
    "unlink": ("EIO", "EROFS", "EACCES"), "mkdir": ("ENOSPC", "EROFS", "EACCES"), "read": ("EIO",), "stat": ("EIO", "ENOMEM"),
    "list": ("EMFILE", "EIO", "EACCES"), "lock": ("ENOLCK",), "mode": ("EPERM", "EIO"), "truncate": ("EIO", "ENOSPC"),
}
MACHINE = {"fork": ("EAGAIN", "ENOMEM"), "pipe": ("EMFILE", "ENFILE"), "memfd": ("EMFILE", "ENOSYS", "ENOMEM"),
           "open": ("EMFILE", "ENFILE", "EIO"), "read": ("EIO",), "write": ("EIO", "ENOSPC"), "map": ("ENOMEM",)}
PASSING = {"open": "EINTR", "write": "EINTR", "read": "EINTR", "sync": "EINTR", "poll": "EINTR", "wait": "EINTR", "lock": "EINTR"}


class Page:
    """The counts that the shim keeps."""

    def __init__(self, path):
        self.path = path
        with open(path, "wb") as file:
            file.write(bytes(PAGE_BYTES))

    def read(self):
        with open(self.path, "rb") as file:
            numbers = struct.unpack(f"{PAGE_BYTES // 4}I", file.read(PAGE_BYTES))
        counts = {}
        for i, role in enumerate(("parent", "worker")):
            for k, scope in enumerate(("tree", "else")):
                for n, call in enumerate(CALLS):
                    counts[role, scope, call] = numbers[(i * 2 + k) * len(CALLS) + n]
        return counts, numbers[4 * len(CALLS)]


class Harness:
    def __init__(self, options):
        self.options = options
        self.scratch = os.path.realpath(os.environ["FAULTS_SCRATCH"])
        self.world = worlds.World(os.path.join(self.scratch, "tree"))
        os.mkdir(self.world.root)
        self.page = Page(os.path.join(self.scratch, "page"))
        with open(options.program, "rb") as file:
            self.is_sanitized = b"__asan_init" in file.read()
        shim = os.path.join(options.aids, "faults_shim.so" if self.is_sanitized else "faults_shim_memory.so")
        self.environment = {"FAULT_UNDER": self.world.root + "/", "FAULT_PAGE": self.page.path, "LD_PRELOAD": shim}
        if self.is_sanitized: # The shim stands before the sanitizer; a killed process is no leak.
            self.environment["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0"
        self.bare = {key: value for key, value in self.environment.items() if key == "ASAN_OPTIONS"}
        self.program, self.sabotage, self.codes = options.program, [], None
        self.kinds = [kind for kind, weight in KINDS.items() for _ in range(weight)]
        random.Random(options.seed).shuffle(self.kinds)
        self.counts, self.took, self.right = {}, {}, {}
        self.scenarios = worlds.scenarios()

    def learn(self, scenario):
        """Faultless runs: what is right, how many calls there are, how long it takes."""
        self.right[scenario.name] = worlds.Right(scenario, self.world, self.options.program, self.bare)
        self.prepare(scenario)
        worlds.run(scenario.command(self.world, self.options.program, "B"), self.environment)
        self.counts[scenario.name], _ = self.page.read()
        if not self.counts[scenario.name]["parent", "tree", "any"]:
            raise RuntimeError("the shim counts nothing")
        times = []
        for _ in range(3):
            self.prepare(scenario)
            began = time.monotonic()
            worlds.run(scenario.command(self.world, self.options.program, "B"), self.bare)
            times.append(time.monotonic() - began)
        self.took[scenario.name] = sorted(times)[1]

    def prepare(self, scenario):
        self.world.clear()
        if scenario.before is not False:
            self.world.edition(scenario.before)
            code, _, said = worlds.run(scenario.command(self.world, self.options.program, "A"), self.bare)
            if code != 0:
                raise RuntimeError(f"{scenario.name}: the run before ends with {code}: {said}")
        self.world.edition(scenario.after)

    def draw(self, number, kinds):
        """The fault of that number: the dice for what it takes, scenario, kind."""
        dice = random.Random(f"{self.options.seed}/{number}")
        return dice, dice.choice(self.scenarios), kinds[number % len(kinds)]

    def has(self, scenario, role, scope, call):
        return self.counts[scenario.name][role, scope, call]

    def faulty(self, plan=(), **more):
        """The environment of the run that is to fail."""
        plan = list(plan) + self.sabotage
        return dict(self.environment, FAULT_PLAN=",".join(plan), **more) if plan or more else self.bare

    def command(self, scenario):
        return scenario.command(self.world, self.program, "B")

    def start(self, scenario):
        return subprocess.Popen(self.command(scenario), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, cwd="/", env=self.faulty())


# Each kind: draws what it needs, runs, and answers (what it was, exit code, standard error, killed, hit).

def plan_of(harness, dice, scenario, role, scope, table):
    calls = [call for call in table if harness.has(scenario, role, scope, call)]
    if not calls: # A run that has nothing to do makes few calls.
        return "open", 1, "EMFILE"
    call = dice.choice(calls)
    nth = dice.randint(1, harness.has(scenario, role, scope, call))
    return call, nth, dice.choice(table[call])


def run_planned(harness, scenario, plan, killed=False, **more):
    code, _, said = worlds.run(harness.command(scenario), harness.faulty(plan, **more))
    hits = harness.page.read()[1]
    return " ".join(plan), code, said, killed and hits > 0, hits


def refused(harness, dice, scenario):
    call, nth, name = plan_of(harness, dice, scenario, "parent", "tree", PUBLISHING)
    times = dice.choice((1, 1, 0))
    return run_planned(harness, scenario, [f"parent:tree:{call}:{nth}:{times}:{getattr(errno, name)}"])


def machine(harness, dice, scenario):
    call, nth, name = plan_of(harness, dice, scenario, "parent", "else", MACHINE)
    return run_planned(harness, scenario, [f"parent:else:{call}:{nth}:{dice.choice((1, 0))}:{getattr(errno, name)}"])


def worker_refused(harness, dice, scenario):
    scope = dice.choice(("tree", "else"))
    if not harness.has(scenario, "worker", scope, "any"):
        return refused(harness, dice, scenario)
    call, nth, name = plan_of(harness, dice, scenario, "worker", scope, dict(MACHINE, stat=("EIO",)))
    return run_planned(harness, scenario, [f"worker:{scope}:{call}:{nth}:{dice.choice((1, 0))}:{getattr(errno, name)}"])


def passing(harness, dice, scenario):
    plan = []
    for call, name in PASSING.items():
        for scope in ("tree", "else"):
            for role in ("parent", "worker"):
                count = harness.has(scenario, role, scope, call)
                if count and dice.random() < 0.3 and len(plan) < 8:
                    short = call in ("write", "read") and dice.random() < 0.5
                    action = "short" if short else getattr(errno, name)
                    plan.append(f"{role}:{scope}:{call}:{dice.randint(1, count)}:{dice.choice((1, 3))}:{action}")
    return run_planned(harness, scenario, plan or ["parent:tree:write:1:1:short"])


def killed_in_call(harness, dice, scenario):
    scope = dice.choice(("tree", "tree", "else"))
    nth = dice.randint(1, harness.has(scenario, "parent", scope, "any"))
    return run_planned(harness, scenario, [f"parent:{scope}:any:{nth}:1:{dice.choice(('kill', 'after'))}"], killed=True)


def worker_killed_in_call(harness, dice, scenario):
    scope = dice.choice(("tree", "else"))
    count = harness.has(scenario, "worker", scope, "any")
    if not count:
        return killed_in_call(harness, dice, scenario)
    return run_planned(harness, scenario, [f"worker:{scope}:any:{dice.randint(1, count)}:1:kill"])


def ended_at_a_moment(harness, dice, scenario):
    number = dice.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
    delay = dice.random() * harness.took[scenario.name]
    process = harness.start(scenario)
    time.sleep(delay)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    killed = process.returncode == -number
    await_orphans(harness)
    return f"{number.name} after {delay * 1000:.1f} ms", worlds.shell_code(process.returncode), said.decode(), killed, killed


def worker_killed_at_a_moment(harness, dice, scenario):
    delay = dice.random() * harness.took[scenario.name] * 0.7
    process = harness.start(scenario)
    children, hit = f"/proc/{process.pid}/task/{process.pid}/children", False
    while process.poll() is None:
        try:
            with open(children, encoding="ascii") as file:
                found = file.read().split()
        except OSError:
            break
        if found:
            time.sleep(delay)
            try:
                os.kill(int(found[0]), signal.SIGKILL)
                hit = True
            except ProcessLookupError:
                pass
            break
    _, said = process.communicate(timeout=60)
    return f"worker, after {delay * 1000:.1f} ms", worlds.shell_code(process.returncode), said.decode(), False, hit


def limited(harness, dice, scenario):
    """Limits as a shell or a service manager sets them: descriptors, file size, memory."""
    which = dice.choice(("descriptors", "size") if harness.is_sanitized else ("descriptors", "size", "memory", "memory"))
    if which == "descriptors":
        limit, value = resource.RLIMIT_NOFILE, dice.randint(3, 14)
    elif which == "size":
        limit, value = resource.RLIMIT_FSIZE, dice.randint(0, 120000)
    else:
        limit, value = resource.RLIMIT_AS, dice.randint(44 << 20, 110 << 20) # Below, the kernel does not even start it.

    def lower():
        resource.setrlimit(limit, (value, value))
    code, _, said = worlds.run(harness.command(scenario), harness.faulty(), lower)
    if code == 127 and "loading shared libraries" in said: # It has not begun.
        code = 71
    return f"{which} {value}", code, said, False, code != 0


def no_memory(harness, dice, scenario):
    if harness.is_sanitized:
        return limited(harness, dice, scenario)
    role = dice.choice(("parent", "parent", "worker"))
    count = harness.has(scenario, role, "else", "malloc")
    if not count:
        role, count = "parent", harness.has(scenario, "parent", "else", "malloc")
    return run_planned(harness, scenario, [f"{role}:else:malloc:{dice.randint(1, count)}:{dice.choice((1, 0))}:{errno.ENOMEM}"])


def jumped(harness, dice, scenario):
    offset = dice.choice((TEN_YEARS, -TEN_YEARS, 3600, -3600, -86400 * 400))
    readings = dice.choice((0, 0, 1, 2, 3))
    what = f"{offset} s from reading {readings} on"
    return (what,) + run_planned(harness, scenario, [], FAULT_CLOCK=f"{offset}:{readings}")[1:4] + (1,)


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def on_a_disk_of_its_own(harness, scenario, kilobytes, use):
    """Runs on a small disk that holds a copy of the tree, and puts everything back."""
    root = harness.world.root
    kept = root + ".kept"
    os.rename(root, kept)
    os.mkdir(root)
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", root)
    try:
        shutil.copytree(kept, root, dirs_exist_ok=True, symlinks=True)
        use()
        code, _, said = worlds.run(harness.command(scenario), harness.faulty())
        mount("-o", "remount,rw,size=64m", root)
        shutil.rmtree(kept)
        shutil.copytree(root, kept, symlinks=True)
    finally:
        subprocess.run(["umount", root], check=True)
        os.rmdir(root)
        os.rename(kept, root)
    return code, said


def full_disk(harness, dice, scenario):
    free = dice.randint(0, 40) * 4

    def fill():
        filler = harness.world.path("filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass
        os.truncate(filler, max(0, os.path.getsize(filler) - free * 1024))
    code, said = on_a_disk_of_its_own(harness, scenario, 2048, fill)
    return f"{free} KiB left", code, said, False, code != 0


def read_only(harness, _dice, scenario):
    code, said = on_a_disk_of_its_own(harness, scenario, 8192, lambda: mount("-o", "remount,ro", harness.world.root))
    return "read-only", code, said, False, code != 0


def two_at_once(harness, dice, scenario):
    """A second run comes while the first one works; one of them may be killed."""
    first = harness.start(scenario)
    time.sleep(dice.random() * harness.took[scenario.name])
    second = harness.start(scenario)
    killed = dice.choice((None, first, second))
    time.sleep(dice.random() * harness.took[scenario.name])
    if killed:
        killed.kill()
    said = [process.communicate(timeout=60)[1].decode() for process in (first, second)]
    await_orphans(harness)
    codes = [worlds.shell_code(process.returncode) for process in (first, second)]
    # What one made the other need not tell of: the one that worked speaks for both, then the one that was killed.
    at = min((0, 1), key=lambda i: (codes[i] != 0, codes[i] != 137, i))
    harness.codes = set(codes)
    return f"codes {codes}", codes[at], said[at], codes[at] == 137, 1


KINDS = collections.OrderedDict([
    (refused, 5), (machine, 2), (worker_refused, 2), (passing, 2), (killed_in_call, 4), (worker_killed_in_call, 1),
    (ended_at_a_moment, 3), (worker_killed_at_a_moment, 2), (limited, 2), (no_memory, 2), (jumped, 2), (full_disk, 2),
    (read_only, 1), (two_at_once, 2)])


def await_orphans(harness):
    """A killed parent takes its worker along, which the kernel does in its own time."""
    for _ in range(400):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as file:
                    if harness.world.root.encode() in file.read() and int(pid) != os.getpid():
                        break
            except OSError:
                continue
        else:
            return
        time.sleep(0.01)
    raise RuntimeError("a process is left")


def try_fault(harness, number, kinds=None):
    """One fault: what it was, and findings."""
    dice, scenario, kind = harness.draw(number, kinds or harness.kinds)
    right = harness.right[scenario.name]
    harness.prepare(scenario)
    before = worlds.read_status(harness.world)
    harness.codes = None
    what, code, said, killed, hit = kind(harness, dice, scenario)
    findings = list(worlds.check_files(right, harness.world))
    findings += worlds.check_state(right, harness.world, code, said, before, killed, harness.codes)
    if scenario.is_batch:
        findings += worlds.check_results(right, harness.world, code, killed)
    code_next, _, said_next = worlds.run(scenario.command(harness.world, harness.options.program, "B"), harness.bare)
    findings += worlds.check_recovery(right, harness.world, code_next, said_next)
    return scenario, kind, f"{what}: exit {code}", hit, code, findings, said


# How the program is made to do what it must not, and which kind of finding must come of it: a plan for the shim, or a
# script around the program.
SABOTAGE = {
    "half of a file under its name": ("half", ["parent:tree:rename:1:0:half"]),
    "bytes that were never written": ("half", ["parent:tree:write:1:0:skip"]),
    "the old file gone": ("lost", ["parent:tree:rename:1:0:lose"]),
    "success without a file": ("state", ["parent:tree:rename:1:0:skip"]),
    "success always": ("state", '"$program" "$@" 2>/dev/null; exit 0'),
    "failure without a word": ("state", '"$program" "$@" 2>/dev/null'),
    "a crash": ("state", '"$program" "$@" || kill -SEGV $$'),
    "litter": ("cleaning", '"$program" "$@"; code=$?; : >"$under/out/.r.pdf.briefpress-1.temp"; exit $code'),
    "a lock that stays": ("cleaning", '"$program" "$@"; code=$?; exec 9<"$under/out/.r.pdf.lock"; flock -n 9; sleep 1 >&- 2>&- & exit $code'),
}


def sabotage(harness):
    """Whether each kind of finding would be seen. Answers the exit code."""
    missed = 0
    script = os.path.join(harness.scratch, "sabotaged")
    for name, (expected, how) in SABOTAGE.items():
        if isinstance(how, list):
            harness.program, harness.sabotage = harness.options.program, how
        else:
            with open(script, "w", encoding="utf-8") as file:
                file.write(f"#!/bin/sh\nprogram='{harness.options.program}' under='{harness.world.root}'\n{how}\n")
            os.chmod(script, 0o755)
            harness.program, harness.sabotage = script, []
        found, number = collections.Counter(), 0
        while not found[expected] and number < 20:
            number += 1
            found.update(which for which, _ in try_fault(harness, number, kinds=[refused, passing])[5])
        print(f"{name}: " + (", ".join(f"{count} {which}" for which, count in sorted(found.items())) or "nothing found") + f" in {number} faults", flush=True)
        if not found[expected]:
            print(f"MISSED: {name} gives no finding of the kind \"{expected}\"")
            missed += 1
    return 1 if missed else 0


def work(options):
    harness = Harness(options)
    for scenario in harness.scenarios:
        harness.learn(scenario)
    print(f"seed {options.seed}; {len(harness.scenarios)} scenarios: " + "; ".join(each.name for each in harness.scenarios), flush=True)
    if options.sabotage:
        return sabotage(harness)
    numbers = [options.only] if options.only is not None else range(1, options.count + 1)
    tried, hits, codes, found = collections.Counter(), collections.Counter(), collections.Counter(), collections.Counter()
    for number in numbers:
        scenario, kind, what, hit, code, findings, said = try_fault(harness, number)
        tried[kind.__name__] += 1
        hits[kind.__name__] += hit > 0
        codes[code] += 1
        if options.verbose:
            print(f"{number}: {scenario.name}: {kind.__name__}: {what}; {said.strip()[:200]}")
        for which, text in findings:
            found[which] += 1
            print(f"FOUND ({which}) --seed {options.seed} --only {number}: {scenario.name}: {kind.__name__}: {what}: {text}", flush=True)
    for kind in KINDS:
        print(f"{kind.__name__:28}{tried[kind.__name__]:5} tried {hits[kind.__name__]:5} hit")
    print("exit codes: " + ", ".join(f"{code} {count} times" for code, count in sorted(codes.items())))
    print(f"{sum(tried.values())} faults: {found['half']} half-written files, {found['lost']} lost editions, {found['state']} wrong states, "
          f"{found['cleaning']} runs that needed cleaning")
    return 1 if found or not sum(hits.values()) else 0


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("program", type=os.path.realpath)
    reader.add_argument("aids", type=os.path.realpath)
    reader.add_argument("--seed", type=int, default=2022)
    reader.add_argument("--count", type=int, default=500)
    reader.add_argument("--only", type=int)
    reader.add_argument("--sabotage", action="store_true")
    reader.add_argument("-v", "--verbose", action="store_true")
    options = reader.parse_args()
    # A mount namespace of our own: small disks, and a scratch folder in memory that ends with it.
    if "FAULTS_SCRATCH" not in os.environ:
        if os.getuid() != 0 or subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode != 0:
            print("skipped: needs root, and the right to make a mount namespace")
            return 77
        with tempfile.TemporaryDirectory() as scratch:
            command = ["unshare", "--mount", "--", sys.executable, os.path.abspath(__file__), *sys.argv[1:]]
            return subprocess.run(command, env=dict(os.environ, FAULTS_SCRATCH=scratch), check=False).returncode
    mount("-t", "tmpfs", "tmpfs", os.environ["FAULTS_SCRATCH"])
    return work(options)


if __name__ == "__main__":
    sys.exit(main())
