"""What must hold at any moment: whether it does, what breaks it now, and when it was broken before."""

from typing import Any, NamedTuple

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pages import clock, times
from pages.answers import answer
from pages.exports import Column
from pages.lists import List

from ..invariants import CHECKED_WITHIN, check, declared
from ..models import Invariant, Timer

MOST_BREACHES = 50
may_view = permission_required("sla.view_invariant", raise_exception=True)
may_check = permission_required("sla.change_invariant", raise_exception=True)


class State(NamedTuple):
    """How an invariant stands, for the sign beside it and in words."""

    sign: str
    words: str

    def __str__(self) -> str:
        return self.words


def invariant_for(key: str) -> Invariant:
    """The invariant of a standard that can be looked at; 404 for any other."""
    found = Invariant.objects.filter(standard=key).first()
    if found is None or key not in {standard.key for standard in declared()}:
        raise Http404
    return found


def state_of(invariant: Invariant) -> State:
    """Holds or broken, and since when; or that nobody could check it lately."""
    at, checked_at = clock.now(), invariant.checked_at
    if checked_at is None:
        return State("unknown", _("could not be checked yet"))
    if at - checked_at > CHECKED_WITHIN:
        return State(
            "unknown", _("could not be checked since %(when)s") % {"when": times.when(checked_at, at)}
        )
    when = {"when": times.when(invariant.since, at)}
    if invariant.is_broken:
        return State("broken", _("broken since %(when)s") % when)
    return State("holds", _("holds since %(when)s") % when)


@require_safe
@login_required
@may_view
def invariants(request: HttpRequest) -> HttpResponseBase:
    """GET /invariants/: the broken ones first."""
    base = Invariant.objects.filter(standard__in=[standard.key for standard in declared()])
    listing = List(
        request,
        base,
        COLUMNS,
        name=_("What must always hold"),
        search=lambda text: base.filter(standard__in=_named(text)),
        filters=InvariantFilter,
        sort="-count",
    )
    return listing.answer("sla/invariant_list.html")


@require_safe
@login_required
@may_view
def invariant(request: HttpRequest, key: str) -> HttpResponse:
    """GET /invariants/<key>/."""
    return render(request, "sla/invariant_detail.html", _context(request, invariant_for(key)))


@require_POST
@login_required
@may_check
def invariant_check(request: HttpRequest, key: str) -> HttpResponse:
    """POST /invariants/<key>/check/: look now, not only at the next half minute."""
    shown = invariant_for(key)
    if not check(shown, clock.now()):
        shown.refresh_from_db()
        message = _("It could not be checked: the check itself failed. The server's log says why.")
        context = {**_context(request, shown), "failure": message}
        return answer(request, _template(request), context, message=message, status=422)
    message = _("Checked: %(state)s.") % {"state": state_of(shown)}
    return answer(request, _template(request), _context(request, shown), to=shown, message=message)


def _template(request: HttpRequest) -> str:
    return "sla/_invariant.html" if request.htmx else "sla/invariant_detail.html"


def _context(request: HttpRequest, shown: Invariant) -> dict[str, Any]:
    breaches = Timer.objects.visible_to(request.user).about(shown).select_related("acknowledged_by")
    return {
        "invariant": shown,
        "state": state_of(shown),
        "breaches": breaches.order_by("-started_at", "-pk")[:MOST_BREACHES],
    }


def _named(text: str) -> list[str]:
    """The keys of the invariants whose title, wording or clause holds the text, in the reader's language."""
    return [
        one.key for one in declared() if text.lower() in f"{one.clause} {one.title} {one.wording}".lower()
    ]


class InvariantFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="by_state",
        choices=[("broken", gettext_lazy("broken")), ("holds", gettext_lazy("holds"))],
        empty_label=gettext_lazy("All"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = Invariant
        fields: list[str] = []

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(broken_since__isnull=value != "broken")


COLUMNS = [
    Column(
        "standard", gettext_lazy("What must hold"), "declared.title", template="sla/_invariant_title.html"
    ),
    Column("state", gettext_lazy("State"), state_of, template="sla/_invariant_state.html"),
    Column("count", gettext_lazy("Offenders"), sort=True),
    Column("checked_at", gettext_lazy("Last checked"), sort=True),
]
