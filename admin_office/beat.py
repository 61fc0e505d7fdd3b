"""The beat of `script/server`: it sends tasks by name and knows none of them, so it needs no models."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "admin_office.settings")

app = Celery("admin_office", fixups=[])  # the fixup would load every app of the office
app.config_from_object("django.conf:settings", namespace="CELERY")
