"""What the worker does for the storerooms and assets, each a thin wrapper that beat enqueues."""

from celery import shared_task

from pages import clock

from . import importing, shortages


@shared_task(name="supplies.sweep-stock")
def sweep_stock() -> None:
    shortages.sweep(clock.now())


@shared_task(name="supplies.import-items")
def import_items() -> None:
    importing.take_over_confirmed()
