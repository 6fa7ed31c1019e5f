#!/usr/bin/python3 -B
"""vote_test.py [--short] [--seed N] -- votes that race: with each other, with the end, with a kill.

Many decisions have been called in one running meeting; the votes on them go through the web server,
by several people at once.
"""
import argparse
import os
import random
import re
import signal
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

from client import UNANSWERED, logged_in
from report import check, run
from world import World, wait_until

parser = argparse.ArgumentParser()
parser.add_argument("--short", action="store_true")
parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
options = parser.parse_args()
chance = random.Random(options.seed)
CASTS = 40 if options.short else 200
ROUNDS = 6 if options.short else 50
DECISIONS = 3 * ROUNDS + 20
YEAR = 2031
MEETING = f"/sitzungen/{YEAR}-1"

# municipality: who holds its vote, person and address (schema/demo.sql)
HOLDERS = {1: "jana.jung@lindheim.example", 2: "olga.ost@auental.example",
           3: "ruben.richter@bergstedt.example", 4: "vorsitz@seefeld.example"}
PERSONS = {1: 8, 2: 10, 3: 9, 4: 5}
CHAIR, DEPUTY = HOLDERS[4], HOLDERS[1]

DATA = f"""
INSERT INTO decision (id, year, number, author_id, state, created_at)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {DECISIONS})
  SELECT 1000 + i, {YEAR}, i, 1, 'called', 1 FROM n;
INSERT INTO decision_version (decision_id, version, title, resolution, written_by, written_at,
    published_at, counts_from, sha256)
  SELECT id, 1, 'Probe ' || number, 'So soll es sein.', 1, 1, 1, 1, printf('%064x', id)
    FROM decision WHERE year = {YEAR};
INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot, chair_id,
    deputy_id, uid, opened_at, created_by, created_at)
  VALUES (1000, {YEAR}, 1, 'running', date('now'), 600, 1, 60, 5, 8, 'probe', 1, 1, 1);
INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title, minutes, started_at)
  SELECT id, 1000, number, 'decision', id, 'Probe', 10, 1 FROM decision WHERE year = {YEAR};
"""


class VoteWorld(World):
    def _prepare(self):
        super()._prepare()
        db = sqlite3.connect(os.path.join(self.data, "handschlag.db"))  # nobody serves it yet
        db.executescript(DATA)
        for unit, person in PERSONS.items():
            db.execute("INSERT INTO attendance (meeting_id, person_id, municipality_id, role, mode,"
                       " from_at) VALUES (1000, ?, ?, 'holder', 'room', 1)", (person, unit))
        db.commit()
        db.close()


class Poll:
    """A vote on the next decision, opened by the chair."""
    count = 0

    def __init__(self):
        Poll.count += 1
        self.number = Poll.count
        self.page = f"/entscheidungen/{YEAR}-{self.number}"
        chair = logged_in(world, CHAIR)
        fields = chair.form(f"{self.page}/abstimmung")
        answer = chair.post(f"{self.page}/abstimmung", {**fields, "befangenheit": "gefragt"})
        check(answer.status == 303, "opening", answer.status)
        self.hidden = logged_in(world, HOLDERS[1]).form(f"{self.page}/abstimmung")
        self.id = self.hidden["abstimmung"]

    def vote(self, client, hidden, unit, choice, key=None):
        fields = {"csrf": hidden["csrf"], "abstimmung": self.id,
                  "key": key or f"{chance.getrandbits(128):032x}",
                  f"stimme-{unit}": choice, f"grund-{unit}": ""}
        return client.post(f"{self.page}/stimme", fields)

    def close(self, client, hidden):
        return client.post(f"{self.page}/abstimmung/schliessen",
                           {"csrf": hidden["csrf"], "abstimmung": self.id,
                            "key": f"{chance.getrandbits(128):032x}"})

    def result_seen(self, who):
        """Result and arithmetic as the page says them."""
        page = who[0].get(f"{self.page}/abstimmung")
        found = re.search(r'Ergebnis: .*?So wurde gerechnet:</b> .*?</p>', page.text, re.S)
        check(found, "no result on the page", page.status, page.text[page.text.find("<h1"):])
        return found[0]

    def voters(self, unit, windows=1):
        """Windows of the unit's holder, each with the hidden fields of its page."""
        clients = [logged_in(world, HOLDERS[unit]) for _ in range(windows)]
        return [(c, c.form(f"{self.page}/abstimmung")) for c in clients]

    def rows(self, sql):
        return world.copy().execute(sql, {"poll": self.id}).fetchall()


