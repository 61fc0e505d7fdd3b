"""Opening stock of many items at once stands as if each had been posted by itself."""

import pytest

from pages.refusals import Refused
from supplies import ledger, opening
from supplies.ledger import Line
from supplies.models import Movement, Posting, Stock

from .builders import make_item, stock_up

pytestmark = pytest.mark.django_db
COMPARED = ("quantity", "amount", "balance", "item_balance", "item_value", "at", "department_id")


def test_it_writes_what_the_ledger_would(clerk, noon):
    one, many = make_item(), make_item()

    ledger.post(Posting.Kind.OPENING, [Line(one, one.place, 5, 12)], by=clerk, at=noon)
    opening.post([opening.Opening(many.pk, many.place_id, 5, 12)], by=clerk, at=noon)

    rows = [Movement.objects.filter(item=item).values_list(*COMPARED).get() for item in (one, many)]
    assert rows[0] == rows[1]
    for item in (one, many):
        item.refresh_from_db()
    assert (one.on_hand, one.value, one.moved_at) == (many.on_hand, many.value, many.moved_at)
    assert list(Stock.objects.values_list("quantity", flat=True)) == [5, 5]


def test_what_moved_has_no_opening_any_more(clerk, noon):
    item = make_item()
    stock_up(item, 1, by=clerk, at=noon)

    with pytest.raises(Refused, match="never moved"):
        opening.post([opening.Opening(item.pk, item.place_id, 5)], by=clerk, at=noon)
    with pytest.raises(Refused, match="has moved before"):
        ledger.post(Posting.Kind.OPENING, [Line(item, item.place, 5)], by=clerk, at=noon)
