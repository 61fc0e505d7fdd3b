"""Reading the cells of a list of money: headers in the words offices use, days, amounts and names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organization.sheets import Line
from pages.cleaning import no_control_characters, tidy
from pages.money import MOST

DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-", ",，¥￥ 元")


class Mistake(NamedTuple):
    """What is wrong with a row: its number in the sheet, what it holds, and one sentence."""

    number: int
    text: str
    sentence: str


class Cells:
    """One row by the names of its columns."""

    def __init__(self, line: Line, places: Mapping[str, int]):
        self.number, self._line, self._places = line.number, line, places

    def text(self, name: str, most: int = 200) -> str:
        place = self._places.get(name)
        found = self._line.cells[place] if place is not None and place < len(self._line.cells) else ""
        if found.startswith(("=", "＝")):
            raise ValidationError(_("“%(text)s” is a formula; paste its value.") % {"text": found[:40]})
        found = tidy(found)
        no_control_characters(found)
        if len(found) > most:
            raise ValidationError(
                _("“%(text)s …” is longer than %(most)d.") % {"text": found[:20], "most": most}
            )
        return found

    def needed(self, name: str, label: str) -> str:
        """Raises ValidationError where the cell is empty: so are all but the first of merged cells."""
        if not (found := self.text(name)):
            raise ValidationError(
                _("%(column)s is missing; of merged cells only the first holds anything.") % {"column": label}
            )
        return found

    @property
    def shown(self) -> str:
        return " · ".join(cell for cell in self._line.cells if cell)[:120]


def columns(
    lines: Sequence[Line], headers: Mapping[str, Iterable[str]], needed: Iterable[str]
) -> dict[str, int]:
    """Where each column stands in the first line. Raises ValidationError where a needed one is not there."""
    words = {_plain(word): name for name, known in headers.items() for word in known}
    found: dict[str, int] = {}
    for place, cell in enumerate(lines[0].cells):
        if (name := words.get(_plain(cell))) and name not in found:
            found[name] = place
    for name in needed:
        if name not in found:
            raise ValidationError(_("There is no column “%(name)s”.") % {"name": next(iter(headers[name]))})
    return found


def day_of(text: str) -> date:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text.split(" ")[0], form).date()
        except ValueError:
            continue
    raise ValidationError(_("“%(text)s” is no day such as 2026-11-23.") % {"text": text[:40]})


def amount_of(text: str, *, least: Decimal) -> Decimal:
    """To the cent. Raises ValidationError."""
    try:
        amount = Decimal(text.translate(FULL_WIDTH))
    except InvalidOperation as error:
        raise ValidationError(_("“%(text)s” is no amount such as 1234.50.") % {"text": text[:40]}) from error
    if not amount.is_finite() or not least <= amount <= MOST:
        raise ValidationError(
            _("The amount %(text)s is out of range; it has to be at least %(least)s.")
            % {"text": text[:40], "least": least}
        )
    if amount != amount.quantize(Decimal("0.01")):
        raise ValidationError(_("“%(text)s” has more than two places.") % {"text": text[:40]})
    return amount.quantize(Decimal("0.01"))


def named(text: str, known: Mapping[str, Any], label: str) -> Any:
    """The record of that name. Raises ValidationError."""
    if text not in known:
        raise ValidationError(_("%(kind)s “%(name)s” is not known.") % {"kind": label, "name": text[:40]})
    return known[text]


def sentence(error: ValidationError) -> str:
    return " ".join(str(message) for message in error.messages)


def _plain(header: str) -> str:
    return "".join(header.lower().split()).strip("*：:()（）元")
