"""How the board says its numbers: shares that never flatter, days as people write them."""

import datetime as dt
import math

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..figures import Figure
from ..standards import Shape

NOTHING = "–"


def percentage(share: float | None) -> float | None:
    """The share in percent with one decimal, rounded down: 9,999 of 10,000 is not yet everything."""
    if share is None:
        return None
    return math.floor(round(share * 1000, 6)) / 10


def percent(share: float | None) -> str:
    """ "98.5%", "100%", "–"."""
    shown = percentage(share)
    return NOTHING if shown is None else f"{shown:.1f}".removesuffix(".0") + "%"


class Shares:
    """Whatever has a `figure`, with its shares in words."""

    figure: Figure

    @property
    def raw(self) -> str:
        return percent(self.figure.share)

    @property
    def adjusted(self) -> str:
        """Without the misses that were excused."""
        return percent(self.figure.adjusted)

    @property
    def excused(self) -> int:
        return self.figure.excused


def counts(figure: Figure, shape: Shape) -> str:
    """How much was kept of how much: "118 of 120"; hours of an invariant, points of a sample."""
    kept, counted = figure.kept, figure.counted
    if shape == Shape.STATE:
        kept, counted = _hours(kept), _hours(counted)
    else:
        kept, counted = formats.number_format(kept, use_l10n=True), formats.number_format(counted)
    return _("%(kept)s of %(counted)s") % {"kept": kept, "counted": counted}


def adjusted_word() -> str:
    return pgettext("figure", "Adjusted")


def counted_word(shape: Shape) -> str:
    """What is counted, on the axis of the chart."""
    words = {
        Shape.TIMER: _("Number counted"),
        Shape.DUTY: _("Number counted"),
        Shape.RATE: _("Number counted"),
        Shape.SAMPLE: _("Points possible"),
        Shape.STATE: _("Minutes observed"),
    }
    return words[shape]


def unit_word(shape: Shape) -> str:
    """In what the numbers of a spreadsheet are counted."""
    units = {Shape.SAMPLE: pgettext("unit", "points"), Shape.STATE: pgettext("unit", "minutes")}
    return units.get(shape, pgettext("unit", "times"))


def days_words(first: dt.date, last: dt.date) -> str:
    """ "1 Nov 2026 – 27 Nov 2026", "27 Nov 2026"."""
    form = pgettext("date format", "j M Y")
    if first == last:
        return formats.date_format(first, form)
    return f"{formats.date_format(first, form)} – {formats.date_format(last, form)}"


def part_words(unit: str) -> str:
    """What one line of the table stands for."""
    return {"day": _("Day"), "week": _("Week from"), "month": _("Month")}[unit]


def course_words(unit: str) -> str:
    """What the chart shows."""
    return {"day": _("Day by day"), "week": _("Week by week"), "month": _("Month by month")}[unit]


def _hours(minutes: int) -> str:
    return _("%(hours)s h") % {"hours": formats.number_format(math.floor(minutes / 6) / 10)}
