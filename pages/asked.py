"""What an address or a hidden field asks for, as numbers and days; what makes no sense asks for nothing."""

from collections.abc import Iterable
from datetime import date

LONGEST_KEY = 18  # digits: beyond that no database has a row, and some refuse to look
YEARS = range(2000, 2101)


def key(text: str | None) -> int | None:
    """The key of a record."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_KEY else None


def keys(texts: Iterable[str]) -> list[int]:
    """The keys of several records, in their order."""
    return [int(text) for text in texts if key(text) is not None]


def day(text: str | None) -> date | None:
    """A day of our century, such as "2026-11-23"."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year in YEARS else None


def month(text: str | None) -> date | None:
    """The first day of a month, such as "2026-11"."""
    return day(f"{text}-01")