def at_once(*works):
    """Runs the functions in threads that start together; their results in order."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def one(i):
        barrier.wait()
        results[i] = works[i]()
    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def span(answer):
    """The sequence number in the address of the receipt; None when nothing new was said."""
    found = re.search(r"von=(\d+)&bis=(\d+)", answer.header("Location") or "")
    return int(found[1]) if found else None


def four_clients_casting_on_one_unit_leave_one_effective_vote():
    poll = Poll()

    def cast_many(client, hidden):
        return [(choice, poll.vote(client, hidden, 1, choice))
                for choice in chance.choices(("yes", "no", "abstained"), k=CASTS)]
    told = sum(at_once(*(lambda c=c, h=h: cast_many(c, h)
                         for c, h in poll.voters(1, 4))), [])
    check(all(answer.status == 303 for _, answer in told), {a.status for _, a in told})
    kept = dict(poll.rows("SELECT seq, choice FROM ballot WHERE poll_id = :poll"))
    said = {span(answer): choice for choice, answer in told if span(answer)}
    check(kept == said, "kept and acknowledged differ")
    check(sorted(kept) == list(range(1, len(kept) + 1)), "gaps")
    client, hidden = poll.voters(4)[0]
    check(poll.close(client, hidden).status == 303, "closing")
    status = poll.rows("SELECT status FROM poll_unit WHERE poll_id = :poll AND municipality_id = 1")
    check(status == [(kept[max(kept)],)], status)
    print(f"  seed {options.seed}: {len(told)} casts, {len(kept)} of them new, one counts")


def votes_against_the_end_are_counted_or_refused_and_all_who_close_see_one_result():
    counted = refused = 0
    for _ in range(ROUNDS):
        poll = Poll()
        sides = {unit: poll.voters(unit)[0] for unit in (2, 3)}
        chair, deputy = poll.voters(4)[0], poll.voters(1)[0]
        pause = chance.random() * 0.008

        def end(who, wait):
            time.sleep(wait)
            return poll.close(*who)
        results = at_once(*(lambda u=u: poll.vote(*sides[u], u, "yes") for u in sides),
                          lambda: end(chair, pause), lambda: end(deputy, pause))
        votes, ends = results[:2], results[2:]
        check([e.status for e in ends] == [303, 303], [e.status for e in ends])
        check(len({e.header("Location") for e in ends}) == 1, "two addresses")
        seen = {poll.result_seen(who) for who in (chair, deputy)}
        check(len(seen) == 1, "two results", seen)
        check({v.status for v in votes} <= {303, 409}, [v.status for v in votes])
        for v in votes:
            check(v.status == 303 or "Die Abstimmung war schon zu Ende" in v.text, "unclear")
        kept = dict(poll.rows("SELECT municipality_id, status FROM poll_unit WHERE poll_id = :poll"))
        for unit, v in zip(sides, votes):
            check((kept[unit] == "yes") == (v.status == 303), unit, kept[unit], v.status)
        check(poll.rows("SELECT count(*) FROM register_record WHERE poll_id = :poll"
                        " AND kind = 'poll_closed'") == [(1,)], "closed more than once")
        counted += sum(v.status == 303 for v in votes)
        refused += sum(v.status == 409 for v in votes)
    print(f"  {counted} votes in time, {refused} too late")


def a_revocation_against_a_cast_leaves_the_vote_or_the_refusal():
    stood = refused = 0
    olga = logged_in(world, HOLDERS[2])
    seat = world.copy().execute("SELECT id FROM attendance WHERE person_id = ?",
                                (PERSONS[2],)).fetchone()[0]
    gone = olga.post(f"{MEETING}/anwesenheit", {**olga.form(f"{MEETING}/anwesenheit"), "geht": seat})
    check(gone.status == 303, "leaving", gone.status)
    for _ in range(ROUNDS):
        proxies = f"{MEETING}/vollmachten"
        fields = olga.form(proxies)
        answer = olga.post(proxies, {**fields, "person": PERSONS[3], "umfang": "", "hinweis": ""})
        check(answer.status == 303, "granting", answer.status)
        poll = Poll()
        proxy = world.copy().execute("SELECT max(id) FROM proxy").fetchone()[0]
        holder, hidden = poll.voters(3)[0]
        token = olga.form(proxies)["csrf"]
        pause = chance.random() * 0.004

        def revoke():
            time.sleep(pause)
            return olga.post(f"{proxies}/{proxy}/widerrufen",
                             {"csrf": token, "key": f"{chance.getrandbits(128):032x}"})
        wait = chance.random() * 0.004
        cast, revoked = at_once(
            lambda: time.sleep(wait) or poll.vote(holder, hidden, 2, "yes"), revoke)
        check(revoked.status == 303 and cast.status in (303, 409), cast.status, revoked.status)
        chair, hidden = poll.voters(4)[0]
        check(poll.close(chair, hidden).status == 303, "closing")
        status = poll.rows("SELECT status FROM poll_unit WHERE poll_id = :poll"
                           " AND municipality_id = 2")
        check(status == [("yes" if cast.status == 303 else "absent",)], status, cast.status)
        stood += cast.status == 303
        refused += cast.status == 409
    print(f"  {stood} votes stood, {refused} came after the revocation")


def ballots(poll):
    return poll.rows("SELECT count(*) FROM ballot WHERE poll_id = :poll")[0][0]


def repeated(poll, client, hidden, choice, key):
    """The same form twice more; where they lead."""
    places = set()
    for _ in range(2):
        answer = poll.vote(client, hidden, 1, choice, key)
        while answer.status in (UNANSWERED, 503):
            time.sleep(0.05)
            answer = poll.vote(client, hidden, 1, choice, key)
        check(answer.status == 303, answer.status)
        places.add(answer.header("Location"))
    return places


def check_one_vote(poll, client, places, before):
    check(len(places) == 1, places)
    check(ballots(poll) == before + 1, "not one vote")
    page = client.get(places.pop())
    check(page.status == 200 and page.text.count("Beleg über eine Stimme") == 1, "receipt")


def killed_between_commit_and_answer_the_vote_counts_once_with_one_receipt():
    """The worker is stopped by before_answer.c, so that each round hits."""
    saved = {"a": 0, "s": 0}
    poll = Poll()
    client, hidden = poll.voters(1)[0]
    for number in range(2 * ROUNDS):
        moment, choice = "as"[number // 2 % 2], ("yes", "no")[number % 2]
        key, before = f"{chance.getrandbits(128):032x}", ballots(poll)
        with open(moment_file, "w") as f:
            f.write(moment)
        answer = poll.vote(client, hidden, 1, choice, key)
        check(answer.status == UNANSWERED, "nobody died", answer.status)
        check(not os.path.exists(moment_file), "it died of something else")
        check(world.ready(20)[0], "no worker came back")
        saved[moment] += ballots(poll) - before
        check_one_vote(poll, client, repeated(poll, client, hidden, choice, key), before)
    chair, hidden = poll.voters(4)[0]
    check(poll.close(chair, hidden).status == 303, "closing")
    check(saved["a"] == ROUNDS, "after a commit it is kept", saved)
    print(f"  {ROUNDS} before the answer, all saved; {ROUNDS} with the sync, {saved['s']} saved")


def a_killed_worker_leaves_one_vote_and_the_same_receipt():
    """Killed at any moment of a cast; then the same form again."""
    unanswered = saved_before = 0
    poll = Poll()
    client, hidden = poll.voters(1)[0]
    for number in range(ROUNDS):
        choice, key = ("yes", "no")[number % 2], f"{chance.getrandbits(128):032x}"
        before = ballots(poll)

        def kill():
            time.sleep(chance.random() * 0.04)
            for pid in world.children():
                os.kill(pid, signal.SIGKILL)
        answer, _ = at_once(lambda: poll.vote(client, hidden, 1, choice, key), kill)
        check(world.ready(20)[0], "no worker came back")
        if answer.status == UNANSWERED:
            unanswered += 1
            saved_before += ballots(poll) > before
        places = {answer.header("Location")} if answer.status == 303 else set()
        places |= repeated(poll, client, hidden, choice, key)
        check_one_vote(poll, client, places, before)
    chair, hidden = poll.voters(4)[0]
    check(poll.close(chair, hidden).status == 303, "closing")
    print(f"  {unanswered} of {ROUNDS} without an answer, {saved_before} of them saved all the same")


directory = tempfile.mkdtemp(prefix="hs-votes-")
library, moment_file = f"{directory}/before_answer.so", f"{directory}/moment"
subprocess.run(["cc", "-std=c11", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-o", library,
                os.path.join(os.path.dirname(os.path.realpath(__file__)), "before_answer.c"),
                "-ldl"], check=True)
try:
    with VoteWorld(environment={"LD_PRELOAD": library, "FAULTS_FILE": moment_file}) as world:
        for address in HOLDERS.values():
            logged_in(world, address)
        run([four_clients_casting_on_one_unit_leave_one_effective_vote,
             votes_against_the_end_are_counted_or_refused_and_all_who_close_see_one_result,
             killed_between_commit_and_answer_the_vote_counts_once_with_one_receipt,
             a_killed_worker_leaves_one_vote_and_the_same_receipt,
             a_revocation_against_a_cast_leaves_the_vote_or_the_refusal])
finally:
    shutil.rmtree(directory)
