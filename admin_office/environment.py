"""What differs between machines, read from the environment; a value that cannot be used gets a sentence.

Nothing is raised while reading, so that whoever starts the office sees all that is wrong at once.
"""

import contextlib
import os
import secrets
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
DATABASES = {"postgres", "postgresql", "sqlite"}
BROKERS = {"redis", "rediss", "unix", "redis+socket"}


class Environment:
    """Reads variables by kind; an empty variable counts as not set."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._env = environ.Env()

    def text(self, name: str, default: str = "") -> str:
        return os.environ.get(name, "").strip() or default

    def words(self, name: str, default: list[str]) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or default

    def yes(self, name: str, default: bool) -> bool:
        word = self.text(name, "1" if default else "0").lower()
        if word not in YES | NO:
            self.problems.append(f"{name} must be 1 or 0; it is “{word}”.")
        return word in YES

    def number(self, name: str, default: int, least: int = 0, most: int = 10**9) -> int:
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            self.problems.append(f"{name} must be a whole number from {least} to {most}; it is “{text}”.")
            return default
        return int(text)

    def database(self, name: str, default: str) -> dict:
        """A Django database entry from a URL; the password never appears in the sentence."""
        url = self.text(name, default)
        advice = f"{name} must read like postgres://user:password@host:5432/name or sqlite:////path/to/file"
        if url.partition(":")[0] not in DATABASES:
            self.problems.append(f"{advice}; only these two kinds of database are known.")
            return self._env.db_url_config(default)
        try:
            with warnings.catch_warnings(action="error"):
                config = self._env.db_url_config(url)
        except (ValueError, KeyError, Warning, ImproperlyConfigured):
            self.problems.append(f"{advice}; write special characters of the password as %40 and the like.")
            return self._env.db_url_config(default)
        if not config["NAME"]:
            self.problems.append(f"{advice}; the name of the database is missing.")
        return config

    def broker(self, name: str) -> str:
        url = self.text(name)
        with contextlib.suppress(ValueError):
            parts = urlsplit(url)
            if not url or (parts.scheme in BROKERS and (parts.hostname or parts.path) and parts.port != 0):
                return url
        self.problems.append(
            f"{name} must read like redis://:password@host:6379/0 or unix:///path/to/socket."
        )
        return ""

    def email(self, name: str, default: str) -> dict:
        """Django's EMAIL_* settings from a URL such as smtp+tls://user:password@host:587."""
        url = self.text(name, default)
        try:
            config = self._env.email_url_config(url)
        except (ValueError, KeyError, ImproperlyConfigured):
            self.problems.append(
                f"{name} must read like smtp+tls://user:password@host:587, or consolemail://."
            )
            return self._env.email_url_config(default)
        config["EMAIL_FILE_PATH"] = urlsplit(url).path
        return config

    def web_address(self, name: str, default: str) -> str:
        url = self.text(name, default).rstrip("/")
        with contextlib.suppress(ValueError):
            parts = urlsplit(url)
            if parts.scheme in {"http", "https"} and parts.hostname and not parts.path and not parts.query:
                return url
        self.problems.append(
            f"{name} must read like https://office.example.com, without a path; it is “{url}”."
        )
        return default

    def required(self, name: str, why: str) -> None:
        if not self.text(name):
            self.problems.append(f"{name} is not set: {why}")

    def together(self, *names: str) -> bool:
        """Whether all of these are set; some of them alone is a mistake."""
        missing = [name for name in names if not self.text(name)]
        if missing and len(missing) < len(names):
            self.problems.append(f"{', '.join(missing)} must be set as well, or none of {', '.join(names)}.")
        return not missing

    def refuse(self) -> None:
        """Stop here, with every sentence, unless all was well."""
        if self.problems:
            sentences = "\n".join(f"  - {problem}" for problem in self.problems)
            raise ImproperlyConfigured(
                f"The office cannot start with these settings (docs/running.md lists them all):\n{sentences}"
            )


def trial_secret(folder: Path, name: str) -> str:
    """A secret of this machine's own for the trial: drawn at the first start, readable by its owner only."""
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"{name}.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was first: both use its secret
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
