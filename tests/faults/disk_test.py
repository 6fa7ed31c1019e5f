#!/usr/bin/python3 -B
"""disk_test.py [--short] -- a disk that is full, read-only or broken: reading goes on, writing
says so, and afterwards everything works again without a restart."""
import errno
import os
import signal
import subprocess
import tempfile
import time

from client import UNANSWERED, Client, logged_in
from report import Skip, check, run
from traffic import Booking, Question, rows_of
from world import World, is_alive, wait_until

HERE = os.path.dirname(os.path.realpath(__file__))


class SmallDisk:
    """A file system of a few MB in memory."""

    def __init__(self, options="size=6m"):
        self.options = options

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="hs-disk-")
        if os.getuid() != 0 or self._mount(self.options, "-t", "tmpfs", "tmpfs"):
            os.rmdir(self.path)
            raise Skip("only root may mount a small disk")
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=True)
        os.rmdir(self.path)

    def _mount(self, options, *what):
        return subprocess.run(["mount", "-o", options, *what, self.path],
                              stderr=subprocess.DEVNULL).returncode

    def remount(self, how):
        check(self._mount(f"remount,{how}") == 0, "remount", how)

    def fill(self):
        with open(os.path.join(self.path, "filler"), "ab", 0) as f:
            try:
                while f.write(b"x" * 4096):
                    pass
            except OSError as e:
                check(e.errno == errno.ENOSPC, e)

    def use_up_inodes(self):
        try:
            for i in range(10_000):
                os.close(os.open(os.path.join(self.path, f"filler{i}"), os.O_CREAT))
        except OSError as e:
            check(e.errno == errno.ENOSPC, e)

    def make_room(self):
        for name in os.listdir(self.path):
            if name.startswith("filler"):
                os.unlink(os.path.join(self.path, name))


class Writer:
    """Writes long questions and remembers what it was told; posts are repeated by hand."""

    def __init__(self, world, seed):
        self.world, self.seed = world, seed
        self.client = logged_in(world, world.logins[0])
        self.saved, self.refused, self.count = [], [], 0

    def write(self, kind=Question):
        self.count += 1
        mark = f"Probe {self.seed}-{self.count}"
        hidden = self.client.form(kind.path)
        check(hidden is not None, "no form to fill in")
        self.mark, self.path = mark, kind.path
        self.fields = {**kind(mark, False).fields, **hidden}
        return self.send()

    def send(self):
        answer = self.client.post(self.path, self.fields)
        {303: self.saved, 503: self.refused}.get(answer.status, []).append(self.mark)
        check(answer.status in (303, 503), "status", answer.status, answer.text[:200])
        return answer

    def write_until_refused(self):
        for _ in range(400):
            answer = self.write(Booking if self.count % 3 == 0 else Question)
            if answer.status == 503:
                return answer
        check(False, "nothing was refused")

    def check_kept(self):
        copy = self.world.copy()
        kept = {**rows_of(copy, Question, self.seed), **rows_of(copy, Booking, self.seed)}
        check(set(kept) == set(self.saved), "told", len(set(self.saved)), "kept", len(kept),
              set(kept) ^ set(self.saved))
        check(set(kept.values()) <= {(1, 1)}, kept)
        check("sound" in self.world.command("check"), "check")


def check_german(answer):
    check(answer.status == 503, "status", answer.status)
    check("Gerade nicht erreichbar" in answer.text, answer.text[:300])
    check('lang="de"' in answer.text, answer.text[:300])
    check(answer.header("Retry-After") is not None, "no Retry-After")


def check_reading(client):
    for path in ("/", "/task-forces", "/task-forces/dateninventur", "/handbuch", "/hilfe") * 4:
        answer = client.get(path)
        check(answer.status == 200 and "</html>" in answer.text, path, answer.status)


def check_login_says_so(world):
    guest = Client(world)
    fields = guest.form("/anmelden")
    check(fields is not None, "no login page")
    fields.update(email=world.logins[1], passwort=world.password)
    check_german(guest.post("/anmelden", fields))


def a_full_disk_refuses_writes_and_nothing_else():
    with SmallDisk() as disk, World(data=disk.path) as world:
        writer, workers = Writer(world, "full"), world.children()
        for _ in range(3):
            check(writer.write().status == 303, "a good disk")
            disk.fill()
            check_german(writer.write_until_refused())
            check_reading(writer.client)
            check_login_says_so(world)
            check(world.healthy(), "healthz")
            disk.make_room()
            check(writer.send().status == 303, "the same form again, with room")
            check(writer.write().status == 303, "a new form, with room")
        writer.refused.clear()
        check(world.children() == workers, "a worker died", world.log_lines("worker_ended"))
        writer.check_kept()
        world.stop()


def a_worker_that_is_killed_on_a_full_disk_reads_again():
    with SmallDisk() as disk, World(data=disk.path, workers=2) as world:
        writer = Writer(world, "killed")
        disk.fill()
        writer.write_until_refused()
        for pid in world.children():
            os.kill(pid, signal.SIGKILL)
        check(wait_until(lambda: len(world.children()) == 2, 2)[0], "not replaced")
        check(world.ready(2)[0], "not ready")
        check_reading(writer.client)
        disk.make_room()
        check(writer.send().status == 303, "with room")
        writer.check_kept()
        world.stop()


