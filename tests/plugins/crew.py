"""Real workers and beats for a test, on its own database and broker; all of them end with the test."""

import os
import signal
import subprocess
import sys

import pytest

WORKER = ["-A", "admin_office", "worker", "-Q", "clock,post", "-c", "2", "-l", "WARNING", "--without-mingle"]
BEAT = ["-A", "admin_office", "beat", "-l", "WARNING"]
CELERY = "import sys; from celery.bin.celery import main; sys.argv[0] = 'celery'; main()"
SKEWED = """
import datetime as dt, time_machine
time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds={}), tick=True).start()
"""


class Crew:
    """The workers and beats of one test, each with its children in a process group of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        environment["LOG_LEVEL"] = "WARNING"
        self.processes: list[subprocess.Popen] = []

    def worker(self, name: str = "one", *, seconds_ahead: float = 0) -> subprocess.Popen:
        """A worker; `seconds_ahead` is how wrong its machine's clock is."""
        return self._start([*WORKER, "-n", f"{name}@%h"], seconds_ahead)

    def beat(self) -> subprocess.Popen:
        return self._start(BEAT)

    def kill(self, process: subprocess.Popen) -> None:
        """Without a warning, and with everything it started."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def dismiss(self) -> None:
        for process in list(self.processes):
            self.kill(process)

    def _start(self, arguments: list[str], seconds_ahead: float = 0) -> subprocess.Popen:
        prelude = SKEWED.format(seconds_ahead) if seconds_ahead else ""
        command = [sys.executable, "-c", prelude + CELERY, *arguments]
        self.processes.append(subprocess.Popen(command, env=self.environment, start_new_session=True))
        return self.processes[-1]


@pytest.fixture
def crew(office_environment, shared_cache):
    crew = Crew(office_environment)
    yield crew
    crew.dismiss()
