"""How the rates and samples of work item 1.1 are counted: from the calls that rang, for who took them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, Exists, Expression, F, OuterRef, Q, Sum
from django.db.models.expressions import Combinable
from django.urls import reverse

from sla.standards import Records, Tally

from .models import Call, CallCheck
from .querysets import CallQuerySet

Some = Callable[[CallQuerySet], CallQuerySet]


@dataclass(frozen=True)
class Rate:
    """Counted from calls: those `kept` of those `counted`."""

    counted: Some
    kept: Some

    def __call__(self, start: datetime, end: datetime) -> list[Tally]:
        calls = Call.objects.between(start, end)
        kept = Counter(dict(_by_receptionist(self.kept(calls))))
        return [
            Tally(person, counted, kept[person]) for person, counted in _by_receptionist(self.counted(calls))
        ]


@dataclass(frozen=True)
class Sample:
    """Counted from spot checks: points `reached` of `possible` points a check; `good` has them all."""

    possible: int
    reached: Expression | Combinable
    good: Q

    def __call__(self, start: datetime, end: datetime) -> list[Tally]:
        checks = CallCheck.objects.between(start, end).counted().order_by()
        people = checks.values_list("call__receptionist").annotate(checks=Count("pk"), points=self.reached)
        return [Tally(person, self.possible * count, points) for person, count, points in people]

    def counted(self, calls: CallQuerySet) -> CallQuerySet:
        return calls.live().filter(Exists(CallCheck.objects.filter(call=OuterRef("pk"))))

    def kept(self, calls: CallQuerySet) -> CallQuerySet:
        wanting = CallCheck.objects.filter(~self.good, call=OuterRef("pk"))
        return self.counted(calls).filter(~Exists(wanting))


def _check(passed: Q) -> Sample:
    return Sample(1, Count("pk", filter=passed), passed)


MEASURES: dict[str, Rate | Sample] = {
    "call-answered-in-rings": Rate(CallQuerySet.live, CallQuerySet.answered_within_three_rings),
    "call-script": _check(Q(followed_script=True)),
    "call-manner": Sample(
        5 * len(CallCheck.ASPECTS),
        Sum(F("voice") + F("pace") + F("diction") + F("warmth")),
        Q(**dict.fromkeys(CallCheck.ASPECTS, 5)),
    ),
    "call-transferred-as-proposed": Rate(
        CallQuerySet.transferred, CallQuerySet.transferred_as_proposed_or_explained
    ),
    "call-hang-up-last": _check(Q(caller_hung_up_first=True)),
    "call-answered": Rate(CallQuerySet.live, CallQuerySet.answered),
}


def records(key: str) -> Records:
    """The address of the calls behind a figure: the list, narrowed to what was counted."""

    def address(first: date, last: date, person_id: int | None = None) -> str:
        asked = {"counts_for": key, "since": first, "until": last, "receptionist": person_id}
        return f"{reverse('calls')}?{urlencode({name: value for name, value in asked.items() if value})}"

    return address


def _by_receptionist(calls: CallQuerySet) -> CallQuerySet:
    return calls.order_by().values_list("receptionist").annotate(Count("pk"))
