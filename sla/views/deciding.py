"""Requests not to count a miss as lines on a page: who may see them, and who decides with one tap."""

from django.db.models import Q, QuerySet

from ..forms.excuse import DecisionForm
from ..models import Excuse, Timer

MOST_WAITING = 5


def visible_excuses(user) -> QuerySet:
    """All with the right to view or decide; else one's own requests, and those about timers one may see."""
    known = Excuse.objects.select_related("timer__owner__department", "asked_by", "decided_by")
    if user.has_perm("sla.view_excuse") or user.has_perm("sla.decide_excuse"):
        return known
    return known.filter(Q(asked_by=user) | Q(timer__in=Timer.objects.visible_to(user)))


def excuse_line(excuse: Excuse, user, form: DecisionForm | None = None) -> dict:
    """One request: itself, whether the reader decides it, and the form for that."""
    waiting = excuse.state == Excuse.State.ASKED
    may_decide = waiting and user.has_perm("sla.decide_excuse", excuse)
    return {"excuse": excuse, "may_decide": may_decide, "form": form or DecisionForm()}


def waiting_lines(user) -> list[dict]:
    """The requests that have waited longest, for whoever decides on excuses; nobody else is bothered."""
    if not user.has_perm("sla.decide_excuse"):
        return []
    waiting = visible_excuses(user).filter(state=Excuse.State.ASKED).order_by("asked_at", "pk")
    return [excuse_line(excuse, user) for excuse in waiting[:MOST_WAITING]]
