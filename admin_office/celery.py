"""The worker and beat of the office: every app's `tasks` module is found by name."""

import os

from celery import Celery
from celery.signals import worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "admin_office.settings")

app = Celery("admin_office")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def know_the_pages_alone(**kwargs) -> None:
    """A worker writes links to pages and serves none: without admin and API it weighs 30 MB less."""
    settings.ROOT_URLCONF = "admin_office.page_urls"
