#!/usr/bin/python3
"""bench.py [--smoke | --votes] -- how fast the pages are, next to a program that does nothing but send them.

Starts private instances with invented data below a temporary directory, logs in as the demo's
project office and measures every page and the floor of the same bytes in turns: absolute times
mean little on a shared machine, the ratio of two neighbours does.  The floor stands behind an nginx
with the same configuration and has the page's own bytes, so that gzip works as hard for both.
BENCH_SECONDS (60) is about how long it measures; --smoke only looks whether everything answers,
--votes casts votes alone: four people at once, next to bare durable commits of the same rows.
"""
import html
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
import urllib.parse

import votes

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = f"{ROOT}/build/release/handschlag"
FLOOR = f"{ROOT}/build/release/floor"
SMOKE = sys.argv[1:] == ["--smoke"]
WORKERS, CONNECTIONS, ROUND_SECONDS = 2, 16, 1
TICK = os.sysconf("SC_CLK_TCK")

# name, task forces, path, smallest ratio to the floor, gzip
PAGES = [
    ("overview, 200 task forces", 200, "/task-forces", 0.60, False),
    ("overview, 12 task forces", 12, "/task-forces", 0.70, False),
    ("handbook chapter, 20 KB", 12, "/handbuch/messen", 0.60, False),
    ("the same with 30 remarks", 200, "/handbuch/messen", 0.60, False),
    ("board, 100 remarks", 200, "/feedback?status=alle", None, False),
    ("start page", 200, "/", 0.55, False),
    ("decision, 9 units, result", 12, "/entscheidungen/{year}-7", 0.65, False),
    ("overview, 200, gzip", 200, "/task-forces", None, True),
    ("overview, 20000 task forces", 20000, "/task-forces", None, False),
    ("start page, 20000", 20000, "/", None, False),
    ("chapter, 10000 remarks", 20000, "/handbuch/messen", None, False),
    ("board, 10000 remarks", 20000, "/feedback?status=alle", None, False),
]
# large, small: 100 times the data may make a page at most 1.3 times as dear, for the bytes it shows
GROWTH_MAX = 1.3
GROWTH = [(8, 0), (9, 5), (10, 3), (11, 4)]

# $1: how many task forces there shall be.  Every one has a lead, three towns, lights, money, and
# every second one a question.
DATA = """
CREATE TEMP TABLE more AS
  WITH RECURSIVE n(i) AS (SELECT (SELECT max(id) FROM task_force) + 1
    UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n;
INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on, ends_on, status, budget,
                        link_url, updated_at, updated_by)
  SELECT i, 'vorhaben-' || i, 'Vorhaben Nummer ' || i, 'vorhaben nummer ' || i,
    'Bis zum Ende des Vorhabens ' || i || ' nutzen alle vier Orte denselben Ablauf, und wer neu '
    || 'dazukommt, findet eine Anleitung, die ohne Rückfragen auskommt.',
    '2026-01-01', '2027-12-31', CASE i % 9 WHEN 0 THEN 'planned' ELSE 'active' END,
    1000000 + i * 100, 'https://raum.vierland.example/vorhaben-' || i, 1760000000 + i, 1 FROM more;
INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)
  SELECT i, (i + k) % 4 + 1, CASE k WHEN 0 THEN 'lead' ELSE 'partner' END, '2026-01-01'
    FROM more, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2);
INSERT INTO task_force_member (task_force_id, person_id, role, since)
  SELECT i, i % 9 + 2, 'lead', '2026-01-01' FROM more;
INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, reason, at, by)
  SELECT i, (SELECT max(quarter) FROM assessment), dimension, 'grey',
    CASE i % 5 WHEN 0 THEN 'red' WHEN 1 THEN 'yellow' ELSE 'green' END, 'Wie besprochen.',
    1760000000 + i, 2 FROM more, (SELECT 'content' AS dimension UNION SELECT 'resources');
INSERT INTO booking (task_force_id, municipality_id, kind, amount, on_date, at, by)
  SELECT i, 1, kind, 10000 + i, '2026-02-01', 1760000000, 2
    FROM more, (SELECT 'draw' AS kind UNION SELECT 'expense' UNION SELECT 'payout');
INSERT INTO open_question (scope, task_force_id, text, asked_by, asked_at, goes_to, state)
  SELECT 'task_force', i, 'Wer pflegt die Anleitung ' || i || ' nach dem Ende weiter?', 2,
    1760000000 + i, CASE i % 40 WHEN 0 THEN 'pmo' ELSE 'task_force' END, 'open'
    FROM more WHERE i % 2 = 0;
"""

