"""An outside system keeps its copy of the customer register in step by asking what has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_noop

from organization.models import ApiClient
from pages.looks import record_look

from .models import Customer

SETTLED = timedelta(seconds=5)
"""A change is told when it is so old: two written at once may be committed out of their order."""


def changes(
    since: datetime | None, after: int, limit: int, *, until: datetime
) -> tuple[list[Customer], bool]:
    """At most `limit` customers changed after (`since`, id `after`), oldest first; True if there are more."""
    rows = Customer.objects.filter(updated_at__lte=until - SETTLED)
    if since is not None:
        rows = rows.filter(updated_at__gte=since).exclude(updated_at=since, pk__lte=after)
    rows = rows.select_related("owner", "product", "region").prefetch_related("phones")
    found = list(rows.order_by("updated_at", "pk")[: limit + 1])
    return found[:limit], len(found) > limit


def entry(customer: Customer, *, whole: bool) -> dict[str, Any]:
    """A customer for the outside, numbers masked unless `whole`; one out of use has only its id and state."""
    state = _state(customer)
    told = {
        "id": customer.pk,
        "state": state,
        "merged_into": customer.merged_into_id,
        "version": customer.version,
        "changed_at": customer.updated_at,
        **dict.fromkeys(("name", "company", "title", "email"), ""),
        **dict.fromkeys(("product", "region", "owner")),
        "numbers": [],
    }
    if state != "in_use":
        return told
    numbers = [_spelt(phone) if whole else phone.masked for phone in customer.phones.all()]
    return told | {
        **{name: getattr(customer, name) for name in ("name", "company", "title", "email")},
        **{
            name: str(getattr(customer, name)) if getattr(customer, name) else None
            for name in ("product", "region")
        },
        "owner": customer.owner.staff_no if customer.owner else None,
        "numbers": numbers,
    }


def record_looks(customers: Iterable[Customer], client: ApiClient) -> None:
    """Whole numbers that leave the house are looked at, by a system: it stands in the customer's history."""
    for customer in customers:
        if _state(customer) == "in_use" and customer.phones.all():
            record_look(customer, None, gettext_noop("phone number, by %(system)s"), system=client.name)


def _state(customer: Customer) -> str:
    if customer.anonymised_at:
        return "anonymised"
    if customer.merged_into_id:
        return "merged"
    return "withdrawn" if customer.withdrawn_at else "in_use"


def _spelt(phone: Any) -> str:
    return f"{phone.number};ext={phone.extension}" if phone.extension else phone.number
