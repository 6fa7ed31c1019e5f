#!/usr/bin/python3 -B
"""mail_test.py [--short] [--kills N] -- letters through a real mail server on loopback.

The program that sends them is run as an operator would, killed while it sends, and given servers
that refuse, delay, want a password, or show a certificate.
"""
import argparse
import collections
import os
import random
import re
import signal
import sqlite3
import subprocess
import time

from client import logged_in
from mail_server import MailServer, certificate
from report import check, run
from world import PROGRAM, ROOT, World, _die_with_parent, wait_until

parser = argparse.ArgumentParser()
parser.add_argument("--short", action="store_true")
parser.add_argument("--kills", type=int)
parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
options = parser.parse_args()
KILLS = options.kills or (12 if options.short else 100)
chance = random.Random(options.seed)
MAILER = PROGRAM + "-mail"
RUBEN, OLGA = 9, 10  # schema/demo.sql
ADDRESS = {RUBEN: "ruben.richter@bergstedt.example", OLGA: "olga.ost@auental.example"}
PASSWORD = "geheim-aber-nicht-im-protokoll"


def settings(port, scheme="smtp", host="127.0.0.1", **more):
    """The world's settings with this mail server."""
    with open(world.config) as f:
        kept = [line for line in f if not re.match(r"smtp|mail_from", line)]
    lines = [f"smtp = {scheme}://{host}:{port}\n", "mail_from = handschlag@vierland.example\n"]
    if "password" in more:
        name = os.path.join(world.var, "smtp-password")
        with open(name, "w") as f:
            f.write(more["password"] + "\n")
        os.chmod(name, 0o640)
        lines += ["smtp_user = handschlag\n", f"smtp_password_file = {name}\n"]
    if "ca" in more:
        lines.append(f"smtp_ca = {more['ca']}\n")
    with open(world.config, "w") as f:
        f.writelines(kept + lines)


def once(good=True):
    """One run; what it wrote into its log."""
    done = subprocess.run([MAILER, "-c", world.config, "once"], stderr=subprocess.PIPE, text=True,
                          timeout=60)
    with open(world.log, "a") as log:
        log.write(done.stderr)
    check(not good or done.returncode == 0, "ended with", done.returncode, done.stderr[-500:])
    return done.stderr


def database(sql, *values):
    """No other process has the file open when this is called."""
    db = sqlite3.connect(os.path.join(world.data, "handschlag.db"))
    with db:
        rows = db.execute(sql, values).fetchall()
    db.close()
    return rows


def put(person, name, topic="feedback", body="Hallo,\n\nes gibt Neues.\n", at=1):
    database("INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before)"
             " VALUES (?, ?, ?, ?, ?, ?, ?)", person, topic, f"Brief {name}", body, f"test/{name}",
             at, at)


def clear():
    database("DELETE FROM outbox")
    database("DELETE FROM mail_run")
    database("DELETE FROM mail_setting")


def state(name):
    return database("SELECT sent_at IS NOT NULL, given_up_at IS NOT NULL, attempts, last_error"
                    " FROM outbox WHERE dedupe = ?", f"test/{name}")[0]


def due_again():
    database("UPDATE outbox SET not_before = 0 WHERE sent_at IS NULL")


def letters_arrive_as_they_were_written():
    body = ("Grüße aus Bergstedt – 100 €\n\n.\n..zwei Punkte\nFrom hier\n"
            + "lang " * 60 + "\n\n" + world.address + "/sitzungen/2026-1\n")
    clear()
    put(RUBEN, "Größe", body=body)
    put(OLGA, "zwei")
    with MailServer() as server:
        settings(server.port)
        check("count=2" in once(), "not two")
        got = server.handler.parsed()
        check([to for to, _ in got] == [ADDRESS[RUBEN], ADDRESS[OLGA]], got)
        letter = got[0][1]
        check(not letter.defects and letter["Subject"] == "Brief Größe", letter["Subject"])
        check(letter["From"].addresses[0].addr_spec == "handschlag@vierland.example", "from")
        check(letter["To"].addresses[0].display_name == "Ruben Richter", letter["To"])
        check(letter["Auto-Submitted"] == "auto-generated", "auto")
        check(letter["Date"].datetime.timestamp() > time.time() - 60, letter["Date"])
        text = letter.get_content().replace("\r\n", "\n")
        check(text.startswith("\n".join(line.rstrip(" ") for line in [body]).strip()), text)
        check("/profil/benachrichtigungen" in text, "no way to turn it off")
        check(once() == "" or "count=" not in once(), "sent again")
        check(len(server.handler.letters) == 2, "more than two")
    check(database("SELECT sent_at IS NOT NULL, error_at FROM mail_run") == [(1, None)], "mail_run")