# The vote of the demo's meeting, with five more municipalities that were not there.
UNITS = """
CREATE TEMP TABLE towns AS WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 105)
  SELECT i FROM n;
INSERT INTO municipality (id, kind, name, short, slug, sort_key, email_domains, joined_on)
  SELECT i, 'municipality', 'Stadt Nummer ' || i, 'Ort ' || i, 'ort-' || i, 'ort ' || i,
    'ort' || i || '.example', date('now') FROM towns;
INSERT INTO poll_unit (poll_id, municipality_id, name, weight, status)
  SELECT 1, i, 'Ort ' || i, 1, 'absent' FROM towns;
"""

# Half as many remarks as task forces: 30 on the chapter that is measured, the others on the rest;
# a part of them waits, is for the editors, or belongs to the own municipality.
REMARKS = """
CREATE TEMP TABLE places AS SELECT rb.block_text_id AS text, rb.revision_id AS revision,
    row_number() OVER (ORDER BY rb.pos) - 1 AS n, rb.section_uid = m.uid AS measured
  FROM revision r JOIN revision_block rb ON rb.revision_id = r.id
  JOIN revision_section m ON m.revision_id = r.id AND m.slug = 'messen'
  JOIN block_text t ON t.id = rb.block_text_id AND t.kind = 'paragraph' WHERE r.state = 'in_force';
CREATE TEMP TABLE here AS SELECT text, revision, row_number() OVER () - 1 AS n FROM places WHERE measured;
CREATE TEMP TABLE there AS SELECT text, revision, row_number() OVER () - 1 AS n FROM places WHERE NOT measured;
CREATE TEMP TABLE remarks AS
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)
  SELECT i, 1000 + i AS id, i % 10 AS kind FROM n;
INSERT INTO feedback (id, document_id, number, kind, visibility, author_id, municipality_id,
                      author_org, state, outcome, reason, decided_at, decided_by, created_at)
  SELECT id, 1, id, CASE i % 4 WHEN 0 THEN 'question' WHEN 1 THEN 'suggestion' ELSE 'hint' END,
    CASE WHEN i < 30 THEN 'project' WHEN kind = 9 THEN 'editors' WHEN kind = 8 THEN 'municipality'
    ELSE 'project' END, i % 9 + 2, i % 4 + 1, 'Ort ' || (i % 4),
    CASE WHEN kind < 4 THEN 'open' ELSE 'decided' END, CASE WHEN kind >= 4 THEN 'answered' END,
    CASE WHEN kind >= 4 THEN 'Das steht schon im nächsten Abschnitt.' ELSE '' END,
    CASE WHEN kind >= 4 THEN 1760000500 + i END, CASE WHEN kind >= 4 THEN 1 END, 1760000000 + i FROM remarks;
INSERT INTO feedback_text (feedback_id, version, text, at, by)
  SELECT id, 1, 'Im Absatz fehlt, wer sich um den Punkt ' || i || ' kümmert und bis wann er fertig '
    || 'sein soll. Bei uns haben zwei Gruppen daran gearbeitet, ohne es zu wissen.', 1, 2 FROM remarks;
INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, state, at)
  SELECT r.id, p.revision, 1, p.text, 'exact', 1 FROM remarks r JOIN here p
    ON p.n = r.i % (SELECT count(*) FROM here) WHERE r.i < 30
  UNION ALL SELECT r.id, p.revision, 1, p.text, 'exact', 1 FROM remarks r JOIN there p
    ON p.n = r.i % (SELECT count(*) FROM there) WHERE r.i >= 30;
"""


