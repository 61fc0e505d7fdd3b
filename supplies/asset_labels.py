"""Labels for assets: what it is, its tag, and a code that leads to its page."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse

from . import labels
from .models import Asset


def of_asset(asset: Asset) -> labels.Label:
    lines = [line for line in (asset.model, asset.department.name, asset.bought_on.isoformat()) if line]
    return labels.Label(asset.tag, asset.name, lines, reverse("scanned", args=[asset.tag]))


def labels_pdf(
    assets: Sequence[Asset], *, base_url: str, layout: labels.Layout = labels.SHEET
) -> HttpResponse:
    """The labels of these assets on paper."""
    content = labels.pdf([of_asset(asset) for asset in assets], layout, base_url=base_url)
    headers = {"Content-Disposition": 'inline; filename="labels.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
