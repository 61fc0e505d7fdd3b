"""Writing a confirmed list of items: new ones in bulk, each with its entry in the history; all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from organization.models import User
from pages import history, pinyin, rows
from pages.clock import now
from pages.refusals import Refused

from .. import opening
from ..models import Item, ItemImport
from .plan import Entry, Plan, plan

BATCH = 1_000
TELL_EVERY = 250
PROGRESS_KEPT = 3600
TOLD = [
    "code", "name", "specification", "kind", "category", "unit", "minimum", "target", "place", "shelf",
    "barcode", "requestable", "reorders", "active", "remark",
]  # fmt: skip
COLUMNS = [*TOLD, "initials", "picture", "picture_type", "on_hand", "value", "moved_at"]
LOG = [
    "content_type", "object_pk", "object_id", "object_repr", "action", "changes_text", "changes", "actor",
    "timestamp", "additional_data", "actor_email",
]  # fmt: skip


def progress(batch: ItemImport) -> tuple[int, int]:
    """How many rows of how many are written; (0, 0) before it begins."""
    return cache.get(_key(batch)) or (0, 0)


def take_over_confirmed() -> int:
    """Write every list that somebody confirmed; gives how many. Two workers do not take the same."""
    waiting = ItemImport.objects.filter(applied_at=None, failed="").exclude(confirmed_at=None)
    taken = 0
    for batch in waiting.select_related("uploaded_by").order_by("confirmed_at"):
        with translation.override(batch.uploaded_by.language or None):
            taken += _attempt(batch)
    return taken


def take_over(batch: ItemImport, *, at: datetime) -> Plan | None:
    """Write the whole list, or nothing: raises Refused where a row has a mistake by now.

    None where another worker is at it, or was.
    """
    with transaction.atomic(), _readers_admitted():
        locked = ItemImport.objects.select_for_update(skip_locked=True, of=("self",))
        batch = locked.select_related("uploaded_by").filter(pk=batch.pk, applied_at=None).first()
        if batch is None:
            return None
        found = plan(batch.lines)
        if found.has_errors:
            raise Refused(
                _("Nothing was taken over: some rows have mistakes by now. Look at the preview again.")
            )
        _write(batch, found, at=at)
        return found


@contextmanager
def _readers_admitted() -> Iterator[None]:
    """SQLite locks readers out once what is written outgrows its memory: they want to see the progress."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_spill = OFF")
        try:
            yield
        finally:
            cursor.execute("PRAGMA cache_spill = ON")


def _attempt(batch: ItemImport) -> bool:
    try:
        return take_over(batch, at=now()) is not None
    except (Refused, ValidationError) as error:
        batch.fail(str(error) if isinstance(error, Refused) else error.messages[0])
    except IntegrityError:
        batch.fail(_("Nothing was taken over: somebody changed the same items just now. Try again."))
    return False


def _write(batch: ItemImport, found: Plan, *, at: datetime) -> None:
    new = [entry for entry in found.entries if entry.state == "new"]
    changed = [entry for entry in found.entries if entry.state == "changed"]
    by, reason = batch.uploaded_by, _("Import “%(file)s”") % {"file": batch.file_name}
    total = len(new) + len(changed)
    _tell(batch, 0, total)
    for start in range(0, len(new), BATCH):
        _add(new[start : start + BATCH], by=by, reason=reason, at=at)
        _tell(batch, start + BATCH, total)
    with history.reason(reason, by=by):
        for number, entry in enumerate(changed, start=len(new)):
            _change(entry)
            if number % TELL_EVERY == 0:
                _tell(batch, number, total)
    posting = _open([*new, *changed], batch, at=at)
    batch.taken_over(
        at=at, created=len(new), changed=sum(1 for entry in changed if entry.wanted),
        opened=found.counts["opening"], posting=posting,
    )  # fmt: skip


def _add(entries: list[Entry], *, by: User, reason: str, at: datetime) -> None:
    made = [_item(entry) for entry in entries]
    attnames = [Item._meta.get_field(name).attname for name in COLUMNS]
    table = [[getattr(item, name) for name in attnames] for item in made]
    for entry, item, pk in zip(entries, made, rows.insert(Item, COLUMNS, table, returning=True), strict=True):
        item.pk, item._state.adding = pk, False
        entry.item = item
    kind = ContentType.objects.get_for_model(Item).pk
    told = [
        (kind, str(item.pk), item.pk, str(item), LogEntry.Action.CREATE, "", _changes(item), by.pk, at,
         {"reason": reason}, by.email)
        for item in made
    ]  # fmt: skip
    rows.insert(LogEntry, LOG, told)


def _item(entry: Entry) -> Item:
    item = Item(**entry.wanted)
    item.initials, item.barcode = pinyin.initials(item.name)[:80], item.barcode or None
    return item


def _changes(item: Item) -> dict[str, list[str]]:
    """What auditlog would have written of a new record: nothing before, everything after."""
    values = {name: getattr(item, Item._meta.get_field(name).attname) for name in TOLD}
    return {name: ["None", str(value)] for name, value in values.items() if value is not None}


def _change(entry: Entry) -> None:
    item: Any = entry.item
    for name, value in entry.wanted.items():
        setattr(item, name, value)
    if entry.wanted:
        item.save(update_fields=list(entry.wanted))


def _open(entries: list[Entry], batch: ItemImport, *, at: datetime):
    """One document of the opening stock of all, or None where the list brings none."""
    openings = [
        opening.Opening(entry.item.pk, entry.item.place_id, entry.opening, entry.amount)
        for entry in entries
        if entry.opening
    ]
    return opening.post(openings, by=batch.uploaded_by, at=at, source=batch) if openings else None


def _tell(batch: ItemImport, done: int, total: int) -> None:
    cache.set(_key(batch), (min(done, total), total), PROGRESS_KEPT)


def _key(batch: ItemImport) -> str:
    return f"item-import:{batch.pk}"