def handbook():
    """A handbook with one chapter of about 20 KB: paragraphs, lists, a table and footnotes."""
    text = ["# Handbuch", "## Anfang", "Kurz.", "## Messen"]
    for i in range(1, 41):
        if i % 8 == 1:
            text.append(f"### Abschnitt {i}")
        text.append(f"Im Schritt {i} legt die Gruppe fest, **wer** etwas tut, *bis wann* es fertig ist "
                    "und woran alle es merken. Das Ergebnis steht noch am selben Tag an einer "
                    "Stelle, die auch die anderen Orte kennen. Wer nicht dabei sein konnte, liest "
                    "es dort nach, fragt in der folgenden Woche und bekommt eine Antwort"
                    + (f".[^{i}]" if i % 10 == 0 else "."))
        if i % 10 == 0:
            text.append(f"[^{i}]: Gezählt wird in Werktagen, siehe [Liste](https://vierland.example/{i}).")
        if i % 4 == 0:
            text.append("\n".join(f"- Punkt {k} nennt einen Ort, eine Person und einen Tag." for k in range(5)))
    text.append("| Ort | Tag | Wer |\n|---|---|---|\n" + "\n".join(
        f"| Ort {k} | Montag | Gruppe {k} |" for k in range(20)))
    for chapter in range(1, 21):
        text.append(f"## Kapitel {chapter}")
        text.extend(f"In diesem Absatz {i} steht, woran sich im Kapitel {chapter} alle halten."
                    for i in range(20))
    return "\n\n".join(text) + "\n"


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
        """name and id of everything below run.sh"""
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

    def resident(self):
        """KiB of the largest worker"""
        sizes = [int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read())[1])
                 for name, pid, _ in self.processes() if name == "handschlag"]
        return max(sizes)

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
        self.year = db.execute("SELECT year FROM decision WHERE number = 7").fetchone()[0]
        db.close()
        with open(f"{directory}/handbook.md", "w") as f:
            f.write(handbook())
        self.command("import-handbook", f"{directory}/handbook.md", "--new-version")
        if task_forces > 100:
            db = sqlite3.connect(f"{directory}/data/handschlag.db")
            db.executescript(REMARKS.format(count=task_forces // 2))
            db.close()
        self.start()
        self.log_in()

    def command(self, *args):
        with open(f"{self.directory}/commands.log", "a") as log:
            done = subprocess.run([self.program, "-c", "-", *args], stdout=subprocess.PIPE,
                                  stderr=log, text=True)
        if done.returncode != 0:
            fail(f"handschlag {args[0]} failed:\n{open(log.name).read()}")
        return done.stdout

    def log_in(self, email=None):
        password = re.search(r"password (\S+)", self.logins)[1]
        email = email or re.search(r"\S+@\S+", self.logins)[0]
        answer, page = self.get("GET", "/anmelden", {})
        form = dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)"', page.decode()))
        form = {name: html.unescape(value) for name, value in form.items()}
        guest = answer.getheader("Set-Cookie").split(";")[0]
        answer, _ = self.get(
            "POST", "/anmelden",
            {"Cookie": guest, "Origin": self.origin,
             "Content-Type": "application/x-www-form-urlencoded"},
            urllib.parse.urlencode({**form, "email": email, "passwort": password}))
        if answer.status != 303:
            fail(f"the login answered {answer.status}")
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]


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
        """ms of the first answer after the database has changed, here by a login"""
        self.server.log_in()
        self.headers["Cookie"] = self.server.cookie
        begun = time.perf_counter()
        self.server.get("GET", self.path, self.headers)
        return (time.perf_counter() - begun) * 1000

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


def mark(good):
    return "ok" if good else "SHORT"


def print_table(all_pairs, rounds):
    print(f"{CONNECTIONS} connections, {WORKERS} workers, median of {rounds} rounds, page and floor "
          "in turns; CPU in µs per request")
    print(f"{'':30}{'bytes':>8}{'page/s':>8}{'floor/s':>8}{'ratio':>7}{'goal':>6}       "
          f"{'app':>6}{'nginx':>7}{'floor app':>11}{'nginx':>7}{'fresh ms':>10}")
    for (name, _, _, goal, _), (page, floor) in zip(PAGES, all_pairs):
        ratio = statistics.median(p / f for p, f in zip(page.rates, floor.rates))
        verdict = f"{goal:6.2f} {mark(ratio >= goal):5}" if goal else " " * 12
        print(f"{name:30}{len(page.body):8}{page.rate():8.0f}{floor.rate():8.0f}{ratio:7.2f}"
              f"{verdict} {page.cost()[0]:6}{page.cost()[1]:7}{floor.cost()[0]:11}{floor.cost()[1]:7}"
              f"{statistics.median(page.fresh() for _ in range(3)):10.1f}")
    print()
    for large, small in GROWTH:
        per_second = [page.rate() * len(page.body) for page, _ in (all_pairs[large], all_pairs[small])]
        growth = per_second[1] / per_second[0]
        print(f"{PAGES[large][0]}: {growth:.2f} times the time per byte, "
              f"at most {GROWTH_MAX}: {mark(growth <= GROWTH_MAX)}")


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
        instances = {n: Instance(f"{directory}/{n}", n) for n in sorted({page[1] for page in PAGES})}
        all_pairs = pairs(directory, instances)
        rounds = measure(all_pairs)
        print_table(all_pairs, rounds)
        votes.measure(directory, instances[12], SMOKE)
        sizes = ", ".join(f"{i.resident() / 1024:.1f} ({n})" for n, i in instances.items())
        print(f"MiB of the largest worker afterwards (task forces): {sizes}; {time.time() - begun:.0f} s")
    finally:
        for server in Server.started:
            server.stop()
        shutil.rmtree(directory)


main()
