"""What the worker does for the promises, each a thin wrapper that beat or a verb enqueues."""

from celery import shared_task

from pages import clock

from . import timers
from .sweep import sweep


@shared_task(name="sla.sweep")
def sweep_now() -> None:
    sweep(clock.now())


@shared_task(name="sla.follow-calendars")
def follow_calendars() -> None:
    timers.follow_calendars()
