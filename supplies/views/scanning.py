"""Scanning a label leads to the page of what it is stuck on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pages.cleaning import tidy

from ..labels import code_of
from ..models import Asset, Item

LONGEST = 60


def find(code: str) -> Item | Asset | None:
    """What the code is stuck on: an item by number, then by barcode, else an asset by its tag."""
    return (
        Item.objects.filter(code=code).first()
        or Item.objects.filter(barcode=code).first()
        or Asset.objects.filter(tag=code).first()
    )


@require_safe
@login_required
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """GET /s/<code>/ → the item with this number or barcode, else the asset with this tag."""
    found = find(tidy(code.replace("\x00", ""))[:LONGEST])
    return (
        redirect(found)
        if found
        else render(request, "supplies/scan_unknown.html", {"code": code}, status=404)
    )


@require_safe
@login_required
def scan(request: HttpRequest) -> HttpResponse:
    """A page with nothing but the scanner: GET ?code= looks it up."""
    code = code_of(tidy(request.GET.get("code", "").replace("\x00", ""))[:200])[:LONGEST]
    if not code:
        return render(request, "supplies/scan.html")
    found = find(code)
    return (
        redirect(found)
        if found
        else render(request, "supplies/scan_unknown.html", {"code": code}, status=404)
    )