def a_server_with_a_password_gets_it_and_no_log_does():
    clear()
    put(RUBEN, "a")
    with MailServer(password=PASSWORD) as server:
        settings(server.port, password="falsch-" + PASSWORD)
        once()
        sent, dead, attempts, why = state("a")
        check((sent, dead, attempts) == (0, 0, 1) and "535" in why, state("a"))
        check(server.handler.letters == [], "taken")
        due_again()
        settings(server.port, password=PASSWORD)
        once()
        check(state("a")[0] == 1, state("a"))
        check(server.handler.logins[-1] == (b"handschlag", PASSWORD.encode()), "login")
    check(not world.log_lines(PASSWORD), "the password is in the log")
    os.chmod(os.path.join(world.var, "smtp-password"), 0o644)
    check("others may read it" in once(good=False), "a file for all to read")


def a_foreign_server_must_show_a_certificate_that_holds():
    own, own_file = certificate(world.var, "own")
    _, other_file = certificate(world.var, "other")
    clear()
    put(RUBEN, "a")
    with MailServer() as server:
        settings(server.port, host="0.0.0.0")  # reaches this machine without saying so
        once()
        check(state("a")[0] == 0 and server.handler.letters == [], "sent in the clear")
    for scheme, tls in (("smtp", {"starttls": own}), ("smtps", {"implicit": own})):
        due_again()
        with MailServer(**tls) as server:
            settings(server.port, scheme, "localhost", ca=other_file)
            once()
            check(state("a")[0] == 0 and server.handler.letters == [], scheme, "trusted anybody")
            check("ertificate" in state("a")[3] or "SSL" in state("a")[3], state("a"))
            due_again()
            settings(server.port, scheme, "localhost", ca=own_file)
            once()
            check(state("a")[0] == 1 and len(server.handler.letters) == 1, scheme, state("a"))
        database("UPDATE outbox SET sent_at = NULL")


def refusals_are_told_apart():
    clear()
    for name in ("unknown", "grey", "fine"):
        put(RUBEN if name == "unknown" else OLGA if name == "grey" else 1, name)
    with MailServer() as server:
        server.handler.at_rcpt = {ADDRESS[RUBEN]: "550 5.1.1 User unknown",
                                  ADDRESS[OLGA]: "451 4.7.1 Come back later"}
        settings(server.port)
        once()
        check(state("unknown") == (0, 1, 1, "550 5.1.1 User unknown"), state("unknown"))
        check(state("grey") == (0, 0, 1, "451 4.7.1 Come back later"), state("grey"))
        check(state("fine")[0] == 1, state("fine"))
        once()  # not yet: a minute has not passed
        check(state("grey")[2] == 1, "too early")
        due_again()
        server.handler.at_rcpt = {}
        once()
        check(state("grey")[:3] == (1, 0, 2) and state("unknown")[1] == 1, state("grey"))
        put(RUBEN, "spam")
        server.handler.at_data = "554 5.7.1 We do not like it"
        once()
        check(state("spam")[1] == 1 and "554" in state("spam")[3], state("spam"))


def nobody_there_costs_nothing_but_time():
    clear()
    put(RUBEN, "a")
    put(OLGA, "b")
    with MailServer() as server:
        port = server.port
    settings(port)
    begun = time.monotonic()
    once()
    check(time.monotonic() - begun < 5, "waited")
    check(state("a")[:3] == (0, 0, 1) and state("b")[2] == 0, "the run went on")
    check(database("SELECT last_error <> '', sent_at FROM mail_run") == [(1, None)], "mail_run")


def without_a_server_it_says_so_and_ends():
    with open(world.config) as f:
        kept = [line for line in f if not re.match(r"smtp|mail_from", line)]
    with open(world.config, "w") as f:
        f.writelines(kept)
    check("mail_not_configured" in once(), "silent")


def who_reads_once_a_day_gets_one_letter_and_who_does_not_want_it_none():
    clear()
    database("INSERT INTO mail_setting VALUES (?, 'feedback', 'daily'), (?, 'feedback', 'off')",
             RUBEN, OLGA)
    for i in range(5):
        put(RUBEN, f"r{i}", body=f"Hallo,\n\nText {i}.\n\n{world.address}/feedback/{i}\n",
            at=int(time.time()) - 2 * 86400)
    put(RUBEN, "neu", at=int(time.time()))
    put(OLGA, "o")
    with MailServer() as server:
        settings(server.port)
        once()
        got = server.handler.parsed()
        check(len(got) == 1 and got[0][0] == ADDRESS[RUBEN], got)
        text = got[0][1].get_content()
        check(all(f"* Brief r{i}" in text and f"{world.address}/feedback/{i}" in text
                  for i in range(5)) and "neu" not in text, text)
    check(database("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND cancelled_at IS NULL")
          == [(1,)], "not only the new one waits")


