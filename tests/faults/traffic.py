"""Several people who write at once, and a ledger of what they were told.

Each thing that is sent carries a mark of its own.  Its line in the ledger says what the person
knows in the end: saved (303), refused (422), or unknown.  `compare` holds that against a backup.
"""
import json
import multiprocessing
import os
import random
import time

from client import UNANSWERED, logged_in

YESTERDAY = time.strftime("%d.%m.%Y", time.localtime(time.time() - 86400))


class Question:
    table, column, action = "open_question", "text", "question.ask"
    path = "/task-forces/dateninventur/fragen"

    def __init__(self, mark, spoiled):
        self.fields = {"frage": mark, "wer": "niemand" if spoiled else "task_force", "bis": ""}


class Booking:
    table, column, action = "booking", "reference", "money.book"
    path = "/task-forces/dateninventur/buchungen"

    def __init__(self, mark, spoiled):
        self.fields = {"art": "expense", "betrag": "zwölf" if spoiled else "12,34",
                       "am": YESTERDAY, "beleg": mark, "notiz": ""}


KINDS = (Question, Booking)


def hidden_for(client, thing, chance, known):
    """The token and a key of its own.  Most forms are not fetched anew, so that more of the time
    is spent writing; the program only asks that no two forms share a key."""
    if thing.path not in known or chance.random() < 0.2:
        fields = client.form(thing.path)
        if fields is not None:
            known[thing.path] = fields
        return fields
    return {**known[thing.path], "key": f"{chance.getrandbits(128):032x}"}


def send(client, thing, chance, known, patience):
    """Posts one form until somebody says what became of it; all posts are the same bytes."""
    until = time.monotonic() + patience
    while (hidden := hidden_for(client, thing, chance, known)) is None:
        if time.monotonic() > until:
            return "never sent", 0, None, 0
        time.sleep(0.02)
    fields, tries = {**thing.fields, **hidden}, 0
    while True:
        answer = client.post(thing.path, fields)
        tries += 1
        if answer.status == 303:
            place = answer.header("Location")
            if tries == 1 and chance.random() < 0.1:  # a double click
                again = client.post(thing.path, fields)
                if again.status not in (UNANSWERED, 503) and \
                        (again.status, again.header("Location")) != (303, place):
                    return "strange", again.status, again.header("Location"), tries
            return "saved", 303, place, tries
        if answer.status == 422:
            return "refused", 422, None, tries
        if answer.status not in (UNANSWERED, 503):
            return "strange", answer.status, None, tries
        if time.monotonic() > until:
            return "unknown", answer.status, None, tries
        time.sleep(0.02)


def person(client, number, kinds, seed, stop, file_name, pause):
    chance = random.Random(f"{seed}-{number}")
    with open(file_name, "w") as ledger:
        count, known = 0, {}
        while not stop.is_set():
            count += 1
            kind, spoiled = chance.choice(kinds), chance.random() < 0.05
            mark = f"Probe {seed}-{number}-{count}"
            outcome, status, place, tries = send(client, kind(mark, spoiled), chance,
                                                  known, 30)
            json.dump({"mark": mark, "table": kind.table, "outcome": outcome, "status": status,
                       "spoiled": spoiled, "tries": tries, "at": time.time()}, ledger)
            ledger.write("\n")
            ledger.flush()
            time.sleep(pause)


class Traffic:
    """`with Traffic(world, seed) as t:` -- people write until the end of the block."""

    def __init__(self, world, seed, pause=0.002):
        self.world, self.seed, self.pause = world, seed, pause
        self.stop = multiprocessing.Event()
        self.people, self.files = [], []

    def __enter__(self):
        office, lead, member = self.world.logins[:3]
        team = ((office, KINDS), (lead, KINDS), (member, (Question,)), (office, KINDS))
        for number, (email, kinds) in enumerate(team):
            name = os.path.join(self.world.var, f"ledger-{self.seed}-{number}")
            process = multiprocessing.Process(target=person, daemon=True, args=(
                logged_in(self.world, email), number, kinds, self.seed, self.stop, name,
                self.pause))
            process.start()
            self.people.append(process)
            self.files.append(name)
        return self

    def __exit__(self, kind, value, trace):
        self.stop.set()
        for process in self.people:
            process.join(40)
            if process.is_alive():
                process.kill()
                process.join()

    def ledger(self):
        lines = []
        for name in self.files:
            if os.path.exists(name):
                with open(name) as f:
                    lines += [json.loads(line) for line in f if line.endswith("\n")]
        return lines


def rows_of(copy, kind, seed):
    """{mark: (rows, rows of the audit for them)} -- the two are written in one transaction."""
    sql = (f"SELECT t.{kind.column}, count(DISTINCT t.id), count(a.id) FROM {kind.table} t"
           f" LEFT JOIN audit a ON a.action = ? AND a.object = ? || '/' || t.id"
           f" WHERE t.{kind.column} LIKE ? GROUP BY t.{kind.column}")
    name = "question" if kind is Question else "booking"
    found = copy.execute(sql, (kind.action, name, f"Probe {seed}-%"))
    return {mark: (rows, audits) for mark, rows, audits in found}


def compare(copy, ledger, seed):
    """What is wrong between what people were told and what is kept: lists of marks."""
    wrong = {"lost": [], "doubled": [], "phantom": [], "torn": [], "strange": []}
    for kind in KINDS:
        told = {line["mark"]: line for line in ledger if line["table"] == kind.table}
        kept = rows_of(copy, kind, seed)
        for mark, line in told.items():
            if line["outcome"] == "saved" and mark not in kept:
                wrong["lost"].append(line)
            if line["outcome"] == "strange" or line["spoiled"] != (line["outcome"] == "refused"):
                wrong["strange"].append(line)
        for mark, (rows, audits) in kept.items():
            if rows > 1:
                wrong["doubled"].append(mark)
            if rows != audits:
                wrong["torn"].append(mark)
            if mark not in told or told[mark]["outcome"] in ("refused", "never sent"):
                wrong["phantom"].append(mark)
    return {name: found for name, found in wrong.items() if found}
