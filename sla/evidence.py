"""What has to be shown for a duty (凭证): words, numbers, photos, files, who was there; what is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

MOST_ASKS = 12
LONGEST_NAME = 40
MOST_FILES = 10
LARGEST_COUNT = 500
LARGEST_NUMBER = 10**12


class Kind(models.TextChoices):
    """What is asked for."""

    TEXT = "text", pgettext_lazy("evidence", "text")
    NUMBER = "number", pgettext_lazy("evidence", "number")
    PHOTO = "photo", pgettext_lazy("evidence", "photo")
    FILE = "file", pgettext_lazy("evidence", "file")
    ATTENDANCE = "attendance", pgettext_lazy("evidence", "who was there")


@dataclass(frozen=True)
class Ask:
    """One thing to show. `least` and `most` bound a number itself, or how many photos, files or people."""

    kind: str
    name: str
    required: bool = True
    least: float | None = None
    most: float | None = None

    @property
    def field(self) -> str:
        """The name of its box in a form: the same as long as it is asked in the same words."""
        return "ask-" + sha256(f"{self.kind}:{self.name}".encode()).hexdigest()[:10]

    @property
    def has_files(self) -> bool:
        return self.kind in (Kind.PHOTO, Kind.FILE)

    @property
    def is_answered_in_words(self) -> bool:
        return self.kind in (Kind.TEXT, Kind.NUMBER)

    @property
    def most_files(self) -> int:
        return int(self.most) if self.most else MOST_FILES

    @property
    def bounds(self) -> str:
        """ "18–26", "at least 2", or nothing."""
        if self.least is not None and self.most is not None:
            same = self.least == self.most
            return plain(self.least) if same else f"{plain(self.least)}–{plain(self.most)}"
        if self.least is not None:
            return _("at least %(number)s") % {"number": plain(self.least)}
        return _("at most %(number)s") % {"number": plain(self.most)} if self.most is not None else ""

    def __str__(self) -> str:
        """ "Photo of the lobby (photo, at least 2, if there is any)"."""
        parts = [str(Kind(self.kind).label), self.bounds, "" if self.required else _("if there is any")]
        more = _(", ").join(part for part in parts if part)
        return _("%(name)s (%(more)s)") % {"name": self.name, "more": more}


def load_asks(rows: Iterable[Mapping[str, Any]]) -> list[Ask]:
    """The asks as `Duty.evidence` holds them. Raises ValueError, with a sentence, for rows without sense."""
    asks = [_loaded(row) for row in rows]
    if len(asks) > MOST_ASKS:
        raise ValueError(_("A duty asks for at most %(count)d things.") % {"count": MOST_ASKS})
    if len({ask.name for ask in asks}) < len(asks):
        raise ValueError(_("Two things to show have the same name."))
    if sum(ask.kind == Kind.ATTENDANCE for ask in asks) > 1:
        raise ValueError(_("Who was there is asked for once."))
    return asks


def dump_asks(asks: Iterable[Ask]) -> list[dict[str, Any]]:
    """The opposite of `load_asks`."""
    return [asdict(ask) for ask in asks]


def _loaded(row: Mapping[str, Any]) -> Ask:
    ask = Ask(
        kind=row.get("kind", ""),
        name=str(row.get("name", "")).strip(),
        required=bool(row.get("required", True)),
        least=row.get("least"),
        most=row.get("most"),
    )
    if ask.kind not in Kind.values:
        raise ValueError(_("Evidence is text, a number, a photo, a file, or who was there."))
    if not 0 < len(ask.name) <= LONGEST_NAME:
        raise ValueError(_("What is to be shown needs a name of at most %(count)d characters.")
                         % {"count": LONGEST_NAME})  # fmt: skip
    if ask.least is not None and ask.most is not None and ask.least > ask.most:
        raise ValueError(_("The least is more than the most."))
    return ask


# -- what is missing --------------------------------------------------------------------------------


def missing(
    asks: Iterable[Ask],
    answers: Mapping[str, Any] | None,
    attendees: Collection[Any],
    files: Sequence[tuple[str, Any]],
) -> list[str]:
    """A sentence for everything asked for that is not there, or not within its bounds."""
    sentences = (lack(ask, given(ask, answers or {}, attendees, files)) for ask in asks)
    return [sentence for sentence in sentences if sentence]


def given(
    ask: Ask, answers: Mapping[str, Any], attendees: Collection[Any], files: Sequence[tuple[str, Any]]
) -> Any:
    """What was shown for one ask: its words or number, or how many photos, files or people."""
    if ask.kind == Kind.ATTENDANCE:
        return len(attendees)
    if ask.has_files:
        return sum(name == ask.name for name, _file in files)
    return answers.get(ask.name)


def lack(ask: Ask, shown: Any) -> str:
    """What is wrong with what was shown for `ask`, in a sentence; "" when all is well."""
    if ask.kind == Kind.TEXT:
        return _("“%(name)s” is missing.") % {"name": ask.name} if ask.required and not shown else ""
    if ask.kind == Kind.NUMBER:
        return _lack_of_number(ask, shown)
    return _lack_of_count(ask, shown)


def _lack_of_number(ask: Ask, shown: Any) -> str:
    if shown is None or shown == "":
        return _("“%(name)s” is missing.") % {"name": ask.name} if ask.required else ""
    low = ask.least is not None and shown < ask.least
    high = ask.most is not None and shown > ask.most
    if not low and not high:
        return ""
    return _("“%(name)s” has to be %(bounds)s.") % {"name": ask.name, "bounds": ask.bounds}


def _lack_of_count(ask: Ask, count: int) -> str:
    if not count and not ask.required:
        return ""
    least, most = int(ask.least or 1), ask.most
    if count < least:
        sentence = ngettext(
            "“%(name)s” needs at least %(count)d.", "“%(name)s” needs at least %(count)d.", least
        )
        return sentence % {"name": ask.name, "count": least}
    if most is not None and count > most:
        return _("“%(name)s” takes at most %(number)s.") % {"name": ask.name, "number": plain(most)}
    return ""


def plain(number: float) -> str:
    """A number without a needless ".0"."""
    return f"{number:g}" if abs(number) < 1e6 else f"{number:f}".rstrip("0").rstrip(".")
