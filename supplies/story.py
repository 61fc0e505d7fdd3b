"""What happened to a requisition, step by step, as its page tells it."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organization.models import User

from .models import Movement, Posting, Requisition

Status = Requisition.Status


class Step(NamedTuple):
    """One step: what, when, by whom, with what words; `tone` is "", "good" or "bad"."""

    at: datetime
    by: User | None
    what: str
    words: str = ""
    tone: str = ""
    posting: Posting | None = None


def story(requisition: Requisition) -> list[Step]:
    """From asking to the end, in the order in which it happened."""
    steps = [Step(requisition.requested_at, requisition.requester, _("Asked for"), requisition.purpose)]
    steps += [*_decision(requisition), *_postings(requisition), *_end(requisition)]
    return sorted(steps, key=lambda step: step.at)


def _decision(requisition: Requisition) -> list[Step]:
    if requisition.decided_at is None:
        return []
    refused = requisition.status == Status.REFUSED
    lowered = any(line.was_lowered for line in requisition.rows) and not refused
    what = pgettext("requisition", "Refused") if refused else pgettext("requisition", "Approved")
    if lowered:
        what = _("Approved, but less")
    tone = "bad" if refused else "good"
    return [Step(requisition.decided_at, requisition.decided_by, what, requisition.decision_reason, tone)]


def _postings(requisition: Requisition) -> list[Step]:
    """Each stock document written for it, with what it moved."""
    kind = ContentType.objects.get_for_model(Requisition)
    written = Posting.objects.filter(source_type=kind, source_id=requisition.pk).select_related("posted_by")
    moved: dict[int, list[str]] = {}
    for one in Movement.objects.filter(posting__in=written).select_related("item").order_by("pk"):
        words = f"{one.item} {abs(one.quantity)} {one.item.unit}"
        moved.setdefault(one.posting_id, []).append(words)
    return [_posted(posting, _(", ").join(moved.get(posting.pk, []))) for posting in written.order_by("pk")]


def _posted(posting: Posting, words: str) -> Step:
    what = {
        Posting.Kind.ISSUE: pgettext("requisition", "Handed out"),
        Posting.Kind.RETURN: _("Brought back"),
    }.get(posting.kind, _("Document reversed"))
    tone = "good" if posting.kind == Posting.Kind.ISSUE else ""
    return Step(posting.posted_at, posting.posted_by, what, words, tone, posting)


def _end(requisition: Requisition) -> list[Step]:
    if requisition.status == Status.WITHDRAWN:
        what = pgettext("requisition", "Withdrawn")
        return [Step(requisition.closed_at, requisition.closed_by, what)]
    if requisition.status == Status.CALLED_OFF:
        what = pgettext("requisition", "Rest called off")
        return [Step(requisition.closed_at, requisition.closed_by, what, requisition.closing_reason, "bad")]
    return []
