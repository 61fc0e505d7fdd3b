"""What is done to one asset: each deed on a page of its own, with the words that its verb wants."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from organization.models import User
from organization.person_field import suggestions
from pages.answers import answer
from pages.clock import now
from pages.refusals import Refused

from ..forms import assets as words
from ..models import Asset
from .assets import get_asset

IDLE, IN_USE, LENT, IN_REPAIR, SCRAPPED = (
    Asset.Status.IDLE, Asset.Status.IN_USE, Asset.Status.LENT, Asset.Status.IN_REPAIR, Asset.Status.SCRAPPED,
)  # fmt: skip


class Deed(NamedTuple):
    """A verb as people see it. `custodian`: also its custodian may, not only who handles assets."""

    verb: Callable[..., Any]
    form: type[forms.Form]
    name: Any
    said: Any
    icon: str
    when: tuple[str, ...]
    custodian: bool = False
    waits: bool = False
    is_grave: bool = False

    def may_be_done_by(self, user: User, asset: Asset) -> bool:
        handles = user.has_perm("supplies.handle_asset")
        return handles or (self.custodian and asset.custodian_id == user.pk)

    def fits(self, asset: Asset, waiting: bool) -> bool:
        """Whether the state of the asset allows it; while it waits to be accepted, few things are."""
        return asset.status in self.when and (self.waits or not waiting)


DEEDS = {
    "hand-over": Deed(Asset.hand_over, words.HandOverForm, pgettext_lazy("asset", "Hand over"),
                      _("%(asset)s waits to be accepted."), "arrows-exchange", (IDLE, IN_USE),
                      custodian=True),
    "lend": Deed(Asset.lend, words.LendForm, pgettext_lazy("asset", "Lend"),
                 _("%(asset)s waits to be accepted."), "calendar-event", (IDLE, IN_USE)),
    "extend": Deed(Asset.extend, words.ExtendForm, _("Change the day of return"),
                   _("%(asset)s: the day of return is changed."), "calendar-repeat", (LENT,)),
    "take-back": Deed(Asset.take_back, words.TakeBackForm, _("Take back"),
                      _("%(asset)s is in store again."), "arrow-back-up", (LENT, IN_USE)),
    "move": Deed(Asset.move, words.MoveForm, pgettext_lazy("asset", "Move"), _("%(asset)s was moved."),
                 "map-pin", (IDLE, IN_USE, LENT, IN_REPAIR), waits=True),
    "fault": Deed(Asset.send_to_repair, words.FaultForm, _("Report a fault"),
                  _("%(asset)s: the fault is reported."), "alert-triangle", (IN_USE, LENT), custodian=True),
    "repair": Deed(Asset.send_to_repair, words.RepairForm, _("Send to repair"), _("%(asset)s is in repair."),
                   "adjustments", (IDLE, IN_USE, LENT)),
    "repaired": Deed(Asset.repaired, words.RepairedForm, _("Repair has ended"), _("%(asset)s is mended."),
                     "circle-check", (IN_REPAIR,)),
    "maintain": Deed(Asset.maintain, words.MaintainForm, _("Enter maintenance"),
                     _("%(asset)s: maintenance entered."), "list-check", (IDLE, IN_USE, LENT), waits=True),
    "scrap": Deed(Asset.scrap, words.ScrapForm, pgettext_lazy("asset", "Scrap"),
                  _("%(asset)s is scrapped."), "trash", (IDLE, IN_USE), is_grave=True),
    "restore": Deed(Asset.restore, words.RestoreForm, _("Restore"), _("%(asset)s is in the register again."),
                    "arrow-back-up", (SCRAPPED,)),
}  # fmt: skip


def deeds_for(user: User, asset: Asset, waiting: bool) -> list[tuple[str, Deed]]:
    """What this person may do to the asset now. Who sends things to repair need not report their faults."""
    found = [
        (f"asset-{key}", deed)
        for key, deed in DEEDS.items()
        if deed.may_be_done_by(user, asset) and deed.fits(asset, waiting)
    ]
    names = {name for name, _deed in found}
    return [one for one in found if one[0] != "asset-fault" or "asset-repair" not in names]


@require_http_methods(["GET", "POST"])
@login_required
def asset_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """GET and POST /assets/<pk>/<deed>/: the form, and the verb; what is refused is said in the form."""
    wanted, asset = DEEDS[deed], get_asset(request, pk)
    if not wanted.may_be_done_by(request.user, asset):
        raise PermissionDenied
    form = wanted.form(request.POST or None, asset=asset, initial=_beginning(asset))
    if form.is_valid() and _done(wanted, asset, form, request.user):
        seen = Asset.objects.visible_to(request.user, now()).filter(pk=pk).exists()
        return answer(request, "", to=asset if seen else "my-assets", message=wanted.said % {"asset": asset})
    status = 200 if not form.is_bound else 409 if form.is_refused else 422
    context = {"asset": asset, "deed": wanted, "form": form, "people": suggestions()}
    return render(request, "supplies/asset_deed.html", context, status=status)


def _done(wanted: Deed, asset: Asset, form: forms.Form, by: User) -> bool:
    try:
        wanted.verb(asset, **form.cleaned_data, by=by, at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _beginning(asset: Asset) -> dict[str, Any]:
    return {"due_back_on": asset.due_back_on}
