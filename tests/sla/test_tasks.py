"""What beat enqueues exists, and what must not wait stands in the clock's own queue."""

from django.conf import settings

from admin_office.celery import app
from sla import tasks
from sla.models import Occurrence

from .duty_office import set_up


def test_beat_enqueues_only_what_workers_know():
    app.loader.import_default_modules()

    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted - set(app.tasks) == set()


def test_the_clock_has_its_own_queue():
    clock = {name for name, route in settings.CELERY_TASK_ROUTES.items() if route["queue"] == "clock"}

    assert {"sla.sweep", "sla.open-duties"} <= clock


def test_duties_are_laid_out_and_opened_by_the_worker(admin_manager, at, monkeypatch):
    duty = set_up(admin_manager, at("2026-11-25 09:00"), until=at("2026-11-25 09:00").date())
    monkeypatch.setattr("pages.clock.now", lambda: at("2026-11-25 15:00"))

    tasks.lay_out_duties()
    tasks.open_duties()

    assert duty.occurrences.get().state == Occurrence.State.OPEN
