"""From hand to hand: what I have and am to accept, several things to one person, the sheet to sign."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.person_field import suggestions
from pages import asked
from pages.answers import answer
from pages.clock import now
from pages.refusals import Refused

from .. import handover_sheet as sheet
from ..asset_querysets import departments_led
from ..forms.assets import MayWithdrawForm, ReasonForm
from ..forms.handovers import SeveralForm
from ..handing_over import accept_all, hand_over_all
from ..models import Asset, Handover


def get_handover(request: HttpRequest, pk: int) -> Handover:
    """The hand-over, for those between whom it is and those who keep or read the register."""
    user, rows = request.user, Handover.objects.for_rows()
    if not user.has_perm("supplies.view_asset"):
        rows = rows.filter(Q(taker=user) | Q(giver=user) | Q(asked_by=user))
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def my_assets(request: HttpRequest) -> HttpResponse:
    """GET /assets/mine/: what everybody has, and is to accept."""
    mine = Asset.objects.standing().filter(custodian=request.user).for_rows().order_by("due_back_on", "tag")
    context = {
        "to_accept": list(Handover.objects.to_accept(request.user).for_rows().order_by("asked_at", "pk")),
        "lent": [asset for asset in mine if asset.due_back_on],
        "mine": [asset for asset in mine if not asset.due_back_on],
        "waiting": Handover.objects.waiting().filter(asked_by=request.user).for_rows(),
        "departments": departments_led(request.user, now()),
        "today": timezone.localdate(now()),
    }
    return render(request, "supplies/my_assets.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("supplies.handle_asset", raise_exception=True)
def handover_new(request: HttpRequest) -> HttpResponse:
    """GET and POST /assets/handovers/new/ (?from=<person>, ?asset=<pk>): several to one person."""
    form = SeveralForm(request.POST or None, initial={"tags": _chosen(request)})
    if form.is_valid():
        try:
            given = hand_over_all(**form.words, by=request.user, at=now())
            return answer(request, "", to=given[0], message=_handed(len(given), given[0].taker))
        except Refused as refusal:
            form.refuse(refusal)
    status = 200 if not form.is_bound else 409 if form.is_refused else 422
    context = {"form": form, "people": suggestions()}
    return render(request, "supplies/handover_form.html", context, status=status)


def _chosen(request: HttpRequest) -> str:
    """The tags of the assets that were chosen, or of all that a person has who leaves or moves."""
    person, pks = request.GET.get("from", ""), asked.keys(request.GET.getlist("asset"))
    found = Asset.objects.filter(pk__in=pks)
    if asked.key(person):
        found = Asset.objects.filter(custodian=person, status=Asset.Status.IN_USE)
    return "\n".join(found.order_by("tag").values_list("tag", flat=True))


def _handed(count: int, taker) -> str:
    sentence = ngettext(
        "%(count)d asset waits to be accepted by %(name)s.",
        "%(count)d assets wait to be accepted by %(name)s.",
        count,
    )
    return sentence % {"count": count, "name": taker}


@require_safe
@login_required
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /assets/handovers/<pk>/: all that went on the same sheet."""
    found = get_handover(request, pk)
    rows = list(Handover.objects.of_one_sheet(found).for_rows().order_by("asset__tag"))
    waiting = [one for one in rows if one.status == Handover.Status.WAITING]
    context = {"handover": found, "rows": rows, "waiting": waiting, "is_taker": found.taker == request.user,
               "may_withdraw": may_withdraw(request, found)}  # fmt: skip
    return render(request, "supplies/handover_detail.html", context)


@require_POST
@login_required
def handover_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /assets/handovers/<pk>/accept/."""
    found = get_handover(request, pk).accept(by=request.user, at=now())
    return answer(request, "", to="my-assets", message=_("%(asset)s is yours.") % {"asset": found.asset})


@require_POST
@login_required
def handovers_accept(request: HttpRequest) -> HttpResponse:
    """POST /assets/handovers/accept/ with `handover` for each."""
    wanted = asked.keys(request.POST.getlist("handover"))
    found = Handover.objects.to_accept(request.user).filter(pk__in=wanted).select_related("asset")
    count = accept_all(found, by=request.user, at=now())
    sentence = ngettext("%(count)d asset accepted.", "%(count)d assets accepted.", count)
    return answer(request, "", to="my-assets", message=sentence % {"count": count})


@require_http_methods(["GET", "POST"])
@login_required
def handover_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/handovers/<pk>/decline/ with `reason`."""
    found, form = get_handover(request, pk), ReasonForm(request.POST or None)
    if found.taker != request.user:
        raise PermissionDenied
    if not form.is_valid():
        context = {"handover": found, "form": form, "declines": True}
        return render(request, "supplies/handover_end.html", context, status=422 if form.is_bound else 200)
    found.decline(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return answer(request, "", to="my-assets", message=_("%(asset)s declined.") % {"asset": found.asset})


@require_http_methods(["GET", "POST"])
@login_required
def handover_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /assets/handovers/<pk>/withdraw/ with `reason`."""
    found, form = get_handover(request, pk), MayWithdrawForm(request.POST or None)
    if not may_withdraw(request, found):
        raise PermissionDenied
    if request.method == "GET" or not form.is_valid():
        context = {"handover": found, "form": form}
        return render(request, "supplies/handover_end.html", context, status=422 if form.is_bound else 200)
    found.withdraw(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return answer(request, "", to=found, message=_("The hand-over is withdrawn."))


@require_safe
@login_required
def handover_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /assets/handovers/<pk>/sheet/: the sheet to be signed, as PDF."""
    found = get_handover(request, pk)
    rows = Handover.objects.of_one_sheet(found).exclude(status=Handover.Status.WITHDRAWN)
    listed = list(rows.for_rows().order_by("asset__tag"))
    if not listed:
        return redirect(found)
    headers = {"Content-Disposition": f'inline; filename="handover-{found.pk}.pdf"'}
    return HttpResponse(sheet.pdf(listed), content_type="application/pdf", headers=headers)


def may_withdraw(request: HttpRequest, found: Handover) -> bool:
    """Who handed it over, and who handles assets."""
    return found.asked_by == request.user or request.user.has_perm("supplies.handle_asset")
