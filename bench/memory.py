"""All processes of `script/server` together at rest, on the embedded default.

python -m bench.memory
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from .office import head, row

ROOT = Path(__file__).resolve().parent.parent
REST = 30  # seconds after the first page
LIMIT = 600


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for_page(port: int, seconds: float = 300) -> float:
    """Seconds until the sign-in page is served."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=2).read()
            return time.monotonic() - begin
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit("The office did not open.")


def family(pid: int) -> list[int]:
    """The process and everything that descends from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in family(int(child)))]


def megabytes(pid: int, field: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        environment |= {"PORT": str(port), "VAR_DIR": folder, "VENV": sys.prefix}
        server = subprocess.Popen([ROOT / "script" / "server"], env=environment, stdout=subprocess.DEVNULL)
        page = wait_for_page(port)
        time.sleep(REST)
        pids = family(server.pid)
        rss = sum(megabytes(pid, "Rss") for pid in pids)
        pss = sum(megabytes(pid, "Pss") for pid in pids)
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    head()
    row(
        f"{len(pids)} processes of script/server at rest", f"{rss:.0f} MB", f"{pss:.0f} MB without what they share",
        None, f"≤ {LIMIT} MB", rss <= LIMIT,
    )  # fmt: skip
    print(f"\nFirst page of an empty folder, packages installed: {page:.0f} s")


if __name__ == "__main__":
    main()
