#!/usr/bin/python3 -B
"""ledger_test.py [--short] -- what people are told is what is kept, without any accident."""
import argparse
import random
import signal
import threading
import time

from client import logged_in
from report import check, percentile, run
from traffic import KINDS, Booking, Question, Traffic, compare, rows_of
from world import World, wait_until

parser = argparse.ArgumentParser()
parser.add_argument("--short", action="store_true")
parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
options = parser.parse_args()
SEED = options.seed


def four_people_at_once_lose_and_double_nothing():
    with Traffic(world, SEED, pause=0) as traffic:
        time.sleep(3 if options.short else 30)
    ledger = traffic.ledger()
    outcomes = [line["outcome"] for line in ledger]
    print(f"  seed {SEED}: {outcomes.count('saved')} saved, {outcomes.count('refused')} refused")
    check(outcomes.count("saved") >= 60, "too few writes to show anything")
    check(set(outcomes) == {"saved", "refused"}, set(outcomes))
    check(all(line["tries"] == 1 for line in ledger), "posts without an answer")
    check(compare(world.copy(), ledger, SEED) == {}, compare(world.copy(), ledger, SEED))


def the_comparison_notices_every_kind_of_lie():
    """A ledger that was changed afterwards stands for a program that did wrong."""
    with Traffic(world, SEED + 1, pause=0) as traffic:
        time.sleep(0.8)
    ledger, copy = traffic.ledger(), world.copy()
    saved = [line for line in ledger if line["outcome"] == "saved"]
    check(len(saved) > 2, "too few writes")
    lost = {**saved[0], "mark": f"Probe {SEED + 1}-9-9"}
    check("lost" in compare(copy, ledger + [lost], SEED + 1), "lost")
    check("phantom" in compare(copy, [x for x in ledger if x != saved[0]], SEED + 1), "phantom")
    refused = [{**x, "outcome": "refused", "spoiled": True} if x == saved[0] else x for x in ledger]
    check("phantom" in compare(copy, refused, SEED + 1), "refused and yet kept")
    changed = world.copy_to_change()
    changed.execute("INSERT INTO booking (task_force_id, kind, amount, on_date, reference, at)"
                    " SELECT task_force_id, kind, amount, on_date, reference, at FROM booking"
                    " WHERE reference LIKE ?", (f"Probe {SEED + 1}-%",))
    check({"doubled", "torn"} <= set(compare(changed, ledger, SEED + 1)), "doubled")


def all_at_once(work, count):
    """Runs work(i) in threads that start together."""
    barrier = threading.Barrier(count)
    results = [None] * count

    def one(i):
        barrier.wait()
        results[i] = work(i)
    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def the_same_form_sent_in_parallel_gives_one_row_and_one_place():
    people = [logged_in(world, world.logins[0]) for _ in range(6)]  # tabs of one browser
    for number in range(5 if options.short else 40):
        kind = KINDS[number % 2]
        mark = f"Probe {SEED}-double-{number}"
        fields = {**kind(mark, False).fields, **people[0].form(kind.path)}
        answers = all_at_once(lambda i: people[i].post(kind.path, fields), len(people))
        places = {(answer.status, answer.header("Location")) for answer in answers}
        check(len(places) == 1 and places.pop()[0] == 303, [a.status for a in answers])
    copy = world.copy()
    for kind in KINDS:
        kept = rows_of(copy, kind, f"{SEED}-double")
        check(kept and set(kept.values()) == {(1, 1)}, kept)


def the_same_words_in_two_forms_are_two_rows():
    person = logged_in(world, world.logins[0])
    for kind in (Question, Booking):
        mark = f"Probe {SEED}-twice"
        for _ in range(2):
            fields = {**kind(mark, False).fields, **person.form(kind.path)}
            check(person.post(kind.path, fields).status == 303, "post")
        check(rows_of(world.copy(), kind, SEED)[mark] == (2, 2), kind.table)


def workers_are_replaced_under_load_without_a_lost_answer():
    """SIGHUP, as after an update of a template; several times, while four people write."""
    with Traffic(world, SEED + 3, pause=0) as traffic:
        for _ in range(3 if options.short else 20):
            time.sleep(0.2)
            before = set(world.children())
            world.program.send_signal(signal.SIGHUP)
            done, _ = wait_until(lambda: len(now := set(world.children())) == len(before)
                                    and not now & before, 5)
            check(done, "workers that heard nothing:", before & set(world.children()))
    ledger = traffic.ledger()
    check(len(ledger) > 20, "too few writes to show anything")
    check(all(line["tries"] == 1 for line in ledger), "posts without an answer")
    check(compare(world.copy(), ledger, SEED + 3) == {}, "the ledger")


def nobody_waits_long_for_the_lock():
    """Writers take turns, so nobody starves while four others write as fast as they can."""
    person, waits = logged_in(world, world.logins[0]), []
    with Traffic(world, SEED + 2, pause=0):
        time.sleep(1)
        for number in range(30):
            fields = {**Question(f"Probe {SEED}-wait-{number}", False).fields,
                      **person.form(Question.path)}
            begun = time.monotonic()
            check(person.post(Question.path, fields).status == 303, "post")
            waits.append(time.monotonic() - begun)
    print(f"  a write among others: median {percentile(waits, .5) * 1e3:.0f} ms,"
          f" worst {max(waits) * 1e3:.0f} ms")
    check(max(waits) < 2, "worst", max(waits))


with World() as world:
    run([four_people_at_once_lose_and_double_nothing, the_comparison_notices_every_kind_of_lie,
         the_same_form_sent_in_parallel_gives_one_row_and_one_place,
         the_same_words_in_two_forms_are_two_rows,
         workers_are_replaced_under_load_without_a_lost_answer, nobody_waits_long_for_the_lock])
