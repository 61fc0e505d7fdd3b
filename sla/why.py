"""Why a timer is due when it is, in the reader's own language: the rule, what was counted, and the pauses."""

from django.utils.translation import gettext as _

from .explanations import Explanation, moment_text, sentences
from .models import PolicyVersion, Timer


def why_due(timer: Timer) -> list[str]:
    """Sentences in order; the last one gives the deadline."""
    hours = timer.version.calendar.hours()
    *reasons, due = timer.version.limit.explain(timer.started_at, hours, timer.given_at)
    return [
        _rule(timer.version),
        *sentences(reasons),
        *_pauses(timer, hours.tz),
        *_due(timer, due, hours.tz),
    ]


def _due(timer: Timer, due: Explanation, tz) -> list[str]:
    """The deadline; while the clock stands still it is not the last word."""
    if timer.paused_at:
        at = moment_text(timer.due_at.astimezone(tz))
        return [_("Due at %(at)s, and later by as long as the clock stands still.") % {"at": at}]
    return sentences([Explanation(due.kind, {"at": timer.due_at.astimezone(tz)})])


def _rule(version: PolicyVersion) -> str:
    parts = {
        "promise": str(version.policy),
        "number": version.number,
        "calendar": str(version.calendar),
        "person": str(version.created_by or ""),
    }
    if version.created_by:
        return _("“%(promise)s”, version %(number)d by %(person)s, on the calendar “%(calendar)s”.") % parts
    return _("“%(promise)s”, version %(number)d as delivered, on the calendar “%(calendar)s”.") % parts


def _pauses(timer: Timer, tz) -> list[str]:
    return [_pause(pause, tz) for pause in timer.pauses.select_related("paused_by").order_by("started_at")]


def _pause(pause, tz) -> str:
    parts = {
        "start": moment_text(pause.started_at.astimezone(tz)),
        "person": str(pause.paused_by),
        "reason": pause.reason,
    }
    if pause.ended_at is None:
        return _("Paused since %(start)s by %(person)s: %(reason)s.") % parts
    parts["end"] = moment_text(pause.ended_at.astimezone(tz))
    return _("Paused by %(person)s from %(start)s to %(end)s, and moved by as much: %(reason)s.") % parts
