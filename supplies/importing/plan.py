"""What a list of items would do, row by row, against what the office knows; nothing is written here."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organization.columns import normal
from organization.sheets import Line
from pages.money import NOTHING

from ..models import Item
from .columns import COLUMNS, HEADERS, NEEDED_WHEN_NEW, OPENING, REQUIRED, TOLD, Column, Known

HEADER_WITHIN = 10


class Cell(NamedTuple):
    """One cell of the preview: what the file says, what stands now, and what is wrong with it."""

    label: Any
    text: str
    before: str
    error: str


@dataclass(slots=True)
class Entry:
    """One row of the list and the item it speaks of (None while it is new)."""

    number: int
    texts: dict[str, str]
    item: Item | None
    wanted: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    opening: int = 0
    amount: Decimal = NOTHING

    @property
    def state(self) -> str:
        """ "error", "new", "changed" or "unchanged"."""
        if self.errors:
            return "error"
        if self.item is None:
            return "new"
        return "changed" if self.wanted or self.opening else "unchanged"

    @property
    def cells(self) -> list[Cell]:
        """What the preview shows: every cell of a new or wrong row, and of a changed one what changes."""
        shown = [column for column in COLUMNS if self._is_shown(column.field)]
        return [
            Cell(
                column.label,
                self.texts.get(column.field, ""),
                _said(column.field, self.before.get(column.field)),
                self.errors.get(column.field, ""),
            )
            for column in shown
        ]

    def _is_shown(self, name: str) -> bool:
        if name in self.errors or name in REQUIRED:
            return True
        if self.state != "changed":
            return bool(self.texts.get(name))
        return name in self.wanted or (bool(self.opening) and name in OPENING)


@dataclass
class Plan:
    """What taking the list over would do."""

    entries: list[Entry]
    unused: list[str]

    @property
    def has_errors(self) -> bool:
        return any(entry.errors for entry in self.entries)

    @property
    def has_work(self) -> bool:
        return any(entry.state in ("new", "changed") for entry in self.entries)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are in each state, and how many bring opening stock."""
        found = Counter(entry.state for entry in self.entries)
        opening = sum(1 for entry in self.entries if entry.opening)
        return {state: found[state] for state in ("new", "changed", "unchanged", "error")} | {
            "opening": opening
        }

    @property
    def fingerprint(self) -> str:
        """The same as long as the list would do the same to the same records."""
        meaning = [
            [entry.number, entry.state, entry.opening, sorted((k, str(v)) for k, v in entry.before.items())]
            for entry in self.entries
            if entry.state != "unchanged"
        ]
        return hashlib.sha256(json.dumps(meaning).encode()).hexdigest()


def plan(lines: list[Line]) -> Plan:
    """Read the rows against what the office knows. Raises ValidationError when the headers are not there."""
    columns, unused, rows = _headers(lines)
    known = Known()
    entries = [_entry(line, columns, known) for line in rows]
    if not entries:
        raise ValidationError(_("There is no item in this file: the rows below the column names are empty."))
    _refuse_doubles(entries, known)
    return Plan(entries, unused)


def _headers(lines: list[Line]) -> tuple[dict[int, Column], list[str], list[Line]]:
    """Column number -> column, the headers nobody knows, and the rows below the header."""
    for position, line in enumerate(lines[:HEADER_WITHIN]):
        columns = {
            index: HEADERS[normal(text)] for index, text in enumerate(line.cells) if normal(text) in HEADERS
        }
        fields = [column.field for column in columns.values()]
        if "code" in fields:
            twice = [column.label for column in COLUMNS if fields.count(column.field) > 1]
            if twice:
                raise ValidationError(_("The column “%(name)s” stands there twice.") % {"name": twice[0]})
            unused = [
                text
                for index, text in enumerate(line.cells)
                if text and index not in columns and normal(text) not in TOLD
            ]
            return columns, unused, lines[position + 1 :]
    raise ValidationError(_("The first row must name the columns; at least 物品编码 (item number)."))


def _entry(line: Line, columns: dict[int, Column], known: Known) -> Entry:
    texts = {column.field: line.cells[index] for index, column in columns.items() if index < len(line.cells)}
    entry = Entry(line.number, texts, known.items.get(texts.get("code", "")))
    values = {}
    for column in columns.values():
        if text := texts.get(column.field, ""):
            try:
                values[column.field] = known.understand(column, text)
            except ValidationError as error:
                entry.errors[column.field] = error.messages[0]
    _require(entry)
    _open(entry, values)
    _compare(entry, values)
    return entry


def _require(entry: Entry) -> None:
    needed = NEEDED_WHEN_NEW if entry.item is None else ("code",)
    for name in needed:
        if not entry.texts.get(name):
            entry.errors[name] = _("This cell must not be empty.")


def _open(entry: Entry, values: dict[str, Any]) -> None:
    """Opening stock is for what never moved; later it is history, and the row says nothing new."""
    opening, amount = values.pop("opening", 0), values.pop("opening_amount", NOTHING)
    if amount and not opening:
        entry.errors.setdefault("opening", _("An opening amount needs an opening stock."))
    if entry.item is None or entry.item.moved_at is None:
        entry.opening, entry.amount = opening, amount


def _compare(entry: Entry, values: dict[str, Any]) -> None:
    """Keep what really changes, and judge it together with what stands."""
    item = entry.item
    if item is None:
        entry.wanted = values
    else:
        entry.wanted = {name: value for name, value in values.items() if getattr(item, name) != value}
        entry.before = {name: getattr(item, name) for name in entry.wanted}
        if "unit" in entry.wanted and item.moved_at:
            entry.errors["unit"] = _("It has been counted in %(unit)s; the unit stays.") % {"unit": item.unit}
    minimum = values.get("minimum", item.minimum if item else 0)
    target = values.get("target", item.target if item else 0)
    if target and target < minimum:
        entry.errors.setdefault("target", _("The stock to fill up to is at least the minimum."))


def _refuse_doubles(entries: list[Entry], known: Known) -> None:
    """One row for each item, one item for each barcode."""
    codes: dict[str, int] = {}
    barcodes = dict(known.barcodes)
    for entry in entries:
        code = entry.texts.get("code", "")
        if code and codes.setdefault(code, entry.number) != entry.number:
            entry.errors["code"] = _("This item number stands in row %(row)d already.") % {"row": codes[code]}
        barcode = entry.wanted.get("barcode")
        if barcode and barcodes.setdefault(barcode, code) != code:
            entry.errors["barcode"] = _("This barcode belongs to item %(code)s.") % {
                "code": barcodes[barcode]
            }


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "kind":
        return str(Item.Kind(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
