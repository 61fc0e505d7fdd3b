"""What open screens watch: a token that changes when a timer starts, stops, moves or climbs."""

from django.db.models import Max

from pages import pulse

from .models import Escalation, Excuse, Holding, Pause, Timer


def timers_token(user) -> str:
    """Highest ids and latest instants, each read from the end of an index."""
    stopped = Timer.objects.exclude(stopped_at=None).aggregate(at=Max("stopped_at"))["at"]
    return "/".join(
        str(part)
        for part in (
            _highest(Timer),
            stopped,
            _highest(Holding),
            _highest(Pause),
        )
    )


def escalations_token(user) -> str:
    acknowledged = Timer.objects.exclude(acknowledged_at=None).aggregate(at=Max("acknowledged_at"))["at"]
    decided = Excuse.objects.exclude(decided_at=None).aggregate(at=Max("decided_at"))["at"]
    return f"{_highest(Escalation)}/{_highest(Excuse)}/{acknowledged}/{decided}"


def _highest(model) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


pulse.register("timers", timers_token)
pulse.register("escalations", escalations_token)
