"""Where the office's own broker listens, when no REDIS_URL names another.

Only the standard library is used here, because the supervisor reads this module without Django.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes on Linux and 103 on macOS


def socket_path(var_dir: Path) -> Path:
    """`var/broker/s`, or a short path of its own per office and user where that is too long for a socket."""
    path = var_dir / "broker" / "s"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"admin-office-{os.getuid()}-{digest}" / "s"


def urls(address: str, socket: Path) -> tuple[str, str]:
    """What Celery and what the cache call the same server: `address` (REDIS_URL), or ours at `socket`.

    On a socket the cache has database 1 of its own. A server reached by address gives one database to
    both, told apart by their keys, because hosted ones often have no second.
    """
    for scheme in ("unix://", "redis+socket://"):
        if address.startswith(scheme):
            path = address.removeprefix(scheme).partition("?")[0]
            return f"redis+socket://{path}", f"unix://{path}?db=1"
    if address:
        return address, address
    return f"redis+socket://{quote(str(socket))}", f"unix://{quote(str(socket))}?db=1"


def server_command(binary: Path, socket: Path, data_dir: Path) -> list[str]:
    """A Valkey that keeps every accepted task through a crash, and that only this user can reach."""
    return [
        str(binary),
        *("--port", "0"),
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(data_dir), "--appendonly", "yes", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning"),
    ]
