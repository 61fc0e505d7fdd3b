"""`script/server` opens a whole office from a bare folder, mends what dies, and leaves nothing running."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(question, seconds: float = 60):
    """The first truthy answer within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"Not within {seconds} s: {question}")


class Office:
    """A copy of the project in a folder of its own, and what runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder.parent / "log"
        ignored = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "node_modules")
        shutil.copytree(settings.BASE_DIR, folder, ignore=ignored)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder.parent),
            "VENV": sys.prefix,
            "PORT": str(self.port),
        }

    def start(self, **environment: str) -> subprocess.Popen:
        """Run script/server until it says where it is."""
        with self.log.open("w") as log:
            server = subprocess.Popen(
                ["script/server"],
                cwd=self.folder,
                env={**self.environment, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        eventually(lambda: f":{self.port}/" in self.said() or server.poll() is not None, 240)
        assert server.poll() is None, self.said()
        return server

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def page(self, path: str = "/accounts/login/") -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.read().decode()

    def answers(self, path: str) -> str:
        """What the page says, or nothing while it cannot be had."""
        try:
            return self.page(path)
        except OSError:
            return ""

    def processes(self) -> dict[int, str]:
        """Command lines, by process id, of all that runs in this folder or, as the broker does, below it."""
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and (entry / "cwd").resolve().is_relative_to(self.folder):
                    words = (entry / "cmdline").read_bytes().decode().split("\0")
                    found[int(entry.name)] = " ".join(words)
            except (OSError, PermissionError):
                continue
        return {pid: command for pid, command in found.items() if command}

    def child(self, server: subprocess.Popen, words: str) -> int | None:
        """The process with these words in its command line that the supervisor itself started."""
        for pid, command in self.processes().items():
            if words in command and f"PPid:\t{server.pid}\n" in Path(f"/proc/{pid}/status").read_text():
                return pid
        return None

    def memory(self) -> int:
        """Resident megabytes of all processes; pages they share are counted as often as they are shared."""
        sizes = (
            int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
            for pid in self.processes()
        )
        return sum(sizes) // 1024

    def kill_all(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    """Its path has a space and Chinese in it, as people's folders do."""
    office = Office(tmp_path_factory.mktemp("server") / "我的 office")
    yield office
    office.kill_all()


@pytest.fixture
def server(office) -> Iterator[subprocess.Popen]:
    server = office.start()
    yield server
    server.send_signal(signal.SIGTERM)
    server.wait(60)


def test_the_login_page_opens_and_all_ends_with_sigterm(office):
    server = office.start()
    assert "<form" in office.page()
    server.send_signal(signal.SIGTERM)
    assert server.wait(60) == 0, office.said()
    assert office.processes() == {}


def test_ctrl_c_closes_the_office_too(office):
    server = office.start()
    server.send_signal(signal.SIGINT)
    assert server.wait(60) == 0, office.said()
    assert office.processes() == {}


def test_the_sweep_runs_and_all_is_healthy(office, server):
    eventually(lambda: '"ok": true' in office.answers("/healthz"))


def test_all_processes_at_rest_fit_into_600_megabytes(office, server):
    office.page()
    eventually(lambda: office.child(server, "beat"))
    time.sleep(10)  # at rest, not while starting, when last month's scorecard is asked for and made;
    eventually(lambda: "manage.py scorecards" not in " ".join(office.processes().values()))
    assert office.memory() <= 600, office.processes()


def test_a_second_start_on_the_same_port_says_so(office, server):
    second = subprocess.run(
        ["script/server"], cwd=office.folder, env=office.environment, capture_output=True, text=True
    )
    assert second.returncode == 1
    assert f"Cannot use 127.0.0.1:{office.port}" in second.stderr
    assert f"PORT={office.port + 1} script/server" in second.stderr


def test_a_second_office_in_the_same_folder_says_so(office, server):
    second = subprocess.run(
        ["script/server"],
        cwd=office.folder,
        env={**office.environment, "PORT": str(free_port())},
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert second.stderr == f"The office of this folder is running already (process {server.pid}).\n"


def test_whatever_is_killed_comes_back(office, server):
    for name in ("beat", "clock@", "post@", "gunicorn", "valkey-server"):
        old = eventually(lambda name=name: office.child(server, name))
        os.kill(old, signal.SIGKILL)
        eventually(lambda name=name, old=old: office.child(server, name) not in (None, old))
    eventually(lambda: office.answers("/accounts/login/"))
    eventually(lambda: re.search(r'"age": [0-4]\.', office.answers("/healthz")))  # sweeping again


def test_nothing_lingers_when_the_supervisor_is_killed_and_the_next_start_is_clean(office):
    server = office.start()
    eventually(lambda: office.child(server, "beat"))
    server.kill()
    server.wait()
    eventually(lambda: not office.processes())
    again = office.start()
    assert "<form" in office.page()
    again.send_signal(signal.SIGTERM)
    assert again.wait(60) == 0


def test_a_python_that_is_too_old_is_refused_in_words(office, tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    answer = subprocess.run(
        ["script/server"],
        cwd=office.folder,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "PYTHON": "python3", "VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(
        "Admin Office needs Python 3.11 or newer; this machine has Python 3.9.2.\n"
    )


def test_postgresql_and_redis_are_used_when_they_are_named(office, request):
    if not (settings.REDIS_URL and settings.DATABASES["default"]["ENGINE"].endswith("postgresql")):
        pytest.skip("needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL")
    here = request.getfixturevalue("office_environment")
    server = office.start(DATABASE_URL=here["DATABASE_URL"], REDIS_URL=here["REDIS_URL"])
    try:
        assert "<form" in office.page()
        assert office.child(server, "valkey-server") is None
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
