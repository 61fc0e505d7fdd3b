"""The standards board, and everybody's own page."""

from django.urls import path  # noqa: F401

urlpatterns = []
