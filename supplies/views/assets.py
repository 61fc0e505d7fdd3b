"""The register of assets: the list, one asset, entering and correcting it."""

from typing import Any

import qrcode
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from organization.person_field import suggestions
from pages import asked
from pages.answers import answer
from pages.clock import now
from pages.lists import List
from pages.money import rounded
from pages.refusals import Refused
from pages.uploads import send
from sla.models import Timer

from .. import depreciation
from ..asset_filters import AssetFilter
from ..asset_labels import labels_pdf
from ..asset_listings import columns_for
from ..forms.asset_record import CorrectAssetForm, NewAssetForm
from ..models import Asset

MOST_EVENTS = 200


def get_asset(request: HttpRequest, pk: int) -> Asset:
    """The asset, if it is any business of the person who asks; else it does not exist."""
    return get_object_or_404(Asset.objects.visible_to(request.user, now()).for_rows(), pk=pk)


@require_safe
@login_required
def assets(request: HttpRequest) -> HttpResponseBase:
    """GET /assets/: the register, to search, filter, sort and take along."""
    rows = Asset.objects.visible_to(request.user, now()).for_rows()
    columns = columns_for(request.user, along="export" in request.GET)
    name = pgettext("register", "Fixed assets")
    listing = List(request, rows, columns, name=name, search=Asset.objects.matching, filters=AssetFilter,
                   sort="tag")  # fmt: skip
    return listing.answer("supplies/asset_list.html", {"today": timezone.localdate(now())})


@require_safe
@login_required
@permission_required("supplies.view_asset", raise_exception=True)
def assets_lent(request: HttpRequest) -> HttpResponse:
    """GET /assets/lent/: who has what until when, the latest first."""
    lent = Asset.objects.filter(status=Asset.Status.LENT).for_rows().order_by("due_back_on", "pk")
    return render(request, "supplies/asset_lent.html", {"lent": lent, "today": timezone.localdate(now())})


@require_safe
@login_required
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /assets/<pk>/."""
    found = get_asset(request, pk)
    return render(request, "supplies/asset_detail.html", _life(request, found))


def _life(request: HttpRequest, found: Asset) -> dict[str, Any]:
    """What the page of one asset shows."""
    from .asset_deeds import deeds_for

    waiting = found.handovers.waiting().for_rows().first()
    repairs = found.repairs.select_related("began_by", "ended_by")
    worth = _worth(found) if request.user.has_perm("supplies.view_asset_value") else None
    return {
        "asset": found,
        "waiting": waiting,
        "deeds": deeds_for(request.user, found, waiting is not None),
        "events": found.events.select_related("by", "custodian", "department", "place")[:MOST_EVENTS],
        "repairs": repairs,
        "repair_total": rounded(found.repairs.aggregate(total=Sum("cost"))["total"] or 0),
        "plans": found.plans.select_related("responsible").order_by("-active", "next_due_on"),
        "worth": worth,
        "timers": Timer.objects.about(found).running().select_related("owner"),
        "today": timezone.localdate(now()),
    }


def _worth(found: Asset) -> dict[str, Any]:
    """Book value today, how much is written off, and the schedule by months and by years."""
    today = timezone.localdate(now())
    months = depreciation.schedule(
        found.price, found.residual, found.useful_months, found.in_use_on, found.scrapped_on
    )
    return {
        "today": depreciation.book_value(found, today),
        "written_off": depreciation.accumulated(found, today),
        "monthly": months[0].amount if months else None,
        "months": months,
        "years": depreciation.by_years(months),
        "this_month": today.replace(day=1),
    }


@require_safe
@login_required
def asset_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET /assets/<pk>/picture/."""
    found = get_asset(request, pk)
    if not found.picture:
        raise Http404
    return send(found.picture, f"{found.tag}.jpg", found.picture_type, show=True)


@require_safe
@login_required
def asset_code(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /assets/<pk>/code/: the QR code that leads to the asset, as a picture."""
    address = request.build_absolute_uri(reverse("scanned", args=[get_asset(request, pk).tag]))
    drawn = qrcode.make(address, image_factory=SvgPathImage, border=1).to_string()
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_safe
@login_required
@permission_required("supplies.handle_asset", raise_exception=True)
def asset_labels(request: HttpRequest) -> HttpResponse:
    """GET /assets/labels/?asset=<pk>&asset=<pk>: labels to stick on, as PDF."""
    wanted = asked.keys(request.GET.getlist("asset"))
    found = list(Asset.objects.filter(pk__in=wanted).for_rows())
    if not found:
        raise Http404
    return labels_pdf(found, base_url=request.build_absolute_uri("/"))


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("supplies.add_asset", raise_exception=True)
def asset_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /assets/new/: one, or several alike."""
    form = NewAssetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        registered = form.register(by=request.user, at=now())
        sentence = _("Registered: %(tags)s.") % {"tags": _span(registered)}
        return answer(request, "", to=registered[0], message=sentence)
    context = {"form": form, "people": suggestions()}
    return render(request, "supplies/asset_form.html", context, status=422 if form.is_bound else 200)


def _span(registered: list[Asset]) -> str:
    first, last = registered[0].tag, registered[-1].tag
    return first if first == last else f"{first}–{last}"


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("supplies.change_asset", raise_exception=True)
@permission_required("supplies.view_asset_value", raise_exception=True)
def asset_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/<pk>/correct/."""
    found = get_asset(request, pk)
    form = CorrectAssetForm(request.POST or None, request.FILES or None, instance=found)
    try:
        if form.is_valid():
            form.correct(by=request.user, at=now())
            return answer(request, "", to=found, message=_("%(asset)s is corrected.") % {"asset": found})
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "supplies/asset_form.html", {"form": form, "asset": found}, status=409)
    context = {"form": form, "asset": found}
    return render(request, "supplies/asset_form.html", context, status=422 if form.is_bound else 200)
