"""Builders of storerooms, items and assets. A builder saves one record and returns it."""

from datetime import date
from decimal import Decimal
from itertools import count

from organization.models import Department, Place, User
from supplies import ledger
from supplies.models import Asset, Category, Item, Posting
from tests.builders import make_place

_numbers = count(1)


def make_category(name: str = "", **fields) -> Category:
    number = next(_numbers)
    fields.setdefault("code", f"cat-{number}")
    return Category.objects.create(name=name or f"第{number}类", **fields)


def make_item(name: str = "中性笔", **fields) -> Item:
    """An office supply that nobody has any of."""
    number = next(_numbers)
    fields.setdefault("code", f"BG{number:05}")
    fields.setdefault("unit", "支")
    fields["category"] = fields.get("category") or make_category()
    fields["place"] = fields.get("place") or make_place(f"库房{number}")
    return Item.objects.create(name=name, **fields)


def stock_up(
    item: Item, quantity: int, *, by: User, at, amount: Decimal | None = None, place: Place | None = None
) -> Posting:
    """Receive so many of an item at its usual place."""
    line = ledger.Line(item, place or item.place, quantity, amount)
    posting = ledger.receive([line], by=by, at=at)
    item.refresh_from_db()
    return posting


def make_asset(name: str = "笔记本电脑", *, department: Department, **fields) -> Asset:
    """An asset in store, bought a year ago."""
    number = next(_numbers)
    fields.setdefault("tag", f"ZC{number:06}")
    fields.setdefault("price", Decimal("6000.00"))
    fields.setdefault("residual", Decimal("300.00"))
    fields.setdefault("useful_months", 36)
    fields.setdefault("bought_on", date(2025, 11, 20))
    fields.setdefault("in_use_on", fields["bought_on"])
    fields["category"] = fields.get("category") or make_category()
    fields["place"] = fields.get("place") or make_place(f"工位{number}")
    return Asset.objects.create(name=name, department=department, **fields)