class Mailer:
    def __enter__(self):
        log = open(world.log, "ab")
        self.process = subprocess.Popen([MAILER, "-c", world.config], stderr=log,
                                        start_new_session=True, preexec_fn=_die_with_parent)
        log.close()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def killed_while_it_sends_it_loses_nothing_and_doubles_at_most_one():
    clear()
    total = 12 * KILLS
    database("INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before)"
             "  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
             "  SELECT 1 + i % 5, 'feedback', 'Brief ' || i, 'Text', 'kill/' || i, 1, 1 FROM n",
             total)
    with MailServer() as server:
        settings(server.port)
        server.handler.slow = 0.003
        kills = doubled = 0
        while kills < KILLS:
            before = len(server.handler.letters)
            with Mailer() as mailer:
                ok, _ = wait_until(lambda: len(server.handler.letters) > before, 10)
                check(ok, "nothing was sent")
                time.sleep(chance.random() * 0.06)
                mailer.process.send_signal(signal.SIGKILL)
                mailer.process.wait()
            kills += 1
            arrived = collections.Counter(m["Message-ID"] for _, m in server.handler.parsed())
            more = sum(n - 1 for n in arrived.values())
            check(more - doubled <= 1, more - doubled, "doubled by one kill")
            doubled = more
            due_again()  # instead of waiting for the lease to end
        server.handler.slow = 0

        def waiting():
            return total - len({m["Subject"] for _, m in server.handler.parsed()})
        with Mailer() as mailer:
            wait_until(lambda: not waiting(), 15, 0.1)
            with open(f"/proc/{mailer.process.pid}/status") as f:
                memory = int(re.search(r"VmRSS:\s+(\d+)", f.read())[1]) // 1024
            mailer.process.send_signal(signal.SIGTERM)
            check(mailer.process.wait(10) == 0, "no good end")
        arrived = collections.Counter(m["Subject"] for _, m in server.handler.parsed())
        check(set(arrived) == {f"Brief {i}" for i in range(1, total + 1)}, "lost")
        doubled = sum(arrived.values()) - total
        check(doubled <= kills, "too many")
        check(database("SELECT count(*) FROM outbox WHERE sent_at IS NULL") == [(0,)], "waiting")
    print(f"  seed {options.seed}: {total} letters, {kills} kills, {doubled} came twice;"
          f" the program takes {memory} MB")


def what_a_request_says_of_its_host_does_not_come_into_a_letter():
    """The web server turns away foreign names; what it lets through is never read."""
    olga = logged_in(world, ADDRESS[OLGA])
    year, number = world.copy().execute("SELECT year, number FROM meeting WHERE state = 'invited'"
                                        ).fetchone()
    place = f"/sitzungen/{year}-{number}/vollmachten"
    fields = {**olga.form(place), "person": RUBEN, "umfang": "", "hinweis": ""}
    body = "&".join(f"{k}={v}" for k, v in fields.items())
    sent = {"Origin": world.address, "Content-Type": "application/x-www-form-urlencoded"}
    answer = olga.ask("POST", place, body, {**sent, "Host": "boese.example"})
    check(answer.status in (0, 403), "a foreign name is let in", answer.status)
    before = world.copy().execute("SELECT count(*) FROM outbox WHERE body LIKE '%Vollmacht%'"
                                  ).fetchone()[0]
    answer = olga.ask("POST", place, body, {
        **sent, "X-Forwarded-Host": "boese.example", "Forwarded": "host=boese.example",
        "X-Host": "boese.example", "X-Forwarded-Server": "boese.example"})
    check(answer.status == 303, answer.status)
    rows = world.copy().execute("SELECT body FROM outbox WHERE topic = 'meeting_call' AND"
                                " person_id = ? ORDER BY id DESC LIMIT 1", (RUBEN,)).fetchone()
    after = world.copy().execute("SELECT count(*) FROM outbox WHERE body LIKE '%Vollmacht%'"
                                 ).fetchone()[0]
    check(after == before + 1 and f"{world.address}/sitzungen/{year}-{number}" in rows[0], rows)
    check(world.copy().execute("SELECT count(*) FROM outbox WHERE body LIKE '%boese%'"
                               ).fetchone() == (0,), "a foreign link")
    check(world.stop() == 0, "the server does not stop")


def every_topic_that_is_written_is_in_the_table():
    """One that is not is sent at once, to active people only, and nobody can choose how."""
    used, known = set(), set()
    for folder, _, names in os.walk(os.path.join(ROOT, "web")):
        for name in filter(lambda n: n.endswith(".c"), names):
            with open(os.path.join(folder, name)) as f:
                text = f.read()
            used |= set(re.findall(r'[.>]topic = "(\w+)"', text))
            if name == "mail_topics.c":
                known = set(re.findall(r'\.name = S_INIT\("(\w+)"\)', text))
    check(len(used) > 5 and used - {"digest"} <= known, "unknown:", used - known)


with World() as world:
    run([what_a_request_says_of_its_host_does_not_come_into_a_letter,  # ends the server
         letters_arrive_as_they_were_written,
         a_server_with_a_password_gets_it_and_no_log_does,
         a_foreign_server_must_show_a_certificate_that_holds,
         refusals_are_told_apart,
         nobody_there_costs_nothing_but_time,
         without_a_server_it_says_so_and_ends,
         who_reads_once_a_day_gets_one_letter_and_who_does_not_want_it_none,
         killed_while_it_sends_it_loses_nothing_and_doubles_at_most_one,
         every_topic_that_is_written_is_in_the_table])
