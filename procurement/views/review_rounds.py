"""The rounds of supplier reviews in the browser: opened, ranked, taken along, printed; the criteria."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Avg, Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import settled
from pages.clock import now
from pages.exports import FORMATS, export

from .. import review_page, reviewing
from ..forms.reviews import CriterionForm, OpenForm
from ..models import Criterion, Review, ReviewRound

may_view = permission_required("procurement.view_review", raise_exception=True)
may_arrange = permission_required("procurement.arrange_reviews", raise_exception=True)
SHOWN = {
    "open": lambda place: place.review.status == Review.Status.OPEN,
    "scored": lambda place: place.review.status == Review.Status.SCORED,
    "follow-up": lambda place: place.review.is_to_follow_up,
}


def get_round(pk: int) -> ReviewRound:
    return get_object_or_404(ReviewRound, pk=pk)


@require_safe
@login_required
@may_view
def review_rounds(request: HttpRequest) -> HttpResponse:
    scored = Count("reviews", filter=Q(reviews__total__isnull=False))
    decided = Count("reviews", filter=Q(reviews__status=Review.Status.DECIDED))
    rounds = ReviewRound.objects.annotate(
        suppliers=Count("reviews"), scored=scored, decided=decided, mean=Avg("reviews__total")
    )
    found = list(rounds.order_by("-year", "-quarter")[:40])
    lately = found[: review_page.ROUNDS][::-1]
    context = {"rounds": found, "lately": lately, "standings": review_page.over_rounds(lately)}
    return render(request, "procurement/review_rounds.html", {**context, "form": OpenForm()})


@require_POST
@login_required
@permission_required("procurement.change_review", raise_exception=True)
def review_round_open(request: HttpRequest) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        return settled(request, to="review-rounds", message=_("This round is open already."))
    span = form.span
    opened = reviewing.open_round(span.year, span.number, by=request.user, at=now())
    return settled(request, to=opened, message=_("The round of %(quarter)s is open.") % {"quarter": opened})


@require_safe
@login_required
@may_view
def review_round(request: HttpRequest, pk: int) -> HttpResponseBase:
    opened = get_round(pk)
    criteria = review_page.criteria_of(opened)
    places = review_page.ranking(opened, criteria)
    if (format := request.GET.get("export")) in FORMATS:
        _must_be_let_export(request)
        return export(places, review_page.columns(criteria), f"{_('supplier review')}-{opened.span}", format)
    asked = request.GET.get("show", "")
    context = {
        "round": opened,
        "criteria": criteria,
        "places": [place for place in places if SHOWN.get(asked, lambda place: True)(place)],
        "show": asked,
        "counts": {name.replace("-", "_"): sum(map(fits, places)) for name, fits in SHOWN.items()},
        "without": [place for place in places if not place.review.deliveries and SHOWN["open"](place)],
    }
    return render(request, "procurement/review_round.html", context)


@require_POST
@login_required
@permission_required("procurement.decide_review", raise_exception=True)
def review_round_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep all those of whom nothing was due, at once."""
    opened = get_round(pk)
    count = opened.keep_those_without_orders(by=request.user, at=now())
    said = ngettext("%(count)d supplier is kept.", "%(count)d suppliers are kept.", count) % {"count": count}
    return settled(request, to=opened, message=said)


@require_safe
@login_required
@may_view
def criteria(request: HttpRequest) -> HttpResponse:
    known = list(Criterion.objects.order_by("-active", "position", "pk"))
    whole = sum(one.weight for one in known if one.active)
    shares = [(one, round(100 * one.weight / whole) if one.active and whole else None) for one in known]
    return render(request, "procurement/criteria.html", {"shares": shares, "whole": whole})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_arrange
def criterion(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    known = get_object_or_404(Criterion, pk=pk) if pk else None
    form = CriterionForm(request.POST or None, instance=known)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "criterion": known}
        return render(request, "procurement/criterion.html", context, status=422 if form.errors else 200)
    fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
    Criterion.arrange(form.instance, fields=fields, by=request.user, at=now())
    return settled(request, to="review-criteria", message=_("The criterion is saved."))


def _must_be_let_export(request: HttpRequest) -> None:
    if not request.user.has_perm("procurement.export_supplier"):
        raise PermissionDenied
