"""The office on one machine: broker, workers, beat and web run together, and end together.

`manage.py up` becomes this program. It uses the standard library only, so that it weighs next to nothing,
and runs isolated (`python -I`), so that no module of this folder stands in the way of one it imports.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a dead child is started again
STEADY = 30.0  # after so many seconds alive, an earlier death is forgiven
PATIENCE = 30.0  # seconds a child has for ending its work before it is killed
PR_SET_PDEATHSIG = 1


def say(name: str, line: str) -> None:
    """One line on the shared terminal; a terminal that is gone is no reason to stop working."""
    with contextlib.suppress(OSError, ValueError):
        print(f"{name:<6} | {line}", flush=True)


LIBC = ctypes.CDLL(None)  # before any fork: a child must not load libraries


def end_with_parent() -> None:
    """In the child: be asked to stop when the supervisor dies, even by SIGKILL (Linux)."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process of the office, started again when it dies, later and later if it keeps dying."""

    name: str
    command: Sequence[str]
    floor: int  # those of one floor end together, the upper floors first
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    next_start: float = 0.0
    pause: float = field(default=FIRST_PAUSE)

    def start(self, now: float) -> None:
        self.started_at = now
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the supervisor only, which knows the order of ending
            preexec_fn=end_with_parent,
        )
        threading.Thread(target=self._relay, args=(self.process.stdout,), daemon=True).start()

    def _relay(self, stream) -> None:
        for line in stream:
            say(self.name, line.decode(errors="replace").rstrip())

    def tend(self, now: float) -> None:
        """Start the process if it is due; notice its death and set when it starts again."""
        if self.process is None:
            if now >= self.next_start:
                self.start(now)
        elif self.process.poll() is not None:
            if now - self.started_at >= STEADY:
                self.pause = FIRST_PAUSE
            self._end_group()  # its own children must not hold on to the port
            say(self.name, f"ended ({self.process.returncode}); starts again in {self.pause:g} s")
            self.next_start, self.process = now + self.pause, None
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def ask_to_end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def see_off(self, patience: float) -> None:
        """Wait for the process to end, and kill what is left of its group."""
        if self.process is None:
            return
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            say(self.name, f"did not end within {patience:g} s and is killed")
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Office:
    """Starts its children top to bottom and stops them bottom to top."""

    def __init__(self, children: list[Child], welcome: str, address: tuple[str, int]) -> None:
        self.children, self.welcome, self.address = children, welcome, address
        self.leaving = threading.Event()
        self.patience = PATIENCE

    def leave(self, *_) -> None:
        """A first signal lets running work end; a second one does not wait any longer."""
        if self.leaving.is_set():
            self.patience = 0.0
            for child in self.children:
                if child.process:
                    child.process.kill()
        self.leaving.set()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.leave)
        try:
            while not self.leaving.is_set():
                self.tend(time.monotonic())
                self.leaving.wait(0.2)
        finally:
            say("office", "closing: what is running may end first")
            for _floor, children in groupby(reversed(self.children), key=lambda child: child.floor):
                self.close(list(children))
            say("office", "closed")

    def close(self, children: list[Child]) -> None:
        for child in children:
            child.ask_to_end()
        for child in children:
            child.see_off(self.patience)

    def tend(self, now: float) -> None:
        for child in self.children:
            was_out = child.process is None
            child.tend(now)
            if was_out and child.process and child.name == "broker":
                wait_for_answer(Path(child.command[child.command.index("--unixsocket") + 1]))
        if self.welcome and answers(socket.AF_INET, self.address):
            with contextlib.suppress(OSError):
                print(f"\n{self.welcome}\n", flush=True)
            self.welcome = ""


def answers(family: int, address) -> bool:
    with socket.socket(family) as client:
        client.settimeout(1)
        return client.connect_ex(address) == 0


def wait_for_answer(path: Path, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not answers(socket.AF_UNIX, str(path)):
        time.sleep(0.02)


def only_one(var_dir: Path):
    """Hold this office's lock, or say who does. The lock goes with the process, however it ends."""
    lock = (var_dir / "office.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        sys.exit(f"The office of this folder is running already (process {lock.read().strip() or '?'}).")
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def clear_away_old_broker(path: Path) -> None:
    """End a broker that outlived its supervisor (we hold the lock, so it can be nobody else's)."""
    if path.exists() and answers(socket.AF_UNIX, str(path)):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(10)
            client.connect(str(path))
            client.sendall(b"SHUTDOWN\r\n")
            with contextlib.suppress(OSError):
                client.recv(1)
    path.unlink(missing_ok=True)


def children(python: str, host: str, port: int, broker: Sequence[str]) -> list[Child]:
    """The office's processes from the ground up, with threads rather than processes: the machine is small."""
    # `up` has just run the checks; skipped here, they keep web, forms and admin out of the memory
    celery = [python, "-m", "celery", "--quiet", "--skip-checks", "--app", "admin_office"]
    beat = [*celery[:-1], "admin_office.beat"]
    threads = ["--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    worker = [*celery, "worker", "--loglevel", "INFO", *threads]
    web = [python, "-m", "gunicorn", "admin_office.wsgi", "--bind", f"{host}:{port}", "--no-control-socket"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    return [
        *([Child("broker", broker, floor=0)] if broker else []),
        Child("post", [*worker, "--queues", "post", "--hostname", "post@%h"], floor=1),
        Child("clock", [*worker, "--queues", "clock", "--hostname", "clock@%h"], floor=1),
        Child("web", web, floor=2),
        Child("beat", [*beat, "beat", "--loglevel", "INFO"], floor=3),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--var-dir", type=Path, required=True)
    parser.add_argument("--broker", type=shlex.split, default=[], help="command of our own broker")
    options = parser.parse_args()
    lock = only_one(options.var_dir)
    if options.broker:
        path = Path(options.broker[options.broker.index("--unixsocket") + 1])
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_away_old_broker(path)
    welcome = os.environ.pop("OFFICE_WELCOME", "")
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # an arena a thread costs more than waiting for one
    os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser")
    staff = children(sys.executable, options.host, options.port, options.broker)
    Office(staff, welcome, (options.host, options.port)).run()
    lock.close()


if __name__ == "__main__":
    main()
