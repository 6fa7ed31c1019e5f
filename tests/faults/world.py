"""A whole installation in a directory of its own: database with demo data, program, nginx.

The tests of this directory treat it as an operator and an enemy would: from outside, through the
web server, with signals, and through the program's own commands.
"""
import ctypes
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
PROGRAM = os.path.realpath(os.environ.get("HANDSCHLAG", f"{ROOT}/build/release/handschlag"))
PR_SET_PDEATHSIG = 1


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(condition, seconds, pause=0.002):
    """Whether the condition came true in time, and after how many seconds."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            return False, time.monotonic() - begun
        time.sleep(pause)
    return True, time.monotonic() - begun


def process_state(pid):
    """The state letter and the start time of a process: a number may come back, this pair not."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            fields = f.read().rpartition(")")[2].split()
        return fields[0], fields[19]
    except (FileNotFoundError, ProcessLookupError):
        return None


def is_alive(pid, started=None):
    state = process_state(pid)
    return state is not None and state[0] not in "ZX" and started in (None, state[1])


class World:
    """`with World() as w:` -- ready to answer on w.port.  `data`: another place for the database;
    `environment`: added to that of the server (not of the other commands)."""

    def __init__(self, workers=4, data=None, environment=None):
        self.var = tempfile.mkdtemp(prefix="hs-faults-")
        self.data = data or os.path.join(self.var, "data")
        self.config = os.path.join(self.var, "handschlag.conf")
        self.socket = os.path.join(self.var, "s.sock")
        self.log = os.path.join(self.var, "program.log")
        self.workers_wanted = workers
        self.environment = environment or {}
        self.port = free_port()
        self.program = self.nginx = None
        self.logins, self.password = [], ""
        self.sessions = {}  # cookies of those who have logged in, see client.logged_in

    def __enter__(self):
        if not os.access(PROGRAM, os.X_OK):
            sys.exit(f"{PROGRAM} is missing; build it with: make")
        try:
            self._prepare()
            self.start()
            wait_until(lambda: os.path.exists(self.socket), 10)
            self.start_nginx()
            if not self.ready(10)[0]:
                raise RuntimeError("no answer within 10 seconds")
            self.all_children()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, value, trace):
        for process in (self.nginx, self.program):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._kill_left_behind()
        if kind is None or kind is SystemExit:
            shutil.rmtree(self.var, ignore_errors=True)
        else:
            print(f"  kept for a look: {self.var}")

    def _kill_left_behind(self):
        """Workers that have outlived their master against its will.  Their command line names this
        directory, so a number that has been given away meanwhile hits nobody else."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline") as f:
                    if self.config in f.read().split("\0") and int(pid) != os.getpid():
                        os.kill(int(pid), signal.SIGKILL)
            except OSError:
                continue

    def _prepare(self):
        os.makedirs(self.data, exist_ok=True)
        for name in ("log", "run", "nginx"):
            os.mkdir(os.path.join(self.var, name))
        with open(self.config, "w") as f:
            f.write(f"base_url = {self.address}\ncooperation = Probe\ndata = {self.data}\n"
                    f"views = {ROOT}/views\npages = {ROOT}/views/pages\nsocket = {self.socket}\n"
                    f"workers = {self.workers_wanted}\ndevelopment = yes\nsecond_factor = no\n")
        os.symlink(os.path.join(ROOT, "nginx"), os.path.join(self.var, "nginx/handschlag"))
        with open(os.path.join(ROOT, "nginx/development.conf")) as f:
            text = f.read()
        for mark, value in (("PORT", self.port), ("VAR", self.var), ("SOCKET", self.socket),
                            ("STATIC", os.path.join(ROOT, "build/static"))):
            text = text.replace(f"@{mark}@", str(value))
        with open(os.path.join(self.var, "nginx/nginx.conf"), "w") as f:
            f.write(("user root;\n" if os.getuid() == 0 else "") + text)
        self.command("migrate")
        printed = self.command("demo")
        self.logins = re.findall(r"^ +(\S+@\S+)", printed, re.M)
        self.password = re.search(r"password (\S+)", printed).group(1)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words, good=True):
        """Runs a command of the program and returns what it printed."""
        with open(self.log, "ab") as log:
            done = subprocess.run([PROGRAM, "-c", self.config, *words], stdout=subprocess.PIPE,
                                  stderr=log, text=True, timeout=120)
        if good and done.returncode != 0:
            raise RuntimeError(f"handschlag {words[0]} ended with {done.returncode}; see the log")
        return done.stdout

    def start_nginx(self):
        self.nginx = subprocess.Popen(
            ["/usr/sbin/nginx", "-e", f"{self.var}/log/nginx.log", "-c",
             f"{self.var}/nginx/nginx.conf"],
            start_new_session=True, preexec_fn=_die_with_parent)

    def start(self):
        with open(self.log, "ab") as log:
            self.program = subprocess.Popen(
                [PROGRAM, "-c", self.config, "serve"], stdout=log, stderr=log,
                start_new_session=True, env={**os.environ, **self.environment},
                preexec_fn=_die_with_parent)

    def stop(self):
        """As an operator stops it."""
        self.program.terminate()
        return self.program.wait(15)

    def healthy(self):
        """Whether a worker answers through nginx that it can read."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as s:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return s.recv(64).startswith(b"HTTP/1.1 200 ")
        except OSError:
            return False

    def ready(self, seconds):
        return wait_until(self.healthy, seconds)

    def children(self):
        """The workers: {process id: its start time}."""
        pid = self.program.pid
        try:
            with open(f"/proc/{pid}/task/{pid}/children") as f:
                found = {int(word): process_state(int(word)) for word in f.read().split()}
        except FileNotFoundError:
            return {}
        return {p: state[1] for p, state in found.items() if state and state[0] not in "ZX"}

    def all_children(self):
        """The same once all are there: the first answers while the others are being started."""
        if not wait_until(lambda: len(self.children()) == self.workers_wanted, 10)[0]:
            raise RuntimeError("not all workers within 10 seconds")
        return self.children()

    def log_lines(self, *words):
        with open(self.log, errors="replace") as f:
            return [line for line in f if all(word in line for word in words)]

    def copy(self):
        """A backup made by the program, opened for reading.  The live file is never touched."""
        return sqlite3.connect(f"file:{self._backup()}?mode=ro&immutable=1", uri=True)

    def copy_to_change(self):
        return sqlite3.connect(self._backup())

    def _backup(self):
        name = os.path.join(tempfile.mkdtemp(dir=self.var), "copy.db")
        self.command("backup", name)
        return name
