"""A customer who is to be forgotten (匿名化) leaves every place where name and number were written; what was
counted goes on counting: calls, promises and notices stay, without saying who it was."""

from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from notices.models import Notice
from sla.models import Timer

if TYPE_CHECKING:
    from .models import Call, Customer

WIPED = "***"
CUSTOMER_WORDS = ("name", "company", "title", "email", "notes")
CALL_WORDS = ("caller_name", "company", "purpose", "feedback_text", "callback_outcome")
PERSONAL = {*CUSTOMER_WORDS, *CALL_WORDS, "number", "numbers", "extension", "label"}


def forget(customer: "Customer") -> None:
    """Wipe the customer's words, phones and traces; inside the transaction of `Customer.anonymise`."""
    phones, calls = list(customer.phones.all()), list(customer.calls.all())
    for phone in phones:
        phone_pk = phone.pk
        phone.delete()
        _forget_history(type(phone), phone_pk)
    for call in calls:
        _forget_call(call)
    for merge in [*customer.merges.all(), *customer.merges_away.all()]:
        merge.taken_over = {}
        merge.save(update_fields=["taken_over"])
    _forget_traces(customer)


def _forget_call(call: "Call") -> None:
    for name in CALL_WORDS:
        setattr(call, name, "")
    call.number, call.extension = None, ""
    call.version += 1
    call.save()
    for phone_call in call.phone_calls.all():
        phone_call.forget()
    _forget_traces(call)


def _forget_traces(record: models.Model) -> None:
    kind = ContentType.objects.get_for_model(record)
    for timer in Timer.objects.filter(subject_type=kind, subject_id=record.pk):
        timer.label = WIPED
        timer.save(update_fields=["label"])
        _forget_notices(timer)
    _forget_notices(record)
    _forget_history(type(record), record.pk)


def _forget_notices(source: models.Model) -> None:
    for notice in Notice.objects.about(source):
        notice.params = {name: _wiped(name, value) for name, value in notice.params.items()}
        notice.words = ""
        notice.save(update_fields=["params", "words"])


def _forget_history(model: type[models.Model], pk: int) -> None:
    for entry in LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_pk=str(pk)
    ):
        changes = entry.changes or {}
        entry.changes = {name: [WIPED, WIPED] if name in PERSONAL else pair for name, pair in changes.items()}
        entry.object_repr = WIPED
        entry.save(update_fields=["changes", "object_repr"])


def _wiped(name: str, value: Any) -> Any:
    """Instants and figures say nothing about the person; words may."""
    return WIPED if isinstance(value, str) and value and not name.endswith("_at") else value
