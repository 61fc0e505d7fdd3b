"""A promise in words: when a step comes, whom it tells and how, and what one version changed of another."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notices.models import Channel
from organization import roles

from .explanations import spoken
from .models import PolicyVersion, Step, StepDraft
from .standards import EMAIL, INBOX, Audience


class StepWords(NamedTuple):
    """One step as people read it."""

    when: str
    to: str
    by: str

    def __str__(self) -> str:
        return _("%(when)s: %(to)s, %(by)s") % self._asdict()


class Difference(NamedTuple):
    """What one version says otherwise than the one before."""

    label: str
    before: str
    after: str


def step_words(step: Step | StepDraft) -> StepWords:
    return StepWords(when_words(step), to_words(step.to), channel_words(step.channels))


def when_words(step: Step | StepDraft) -> str:
    """“at half the time”, “5 minutes before the deadline”, “at the deadline”."""
    if step.percent is not None:
        return _("after %(percent)d %% of the time") % {"percent": step.percent}
    if not step.offset:
        return _("at the deadline")
    words = {"duration": spoken(abs(step.offset))}
    if step.offset < dt.timedelta(0):
        return _("%(duration)s before the deadline") % words
    return _("%(duration)s after the deadline") % words


def to_words(to: Iterable[str]) -> str:
    return _(", ").join(one_words(one) for one in to)


def one_words(one: str) -> str:
    """Whom “owner” or “role:buyer” stands for."""
    kind, _colon, role = one.partition(":")
    if kind == "role":
        return _("everybody: %(role)s") % {"role": roles.label(role)}
    return str(Audience(one).label)


def channel_words(channels: Sequence[str]) -> str:
    if not channels:
        return _("on screen only")
    return _(", ").join(way_words(one) for one in channels)


def way_words(channel: str) -> str:
    """One way of telling people."""
    if channel == INBOX:
        return _("inbox")
    return pgettext("way to tell", "e-mail") if channel == EMAIL else str(Channel.Kind(channel).label)


def limit_words(version: PolicyVersion) -> str:
    return str(version.limit) if version.limit else ""


def differences(old: PolicyVersion, new: PolicyVersion) -> list[Difference]:
    """What `new` changed of `old`, in the order in which the page shows it; the same is left out."""
    pairs = [
        (_("In force"), _yes(old.enabled), _yes(new.enabled)),
        (_("Limit"), limit_words(old), limit_words(new)),
        (_("Calendar"), str(old.calendar or ""), str(new.calendar or "")),
        (_("Target"), f"{old.target} %", f"{new.target} %"),
        (_("May be paused"), _yes(old.may_pause), _yes(new.may_pause)),
    ]
    found = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    return found + _step_differences(_all_words(old), _all_words(new))


def _step_differences(old: list[str], new: list[str]) -> list[Difference]:
    gone = [Difference(_("Step"), words, "") for words in old if words not in new]
    added = [Difference(_("Step"), "", words) for words in new if words not in old]
    return gone + added


def _all_words(version: PolicyVersion) -> list[str]:
    return [str(step_words(step)) for step in version.steps.all()]


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
