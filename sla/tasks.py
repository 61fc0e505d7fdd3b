"""What the worker does for the promises, each a thin wrapper that beat or a verb enqueues."""

from celery import shared_task

from pages import clock

from . import duties, figures, invariants, scorecards, timers
from .sweep import sweep


@shared_task(name="sla.sweep")
def sweep_now() -> None:
    sweep(clock.now())


@shared_task(name="sla.lay-out-duties")
def lay_out_duties() -> None:
    duties.lay_out(clock.now())


@shared_task(name="sla.open-duties")
def open_duties() -> None:
    duties.open_due(clock.now())


@shared_task(name="sla.follow-calendars")
def follow_calendars() -> None:
    timers.follow_calendars()


@shared_task(name="sla.check-invariants")
def check_invariants() -> None:
    invariants.check_all(clock.now())


@shared_task(name="sla.roll-up")
def roll_up() -> None:
    figures.roll_up(clock.now())


@shared_task(name="sla.make-scorecards")
def make_scorecards() -> None:
    scorecards.tend_apart(clock.now())
