"""Taking over a list of suppliers: first what each row would mean, then all is written or nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organization.columns import normal
from organization.sheets import Line
from pages.refusals import Refused
from sla.models.figure import local_day

from .models import Contact, Supplier, SupplierList
from .supplier_sheet import COLUMNS, HEADERS, OF_CONTACT, SECRET, Column, Known, understood

HEADER_WITHIN = 10


class Cell(NamedTuple):
    """One cell of the preview: what the file says, what stands now, and what is wrong with it."""

    label: Any
    text: str
    before: str
    error: str


@dataclass
class Entry:
    """One row of the list and the supplier it speaks of; `wanted` is what it would change."""

    number: int
    texts: dict[str, str]
    supplier: Supplier | None = None
    wanted: dict[str, Any] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """ "error", "new", "changed" or "unchanged"."""
        if self.errors:
            return "error"
        if self.supplier is None:
            return "new"
        return "changed" if self.wanted else "unchanged"

    @property
    def cells(self) -> list[Cell]:
        """What the preview shows: every cell of a new or wrong row, and of a changed one what changes."""
        return [
            Cell(
                one.label,
                self._text(one.field),
                self.before.get(one.field, ""),
                self.errors.get(one.field, ""),
            )
            for one in COLUMNS
            if one.field == "name" or one.field in self.errors or self._is_shown(one.field)
        ]

    def _is_shown(self, name: str) -> bool:
        if name == "name" or name in self.errors:
            return True
        return name in self.wanted if self.state == "changed" else bool(self.texts.get(name))

    def _text(self, name: str) -> str:
        text = self.texts.get(name, "")
        return SECRET[name](text) if text and name in SECRET and name not in self.errors else text


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
        found = Counter(entry.state for entry in self.entries)
        return {state: found[state] for state in ("new", "changed", "unchanged", "error")}

    @property
    def fingerprint(self) -> str:
        """The same as long as the list would do the same to the same records."""
        meaning = [[one.number, one.state, sorted(one.before.items()), one.texts] for one in self.entries]
        return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()


def plan(lines: list[Line], *, at: datetime) -> Plan:
    """Read the rows against the register. Raises ValidationError when the headers are not there."""
    columns, unused, rows = _headers(lines)
    known = Known(local_day(at))
    entries = [_entry(line, columns, known) for line in rows]
    if not entries:
        raise ValidationError(_("There is no supplier in this file: the rows below the headers are empty."))
    _refuse_doubles(entries)
    return Plan(entries, unused)


def take_over(sent: SupplierList, fingerprint: str, *, by, at: datetime) -> Plan:
    """Write the whole list if it still means what the preview showed; else raise `Refused`, write nothing."""
    with transaction.atomic():
        locked = SupplierList.objects.select_for_update().get(pk=sent.pk)
        if locked.applied_at:
            raise Refused(_("This list was already taken over."))
        found = plan(locked.lines, at=at)
        if found.has_errors:
            raise Refused(_("Nothing was taken over: some rows have mistakes. Send the mended file."))
        if found.fingerprint != fingerprint:
            raise Refused(_("Nothing was taken over: records changed meanwhile. Look at the preview again."))
        for entry in found.entries:
            _write(entry, by=by, at=at)
        locked.taken_over(at=at, created=found.counts["new"], changed=found.counts["changed"])
    return found


# -- reading a row --------------------------------------------------------------------------------


def _headers(lines: list[Line]) -> tuple[dict[int, Column], list[str], list[Line]]:
    """Column number -> column, the headers nobody knows, and the rows below the header."""
    for position, line in enumerate(lines[:HEADER_WITHIN]):
        columns = {
            place: HEADERS[normal(text)] for place, text in enumerate(line.cells) if normal(text) in HEADERS
        }
        fields = [column.field for column in columns.values()]
        if "name" in fields:
            if twice := next((one for one in COLUMNS if fields.count(one.field) > 1), None):
                raise ValidationError(_("The column “%(name)s” stands there twice.") % {"name": twice.label})
            unused = [text for place, text in enumerate(line.cells) if text and place not in columns]
            return columns, unused, lines[position + 1 :]
    raise ValidationError(_("The first row must name the columns; at least 供应商名称 (supplier)."))


def _entry(line: Line, columns: dict[int, Column], known: Known) -> Entry:
    cells = {column: line.cells[place] for place, column in columns.items() if place < len(line.cells)}
    entry = Entry(line.number, {column.field: text for column, text in cells.items()})
    values = {}
    for column, text in cells.items():
        try:
            if text:
                values[column.field] = understood(column, text, known)
        except ValidationError as error:
            entry.errors[column.field] = error.messages[0]
    entry.supplier = _meant(values, known)
    _check(entry, values, known)
    entry.wanted = {name: value for name, value in values.items() if _differs(entry, name, value)}
    return entry


def _meant(values: dict[str, Any], known: Known) -> Supplier | None:
    """The credit code decides who is meant; without one, the name."""
    by_code = known.by_code.get(values.get("tax_number", ""))
    return by_code or known.by_name.get(normal(str(values.get("name", ""))))


def _check(entry: Entry, values: dict[str, Any], known: Known) -> None:
    if not entry.texts.get("name"):
        entry.errors["name"] = _("This cell must not be empty.")
    if entry.supplier is None and not entry.texts.get("categories"):
        entry.errors["categories"] = _("Name at least one category that the supplier supplies.")
    if (values.get("phone") or values.get("email")) and not values.get("contact"):
        entry.errors["contact"] = _("Whose number is this?")
    same = known.by_name.get(normal(str(values.get("name", ""))))
    if same and entry.supplier and same != entry.supplier:
        entry.errors["name"] = _("Another supplier has this name and another credit code.")


def _differs(entry: Entry, name: str, value: Any) -> bool:
    """Whether the register would say something else; notes what it says now."""
    if entry.supplier is None:
        return True
    if name in OF_CONTACT:
        return name == "contact" and not _known_contact(entry.supplier, value)
    now = list(entry.supplier.categories.all()) if name == "categories" else getattr(entry.supplier, name)
    if name == "categories":
        if {one.pk for one in now} >= {one.pk for one in value}:
            return False
        entry.before[name] = "、".join(one.name for one in now)
        return True
    if now == value:
        return False
    shown = str(now or "")
    entry.before[name] = SECRET[name](shown) if shown and name in SECRET else shown
    return True


def _known_contact(supplier: Supplier, name: str) -> bool:
    return any(contact.name == name for contact in supplier.contacts.all())


def _refuse_doubles(entries: list[Entry]) -> None:
    """One row for each supplier, by name and by credit code."""
    for name in ("name", "tax_number"):
        seen: dict[str, int] = {}
        for entry in entries:
            text = normal(entry.texts.get(name, ""))
            if text and text in seen:
                entry.errors[name] = _("The same stands in row %(row)d already.") % {"row": seen[text]}
            seen.setdefault(text, entry.number)


# -- writing it -----------------------------------------------------------------------------------


def _write(entry: Entry, *, by, at: datetime) -> None:
    wanted = entry.wanted
    fields = {name: wanted[name] for name in Supplier.EDITABLE if name in wanted}
    added = wanted.get("categories", [])
    if entry.state == "new":
        entry.supplier = Supplier.register(fields=fields, categories=added, by=by, at=at)
    elif fields or added:
        kept = {category.pk: category for category in [*entry.supplier.categories.all(), *added]}
        entry.supplier.correct(fields=fields, categories=list(kept.values()), by=by, at=at)
    if "contact" in wanted:
        contact = {"name": wanted["contact"], "phone": wanted.get("phone"), "email": wanted.get("email", "")}
        contact["first"] = entry.state == "new"
        Contact.add(entry.supplier, fields=contact, by=by, at=at)
