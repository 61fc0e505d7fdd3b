"""Numbers and moments of the scorecard in words, in the language now active."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..board import State
from ..board.words import days_words
from .contents import Contents


def month(first: dt.date) -> str:
    return formats.date_format(first, "YEAR_MONTH_FORMAT")


def day(instant: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(instant), "DATE_FORMAT")


def moment(instant: dt.datetime) -> str:
    local = timezone.localtime(instant)
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"


def stretch(contents: Contents) -> str:
    """The days the scorecard is about; a month that is not over shows itself so far."""
    if contents.is_whole:
        return days_words(contents.month, contents.last_day)
    return _("So far, until %(moment)s") % {"moment": moment(contents.as_of)}


def data_state(contents: Contents) -> str:
    """When the figures were taken, and the mark by which the same figures are known again."""
    local = timezone.localtime(contents.as_of)
    values = {"at": f"{day(local)} {local:%H:%M:%S}", "mark": contents.mark}
    state = _("Figures of %(at)s, data state %(mark)s") % values
    if not contents.outdated:
        return state
    late = ngettext(
        "%(count)d day was still being counted", "%(count)d days were still being counted", contents.outdated
    )
    return f"{state} · {late % {'count': contents.outdated}}"


def summary(contents: Contents) -> str:
    """What the month was like, in one or two sentences."""
    counts = contents.board.counts
    everything = sum(counts.values())
    values = {
        "all": everything,
        "measured": everything - counts[State.UNMEASURED],
        "misses": contents.count_of_misses,
    }
    if not values["measured"]:
        return _("Nothing was counted in this month.")
    return (
        ngettext(
            "%(measured)d of %(all)d clauses have a figure; %(misses)d promise was missed.",
            "%(measured)d of %(all)d clauses have a figure; %(misses)d promises were missed.",
            values["misses"],
        )
        % values
    )


def excused(count: int) -> str:
    return ngettext("%(count)d excused", "%(count)d excused", count) % {"count": count}


def reading() -> list[str]:
    return [
        _("Raw: kept of all that was counted. Adjusted: the same without the misses that were excused."),
        _("Change: the raw figure against the month before, in points of percent."),
        _("A promise counts on the day on which it was kept or broken."),
        _("A clause without a figure was not measured, or had nothing to count in this month."),
        _("Titles and figures lead to the records on the board: click them."),
    ]


def more_misses(count: int) -> str:
    return ngettext(
        "%(count)d more miss stands on the board.", "%(count)d more misses stand on the board.", count
    ) % {"count": count}
