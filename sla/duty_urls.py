"""Duties and their occurrences."""

from django.urls import path  # noqa: F401

urlpatterns = []
