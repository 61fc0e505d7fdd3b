"""What becomes of a supplier: suspended, resumed, ended with, struck from the register."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from pages.answers import settled
from pages.clock import now

from ..forms.suppliers import ReasonForm
from .suppliers import get_supplier

may_end = permission_required("procurement.end_supplier", raise_exception=True)


def ask(request: HttpRequest, form: ReasonForm | None, **words: Any) -> HttpResponse:
    """The page that asks for a reason, or only whether one is sure."""
    status = 422 if form is not None and form.errors else 200
    return render(request, "procurement/supplier_verb.html", {"form": form, **words}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_end
def supplier_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = get_supplier(pk), ReasonForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        sentence = _("Nothing more is ordered there until it is resumed. Open orders still come.")
        verb = pgettext("supplier", "Suspend")
        return ask(request, form, verb=verb, back=found, sentence=sentence, icon="player-pause")
    found.suspend(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return settled(request, to=found, message=_("The supplier is suspended."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_end
def supplier_resume(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_supplier(pk)
    if request.method != "POST":
        verb, sentence = pgettext("supplier", "Resume"), _("One may order there again from now on.")
        return ask(request, None, verb=verb, back=found, sentence=sentence, icon="player-play")
    found.resume(by=request.user, at=now())
    return settled(request, to=found, message=_("The supplier is live again."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_end
def supplier_end(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = get_supplier(pk), ReasonForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        sentence = _("We order there no more, and nobody need renew its papers. All records stay.")
        verb = pgettext("supplier", "End")
        return ask(request, form, verb=verb, back=found, sentence=sentence, icon="ban", danger=True)
    found.end(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return settled(request, to=found, message=_("We have ended with the supplier."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_end
def supplier_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_supplier(pk)
    if request.method != "POST":
        sentence = _("Only for an entry made by mistake. Who has papers, orders or reviews stays.")
        verb = pgettext("supplier", "Delete")
        return ask(request, None, verb=verb, back=found, sentence=sentence, icon="trash", danger=True)
    found.remove(by=request.user)
    return settled(request, to="suppliers", message=_("The entry is deleted."))
