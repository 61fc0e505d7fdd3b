"""One standard of the board: its figure day by day as chart and as table, by person, and what was excused."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from organization.models import User

from .. import figures
from ..figures import Figure
from ..forms.board import BoardFilter
from ..models import DailyFigure, Excuse, Policy
from ..standards import Shape, Standard
from ..wording import limit_words
from . import Board, words
from .page import Row
from .query import Asked

DAY = dt.timedelta(days=1)
MOST_EXCUSES = 50


@dataclass(frozen=True)
class Part(words.Shares):
    """A part of the figure: some days, or one person, with the address of the records behind it."""

    name: str
    figure: Figure
    shape: Shape
    records: str
    first: dt.date | None = None

    @property
    def counts(self) -> str:
        return words.counts(self.figure, self.shape)


class StandardPage:
    """Everything the template says of one standard."""

    def __init__(self, standard: Standard, form: BoardFilter, *, user, at: dt.datetime, to: str):
        self.standard, self.asked, self.user, self.at, self.to = standard, Asked(form, at), user, at, to
        self.people_counted = form.people

    @cached_property
    def row(self) -> Row:
        """The line of the board, whatever area is asked for."""
        board = Board(self.asked.form.asked_period, people=self.people_counted, at=self.at)
        area, item, line = next(place for place in board.places if place[2].key == self.standard.key)
        return Row(line, item, area, self.asked)

    # -- day by day, or by week or month where that would be too many ----------------------------------
    @property
    def unit(self) -> str:
        return self.asked.form.asked_period.unit

    @property
    def part_words(self) -> str:
        return words.part_words(self.unit)

    @property
    def course_words(self) -> str:
        return words.course_words(self.unit)

    @cached_property
    def _all_parts(self) -> list[Part]:
        """Each part of the period up to today, also those in which nothing was counted."""
        beginnings = self.asked.form.asked_period.parts(until=self.asked.last)
        ends = [day - DAY for day, _name in beginnings[1:]] + [self.asked.last]
        return [self._part(day, end, name) for (day, name), end in zip(beginnings, ends, strict=True)]

    def _part(self, day: dt.date, end: dt.date, name: str) -> Part:
        figure = self.row.line.parts.get(day, Figure())
        first = max(day, self.asked.first)
        return Part(name, figure, self.standard.shape, self.asked.records(self.standard, first, end), first)

    @cached_property
    def parts(self) -> list[Part]:
        """Those in which something was counted, newest first."""
        return [part for part in reversed(self._all_parts) if part.figure.counted]

    @property
    def chart(self) -> dict[str, Any]:
        """The same numbers for the chart; None where nothing was counted."""
        parts = self._all_parts
        return {
            "labels": [part.name for part in parts],
            "figure": [words.percentage(part.figure.share) for part in parts],
            "adjusted": [words.percentage(part.figure.adjusted) for part in parts],
            "counted": [part.figure.counted or None for part in parts],
            "target": self.row.line.target,
            "excused": self.row.excused > 0,
            "words": self._chart_words,
        }

    @property
    def _chart_words(self) -> dict[str, str]:
        return {
            "figure": _("Figure"),
            "adjusted": words.adjusted_word(),
            "target": _("Target"),
            "counted": self.counted_word,
        }

    @property
    def counted_word(self) -> str:
        return words.counted_word(self.standard.shape)

    # -- by person ---------------------------------------------------------------------------------
    @cached_property
    def people(self) -> list[Part]:
        """The figure of each person, the lowest first; none where figures belong to nobody."""
        found = self._by_person()
        names = dict(User.objects.filter(pk__in=[pk for pk in found if pk]).values_list("pk", "name"))
        if not names:
            return []
        parts = [
            Part(names.get(pk, _("Nobody in particular")), figure, self.standard.shape, self._of_person(pk))
            for pk, figure in found.items()
        ]
        return sorted(parts, key=lambda part: (part.figure.adjusted is None, part.figure.adjusted, part.name))

    def _of_person(self, pk: int | None) -> str:
        return self.asked.records(self.standard, person=pk) if pk else ""

    def _by_person(self) -> dict[int | None, Figure]:
        found = {pk: Figure(*numbers) for pk, *numbers in self._stored_by_person()}
        for pk, counted, excused in self._overdue_by_person():
            found[pk] = found.get(pk, Figure()) + Figure(counted, 0, excused)
        return found

    def _stored_by_person(self):
        days = self.asked.first, self.asked.last
        stored = DailyFigure.objects.filter(standard=self.standard.key, day__range=days)
        if self.people_counted is not None:
            stored = stored.filter(person__in=self.people_counted)
        return stored.order_by().values_list("person").annotate(*[Sum(name) for name in Figure._fields])

    def _overdue_by_person(self):
        """Running past their time: not stored yet, and counted as missed."""
        if self.standard.shape not in figures.PROMISED:
            return []
        overdue = self._timers().filter(stopped_at=None).order_by().values_list("owner")
        return overdue.annotate(Count("pk"), excused_count=Count("pk", filter=Q(excused=True)))

    def _timers(self):
        days = self.asked.first, self.asked.last
        return figures.counted_timers(self.standard.key, *days, people=self.people_counted, at=self.at)

    # -- beside it ---------------------------------------------------------------------------------
    @cached_property
    def excuses(self) -> list[Excuse]:
        """What was asked not to be counted, for those who may read it."""
        if self.standard.shape not in figures.PROMISED or not self.user.has_perm("sla.view_excuse"):
            return []
        asked = Excuse.objects.filter(timer__in=self._timers()).select_related("timer", "asked_by")
        return list(asked.order_by("-asked_at")[:MOST_EXCUSES])

    @cached_property
    def limit(self) -> str:
        """How long the promise in force allows, in words."""
        policy = Policy.objects.filter(standard=self.standard.key, current__isnull=False)
        policy = policy.select_related("current__calendar").first()
        return limit_words(policy.current) if policy and policy.current.deadline else ""

    @property
    def records(self) -> str:
        return self.asked.records(self.standard)

    @property
    def board_link(self) -> str:
        return self.asked.link(reverse("board")) + f"#clause-{self.standard.key}"

    @property
    def export_link(self) -> str:
        return self.asked.link(self.to, export="xlsx")
