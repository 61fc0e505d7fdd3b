"""Invariants and random samples."""

from django.urls import path  # noqa: F401

urlpatterns = []
