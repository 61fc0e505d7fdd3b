"""Purchases from before this software, typed or out of a list, so that this year has a last one to compare.

A list is read, looked through and then taken over: what is right in it, all or nothing. Taking the same list
over again adds nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from organization import sheets
from organization.columns import normal
from organization.models import User
from pages import history
from pages.money import rounded
from sla.figures import outdate
from supplies.models import Category, Item

from . import prices
from .models import Price, Supplier
from .past_price_columns import COLUMNS, HEADERS, Known, understand

MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024
HEADER_WITHIN = 10
SALT, GOOD_FOR = "procurement.past-prices", 3600


class Purchase(NamedTuple):
    """One purchase of one thing."""

    item: Item | None
    category: Category
    name: str
    specification: str
    group: str
    supplier: Supplier | None
    day: date
    quantity: int
    unit_price: Decimal
    reason: str = ""

    @property
    def likeness(self) -> str:
        return prices.likeness(self.item, self.category, self.name, self.specification)

    @property
    def key(self) -> tuple:
        """By what a purchase that is there already is known."""
        supplier = self.supplier.pk if self.supplier else None
        return self.likeness, self.day, supplier, self.quantity, rounded(self.unit_price)


@dataclass
class Row:
    """One row of the list: what it says, and what it means or what is wrong with it."""

    number: int
    texts: dict[str, str]
    purchase: Purchase | None = None
    errors: dict[str, str] | None = None
    is_known: bool = False

    @property
    def state(self) -> str:
        """ "error", "known" or "new"."""
        return "error" if self.errors else "known" if self.is_known else "new"

    @property
    def cells(self) -> list[tuple[str, str]]:
        """What each column says, and what is wrong with that."""
        wrong = self.errors or {}
        return [(self.texts.get(one.field, ""), wrong.get(one.field, "")) for one in COLUMNS]


class Plan(NamedTuple):
    """The list as it would be taken over."""

    rows: list[Row]

    def of(self, state: str) -> list[Row]:
        return [row for row in self.rows if row.state == state]

    @property
    def counts(self) -> Counter:
        return Counter(row.state for row in self.rows)


def read(upload: UploadedFile) -> list[list[str]]:
    """The rows of the file, the first with our names of its columns. Raises ValidationError."""
    lines = sheets.read(upload, upload.name or "", upload.size, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    upload.seek(0)
    if merged := sheets.merged(upload.read()):
        raise ValidationError(
            _("Cells are merged over several rows (%(ranges)s). Unmerge them and fill each row of its own.")
            % {"ranges": "、".join(merged[:5])}
        )
    for place, line in enumerate(lines[:HEADER_WITHIN]):
        fields = [HEADERS.get(normal(cell), "") for cell in line.cells]
        if {"day", "quantity", "unit_price"} <= set(fields):
            return [["", *fields], *([str(one.number), *one.cells] for one in lines[place + 1 :])]
    needed = "、".join(str(one.label) for one in COLUMNS if one.required)
    raise ValidationError(
        _("No line with the headings was found. Needed are: %(needed)s.") % {"needed": needed}
    )


def keep(table: list[list[str]]) -> str:
    """The rows in a form that a page may carry to its next step; nobody can change it on the way."""
    return signing.dumps(table, salt=SALT, compress=True)


def kept(text: str) -> list[list[str]]:
    """The opposite. Raises ValidationError where it is too old, or not ours."""
    try:
        return signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise ValidationError(_("This preview is too old. Choose the file again.")) from None


def plan(table: Sequence[Sequence[str]]) -> Plan:
    """What each row means against what the office knows; nothing is written."""
    fields, known = table[0], Known()
    rows = []
    for number, *cells in table[1:]:
        texts = {field: text for field, text in zip(fields[1:], cells, strict=False) if field}
        rows.append(_row(int(number), texts, known))
    _mark_known(row for row in rows if row.purchase)
    return Plan(rows)


@transaction.atomic
def take_over(planned: Plan, *, by: User) -> int:
    """Write what is new in it; gives how many."""
    purchases = [row.purchase for row in planned.of("new")]
    written = _write(purchases, by=by)
    prices.compare_anew({row.likeness for row in written}, {row.day.year for row in written}, by=by)
    return len(written)


@transaction.atomic
def enter(purchase: Purchase, *, by: User | None, once: UUID | None = None) -> Price:
    """One purchase, typed; the second post of one form (`once`) answers the first's."""
    if once and (known := Price.objects.filter(once=once).first()):
        return known
    (price,) = _write([purchase], by=by, once=once)
    prices.compare_anew({price.likeness}, {price.day.year}, by=by)
    return price


