"""The month on paper."""

from django.urls import path  # noqa: F401

urlpatterns = []
