"""Taking over an employee list: what each row would mean is shown first, then all is written or nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pages import phones
from pages.refusals import Refused

from . import circles
from .columns import COLUMNS, HEADERS, LINKS, Column, Known, normal, understand
from .models import StaffList, User
from .sheets import Line

HEADER_WITHIN = 10
REQUIRED = ("staff_no", "name")


class Cell(NamedTuple):
    """One cell of the preview: what the file says, what stands now, and what is wrong with it."""

    label: Any
    text: str
    before: str
    error: str


@dataclass
class Entry:
    """One row of the list and the person it speaks of (not saved yet when new)."""

    number: int
    texts: dict[str, str]
    person: User
    is_new: bool
    wanted: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """ "error", "new", "changed" or "unchanged"."""
        if self.errors:
            return "error"
        if self.is_new:
            return "new"
        return "changed" if self.wanted else "unchanged"

    @property
    def cells(self) -> list[Cell]:
        """What the preview shows: every cell of a new or wrong row, and of a changed one what changes."""
        fields = [column for column in COLUMNS if self._is_shown(column.field)]
        return [
            Cell(
                column.label,
                self._text(column.field),
                self._before(column.field),
                self.errors.get(column.field, ""),
            )
            for column in fields
        ]

    def _is_shown(self, name: str) -> bool:
        if name in self.errors or name in ("staff_no", "name"):
            return True
        return name in self.wanted if self.state == "changed" else bool(self.texts.get(name))

    def _text(self, name: str) -> str:
        text = self.texts.get(name, "")
        return phones.mask(str(self.wanted[name] or "")) if name == "mobile" and name in self.wanted else text

    def _before(self, name: str) -> str:
        if self.is_new or name not in self.before:
            return ""
        value = self.before[name]
        if name == "status":
            return str(User.Status(value).label)
        return phones.mask(value or "") if name == "mobile" else str(value or "")


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
        """How many rows are in each state."""
        found = Counter(entry.state for entry in self.entries)
        return {state: found[state] for state in ("new", "changed", "unchanged", "error")}

    @property
    def fingerprint(self) -> str:
        """The same as long as the list would do the same to the same records."""
        meaning = [
            [entry.number, entry.state, sorted((k, str(v)) for k, v in entry.before.items()), entry.texts]
            for entry in self.entries
        ]
        return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()


def plan(lines: list[Line], *, by: User) -> Plan:
    """Read the rows against what the office knows. Raises ValidationError when the headers are not there."""
    columns, unused, rows = _headers(lines)
    known = Known()
    entries = [_entry(line, columns, known) for line in rows]
    if not entries:
        raise ValidationError(_("There is nobody in this file: the rows below the column names are empty."))
    _refuse_doubles(entries, known)
    _link(entries, known)
    for entry in entries:
        _check(entry, by)
    _refuse_circles(entries, known)
    return Plan(entries, unused)


def take_over(staff_list: StaffList, fingerprint: str, *, by: User, at: datetime) -> Plan:
    """Write the whole list if it still means what the preview showed; else raise `Refused`, write nothing."""
    try:
        with transaction.atomic():
            locked = StaffList.objects.select_for_update().get(pk=staff_list.pk)
            if locked.applied_at:
                raise Refused(_("This list was already taken over."))
            found = plan(locked.lines, by=by)
            if found.has_errors:
                raise Refused(_("Nothing was taken over: some rows have mistakes. Send the mended file."))
            if found.fingerprint != fingerprint:
                raise Refused(
                    _("Nothing was taken over: records changed meanwhile. Look at the preview again.")
                )
            _write(found, by=by, at=at)
            locked.taken_over(at=at, created=found.counts["new"], changed=found.counts["changed"])
    except IntegrityError as error:
        raise Refused(
            _("Nothing was taken over: somebody changed the same people just now. Try again.")
        ) from error
    return found


def _headers(lines: list[Line]) -> tuple[dict[int, Column], list[str], list[Line]]:
    """Column number -> column, the headers nobody knows, and the rows below the header."""
    for position, line in enumerate(lines[:HEADER_WITHIN]):
        columns = {
            index: HEADERS[normal(text)] for index, text in enumerate(line.cells) if normal(text) in HEADERS
        }
        fields = [column.field for column in columns.values()]
        if set(REQUIRED) <= set(fields):
            twice = [column.label for column in COLUMNS if fields.count(column.field) > 1]
            if twice:
                raise ValidationError(_("The column “%(name)s” stands there twice.") % {"name": twice[0]})
            unused = [text for index, text in enumerate(line.cells) if text and index not in columns]
            return columns, unused, lines[position + 1 :]
    raise ValidationError(
        _("The first row must name the columns; at least 工号 (staff number) and 姓名 (name).")
    )


def _entry(line: Line, columns: dict[int, Column], known: Known) -> Entry:
    texts = {column.field: line.cells[index] for index, column in columns.items() if index < len(line.cells)}
    person = known.people.get(texts.get("staff_no", ""))
    entry = Entry(line.number, texts, person or User(), is_new=person is None)
    for column in columns.values():
        text = texts.get(column.field, "")
        if not text:
            continue
        try:
            entry.wanted[column.field] = understand(column, text, known)
        except ValidationError as error:
            entry.errors[column.field] = error.messages[0]
    for name in REQUIRED:
        if not texts.get(name):
            entry.errors[name] = _("This cell must not be empty.")
    if entry.is_new and texts.get("staff_no") and not texts.get("username"):
        entry.wanted["username"] = texts["staff_no"]
    return entry


def _refuse_doubles(entries: list[Entry], known: Known) -> None:
    """One row for each staff number, one person for each login name."""
    numbers: dict[str, int] = {}
    names = dict(known.usernames)
    for entry in entries:
        staff_no = entry.texts.get("staff_no", "")
        if staff_no and staff_no in numbers:
            entry.errors["staff_no"] = _("This staff number stands in row %(row)d already.") % {
                "row": numbers[staff_no]
            }
        numbers.setdefault(staff_no, entry.number)
        username = str(entry.wanted.get("username", "")).lower()
        if username and names.setdefault(username, staff_no) != staff_no:
            entry.errors["username"] = _("This login name belongs to staff number %(number)s.") % {
                "number": names[username]
            }


def _link(entries: list[Entry], known: Known) -> None:
    """Turn staff numbers of line managers and backups into people, wherever in the file they stand."""
    people = {entry.texts["staff_no"]: entry.person for entry in entries if entry.texts.get("staff_no")}
    leaving = {number for number, person in known.people.items() if person.status == User.Status.LEFT}
    for entry in entries:
        status, number = entry.wanted.get("status"), entry.texts.get("staff_no", "")
        leaving = (
            leaving | {number} if status == User.Status.LEFT else leaving - {number} if status else leaving
        )
    for entry in entries:
        for name in LINKS:
            number = entry.wanted.get(name)
            if not number:
                continue
            target = people.get(number) or known.people.get(number)
            if target is None:
                entry.errors[name] = _("Nobody has the staff number %(number)s.") % {"number": number}
            elif number == entry.texts.get("staff_no"):
                entry.errors[name] = _("Nobody is their own line manager or backup.")
            elif number in leaving:
                entry.errors[name] = _("The person with staff number %(number)s has left.") % {
                    "number": number
                }
            else:
                entry.wanted[name] = target


def _check(entry: Entry, by: User) -> None:
    """Keep what really changes, put it onto the person, and let the model's own rules judge it."""
    person = entry.person
    wanted = {name: value for name, value in entry.wanted.items() if name not in entry.errors}
    current = {name: getattr(person, name) for name in wanted}
    entry.wanted = {name: value for name, value in wanted.items() if entry.is_new or current[name] != value}
    entry.before = {name: current[name] for name in entry.wanted}
    if entry.wanted and not entry.is_new:
        _guard(entry, by)
    for name, value in entry.wanted.items():
        if name not in LINKS and name != "status":
            setattr(person, name, value)
    judged = {name for name in entry.wanted if name not in LINKS}
    try:
        person.clean_fields(exclude={f.name for f in User._meta.fields} - judged)
    except ValidationError as error:
        entry.errors |= {name: messages[0] for name, messages in error.message_dict.items()}