def _row(number: int, texts: dict[str, str], known: Known) -> Row:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for column in COLUMNS:
        try:
            values[column.field] = understand(column, texts.get(column.field, ""), known)
        except ValidationError as mistake:
            errors[column.field] = " ".join(mistake.messages)
    if errors:
        return Row(number, texts, errors=errors)
    try:
        return Row(number, texts, purchase=_purchase(values, known))
    except ValidationError as mistake:
        return Row(number, texts, errors=mistake_by_field(mistake))


def mistake_by_field(mistake: ValidationError) -> dict[str, str]:
    return {field: " ".join(words) for field, words in mistake.message_dict.items()}


def _purchase(values: dict[str, Any], known: Known) -> Purchase:
    """Things of the register are known by number, or by name and specification; others have a category."""
    item = values.pop("code") or known.named(values["name"], values["specification"])
    is_asset = values.pop("group") == Price.Group.ASSET
    if item and is_asset:
        raise ValidationError({"group": _("What is kept in stock is no fixed asset.")})
    if item is None and not values["name"]:
        raise ValidationError({"name": _("Say what was bought: its item number or its name.")})
    if item is None and values["category"] is None:
        raise ValidationError({"category": _("What is not in the register of items needs its category.")})
    return Purchase(
        **values
        | {
            "item": item,
            "category": item.category if item else values["category"],
            "name": item.name if item else values["name"],
            "specification": item.specification if item else values["specification"],
            "group": prices.group_of(item, is_asset),
        }
    )


def _mark_known(rows: Iterable[Row]) -> None:
    """Of several alike in the list as many are known as the office has."""
    rows = list(rows)
    alike, days = {row.purchase.likeness for row in rows}, [row.purchase.day for row in rows]
    if not rows:
        return
    found = Price.objects.filter(day__range=(min(days), max(days))).order_by()
    values = found.values_list("likeness", "day", "supplier", "quantity", "unit_price")
    there = Counter((*key[:4], rounded(key[4])) for key in values if key[0] in alike)
    for row in rows:
        if there[row.purchase.key]:
            there[row.purchase.key] -= 1
            row.is_known = True


def _write(purchases: Sequence[Purchase], *, by: User | None, once: UUID | None = None) -> list[Price]:
    """Year by year, so that each is compared with the one before."""
    by_year: dict[int, list[Purchase]] = defaultdict(list)
    for purchase in purchases:
        by_year[purchase.day.year].append(purchase)
    written = []
    for year in sorted(by_year):
        before = prices.last_years((one.likeness, one.day) for one in by_year[year])
        with history.reason(_("a purchase from before"), by=by):
            for one in by_year[year]:
                written.append(_create(one, before[one.likeness, one.day], once))
    outdate(prices.STANDARDS, *{price.day for price in written})
    return written


def _create(one: Purchase, last_year: Decimal | None, once: UUID | None) -> Price:
    return Price.objects.create(
        likeness=one.likeness,
        group=one.group,
        item=one.item,
        category=one.category,
        name=" ".join(filter(None, (one.name, one.specification))),
        supplier=one.supplier,
        day=one.day,
        quantity=one.quantity,
        unit_price=rounded(one.unit_price),
        amount=rounded(one.unit_price * one.quantity),
        last_year=last_year,
        reason=one.reason,
        once=once,
    )
