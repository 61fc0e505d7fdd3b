"""What other systems may report to the desk and ask of it."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError
from pydantic import AwareDatetime, StringConstraints

from organization.clients import Token
from pages.clock import now

from .customer_changes import changes, entry, record_looks
from .forms.call import FARTHEST_BACK
from .models import PhoneCall
from .phone_events import report

CLOCK_AHEAD = timedelta(minutes=2)

router = Router()

Key = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[\x21-\x7e]+$")]
Extension = Annotated[str, StringConstraints(max_length=10, pattern=r"^[0-9*#+]*$")]


class PhoneEventIn(Schema):
    """What happened on the line."""

    event_id: Key = Field(
        description=gettext_noop("Different for every event; the same one sent again counts once.")
    )
    call_id: Key = Field(description=gettext_noop("The call, as the telephone system numbers it."))
    kind: Literal["ring", "answer", "hangup"] = Field(description=gettext_noop("What happened on the line."))
    at: AwareDatetime = Field(
        description=gettext_noop("When, in ISO 8601 with the zone: 2026-11-23T12:00:00+08:00.")
    )
    number: Annotated[str, StringConstraints(max_length=100)] = Field(
        "", description=gettext_noop("The caller's number in any notation; empty if it is hidden.")
    )
    extension: Extension = Field("", description=gettext_noop("The caller's own extension, if there is one."))
    agent: Extension = Field("", description=gettext_noop("The extension at the desk that rings or answers."))
    reason: Annotated[str, StringConstraints(max_length=80)] = Field(
        "", description=gettext_noop("Why it was hung up, in the words of the telephone system.")
    )


class PhoneCallOut(Schema):
    """What came of it. `call` is null while the line only rings."""

    call: int | None
    state: str
    replayed: bool


@router.post(
    "/phone-events/",
    auth=Token("phone-events"),
    response={200: PhoneCallOut, 201: PhoneCallOut},
    summary=gettext_noop("Report what happens on the telephone line"),
    description=gettext_noop(
        "Ring, answer and hang-up, in any order and as often as needed; "
        "201 for a new event, 200 for one known already."
    ),
)
def phone_event(request: HttpRequest, event: PhoneEventIn) -> Status:
    """POST /api/phone-events/."""
    received_at = now()
    _refuse_impossible(event.at, received_at)
    said = event.dict(exclude={"call_id"})
    phone_call, fresh = report(request.auth, reference=event.call_id, received_at=received_at, **said)
    return Status(201 if fresh else 200, {**_came_of(phone_call), "replayed": not fresh})


def _refuse_impossible(at: datetime, received_at: datetime) -> None:
    if at > received_at + CLOCK_AHEAD:
        raise HttpError(422, _("This lies in the future. Check the clock of the telephone system."))
    if at < received_at - FARTHEST_BACK:
        raise HttpError(422, _("Calls can be entered up to 31 days back."))


def _came_of(phone_call: PhoneCall) -> dict:
    return {"call": phone_call.call_id, "state": phone_call.call.status if phone_call.call else "ringing"}


# -- the customer register ------------------------------------------------------------------------------


class CustomersAsked(Schema):
    """Since when, and from where on."""

    changed_since: AwareDatetime | None = Field(
        None, description=gettext_noop("Only what was changed since then; empty for the whole register.")
    )
    after: Annotated[int, Field(ge=0)] = Field(
        0, description=gettext_noop("Go on behind this id: the “after” of the page before.")
    )
    limit: Annotated[int, Field(ge=1, le=200)] = Field(
        50, description=gettext_noop("Rows on a page, at most 200.")
    )


class CustomerOut(Schema):
    """One entry. What is no longer in use keeps its id and loses its words."""

    id: int
    state: Literal["in_use", "merged", "withdrawn", "anonymised"]
    merged_into: int | None
    name: str
    company: str
    title: str
    email: str
    product: str | None
    region: str | None
    owner: str | None
    numbers: list[str]
    version: int
    changed_at: datetime


class CustomersOut(Schema):
    customers: list[CustomerOut]
    changed_since: str | None
    after: int
    more: bool


@router.get(
    "/customers/",
    auth=Token("customers"),
    response=CustomersOut,
    summary=gettext_noop("Take over changes of the customer register"),
    description=gettext_noop(
        "Oldest change first. Ask again with the “changed_since” and “after” of the answer: nothing comes "
        "twice or is left out. Whole numbers only with the right to see them; each such look is recorded."
    ),
)
def customers(request: HttpRequest, asked: Query[CustomersAsked]) -> dict:
    """GET /api/customers/."""
    found, more = changes(asked.changed_since, asked.after, asked.limit, until=now())
    whole = "numbers" in request.auth.scopes
    if whole:
        record_looks(found, request.auth)
    return {
        "customers": [entry(customer, whole=whole) for customer in found],
        "changed_since": _to_the_microsecond(found[-1].updated_at if found else asked.changed_since),
        "after": found[-1].pk if found else asked.after,
        "more": more,
    }


def _to_the_microsecond(at: datetime | None) -> str | None:
    """Exact, unlike instants elsewhere, and without a plus sign, which addresses turn into a space."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
