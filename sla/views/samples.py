"""Random samples: drawn once and for all, open to anybody's recount, and what was found."""

from typing import Any, NamedTuple

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages import clock
from pages.answers import answer
from pages.exports import Column
from pages.lists import List
from pages.refusals import Refused

from .. import sampling
from ..forms.sample import DrawForm, DrawnForm
from ..models import Draw, Drawn

may_view = permission_required("sla.view_draw", raise_exception=True)
may_draw = permission_required("sla.draw_sample", raise_exception=True)


class Line(NamedTuple):
    """One that was drawn, and the form in which the reader writes down what was found, if allowed to."""

    drawn: Drawn
    form: DrawnForm | None


class Counts(NamedTuple):
    """What was found so far."""

    good: int
    bad: int
    gone: int
    open: int

    @property
    def share(self) -> float | None:
        """The percentage as it should be, of those that could be looked at."""
        seen = self.good + self.bad
        return 100 * self.good / seen if seen else None


def draw_for(user, pk: int) -> Draw:
    """The sample, if it is from a group that `user` may see."""
    return get_object_or_404(Draw.objects.visible_to(user).select_related("drawn_by"), pk=pk)


def drawn_for(user, pk: int) -> Drawn:
    """One that was drawn, under the same condition."""
    known = Drawn.objects.filter(draw__in=Draw.objects.visible_to(user))
    return get_object_or_404(known.select_related("draw", "looked_by"), pk=pk)


@require_safe
@login_required
@may_view
def draws(request: HttpRequest) -> HttpResponseBase:
    """GET /samples/: all that was ever drawn."""
    base = Draw.objects.visible_to(request.user).with_counts().defer("population").select_related("drawn_by")
    listing = List(
        request,
        base,
        COLUMNS,
        name=_("Random samples"),
        search=_searched,
        filters=DrawFilter,
        sort="-drawn_at",
    )
    return listing.answer("sla/draw_list.html")


@require_http_methods(["GET", "POST"])
@login_required
@may_draw
def draw_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /samples/new/ (kind, wanted, reason)."""
    form = DrawForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            return redirect(form.draw(by=request.user, at=clock.now()))
        except Refused as refusal:
            form.add_error("wanted", str(refusal))
    return render(request, "sla/draw_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@login_required
@may_view
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /samples/<pk>/ (verify: recount it)."""
    shown = draw_for(request.user, pk)
    may_record = request.user.has_perm("sla.draw_sample")
    context = {
        "draw": shown,
        "size": len(shown.population),
        "lines": [_line(one, may_record) for one in shown.drawn.select_related("looked_by")],
        "counts": _counts(shown),
        "others": shown.others_of_the_day(),
        "agrees": shown.agrees() if "verify" in request.GET else None,
    }
    return render(request, "sla/draw_detail.html", context)


@require_safe
@login_required
@may_view
def draw_population(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /samples/<pk>/population/: one key a line, as the recipe takes it."""
    shown = draw_for(request.user, pk)
    body = "".join(f"{key}\n" for key in shown.population)
    headers = {"Content-Disposition": 'attachment; filename="population.txt"'}
    return HttpResponse(body, content_type="text/plain; charset=utf-8", headers=headers)


@require_safe
@login_required
@may_view
def drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /samples/drawn/<pk>/: one that was drawn, with its history, and where it is corrected."""
    shown = drawn_for(request.user, pk)
    form = DrawnForm(drawn=shown) if request.user.has_perm("sla.draw_sample") else None
    return render(request, "sla/drawn_detail.html", {"line": Line(shown, form), "draw": shown.draw})


@require_POST
@login_required
@may_draw
def drawn_record(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /samples/drawn/<pk>/record/ (result, remark, reason) → the line, or back to the sample."""
    shown = drawn_for(request.user, pk)
    form = DrawnForm(request.POST, drawn=shown)
    if not form.is_valid():
        context = {"line": Line(shown, form), "draw": shown.draw}
        return answer(request, _line_template(request), context, status=422)
    form.record(by=request.user, at=clock.now())
    context = {"line": Line(shown, None), "draw": shown.draw, "counts": _counts(shown.draw)}
    return answer(request, "sla/_drawn_recorded.html", context, to=shown.draw, message=_("Noted."))


def _line_template(request: HttpRequest) -> str:
    return "sla/_drawn.html" if request.htmx else "sla/drawn_detail.html"


def _searched(text: str) -> QuerySet:
    holding = Drawn.objects.filter(label__icontains=text).values("draw")
    found = Q(reason__icontains=text) | Q(drawn_by__name__icontains=text) | Q(pk__in=holding)
    return Draw.objects.filter(found)


def _line(drawn: Drawn, may_record: bool) -> Line:
    """What is looked at already is corrected on its own page, where its history stands."""
    return Line(drawn, DrawnForm(drawn=drawn) if may_record and drawn.is_open else None)


def _counts(shown: Draw) -> Counts:
    results = list(shown.drawn.values_list("result", flat=True))
    return Counts(*(results.count(result) for result in ("good", "bad", "gone", "")))


def _kinds_for(request: HttpRequest | None = None) -> list[tuple[str, Any]]:
    return [(kind.key, kind.label) for kind in sampling.kinds_for(request.user)] if request else []


class DrawFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Drawn from"),
        empty_label=gettext_lazy("All"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="by_state",
        choices=[("open", gettext_lazy("still to look at")), ("whole", gettext_lazy("all looked at"))],
        empty_label=gettext_lazy("All"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = Draw
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = _kinds_for(self.request)

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(looked__lt=F("wanted")) if value == "open" else rows.filter(looked=F("wanted"))


COLUMNS = [
    Column("drawn_at", gettext_lazy("Drawn"), sort=True),
    Column("kind", gettext_lazy("Drawn from"), "kind_label"),
    Column("reason", gettext_lazy("What for")),
    Column("drawn_by", gettext_lazy("Drawn by")),
    Column("wanted", gettext_lazy("Number")),
    Column("looked", gettext_lazy("Looked at")),
    Column("bad", gettext_lazy("Not as it should be")),
]
