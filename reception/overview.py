"""What the desk adds to pages of all: whom a call concerns sees the feedback coming, the wall who waits."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from organization.models import User
from sla import mine, wall
from sla.models import Timer
from sla.querysets import TimerQuerySet

from .models import Call


def register() -> None:
    mine.register(owed_to=feedback_owed_to)
    wall.register(desk_now)


def feedback_owed_to(user: User) -> TimerQuerySet:
    """The running feedbacks on calls that concern the person."""
    calls = Call.objects.live().filter(transferred_to=user)
    return Timer.objects.running().filter(
        standard=Call.FEEDBACK,
        subject_type=ContentType.objects.get_for_model(Call),
        subject_id__in=calls.values("pk"),
    )


def desk_now(at: datetime) -> Iterator[wall.Fact]:
    """How many are on the line, and how many of those missed wait to be called back."""
    yield wall.Fact(_("On the line"), Call.objects.in_progress().count())
    waiting = Call.objects.to_call_back().count()
    yield wall.Fact(_("To be called back"), waiting, wall.WARNING if waiting else "")
