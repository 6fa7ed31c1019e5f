#!/usr/bin/python3
"""bench.py [--smoke | --votes | --memory] -- how fast the pages are, next to a program that does nothing but send them.

Starts private instances with invented data below a temporary directory, logs in as the demo's
project office and measures every page and the floor of the same bytes in turns: absolute times
mean little on a shared machine, the ratio of two neighbours does.  The floor stands behind an nginx
with the same configuration and has the page's own bytes, so that gzip works as hard for both.
BENCH_SECONDS (60) is about how long it measures; --smoke only looks whether everything answers,
--votes casts votes alone: four people at once, next to bare durable commits of the same rows;
--memory only looks at how large a worker becomes.
"""
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import login
import votes
from world import AUDIT, DATA, DECISIONS, REMARKS, UNITS, handbook

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = f"{ROOT}/build/release/handschlag"
FLOOR = f"{ROOT}/build/release/floor"
LARGE = f"{ROOT}/build/release/large"
SMOKE = sys.argv[1:] == ["--smoke"]
WORKERS, CONNECTIONS, ROUND_SECONDS = 2, 16, 1
TICK = os.sysconf("SC_CLK_TCK")

# name, task forces, path, smallest ratio to the floor, gzip
PAGES = [
    ("overview, 200 task forces", 200, "/task-forces", 0.60, False),
    ("overview, 12 task forces", 12, "/task-forces", 0.70, False),
    ("chapter, 20 KB", 12, "/handbuch/messen", 0.60, False),
    ("chapter, 20 KB, 30 remarks", 200, "/handbuch/messen", 0.60, False),
    ("board, 100 remarks", 200, "/feedback?status=alle", None, False),
    ("start page", 200, "/", 0.55, False),
    ("decision, 9 units, result", 12, "/entscheidungen/{year}-7", 0.65, False),
    ("decisions, 10", 200, "/entscheidungen", None, False),
    ("task force", 200, "/task-forces/vorhaben-100", None, False),
    ("overview, 200, gzip", 200, "/task-forces", None, True),
    ("overview, 20000 task forces", 20000, "/task-forces", None, False),
    ("start page, 20000", 20000, "/", None, False),
    ("chapter, 10000 remarks", 20000, "/handbuch/messen", None, False),
    ("board, 10000 remarks", 20000, "/feedback?status=alle", None, False),
    ("decision, of 1000", 20000, "/entscheidungen/{year}-7", None, False),
    ("decisions, 1000", 20000, "/entscheidungen", None, False),
    ("task force, of 20000", 20000, "/task-forces/vorhaben-100", None, False),
]
# large, small: 100 times the data (and a million audit rows) may make a page at most 1.3 times as
# dear, for the bytes it shows
GROWTH_MAX = 1.3
GROWTH = [("overview, 20000 task forces", "overview, 200 task forces"), ("start page, 20000", "start page"),
          ("chapter, 10000 remarks", "chapter, 20 KB, 30 remarks"), ("board, 10000 remarks", "board, 100 remarks"),
          ("decision, of 1000", "decision, 9 units, result"), ("decisions, 1000", "decisions, 10"),
          ("task force, of 20000", "task force")]
RESIDENT_MAX, RESIDENT_REQUESTS = 16, 100000


def fail(message):
    sys.exit(f"bench: {message}")


