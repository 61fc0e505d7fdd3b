"""Who changed what, when and why: the history of a record, and the reason that goes with a change."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple

from auditlog.cid import get_cid
from auditlog.diff import model_instance_diff
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import records

MOST_ENTRIES = 200
NOTHING = frozenset(("None", "", None))

_given: ContextVar[tuple[str, Any] | None] = ContextVar("history_reason", default=None)

#: (model, field) -> how the history says what is stored there.
_words: dict[tuple[type[Model], str], Callable[[str], str]] = {}

ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("created"),
    LogEntry.Action.UPDATE: gettext_lazy("changed"),
    LogEntry.Action.DELETE: gettext_lazy("deleted"),
    LogEntry.Action.ACCESS: gettext_lazy("looked at"),
}


class FieldChange(NamedTuple):
    label: Any
    before: str
    after: str


class Entry(NamedTuple):
    """One line of a record's history, ready to be shown."""

    at: datetime
    by: str
    action: Any
    fields: list[FieldChange]
    reason: str
    looked_at: str


@contextmanager
def reason(text: Any = "", *, by: Any = None) -> Iterator[None]:
    """Everything recorded in the history inside this block carries the reason `text` and the author `by`.

    Works in requests, tasks and commands alike, and may be nested: inside, the inner one alone holds.
    Verbs use it around their saves: `with reason(text, by=by): self.save(update_fields=[…])`.
    """
    token = _given.set((str(text or ""), by))
    try:
        yield
    finally:
        _given.reset(token)


def tell_as(model: type[Model], field: str, words: Callable[[str], str]) -> None:
    """Let the history say what is stored in a field (a rule, a key) in words instead of as it is stored.

    `words` gets the value as the entry holds it, JSON as text; a ValueError leaves it as it is.
    """
    _words[model, field] = words


def save(record: Model, before: Model, fields: Iterable[str]) -> None:
    """Save these fields of a record, and note in its history what is other than in `before`.

    For verbs that have just read the row under lock: left alone, the history would read it a second time.
    """
    fields = list(fields)
    records.write(record, fields)
    changes = model_instance_diff(before, record, fields_to_check=fields)
    if changes:
        _note(record, changes)


def _note(record: Model, changes: dict[str, Any]) -> None:
    """What `LogEntry.objects.log_create` does for a change, with who and why from the same receivers."""
    entry = LogEntry(
        content_type=ContentType.objects.get_for_model(record),
        object_pk=str(record.pk),
        object_id=record.pk,
        object_repr=str(record),
        action=LogEntry.Action.UPDATE,
        changes=changes,
        cid=get_cid(),
    )
    pre_save.send(LogEntry, instance=entry, raw=False, using=entry._state.db, update_fields=None)
    records.insert(entry)


def note_many(record: Model, field: str, before: Iterable[Any], after: Iterable[Any]) -> None:
    """Note in a record's history that a relation to many now holds others, or the same in another order."""
    told_before, told_after = [str(one) for one in before], [str(one) for one in after]
    if told_before != told_after:
        change = {"type": "m2m", "operation": "set", "before": told_before, "objects": told_after}
        LogEntry.objects.log_create(record, action=LogEntry.Action.UPDATE, changes={field: change})


def stamp(sender, instance: LogEntry, **kwargs) -> None:
    """Receiver of `pre_save` of LogEntry: writes the reason and author in force onto a new entry."""
    given = _given.get()
    if given is None or not instance._state.adding:
        return
    text, by = given
    if text:
        instance.additional_data = {**(instance.additional_data or {}), "reason": text}
    if by is not None and getattr(by, "pk", None):
        instance.actor = by
        instance.actor_email = getattr(by, "email", None)


def history_of(record: Model, limit: int = MOST_ENTRIES) -> list[Entry]:
    """The newest `limit` entries about `record`, newest first; masked fields were stored masked."""
    entries = LogEntry.objects.get_for_object(record).select_related("actor", "content_type")
    return [_entry(entry) for entry in entries.order_by("-timestamp", "-pk")[:limit]]


def _entry(entry: LogEntry) -> Entry:
    more = entry.additional_data or {}
    return Entry(
        at=entry.timestamp,
        by=str(entry.actor) if entry.actor else _("the system"),
        action=ACTIONS[entry.action],
        fields=_fields(entry),
        reason=more.get("reason", ""),
        looked_at=_looked_at(more),
    )


def _looked_at(more: dict) -> str:
    """What was looked at, in the reader's language whatever the looker's was."""
    what = more.get("looked_at", "")
    return _(what) % more.get("looked_at_numbers", {}) if what else ""


def _fields(entry: LogEntry) -> list[FieldChange]:
    if (
        entry.action in (LogEntry.Action.ACCESS, LogEntry.Action.DELETE)
        or entry.content_type.model_class() is None
    ):
        return []
    changes = entry.changes_dict or {}
    many = {name: value for name, value in changes.items() if isinstance(value, dict)}
    own = [field.name for field in entry.content_type.model_class()._meta.fields if not field.primary_key]
    entry.changes = {name: changes[name] for name in own if name in changes and name not in many}
    display = entry.changes_display_dict | dict(_told(entry))
    shown = [FieldChange(label, _shown(old), _shown(new)) for label, (old, new) in display.items()]
    shown = [change for change in shown if change.before != change.after]
    return shown + [_many(entry, name, value) for name, value in many.items()]


def _told(entry: LogEntry) -> Iterator[tuple[Any, list[str]]]:
    """Label, and before and after, of the fields that are told in words of their own."""
    model = entry.content_type.model_class()
    for name, values in entry.changes.items():
        if words := _words.get((model, name)):
            yield model._meta.get_field(name).verbose_name, [_said(words, str(value)) for value in values]


def _said(words: Callable[[str], str], value: str) -> str:
    try:
        return value if value in NOTHING else words(value)
    except ValueError:
        return value


def _many(entry: LogEntry, name: str, value: dict) -> FieldChange:
    field = entry.content_type.model_class()._meta.get_field(name)
    label = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
    before, objects = "、".join(value.get("before", [])), "、".join(value.get("objects", []))
    if value.get("operation") == "delete":
        return FieldChange(label, objects, "")
    return FieldChange(label, before, objects)


def _shown(value: Any) -> str:
    if value in NOTHING:
        return ""
    return {"True": _("yes"), "False": _("no")}.get(str(value), str(value))
