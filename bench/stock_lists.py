"""The list of items and the ledger of one over a million movements, against a bare page of fifty rows.

DATABASE_URL=postgres://… python -m bench.stock_lists
"""

import statistics

from . import office
from .office import head, row, timed

MILLION = 1_000_000
ITEMS = 20_000
BUSY = 100_000
ROUNDS = 41
DAY = "2026-06-30"

FILL = """
    INSERT INTO supplies_movement (posting_id, item_id, place_id, at, quantity, amount, balance, item_balance,
                                   item_value)
    SELECT %(posting)s, %(first)s + CASE WHEN n <= %(busy)s THEN 0 ELSE n %% %(items)s END, %(place)s,
           %(since)s::timestamptz + n * interval '30 seconds', CASE WHEN n %% 2 = 0 THEN -1 ELSE 1 END, 1, n %% 2 + 9,
           n %% 2 + 9, n %% 2 + 9
    FROM generate_series(1, %(count)s) AS n
"""
BARE = """
    SELECT i.*, c.name, p.name FROM supplies_item i JOIN supplies_category c ON c.id = i.category_id
    JOIN organization_place p ON p.id = i.place_id ORDER BY code LIMIT 51
"""


class Bench:
    def __init__(self) -> None:
        from django.db import connection
        from django.test import Client

        from organization.models import Place
        from supplies.models import Category, Item, Posting

        clerk = office.people(2)[0]
        clerk.is_superuser = True
        clerk.save()
        category = Category.objects.create(code="c", name="文具")
        place = Place.objects.create(name="库房")
        Item.objects.bulk_create(
            [
                Item(code=f"B{n:06}", name=f"物品 {n}", initials="wp", category=category, unit="盒", place=place,
                     minimum=n % 12, on_hand=9, value=9)
                for n in range(ITEMS)
            ],
            batch_size=1_000,
        )  # fmt: skip
        self.item = Item.objects.order_by("pk").first()
        posting = Posting.objects.create(kind="receive", posted_at=office.NOON, posted_by=clerk)
        with connection.cursor() as cursor:
            cursor.execute(
                FILL,
                {"posting": posting.pk, "first": self.item.pk, "items": ITEMS, "place": place.pk, "busy": BUSY,
                 "count": MILLION, "since": "2026-01-01T00:00Z"},
            )  # fmt: skip
            cursor.execute("VACUUM ANALYZE")
        self.browser = Client(HTTP_HOST="localhost")
        self.browser.force_login(clerk, backend="organization.backends.RoleBackend")

    def get(self, address: str) -> None:
        answer = self.browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)


def bare_page() -> None:
    """Fifty rows of one table, read and written out as a page of this office, without any ledger behind it."""
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from pages.exports import Column

    with connection.cursor() as cursor:
        cursor.execute(BARE)
        rows = cursor.fetchall()
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    columns = [Column(str(number), str(number)) for number in range(8)]
    cells = [
        [{"column": column, "value": value} for column, value in zip(columns, row, strict=False)]
        for row in rows
    ]
    table = {
        "rows": [{"object": None, "link": "/", "cells": one} for one in cells],
        "headers": [],
        "name": "bare",
    }
    render_to_string("pages/_table.html", {"list": table}, request=request)


def ninety_fifth(action) -> float:
    for _ in range(5):
        action()
    return statistics.quantiles([timed(action) for _ in range(ROUNDS)], n=20)[-1] * 1000


def main() -> None:
    bench = Bench()
    empty = "/supplies/postings/?kind=issue"  # the frame of every page, and no row
    pages = {
        "list of items": "/supplies/items/",
        "items by name, searched": "/supplies/items/?q=99",
        "items below the minimum": "/supplies/items/?state=short",
        f"stock on a past day ({DAY})": f"/supplies/items/?day={DAY}",
        "ledger of an item with 100,000 lines": f"/supplies/items/{bench.item.pk}/",
        "the same, of a day": f"/supplies/items/{bench.item.pk}/?since=2026-01-10&until=2026-01-10",
        "the same on a past day": f"/supplies/items/{bench.item.pk}/?day=2026-01-20",
    }
    frame = ninety_fifth(lambda: bench.get(empty))
    bare = frame + ninety_fifth(bare_page)
    head()
    for what, address in pages.items():
        ours = ninety_fifth(lambda address=address: bench.get(address))
        told = f"bare page of 50 rows {bare:.0f} ms"
        row(f"{what}, 95 %", f"{ours:.0f} ms", told, ours / bare, "≤ 3", ours <= 3 * bare)


if __name__ == "__main__":
    with office.office():
        main()
