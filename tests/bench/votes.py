"""votes.py -- casting votes through the web server, next to bare durable commits of the same rows.

A round casts votes from four people at once, then takes what they wrote out of a backup and commits
it once more into a copy of the database from before: the same rows in the same groups, indexes,
triggers and settings.  One connection does it, and four that take turns without a pause; the faster
of the two counts.  Each person votes once on each of many decisions.
"""
import html
import os
import re
import shutil
import socket
import sqlite3
import statistics
import threading
import time
import urllib.parse

VOTERS = ["leitung@auental.example", "vorsitz@seefeld.example", "jana.jung@lindheim.example",
          "ruben.richter@bergstedt.example"]
GOAL = 0.8
WARM, ROUNDS, EACH = 80, 25, 25  # decisions
POLLS = WARM + ROUNDS * EACH
YEAR = 2032
WRITTEN = ["ballot", "register_record", "outbox", "answered_form"]

DATA = f"""
INSERT INTO decision (id, year, number, author_id, state, created_at)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {POLLS})
  SELECT 10000 + i, {YEAR}, i, 1, 'circulating', 1 FROM n;
INSERT INTO decision_version (decision_id, version, title, resolution, written_by, written_at,
    published_at, counts_from, sha256)
  SELECT id, 1, 'Beschluss Nummer ' || number, 'So soll es sein.', 1, 1, 1, 1, printf('%064x', id)
    FROM decision WHERE year = {YEAR};
INSERT INTO poll (id, decision_id, version, version_hash, kind, majority, mode, seat_rule, min_yes,
    min_persons, casting_vote, second_meeting, absent_counts, quorum_by_weight, opened_by,
    opened_at, closes_at)
  SELECT id, id, 1, printf('%064x', id), 'circular', 'simple', 'heads', 'speaker', 0, 2, 0, 0, 0, 0,
    1, 1, unixepoch() + 1000000 FROM decision WHERE year = {YEAR};
INSERT INTO poll_unit (poll_id, unit, municipality_id, name, weight)
  SELECT p.id, m.id, m.id, m.short, 1 FROM poll p, municipality m
    WHERE p.id > 10000 AND m.id IN (SELECT u.municipality_id FROM poll_voter v JOIN poll_unit u USING (poll_id, unit));
INSERT INTO poll_voter (poll_id, unit, person_id, capacity)
  SELECT p.id, s.municipality_id, s.person_id, 'holder' FROM poll p, membership s
    JOIN person q ON q.id = s.person_id
    WHERE p.id > 10000 AND s.until IS NULL AND q.email IN ({", ".join(f"'{v}'" for v in VOTERS)});
"""

def voters(server):
    """Who votes: cookie, token of the forms, number of the municipality."""
    found = []
    for email in VOTERS:
        server.log_in(email)
        path = f"/entscheidungen/{YEAR}-1/abstimmung"
        page = server.get("GET", path, {"Cookie": server.cookie})[1].decode()
        token = html.unescape(re.search(r'name="csrf" value="(.*?)"', page)[1])
        found.append((server.cookie, token, re.search(r'name="stimme-(\d+)"', page)[1]))
    return found


def requests(server, people, decisions):
    """of each person, one for each decision"""
    def one(cookie, token, unit, number):
        body = urllib.parse.urlencode({
            "csrf": token, "key": f"key{number:013}", "abstimmung": 10000 + number,
            f"stimme-{unit}": ("yes", "no", "abstained")[number % 3],
            f"grund-{unit}": f"So haben wir es am Montag zu Punkt {number} besprochen."})
        return (f"POST /entscheidungen/{YEAR}-{number}/stimme HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Cookie: {cookie}\r\nOrigin: {server.origin}\r\nContent-Length: {len(body)}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}").encode()
    return [[one(*person, number) for number in decisions] for person in people]


def at_once(work, all_parts):
    """work(part) of each part in a thread of its own; how many seconds all of them took"""
    threads = [threading.Thread(target=work, args=(part,)) for part in all_parts]
    begun = time.perf_counter()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - begun


def cast(server, all_requests):
    """votes per second"""
    refused = []

    def work(mine):
        with socket.create_connection(("127.0.0.1", server.port), 30) as s:
            for request in mine:
                s.sendall(request)
                answer = s.recv(8192)  # a redirect, which fits
                if not answer.startswith(b"HTTP/1.1 303 "):
                    refused.append(answer)
    seconds = at_once(work, all_requests)
    if refused:
        raise SystemExit(f"bench: votes were refused\n{refused[0].decode(errors='replace')}")
    return sum(len(mine) for mine in all_requests) / seconds


