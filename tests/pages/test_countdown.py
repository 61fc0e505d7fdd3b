"""The clock of a promise as a page shows it before any script runs."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.html import strip_tags

from pages import clock


@pytest.fixture
def timer(noon, monkeypatch):
    """A promise of two minutes given at noon, looked at half a minute later."""
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(seconds=30))
    return SimpleNamespace(started_at=noon, due_at=noon + timedelta(minutes=2), stopped_at=None, outcome="")


def drawn(timer) -> str:
    return Template("{% load office %}{% countdown timer %}").render(Context({"timer": timer}))


def test_a_running_clock_ticks_towards_its_deadline(timer):
    assert 'class="countdown is-running"' in drawn(timer)
    assert "data-due=" in drawn(timer)


def test_a_paused_clock_says_so_and_does_not_tick(timer, noon):
    timer.paused_at = noon
    assert strip_tags(drawn(timer)).split() == ["paused", "since", "today", "12:00"]
    assert "data-due" not in drawn(timer)


def test_a_clock_that_was_paused_once_and_is_stopped_shows_its_outcome(timer, noon):
    timer.paused_at, timer.stopped_at, timer.outcome = None, noon, "met"
    assert strip_tags(drawn(timer)).strip() == "on time"
