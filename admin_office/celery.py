"""The worker and beat of the office: every app's `tasks` module is found by name."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "admin_office.settings")

app = Celery("admin_office")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
