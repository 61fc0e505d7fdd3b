"""The last two hours at the demo's desk: whoever opens the office, at night or on a holiday, finds it alive.

These few calls are made by the verbs themselves, so the people concerned have them in their inboxes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from notices.models import Delivery, Notice
from organization.models import User
from organization.roles import Role
from pages import phones

from . import demo_words as words
from .allocation import propose
from .models import Call, CallerType, Customer

MISSED_AGO = timedelta(minutes=12)
SEEN_BY = "sales"
"""The demo account whose own customers ring, so that its inbox has something to answer."""


class Answered(NamedTuple):
    """A call that was fed back in time, and perhaps answered "received"."""

    minutes_ago: int
    kind: str
    seconds_to_feedback: int
    seconds_to_received: int = 0


ANSWERED = (
    Answered(104, "customer", 31, 240),
    Answered(71, "new-customer", 24),
    Answered(47, "supplier", 42),
    Answered(26, "customer", 18),
)


def ring(random: Random, now: datetime, customers: Sequence[Customer]) -> None:
    """Four answered calls, one of them received, and one missed that waits to be called back."""
    desk = list(User.objects.in_role(Role.RECEPTIONIST).order_by("pk"))
    known = [customer for customer in customers if customer.owner.username == SEEN_BY] or customers
    for answered in ANSWERED:
        _answer(answered, random.choice(desk), random.choice(known), random, now)
    missed = random.choice(customers)
    Call.miss(by=desk[0], at=now - MISSED_AGO, rings=7, **_introduced(missed))
    Delivery.objects.filter(notice__kind="reception.feedback").delete()  # the addresses are invented


def _answer(answered: Answered, by: User, customer: Customer, random: Random, now: datetime) -> None:
    kind = CallerType.objects.get(key=answered.kind)
    about = _introduced(customer) if answered.kind == "customer" else _stranger(random, customer)
    rang_at = now - timedelta(minutes=answered.minutes_ago)
    deciding = {name: about.get(name) for name in ("product", "region", "customer")}
    proposal = propose(caller_type=kind, **deciding, at=rang_at)
    call = Call.log(
        by=by,
        at=rang_at + timedelta(seconds=random.randrange(60, 200)),
        rang_at=rang_at,
        answered_at=rang_at + timedelta(seconds=12),
        rings=2,
        caller_type=kind,
        purpose=random.choice(words.KINDS[answered.kind].purposes),
        proposal=proposal,
        transferred_to=proposal.user or by,
        caller_hung_up_first=True,
        hang_up=True,
        **about,
    )
    _feed_back(call, answered, by)
    if kind.is_new_customer:
        _register(call, by)


def _introduced(customer: Customer) -> dict:
    """A known customer, as the look-up hands a call over to the form."""
    phone = customer.phones.all()[0]
    return {
        "caller_name": customer.name,
        "company": customer.company,
        "phone": phones.Phone(phone.number, phone.extension),
        "customer": customer,
        "product": customer.product,
        "region": customer.region,
    }


def _stranger(random: Random, like: Customer) -> dict:
    """Somebody not in the register, after the same product in the same region as `like`."""
    return {
        "caller_name": words.person(random),
        "company": words.company(random),
        "phone": phones.parse(words.number(random)),
        "product": like.product,
        "region": like.region,
    }


def _feed_back(call: Call, answered: Answered, by: User) -> None:
    told_at = call.ended_at + timedelta(seconds=answered.seconds_to_feedback)
    call.feed_back(call.proposed_feedback, by=by, at=told_at)
    if answered.seconds_to_received:
        notice = Notice.objects.get(kind="reception.feedback", source_id=call.pk)
        read_at = told_at + timedelta(seconds=answered.seconds_to_received)
        notice.acknowledge(by=call.transferred_to, at=read_at)


def _register(call: Call, by: User) -> None:
    fields = {name: getattr(call, name) for name in ("company", "product", "region")}
    fields |= {"name": call.caller_name, "owner": call.transferred_to}
    number = phones.Phone(call.number, call.extension)
    at = call.ended_at + timedelta(seconds=83)
    Customer.register(fields=fields, phones=[(number, "")], call=call, by=by, at=at)
