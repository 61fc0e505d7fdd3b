"""The screens on the wall as the manager keeps them: put up, last seen, taken down."""

from base64 import b64encode

import qrcode
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from pages.clock import now

from ..forms.display import DisplayForm
from ..models import Display

may_see = permission_required("sla.view_display", raise_exception=True)
may_put_up = permission_required("sla.add_display", raise_exception=True)
may_change = permission_required("sla.change_display", raise_exception=True)


@require_safe
@login_required
@may_see
def displays(request: HttpRequest) -> HttpResponse:
    """GET /displays/: which screens are let in, and when they were last seen."""
    known = Display.objects.select_related("created_by", "revoked_by")
    newest_first = known.order_by(F("revoked_at").desc(nulls_first=True), "name", "pk")
    return render(request, "sla/display_list.html", {"displays": newest_first})


@require_safe
@login_required
@may_see
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /displays/<pk>/"""
    shown = Display.objects.select_related("created_by", "revoked_by")
    return render(request, "sla/display_detail.html", {"display": get_object_or_404(shown, pk=pk)})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
@may_put_up
@sensitive_variables("token")
def display_new(request: HttpRequest) -> HttpResponse:
    """GET, POST /displays/new/ → the address to open on the screen, this once."""
    form = DisplayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, token = Display.create(form.cleaned_data["name"], by=request.user, at=now())
        return _shown_once(request, made, token)
    status = 422 if form.errors else 200
    return render(request, "sla/display_form.html", {"form": form}, status=status)


@require_POST
@login_required
@may_change
def display_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /displays/<pk>/revoke/ (the button asks first)."""
    shown = get_object_or_404(Display, pk=pk)
    shown.revoke(by=request.user, at=now())
    messages.success(request, _("%(name)s is shut out.") % {"name": shown.name})
    return redirect("displays")


@sensitive_variables("token", "address")
def _shown_once(request: HttpRequest, made: Display, token: str) -> HttpResponse:
    address = request.build_absolute_uri(f"{reverse('wall-enter')}#{token}")
    context = {"display": made, "address": address, "picture": _picture(address)}
    return render(request, "sla/display_detail.html", context)


def _picture(text: str) -> str:
    """A QR code as the address of an SVG picture within the page."""
    drawn = qrcode.make(text, image_factory=SvgPathImage, border=2).to_string()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
