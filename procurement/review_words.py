"""From what points are proposed, in words: 18 of 20 deliveries on time."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from pages import money

from .models import Criterion


def basis(source: str, data: dict[str, Any]) -> str:
    """The sentence beside a proposal; "" for a criterion that is judged by hand."""
    words = _SENTENCES.get(source)
    return words(data) if words and data else ""


def _on_time(data: dict[str, Any]) -> str:
    said = _("%(on_time)d of %(deliveries)d deliveries came by the day agreed.") % data
    if data.get("missing"):
        said += " " + _("%(missing)d orders that were due had not come at all.") % data
    return said


def _defects(data: dict[str, Any]) -> str:
    if not data["pieces"]:
        return _("Nothing of it is accepted yet: judge by hand.")
    return _("%(rejected)d of %(pieces)d pieces were rejected.") % data


def _price(data: dict[str, Any]) -> str:
    paid, before = Decimal(data["paid"]), Decimal(data["last_year"])
    if not before:
        return _("Nothing of it was bought last year: judge by hand.")
    return _("Paid %(paid)s for what cost %(before)s last year: index %(index)s.") % {
        "paid": money.spoken(paid),
        "before": money.spoken(before),
        "index": f"{paid / before:.3f}",
    }


_SENTENCES = {
    Criterion.Source.ON_TIME: _on_time,
    Criterion.Source.DEFECTS: _defects,
    Criterion.Source.PRICE: _price,
}
