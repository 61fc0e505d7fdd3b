"""What the worker does for purchases and budgets, each a thin wrapper that beat enqueues."""

from celery import shared_task

from pages import clock

from . import budget_watch


@shared_task(name="procurement.watch-budgets")
def watch_budgets() -> None:
    budget_watch.watch(clock.now())
