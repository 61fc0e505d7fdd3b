"""The screen on the wall."""

from django.urls import path  # noqa: F401

urlpatterns = []
