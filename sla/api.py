"""What other systems may ask about promises: a wall board, a chat robot, the company's own figures."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from organization.clients import Token
from pages.clock import now

from .board import Board
from .models import Timer
from .models.figure import local_day
from .periods import Period

router = Router()


class TimersAsked(Schema):
    """Which promises, and from where on."""

    state: Literal["running", "overdue"] = Field(
        "running", description=gettext_noop("All that run, or only those past their time.")
    )
    after: Annotated[int, Field(ge=0)] = Field(
        0, description=gettext_noop("Go on behind this id: the “next” of the page before.")
    )
    limit: Annotated[int, Field(ge=1, le=200)] = Field(
        50, description=gettext_noop("Rows on a page, at most 200.")
    )


class TimerOut(Schema):
    """One promise; `owner` is a staff number, or null where a team owes it."""

    id: int
    standard: str
    title: str
    about: str = Field(alias="label")
    owner: str | None
    team: str
    started_at: datetime
    due_at: datetime
    paused: bool
    link: str

    @staticmethod
    def resolve_title(timer: Timer) -> str:
        return str(timer.declared.title)

    @staticmethod
    def resolve_owner(timer: Timer) -> str | None:
        return timer.owner.staff_no if timer.owner else None

    @staticmethod
    def resolve_paused(timer: Timer) -> bool:
        return timer.paused_at is not None


class TimersOut(Schema):
    timers: list[TimerOut]
    next: int | None


@router.get(
    "/timers/",
    auth=Token("timers"),
    response=TimersOut,
    summary=gettext_noop("Ask for running promises"),
    description=gettext_noop("In the order in which they were given; “next” is empty on the last page."),
)
def timers(request: HttpRequest, asked: Query[TimersAsked]) -> dict:
    """GET /api/timers/."""
    found = Timer.objects.overdue(now()) if asked.state == "overdue" else Timer.objects.running()
    rows = list(found.filter(pk__gt=asked.after).select_related("owner").order_by("pk")[: asked.limit + 1])
    shown = rows[: asked.limit]
    return {"timers": shown, "next": shown[-1].pk if len(rows) > len(shown) else None}


class StandardsAsked(Schema):
    """Which days; this month unless told."""

    first: date | None = Field(None, description=gettext_noop("The first day, together with the last."))
    last: date | None = Field(None, description=gettext_noop("The last day, together with the first."))


class StandardOut(Schema):
    """One clause as the board shows it: shares in percent, empty where it is not measured yet."""

    clause: str
    key: str | None
    title: str
    shape: str
    target: int | None
    figure: float | None
    adjusted: float | None
    numerator: int
    denominator: int
    excused: int
    state: str


class StandardsOut(Schema):
    first: date
    last: date
    standards: list[StandardOut]


@router.get(
    "/standards/",
    auth=Token("standards"),
    response=StandardsOut,
    summary=gettext_noop("Ask for the figures of the standards board"),
    description=gettext_noop(
        "Every clause in the order of the job description, kept, missed or not measured."
    ),
)
def standards(request: HttpRequest, asked: Query[StandardsAsked]) -> dict:
    """GET /api/standards/."""
    at = now()
    try:
        period = Period.asked(asked.first, asked.last, today=local_day(at))
    except ValueError as error:
        raise HttpError(422, str(error)) from error
    return {"first": period.first, "last": period.last, "standards": Board(period, at=at).numbers()}
