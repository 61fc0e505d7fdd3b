"""How clause 4.1.3 is counted: what was handed out of office supplies, line by line of the ledger."""

from collections import Counter
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from sla.figures import local_day, outdate
from sla.standards import Tally

from .models import Item, Movement, Posting, Requisition, RequisitionLine

BY_REAL_USE = "issue-by-real-use"


def counted() -> QuerySet:
    """Every line of office supplies that was handed out; what was reversed counts nowhere."""
    issued = Q(posting__kind=Posting.Kind.ISSUE, item__kind=Item.Kind.OFFICE_SUPPLY)
    return Movement.objects.filter(issued, posting__reversed_by=None)


def with_kept(movements: QuerySet) -> QuerySet:
    """With `is_kept`: from an approved requisition, within the quota then left or for an accepted reason."""
    lines = RequisitionLine.objects.filter(
        Q(quota_left=None) | Q(approved__lte=F("quota_left")) | ~Q(over_reason=""),
        requisition=OuterRef("posting__source_id"),
        item=OuterRef("item"),
        approved__gt=0,
    )
    source = Q(posting__source_type=ContentType.objects.get_for_model(Requisition))
    return movements.annotate(is_kept=Q(Exists(lines)) & source)


def measure(start: datetime, end: datetime) -> list[Tally]:
    """Of one day, for who handed it out."""
    day = with_kept(counted().filter(at__gte=start, at__lt=end)).order_by()
    people = day.values_list("posting__posted_by").annotate(lines=Count("pk"))
    kept: Counter[int] = Counter(dict(people.filter(is_kept=True)))
    return [Tally(person, lines, kept[person]) for person, lines in people]


def records(first: date, last: date, person_id: int | None = None) -> str:
    """The address of the lines behind a figure."""
    asked = {"since": first, "until": last, "person": person_id}
    return f"{reverse('issues')}?{urlencode({name: value for name, value in asked.items() if value})}"


def outdate_for(posting: Posting) -> None:
    """The days whose figure a new document changes: its own, or that of the one it reverses."""
    changed = posting.reverses if posting.kind == Posting.Kind.REVERSE else posting
    if changed.kind == Posting.Kind.ISSUE:
        outdate(BY_REAL_USE, local_day(changed.posted_at))
