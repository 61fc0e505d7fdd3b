"""What the desk offers for spot checks: calls of the last days, and the aspects of the telephone manner.

A call is named by when it rang and who took it, never by who rang: a sample outlives a customer's wish to be
forgotten.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages import clock
from sla import sampling

from .models import Call, CallCheck

RECENT = timedelta(days=7)
BY_SCRIPT = ("followed_script", "caller_hung_up_first")


def recent_calls() -> Iterator[tuple[str, str, str]]:
    """Calls answered in the last seven days; on each call's page stands the sheet of the spot check."""
    calls = Call.objects.answered().filter(rang_at__gte=clock.now() - RECENT)
    for call in calls.select_related("receptionist").order_by("pk"):
        rang_at = timezone.localtime(call.rang_at)
        yield str(call.pk), f"{rang_at:%Y-%m-%d %H:%M} · {call.receptionist}", call.get_absolute_url()


def aspects() -> Iterator[tuple[str, str, str]]:
    """What a spot check looks at: script, hanging up, and the four aspects of the voice."""
    for name in (*BY_SCRIPT, *CallCheck.ASPECTS):
        yield name, str(CallCheck._meta.get_field(name).verbose_name), ""


def register() -> None:
    sampling.register(
        "recent-calls", _("Calls answered in the last seven days"), recent_calls, "reception.view_callcheck"
    )
    sampling.register(
        "call-aspects", _("Aspects of the telephone manner"), aspects, "reception.view_callcheck"
    )
