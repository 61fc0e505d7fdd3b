"""One supplier's review in the browser: scored, decided by somebody else, followed up."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.person_field import suggestions
from pages.answers import settled
from pages.clock import now
from sla.models.figure import local_day
from sla.timers import running

from .. import review_page, reviewing
from ..forms.reviews import DecisionForm, OutcomeForm, ScoresForm
from ..forms.suppliers import ReasonForm
from ..models import Review
from ..supplier_page import ROUNDS, trend
from .supplier_verbs import ask

may_score = permission_required("procurement.change_review", raise_exception=True)
may_decide = permission_required("procurement.decide_review", raise_exception=True)


def get_review(user, pk: int) -> Review:
    """The review, for those who see reviews, and for who is to follow it up."""
    found = get_object_or_404(Review.objects.for_rows(), pk=pk)
    if user.has_perm("procurement.view_review") or found.may_be_followed_up_by(user, now()):
        return found
    raise Http404


@require_safe
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, get_review(request.user, pk))


@require_POST
@login_required
@may_score
def review_score(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request.user, pk)
    form = ScoresForm(request.POST, found)
    if not form.is_valid():
        return _show(request, found, scores=form)
    found.score(form.given, by=request.user, at=now())
    return settled(request, to=found, message=_("%(supplier)s is scored.") % {"supplier": found.supplier})


@require_POST
@login_required
@may_score
def review_refill(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request.user, pk)
    reviewing.refill(found, by=request.user, at=now())
    return settled(request, to=found, message=_("The figures are taken anew."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_score
def review_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = get_review(request.user, pk), ReasonForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        sentence = _("The score is taken back and can be given again. What was typed stays.")
        verb = pgettext("review", "Score again")
        return ask(request, form, verb=verb, back=found, sentence=sentence, icon="arrow-back-up")
    found.reopen(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return settled(request, to=found, message=_("The review can be scored again."))


@require_POST
@login_required
@may_decide
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request.user, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, decision=form)
    found.decide(**form.cleaned_data, by=request.user, at=now())
    return settled(
        request, to=found.round, message=_("Decided on %(supplier)s.") % {"supplier": found.supplier}
    )


@require_POST
@login_required
@may_decide
def review_keep(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request.user, pk)
    found.keep_unscored(by=request.user, at=now())
    return settled(request, to=found.round, message=_("%(supplier)s is kept.") % {"supplier": found.supplier})


@require_POST
@login_required
def review_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_review(request.user, pk)
    if not found.may_be_followed_up_by(request.user, now()):
        raise PermissionDenied
    form = OutcomeForm(request.POST, review=found)
    if not form.is_valid():
        return _show(request, found, outcome=form)
    suspend = form.cleaned_data.get("suspend", False)
    found.follow_up(form.cleaned_data["outcome"], suspend=suspend, by=request.user, at=now())
    return settled(request, to=found, message=_("What came of it is noted."))


@require_safe
@login_required
def review_follow_ups(request: HttpRequest) -> HttpResponse:
    """What is still to be followed up: for those who see reviews all of it, for others their own."""
    user, waiting = request.user, Review.objects.to_follow_up()
    if not user.has_perm("procurement.view_review"):
        waiting = waiting.filter(Q(follow_up_person=user) | Q(follow_up_person__backup=user))
    rows = waiting.for_rows().order_by("follow_up_on", "pk")
    context = {"reviews": rows, "today": local_day(now())}
    return render(request, "procurement/review_follow_ups.html", context)


def _show(request: HttpRequest, found: Review, **forms) -> HttpResponse:
    """The page of a review, with a form that came back with mistakes in its place."""
    user, at = request.user, now()
    scores = forms.get("scores") or ScoresForm(None, found)
    may_follow_up = found.is_to_follow_up and found.may_be_followed_up_by(user, at)
    newest = found.supplier.reviews.order_by("-round__year", "-round__quarter").select_related("round")
    earlier = [one for one in newest[:ROUNDS] if one.pk != found.pk]
    context = {
        "review": found,
        "scores": scores,
        "delivered": review_page.deliveries_said(found),
        "decision": forms.get("decision") or DecisionForm(),
        "outcome": forms.get("outcome") or OutcomeForm(review=found),
        "may_follow_up": may_follow_up,
        "timer": running(found, Review.FOLLOW_UP),
        "earlier": earlier,
        "trend": trend([one.total for one in reversed(list(newest[:ROUNDS]))]),
        "people": suggestions() if user.has_perm("procurement.decide_review") else [],
    }
    return render(request, "procurement/review.html", context, status=422 if forms else 200)
