"""The telephone system reports that the line rings, is answered and hung up; the desk's calls follow.

Every report is kept, and the call is derived from all of them together, so it does not matter in which order
they come in or how often. Nothing is shown of a call that only rings.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import ApiClient, User
from organization.roles import Role
from pages.phones import digest
from pages.refusals import Refused

from .models import Call, Customer, CustomerPhone, PhoneCall, PhoneEvent
from .models.call_line import Heard


@transaction.atomic
def report(
    client: ApiClient,
    *,
    reference: str,
    event_id: str,
    kind: str,
    at: datetime,
    received_at: datetime,
    **said: str,
) -> tuple[PhoneCall, bool]:
    """Take one event in; gives the call it belongs to, and False if it was known already.

    `said`: number, extension, agent, reason. A clock that is ahead is believed up to `received_at`.
    """
    phone_call = PhoneCall.objects.get_or_create(client=client, reference=reference)[0]
    phone_call = PhoneCall.objects.select_for_update().get(pk=phone_call.pk)
    event, fresh = PhoneEvent.objects.select_related("phone_call").get_or_create(
        client=client,
        event_id=event_id,
        defaults={
            "phone_call": phone_call,
            "kind": kind,
            "at": min(at, received_at),
            "received_at": received_at,
            **said,
        },
    )
    if not fresh and not event.says(reference, kind):
        raise Refused(_("This event_id has already been used for another event."))
    if fresh:
        _follow(phone_call, received_at)
    return phone_call, fresh


def _follow(phone_call: PhoneCall, at: datetime) -> None:
    """Open the desk's call as soon as there is one, and bring it in line with all that was heard."""
    heard = phone_call.heard
    if not (heard.answered_at or heard.is_over):
        return
    receptionist = _receptionist(heard)
    customer = _customer(heard)
    reason = _("reported by %(system)s") % {"system": phone_call.client}
    if phone_call.call is None:
        phone_call.call = _open(heard, receptionist, customer)
        phone_call.save(update_fields=["call"])
    phone_call.call.follow_line(heard, receptionist=receptionist, customer=customer, reason=reason, at=at)


def _open(heard: Heard, receptionist: User, customer: Customer | None) -> Call:
    details = {**heard.instants, **Call.details_of(customer), "hung_up_at": heard.hung_up_at}
    if heard.answered_at:
        return Call.log(by=receptionist, at=heard.answered_at, phone=heard.phone, **details)
    del details["answered_at"]
    return Call.miss(by=receptionist, at=heard.hung_up_at, phone=heard.phone, **details)


def _receptionist(heard: Heard) -> User:
    """Who took the call, by extension; else the first receptionist there, else any, else the manager."""
    at = heard.answered_at or heard.hung_up_at
    people = User.objects.active().order_by("pk")
    for person in people.filter(extension=heard.agent) if heard.agent else ():
        if person.has_perm("reception.add_call"):
            return person
    desk = people.in_role(Role.RECEPTIONIST)
    found = desk.present(at).first() or desk.first() or people.in_role(Role.ADMIN_MANAGER).first()
    if found is None:
        raise Refused(_("Nobody works at the desk yet: give somebody the role of receptionist."))
    return found


def _customer(heard: Heard) -> Customer | None:
    """The one live customer with this number; with several, the desk chooses."""
    if heard.phone is None:
        return None
    owners = CustomerPhone.objects.filter(digest=digest(heard.phone.number)).order_by().values("customer")
    found = list(Customer.objects.live().filter(pk__in=owners)[:2])
    return found[0] if len(found) == 1 else None
