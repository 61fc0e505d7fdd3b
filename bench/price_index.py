"""The year-on-year index of a quarter with ten thousand purchases, against its bare SQL.

DATABASE_URL=postgres://… python -m bench.price_index
"""

import datetime as dt
import statistics

from . import office
from .board import alternating, analyze, fetched
from .office import head, median_ms, row

LINES, THINGS = 10_000, 1_500
DAY = dt.date(2026, 11, 23)
GROUPS = ("office_supply", "consumable", "reception_supply", "asset", "other")

FILL = """
    INSERT INTO procurement_price (likeness, "group", category_id, name, day, quantity, unit_price, amount, last_year, reason)
    SELECT 'category:' || %(category)s || ':' || n %% %(things)s, (%(groups)s::text[])[1 + n %% 5], %(category)s,
           'bench ' || n %% %(things)s, %(first)s::date + n %% 92, 1 + n %% 50, price, price * (1 + n %% 50),
           CASE WHEN n %% 7 = 0 THEN NULL ELSE round(price * (0.9 + (n %% 20) / 100.0), 2) END, ''
    FROM generate_series(1, %(lines)s) AS n, LATERAL (SELECT round((5 + n %% 997) * 1.13, 2)) AS each (price)
"""
BARE = """
    SELECT likeness, MIN(name), COUNT(*), COUNT(last_year), COUNT(*) FILTER (WHERE unit_price > last_year), SUM(amount),
           SUM(amount) FILTER (WHERE last_year IS NOT NULL), SUM(last_year * quantity)
    FROM procurement_price WHERE day BETWEEN %s AND %s GROUP BY likeness ORDER BY 6 DESC, likeness
"""
BARE_GROUPS = BARE.replace("MIN(name)", 'MIN("group")').replace("likeness", '"group"')


def fill() -> None:
    from django.db import connection

    from supplies.models import Category

    category = Category.objects.create(code="bench", name="bench")
    values = {"category": category.pk, "things": THINGS, "groups": list(GROUPS), "lines": LINES}
    with connection.cursor() as cursor:
        cursor.execute(FILL, {**values, "first": dt.date(2026, 10, 1)})
    analyze()


def measure() -> None:
    from procurement import year_on_year

    period = year_on_year.around("quarter", DAY)
    days = [period.first, period.last]
    rows = year_on_year.between(*days)
    assert year_on_year.total(rows).lines == LINES
    head()
    for words, by, query in (("by single goods", "item", BARE), ("by kind", "group", BARE_GROUPS)):
        ours, bare = alternating(
            lambda by=by: year_on_year.table(rows, by), lambda query=query: fetched(query, days)
        )
        ratio = statistics.median(ours) / statistics.median(bare)
        row(
            f"year-on-year index {words}, {LINES:,} purchases", f"{median_ms(ours):.1f} ms",
            f"{median_ms(bare):.1f} ms bare query", ratio, "≤ 2", ratio <= 2,
        )  # fmt: skip


def main() -> None:
    fill()
    measure()


if __name__ == "__main__":
    with office.office():
        main()