def check_start_and_recovery(world, writer, recover):
    """Started in trouble: pages that say so, no process that dies, good again by itself."""
    world.start()
    check(wait_until(lambda: Client(world).get("/hilfe").status != UNANSWERED, 3)[0], "no answer")
    workers = world.all_children()
    for _ in range(12):
        answer = Client(world).get("/hilfe")
        check(answer.status in (200, 503), "status", answer.status)
        if answer.status == 503:
            check_german(answer)
    time.sleep(0.3)
    check(world.children() == workers and is_alive(world.program.pid), "somebody died")
    recover()
    check(wait_until(lambda: writer.write().status == 303, 2)[0], "not good again")
    for _ in range(8):  # every worker has found back
        check(Client(world).get("/hilfe").status == 200, "a worker that stayed behind")
    check(world.children() == workers, "somebody was replaced")
    writer.check_kept()


def starting_on_a_full_disk_says_so_and_recovers():
    with SmallDisk() as disk, World(data=disk.path) as world:
        writer = Writer(world, "start")
        check(writer.write().status == 303, "a good disk")
        check(world.stop() == 0, "stop")
        disk.fill()
        check_start_and_recovery(world, writer, disk.make_room)
        disk.fill()  # and once more after a crash, with a WAL left behind
        os.killpg(world.program.pid, signal.SIGKILL)
        world.program.wait()
        check_start_and_recovery(world, writer, disk.make_room)
        world.stop()


def starting_without_inodes_says_so_and_recovers():
    with SmallDisk("size=6m,nr_inodes=60") as disk, World(data=disk.path) as world:
        writer = Writer(world, "inodes")
        disk.use_up_inodes()
        check(writer.write().status == 303, "no new file is needed to write")
        check(world.stop() == 0, "stop")
        disk.use_up_inodes()
        check_start_and_recovery(world, writer, disk.make_room)
        world.stop()


def starting_on_a_read_only_disk_says_so_and_recovers():
    with SmallDisk() as disk, World(data=disk.path) as world:
        writer = Writer(world, "ro")
        check(world.stop() == 0, "stop")
        disk.remount("ro")
        check_start_and_recovery(world, writer, lambda: disk.remount("rw"))
        world.stop()


class BrokenDisk:
    """The program in a world where the calls of the kernel fail on request."""

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="hs-broken-")
        library, self.file = os.path.join(self.dir, "disk.so"), os.path.join(self.dir, "fault")
        subprocess.run(["cc", "-std=c11", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-o", library,
                        os.path.join(HERE, "broken_disk.c"), "-ldl"], check=True)
        data = os.path.join(self.dir, "data")
        self.world = World(data=data, environment={
            "LD_PRELOAD": library, "FAULTS_FILE": self.file, "FAULTS_DIR": data})
        self.world.__enter__()
        return self

    def __exit__(self, *what):
        self.world.__exit__(*what)
        subprocess.run(["rm", "-rf", self.dir], check=True)

    def fail(self, number, kind):
        with open(self.file + ".new", "w") as f:
            f.write(f"{number} {kind}\n")
        os.rename(self.file + ".new", self.file)

    def heal(self):
        os.unlink(self.file)


def check_failing(disk, seed, number, kind):
    world, writer = disk.world, Writer(disk.world, seed)
    check(writer.write().status == 303, "a good disk")
    workers = world.all_children()
    for _ in range(3):
        disk.fail(number, kind)
        for _ in range(6):
            check_german(writer.write())
        check_reading(writer.client)
        check_login_says_so(world)
        disk.heal()
        check(writer.send().status == 303, "the last form again")
        check(writer.write().status == 303, "a new form")
    check(world.children() == workers, "a worker died", world.log_lines("worker_ended"))
    writer.check_kept()


def a_disk_that_turns_read_only_refuses_writes_and_nothing_else():
    with BrokenDisk() as disk:
        check_failing(disk, "erofs", errno.EROFS, "w")


def a_disk_with_io_errors_refuses_writes_and_nothing_else():
    with BrokenDisk() as disk:
        check_failing(disk, "eio", errno.EIO, "w")


def what_does_not_reach_the_disk_is_not_acknowledged():
    with BrokenDisk() as disk:
        check_failing(disk, "sync", errno.EIO, "s")


run([a_full_disk_refuses_writes_and_nothing_else,
     a_worker_that_is_killed_on_a_full_disk_reads_again,
     starting_on_a_full_disk_says_so_and_recovers, starting_without_inodes_says_so_and_recovers,
     starting_on_a_read_only_disk_says_so_and_recovers,
     a_disk_that_turns_read_only_refuses_writes_and_nothing_else,
     a_disk_with_io_errors_refuses_writes_and_nothing_else,
     what_does_not_reach_the_disk_is_not_acknowledged])