class Server:
    """nginx and a program with its workers, started the way `make run` starts them."""

    started = []

    def __init__(self, directory, command):
        self.directory = directory
        self.socket = f"{directory}/run/handschlag.sock"
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        os.makedirs(f"{directory}/data")
        self.program = f"{directory}/program"
        with open(self.program, "w") as f:
            f.write(f"#!/bin/sh\nshift 2  # -c FILE\n{command(self)}\n")
        os.chmod(self.program, 0o755)
        open(f"{directory}/demo-logins.txt", "w").close()  # the data comes from here

    def start(self):
        self.process = subprocess.Popen(
            [f"{ROOT}/nginx/run.sh", str(self.port), self.directory], stdout=subprocess.PIPE,
            env={**os.environ, "HANDSCHLAG": self.program}, text=True)
        Server.started.append(self)
        for line in self.process.stdout:
            if "Stop:" in line:
                return
        fail("an instance did not start")

    def stop(self):
        self.process.terminate()
        self.process.communicate()

    def processes(self):
        """name, id and ticks of everything below run.sh"""
        found, wanted = [], {self.process.pid}
        for pid in sorted(int(p) for p in os.listdir("/proc") if p.isdigit()):
            try:
                name, rest = re.match(r"\d+ \((.*)\) (.*)", open(f"/proc/{pid}/stat").read()).groups()
            except OSError:
                continue
            if int(rest.split()[1]) in wanted:
                wanted.add(pid)
                found.append((name, pid, sum(int(t) for t in rest.split()[11:13])))
        return found

    def cpu(self):
        """microseconds spent so far by the program and by nginx"""
        spent = {"nginx": 0, "program": 0}
        for name, _, ticks in self.processes():
            spent["nginx" if name == "nginx" else "program"] += ticks * 1000000 // TICK
        return spent["program"], spent["nginx"]

    def worker_ns(self):
        return sum(int(open(f"/proc/{pid}/schedstat").read().split()[0])
                   for name, pid, _ in self.processes() if name == "handschlag")

    def resident(self):
        """KiB of the largest worker.  Not of the supervisor, the first of them: it has linked the
        libraries, and what that touched stays in its size but answers nothing."""
        _, *workers = [pid for name, pid, _ in self.processes() if name == "handschlag"]
        return max(int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read())[1])
                   for pid in workers)

    def get(self, method, path, headers, body=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        c.request(method, path, body, headers)
        answer = c.getresponse()
        return answer, answer.read()


class Instance(Server):
    """Handschlag with so many task forces, as it runs in production: no reload of templates."""

    def __init__(self, directory, task_forces):
        super().__init__(directory, lambda s: f'exec "{PROGRAM}" -c "{directory}/bench.conf" "$@"')
        self.origin = f"https://127.0.0.1:{self.port}"
        with open(f"{directory}/bench.conf", "w") as f:
            f.write(f"base_url = {self.origin}\ncooperation = Vierland\ndata = {directory}/data\n"
                    f"views = {ROOT}/views\npages = {ROOT}/views/pages\nsocket = {self.socket}\n"
                    f"workers = {WORKERS}\n")
        self.command("migrate")
        with open(f"{directory}/bench.conf") as f:
            production = f.read()
        with open(f"{directory}/bench.conf", "a") as f:
            f.write("development = yes\n")  # the demo needs it
        self.logins = self.command("demo")
        with open(f"{directory}/bench.conf", "w") as f:
            f.write(production)
        db = sqlite3.connect(f"{directory}/data/handschlag.db")  # nobody serves it yet
        db.executescript(DATA.format(count=task_forces))
        db.executescript(UNITS)
        db.executescript(votes.DATA)
        self.year = db.execute("SELECT year FROM decision WHERE number = 7 AND task_force_id IS NOT NULL").fetchone()[0]
        db.close()
        with open(f"{directory}/handbook.md", "w") as f:
            f.write(handbook())
        self.command("import-handbook", f"{directory}/handbook.md", "--new-version")
        if task_forces > 100:
            db = sqlite3.connect(f"{directory}/data/handschlag.db")
            db.executescript(REMARKS.format(count=task_forces // 2))
            if task_forces > 1000:
                db.executescript(DECISIONS.format(count=task_forces // 20) + AUDIT.format(count=task_forces * 50))
            db.close()
        self.start()
        self.browsers = {}
        self.log_in()

    def command(self, *args):
        with open(f"{self.directory}/commands.log", "a") as log:
            done = subprocess.run([self.program, "-c", "-", *args], stdout=subprocess.PIPE,
                                  stderr=log, text=True)
        if done.returncode != 0:
            fail(f"handschlag {args[0]} failed:\n{open(log.name).read()}")
        return done.stdout

    def log_in(self, email=None):
        email = email or re.search(r"\S+@\S+", self.logins)[0]
        browser = self.browsers.setdefault(email, login.Browser(self.get, self.origin))
        browser.log_in(email, re.search(r"password (\S+)", self.logins)[1])
        self.cookie = browser.cookie()


class Target:
    """One address of one server and what was measured of it."""

    def __init__(self, server, path, headers):
        self.server, self.path, self.headers = server, path, headers
        self.url = f"http://127.0.0.1:{server.port}{path}"
        answer, self.body = server.get("GET", path, headers)
        if answer.status != 200:
            fail(f"{path} answered {answer.status}")
        self.rates, self.requests, self.spent = [], 0, (0, 0)

    def fresh(self):
        """ms of CPU for the first answer after the database has changed, here by a login"""
        self.server.log_in()
        self.headers["Cookie"] = self.server.cookie
        before = self.server.worker_ns()
        self.server.get("GET", self.path, self.headers)
        return (self.server.worker_ns() - before) / 1e6

    def measure(self):
        headers = [f for name, value in self.headers.items() for f in ("-H", f"{name}: {value}")]
        before = self.server.cpu()
        out = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", *headers,
                              self.url], stdout=subprocess.PIPE, text=True, check=True).stdout
        after = self.server.cpu()
        if "Non-2xx" in out or "Socket errors" in out:
            fail(f"{self.url}:\n{out}")
        self.requests += int(re.search(r"(\d+) requests in", out)[1])
        self.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]))
        self.spent = tuple(s + b - a for s, a, b in zip(self.spent, before, after))

    def rate(self):
        return statistics.median(self.rates)

    def cost(self):
        return tuple(round(s / max(self.requests, 1)) for s in self.spent)


