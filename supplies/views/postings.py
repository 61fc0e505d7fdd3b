"""Stock documents in the browser: the list, one with its lines, on paper, and taken back."""

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages.answers import answer
from pages.clock import now
from pages.lists import List

from .. import ledger, slips
from ..forms.stock import ReversalForm
from ..models import Movement, Posting
from ..stock_filters import PostingFilter
from ..stock_listings import LINES, POSTINGS

may_view = permission_required("supplies.view_posting", raise_exception=True)
may_post = permission_required("supplies.post_stock", raise_exception=True)
RELATED = ("posted_by", "person", "department", "reverses", "reversed_by")


def get_posting(pk: int) -> Posting:
    return get_object_or_404(Posting.objects.select_related(*RELATED), pk=pk)


@require_safe
@login_required
@may_view
def postings(request: HttpRequest) -> HttpResponseBase:
    first = Movement.objects.filter(posting=OuterRef("pk")).order_by("pk").values("item__name")
    others = Movement.objects.filter(posting=OuterRef("pk")).exclude(item__name=OuterRef("first_item"))
    rows = (
        Posting.objects.select_related(*RELATED)
        .annotate(first_item=Subquery(first[:1]))
        .annotate(has_others=Exists(others))
    )
    listing = List(
        request,
        rows,
        POSTINGS,
        name=_("stock documents"),
        search=Posting.objects.matching,
        filters=PostingFilter,
        sort="-posted_at",
    )
    return listing.answer("supplies/posting_list.html")


@require_safe
@login_required
@may_view
def posting(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_posting(pk)
    lines = Movement.objects.filter(posting=found).select_related("item", "place", "posting")
    listing = List(request, lines, LINES, name=found.number, sort="pk")
    return listing.answer("supplies/posting_detail.html", {"posting": found})


@require_safe
@login_required
@may_view
def posting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_posting(pk)
    name = {"Content-Disposition": f'inline; filename="{found.number}.pdf"'}
    return HttpResponse(slips.draw(found), content_type="application/pdf", headers=name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_post
def posting_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_posting(pk)
    ledger.refuse_unless_by_hand(found)
    form = ReversalForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        context = {"posting": found, "form": form}
        return render(request, "supplies/posting_reverse.html", context, status=422 if form.is_bound else 200)
    opposite = ledger.reverse(found, reason=form.cleaned_data["reason"], by=request.user, at=now())
    done = _("%(number)s is reversed by %(opposite)s.") % {"number": found, "opposite": opposite}
    return answer(request, "supplies/_nothing.html", to=opposite, message=done)