def backup(directory, server, name):
    path = f"{directory}/votes-{name}.db"
    server.command("backup", path)
    return path


def counts(db):
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"
                                          " AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'")]
    return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def written(before, after):
    """What each vote wrote, in the order of the register: [(statement, row), ...] per vote."""
    old, new = sqlite3.connect(before), sqlite3.connect(after)
    was, now = counts(old), counts(new)
    grown = {name: now[name] - was[name] for name in now if now[name] != was[name]}
    if sorted(grown) != sorted(WRITTEN) or len(set(grown.values())) != 1:
        raise SystemExit(f"bench: a vote writes other rows than the comparison: {grown}")
    last = old.execute("SELECT max(n) FROM register_record").fetchone()[0]
    one = {"ballot": "SELECT t.* FROM ballot t WHERE t.poll_id = :poll AND t.seq = :seq",
           "register_record": "SELECT t.* FROM register_record t WHERE t.n = :record",
           "outbox": "SELECT t.* FROM outbox t WHERE t.dedupe = :dedupe",
           "answered_form": "SELECT t.* FROM answered_form t WHERE t.person_id = :person"
                            " AND t.location = :location"}
    new.execute("CREATE TEMP TABLE place AS SELECT * FROM answered_form")
    new.execute("CREATE INDEX temp.place_at ON place (person_id, location)")
    one["answered_form"] = one["answered_form"].replace("answered_form t", "place t")
    votes = []
    for poll, seq, record, person, number in new.execute(
            "SELECT b.poll_id, b.seq, b.record, b.person_id, d.number FROM ballot b"
            " JOIN poll p ON p.id = b.poll_id JOIN decision d ON d.id = p.decision_id"
            " WHERE b.record > ? ORDER BY b.record", (last,)).fetchall():
        keys = {"poll": poll, "seq": seq, "record": record, "person": person,
                "dedupe": f"poll/{poll}/receipt/{seq}",
                "location": f"/entscheidungen/{YEAR}-{number}/bestaetigung"
                            f"?abstimmung={poll}&von={seq}&bis={seq}"}
        rows = []
        for table in ["register_record", "ballot", "outbox", "answered_form"]:
            row = new.execute(one[table], keys).fetchone()
            rows.append((f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row))
        votes.append(rows)
    old.close()
    new.close()
    if len(votes) != grown["ballot"]:
        raise SystemExit("bench: not every vote was found again")
    return votes


class Bare:
    """The database from before the votes, and connections that stay open, like the workers'."""

    SETTINGS = ("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA cache_size = -6000; PRAGMA journal_size_limit = 16777216")

    def __init__(self, path, connections):
        self.turn = threading.Lock()
        self.connections = [sqlite3.connect(path, isolation_level=None, check_same_thread=False)
                            for _ in range(connections)]
        for db in self.connections:
            db.executescript(self.SETTINGS)

    def commit(self, votes):
        """commits per second"""
        left = iter(votes)

        def work(db):
            while True:
                with self.turn:
                    rows = next(left, None)
                    if rows is None:
                        break
                    db.execute("BEGIN IMMEDIATE")
                    for statement, row in rows:
                        db.execute(statement, row)
                    db.execute("COMMIT")
        return len(votes) / at_once(work, self.connections)


def measure(directory, server, smoke):
    warm, rounds, each = (2, 1, 2) if smoke else (WARM, ROUNDS, EACH)
    people = voters(server)
    before, rates = backup(directory, server, 0), []
    bare = [Bare(shutil.copy(before, f"{directory}/bare-{n}.db"), n) for n in (1, len(VOTERS))]
    first = 1
    for i in range(rounds + 1):  # the first one only fills logs and memory on both sides
        last = first + (each if i > 0 else warm)
        rate = cast(server, requests(server, people, range(first, last)))
        after = backup(directory, server, i + 1)
        votes = written(before, after)
        if len(votes) != (last - first) * len(people):
            raise SystemExit(f"bench: {len(votes)} votes kept, not all that were acknowledged")
        rates.append((rate, max(b.commit(votes) for b in bare)))
        os.remove(before)
        before, first = after, last
    ratio = statistics.median(r / c for r, c in rates[1:])
    print(f"votes cast by {len(VOTERS)} people at once: {statistics.median(r for r, _ in rates):.0f}/s, "
          f"bare durable commits of the same rows {statistics.median(c for _, c in rates):.0f}/s, "
          f"ratio {ratio:.2f}, goal {GOAL} {'ok' if ratio >= GOAL else 'SHORT'}")