def pairs(directory, instances):
    """A page and its floor for each line; the floor is started when all bytes are known."""
    os.mkdir(f"{directory}/bytes")
    pages = []
    for i, (_, task_forces, path, _, packed) in enumerate(PAGES):
        server = instances[task_forces]
        page = Target(server, path.format(year=server.year), {"Cookie": server.cookie})
        if b"Abmelden" not in page.body:
            fail(f"{path}: not logged in")
        with open(f"{directory}/bytes/{i}", "wb") as f:
            f.write(page.body)
        if packed:
            page.headers["Accept-Encoding"] = "gzip"
        pages.append(page)
    floor = Server(f"{directory}/floor",
                   lambda s: f'[ "$1" != serve ] || exec "{FLOOR}" "{s.socket}" "{directory}/bytes"')
    floor.start()
    return [(page, Target(floor, f"/{i}", page.headers)) for i, page in enumerate(pages)]


def measure(all_pairs):
    seconds = int(os.environ.get("BENCH_SECONDS", "60"))
    rounds = 1 if SMOKE else max(3, seconds // (2 * ROUND_SECONDS * len(all_pairs)))
    for i in range(rounds):
        for page, floor in all_pairs:
            floor.measure()
            page.measure()
    return rounds


def measure_memory(all_pairs, server):
    """All pages of one instance in turns, until each worker has answered its share."""
    pages = [page for page, _ in all_pairs if page.server is server]
    done, sizes = 0, []
    while done < (2000 if SMOKE else RESIDENT_REQUESTS):
        before = sum(page.requests for page in pages)
        for page in pages:
            page.measure()
        done += sum(page.requests for page in pages) - before
        sizes.append((done, server.resident() / 1024))
    half = next(size for count, size in sizes if count >= done / 2)
    last = sizes[-1][1]
    print(f"{done} requests: {last:.1f} MiB in the largest worker, at most {RESIDENT_MAX}: "
          f"{mark(last <= RESIDENT_MAX)}; {last - half:+.1f} since the half of them")


def mark(good):
    return "ok" if good else "SHORT"


def print_table(all_pairs, rounds):
    print(f"{CONNECTIONS} connections, {WORKERS} workers, {rounds} rounds, page and floor in turns.  rate: "
          "median of the requests a second, page to floor;\nCPU: µs a request of program and nginx, floor to "
          "page.  The mark goes by CPU, which is the rate of a machine that nobody else uses.")
    print(f"{'':30}{'bytes':>8}{'page/s':>8}{'floor/s':>8}{'rate':>7}{'CPU':>6}{'goal':>6}       "
          f"{'app':>6}{'nginx':>7}{'floor app':>11}{'nginx':>7}{'fresh ms':>10}")
    for (name, _, _, goal, _), (page, floor) in zip(PAGES, all_pairs):
        ratio = statistics.median(p / f for p, f in zip(page.rates, floor.rates))
        spent = sum(floor.cost()) / max(sum(page.cost()), 1)
        verdict = f"{goal:6.2f} {mark(spent >= goal):5}" if goal else " " * 12
        print(f"{name:30}{len(page.body):8}{page.rate():8.0f}{floor.rate():8.0f}{ratio:7.2f}{spent:6.2f}"
              f"{verdict} {page.cost()[0]:6}{page.cost()[1]:7}{floor.cost()[0]:11}{floor.cost()[1]:7}"
              f"{statistics.median(page.fresh() for _ in range(3)):10.1f}")
    print()
    measured = {name: page for (name, *_), (page, _) in zip(PAGES, all_pairs)}
    for large, small in GROWTH:
        per_byte = [sum(measured[name].cost()) / len(measured[name].body) for name in (large, small)]
        growth = per_byte[0] / max(per_byte[1], 1e-9)
        print(f"{large}: {growth:.2f} times the CPU per byte, at most {GROWTH_MAX}: {mark(growth <= GROWTH_MAX)}")


def main():
    if not shutil.which("wrk"):
        fail("wrk is missing: apt-get install wrk")
    directory = tempfile.mkdtemp(prefix="handschlag-bench.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that all is stopped then too
    begun = time.time()
    try:
        if sys.argv[1:] == ["--votes"]:
            votes.measure(directory, Instance(f"{directory}/12", 12), SMOKE)
            return
        if sys.argv[1:] == ["--memory"]:
            server = Instance(f"{directory}/200", 200)
            measure_memory([(Target(server, path.format(year=server.year), {"Cookie": server.cookie}), None)
                            for _, task_forces, path, _, packed in PAGES if task_forces == 200 and not packed],
                           server)
            return
        instances = {n: Instance(f"{directory}/{n}", n) for n in sorted({page[1] for page in PAGES})}
        all_pairs = pairs(directory, instances)
        rounds = measure(all_pairs)
        print_table(all_pairs, rounds)
        sys.stdout.flush()
        subprocess.run([LARGE, "1" if SMOKE else "5"], cwd=ROOT, check=True)
        votes.measure(directory, instances[12], SMOKE)
        measure_memory(all_pairs, instances[200])
        sizes = ", ".join(f"{i.resident() / 1024:.1f} ({n})" for n, i in instances.items())
        print(f"MiB of the largest worker afterwards (task forces): {sizes}; {time.time() - begun:.0f} s")
    finally:
        for server in Server.started:
            server.stop()
        shutil.rmtree(directory)


main()
