"""What is asked of the board, in words, and the addresses of the same question put elsewhere."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from ..figures import PROMISED
from ..forms.board import BoardFilter
from ..models.figure import local_day
from ..periods import PeriodName
from ..standards import Shape, Standard
from . import words


@dataclass(frozen=True)
class Asked:
    """The filters of one page, as of one moment."""

    form: BoardFilter
    at: dt.datetime

    @property
    def period_name(self) -> str:
        name = self.form.asked_period.name
        return _("Days chosen") if name == PeriodName.RANGE else str(PeriodName(name).label)

    @property
    def first(self) -> dt.date:
        return self.form.asked_period.first

    @property
    def last(self) -> dt.date:
        """The last day that can hold anything: of a period still going on, today."""
        return max(self.first, min(self.form.asked_period.last, local_day(self.at)))

    @property
    def days(self) -> str:
        return words.days_words(self.first, self.last)

    @cached_property
    def query(self) -> dict[str, Any]:
        """The filters in force, as an address carries them."""
        chosen = {name: getattr(value, "pk", value) for name, value in self.form.cleaned_data.items()}
        days = {"first": self.form.asked_period.first, "last": self.form.asked_period.last}
        asked = chosen | {"period": self.form.asked_period.name}
        asked |= days if self.form.asked_period.name == PeriodName.RANGE else {"first": "", "last": ""}
        return {name: str(value) for name, value in asked.items() if value and value != PeriodName.MONTH}

    def link(self, to: str, **changes: Any) -> str:
        """The address `to` with the filters in force; a change to "" takes one away."""
        return _address(to, self.query | changes)

    def records(
        self,
        standard: Standard | None,
        first: dt.date | None = None,
        last: dt.date | None = None,
        *,
        person: int | None = None,
    ) -> str:
        """Where the records behind a figure are looked at: of some days, of one person, or of all."""
        if standard is None:
            return ""
        first, last = first or self.first, last or self.last
        chosen = self.form.cleaned_data.get("person")
        person = person or (chosen.pk if chosen else None)
        if standard.records:
            return standard.records(first, last, person)
        if standard.shape in PROMISED:
            department = self.query.get("department")
            asked = {"first": first, "last": last, "owner": person, "department": department}
            return _address(reverse("board-records", args=[standard.key]), asked)
        return self._invariant(standard)

    def _invariant(self, standard: Standard) -> str:
        shown = standard.shape == Shape.STATE and self.form.user.has_perm("sla.view_invariant")
        return reverse("invariant", args=[standard.key]) if shown else ""


def _address(to: str, query: dict[str, Any]) -> str:
    kept = {name: str(value) for name, value in query.items() if value not in ("", None)}
    return f"{to}?{urlencode(kept)}" if kept else to
