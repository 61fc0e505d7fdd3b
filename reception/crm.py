"""An outside customer system (CRM) is told of every change of the register, by the webhooks of `notices`.

The message names the entry and what happened; numbers leave masked, because the outbox keeps plain words.
The account manager finds customers who rang for the first time in the inbox.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.models import Channel
from notices.telling import tell
from organization.models import User

from .models import Customer
from .signals import customer_saved

EVENTS = {
    "created": _("registered"),
    "corrected": _("corrected"),
    "merged": _("merged"),
    "unmerged": _("taken apart"),
    "withdrawn": _("withdrawn"),
    "anonymised": _("anonymised"),
}


def register() -> None:
    kinds.word("customer_event", lambda event: EVENTS.get(event, event))
    kinds.register(
        "reception.customer_new",
        label=_("A new customer of yours"),
        title=_("New customer of yours: %(name)s"),
        body=_("%(company)s %(numbers)s"),
    )
    kinds.register(
        "reception.customer_saved",
        label=_("A change of the customer register"),
        title=_("Customer %(name)s: %(customer_event)s"),
        body=_("%(company)s %(numbers)s"),
    )
    customer_saved.connect(announce, sender=Customer, dispatch_uid="reception.crm")


def announce(
    sender: Any, customer: Customer, event: str, by: User | None, at: datetime, **kwargs: Any
) -> None:
    """Write the announcement into the outbox, in the transaction of the change."""
    is_news = event == "created" and customer.source_call_id and customer.owner_id and customer.owner != by
    if is_news:
        tell(
            [customer.owner],
            "reception.customer_new",
            channels=("inbox", "webhook"),
            **_words(customer, event, by, at),
        )
    elif by and Channel.objects.enabled().filter(kind=Channel.Kind.WEBHOOK).exists():
        for notice in tell(
            [by], "reception.customer_saved", channels=("webhook",), **_words(customer, event, by, at)
        ):
            notice.read(by=by, at=at)  # what one did oneself is no news


def _words(customer: Customer, event: str, by: User | None, at: datetime) -> dict[str, Any]:
    params = {
        "customer": customer.pk,
        "customer_event": event,
        "name": customer.name,
        "company": customer.company,
        "title": customer.title,
        "email": customer.email,
        "numbers": customer.numbers,
        "owner": customer.owner.staff_no if customer.owner else "",
        "version": customer.version,
    }
    return {
        "params": params,
        "link": customer.get_absolute_url(),
        "source": customer,
        "by": by,
        "at": at,
        "urgent": True,
    }