def _guard(entry: Entry, by: User) -> None:
    touched = [name for name in ("username", "email", "status") if name in entry.wanted]
    if touched and entry.person.pk != by.pk and not entry.person.may_be_managed_by(by):
        entry.errors[touched[0]] = _("You may not change how this person signs in.")
    if entry.person.pk == by.pk and "status" in entry.wanted:
        entry.errors["status"] = _("Nobody can record their own leaving.")


def _refuse_circles(entries: list[Entry], known: Known) -> None:
    """Nobody may end up reporting to themselves, when file and office are taken together."""
    above = {
        number: person.manager.staff_no if person.manager else None for number, person in known.people.items()
    }
    for entry in entries:
        if "manager" in entry.wanted:
            manager = entry.wanted["manager"]
            above[entry.texts["staff_no"]] = manager.staff_no if manager else None
    for entry in entries:
        number = entry.texts.get("staff_no", "")
        if "manager" in entry.wanted and circles.closes(above, number, above.get(number)):
            entry.errors["manager"] = _("%(name)s would end up reporting to themselves.") % {
                "name": entry.texts.get("name", "")
            }


def _write(found: Plan, *, by: User, at: datetime) -> None:
    """People first, then who reports to whom, then who leaves or returns."""
    working = [entry for entry in found.entries if entry.wanted]
    for entry in working:
        _write_person(entry)
    for entry in working:
        links = [name for name in LINKS if name in entry.wanted]
        for name in links:
            setattr(entry.person, name, entry.wanted[name])
        if links:
            entry.person.save(update_fields=links)
    for entry in working:
        _write_status(entry, by=by, at=at)


def _write_person(entry: Entry) -> None:
    person = entry.person
    if entry.is_new:
        person.set_unusable_password()
        person.save()
        return
    fields = [name for name in entry.wanted if name not in LINKS and name != "status"]
    if fields:
        person.save(update_fields=fields)


def _write_status(entry: Entry, *, by: User, at: datetime) -> None:
    if entry.wanted.get("status") == User.Status.LEFT:
        entry.person.leave(by=by, at=at)
    elif "status" in entry.wanted and not entry.is_new:
        entry.person.rejoin(by=by, at=at)
