"""Promises made up for the tests: declared once, their policies written as each test needs them."""

import datetime as dt

import pytest

from organization.models import Department
from pages import clock
from sla import standards
from sla.deadlines import Within
from sla.models import Calendar, DailyFigure, Policy, StepDraft
from sla.models.figure import local_day

MINUTE = dt.timedelta(minutes=1)
KEY = "test-answer"

standards.register(
    standards.Standard(
        key=KEY,
        clause="9.9.9",
        title="Answer within a minute",
        wording="Answer within one minute.",
        shape=standards.Shape.TIMER,
        deadline=Within(minutes=1),
        steps=standards.climb(pace=5 * MINUTE),
    )
)


@pytest.fixture
def policy(db, at) -> Policy:
    """One minute as delivered: owner and backup at the minute, manager after 5, admin manager after 10."""
    return Policy.objects.get(standard=KEY)


@pytest.fixture
def amended(policy, at):
    """Put the promise under other rules: `amended(deadline=…, calendar="office", steps=[…])`."""

    def amend(*, deadline=None, calendar="always", steps=None, **fields) -> Policy:
        drafts = [StepDraft(step.to, step.percent, step.offset, step.channels) for step in steps or ()]
        if steps is None:
            drafts = [
                StepDraft(tuple(step.to), step.percent, step.offset, tuple(step.channels))
                for step in policy.current.steps.all()
            ]
        policy.amend(
            deadline=deadline or Within(minutes=1),
            calendar=Calendar.objects.get(key=calendar),
            steps=drafts,
            target=100,
            at=at("2026-11-02 08:00"),
            **fields,
        )
        return policy

    return amend


@pytest.fixture
def subject(sales) -> Department:
    """A record that a promise can be about."""
    return sales


@pytest.fixture
def today() -> dt.date:
    return local_day(clock.now())


@pytest.fixture
def count(today):
    """`count("call-feedback", 10, 9, 1)`: today ten were counted, nine kept, one excused."""

    def note(key: str, *numbers: int, person=None, day: dt.date | None = None) -> None:
        named = dict(zip(("counted", "kept", "excused"), numbers, strict=False))
        DailyFigure.objects.create(standard=key, day=day or today, person=person, **named)

    return note
