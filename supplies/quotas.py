"""What a department may draw of an item a month (定额), and how much of it is used up.

The manager's word counts; where there is none, past use does: the average of the last full months, raised by
some percent. What a department has never used has no quota.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, F, Q, Sum, When
from django.utils import timezone

from organization.models import Department

from .models import Movement, Posting, Quota, Requisition, RequisitionLine, SuppliesSettings

USE = (Posting.Kind.ISSUE, Posting.Kind.RETURN)


class Allowance(NamedTuple):
    """A department's month with one item: `monthly` is None where there is no quota.

    `used` is what was drawn this month less what came back, `asked` what is asked for or agreed to and not
    handed out yet; `is_set` tells that the manager wrote the quota down.
    """

    monthly: int | None
    used: int = 0
    asked: int = 0
    is_set: bool = False

    @property
    def taken(self) -> int:
        return self.used + self.asked

    @property
    def left(self) -> int | None:
        """May be less than nothing, where more was drawn than the quota; None without a quota."""
        return None if self.monthly is None else self.monthly - self.taken

    @property
    def shown(self) -> int:
        """What is left, as people are told it."""
        return max(0, self.left or 0)


def of(department: Department, items: Iterable[int], at: datetime) -> dict[int, Allowance]:
    """The allowance of each item, by the key of the item; four queries, however many items."""
    wanted = list(items)
    rules = SuppliesSettings.current()
    month = month_of(at)
    quotas = Quota.objects.filter(department=department, item__in=wanted)
    written = dict(quotas.order_by().values_list("item", "monthly"))
    first = months_back(month, rules.quota_months)
    past, used = _drawn(department, wanted, first, month)
    asked = _asked(department, wanted)
    return {
        pk: Allowance(
            written.get(pk, proposed(past.get(pk, 0), rules)),
            used.get(pk, 0),
            asked.get(pk, 0),
            pk in written,
        )
        for pk in wanted
    }


def proposed(total: int, rules: SuppliesSettings) -> int | None:
    """The quota that follows from what was used in all of the counted months; None where nothing was."""
    if total <= 0:
        return None
    return -(-total * rules.quota_percent // (100 * rules.quota_months))


def proposals(at: datetime) -> Mapping[tuple[int, int], int]:
    """What past use proposes for every (department, item)."""
    rules, month = SuppliesSettings.current(), month_of(at)
    drawn = use(months_back(month, rules.quota_months), month).values_list("department", "item")
    found = drawn.annotate(net=-Sum("quantity"))
    quotas = {(department, item): proposed(net, rules) for department, item, net in found}
    return {pair: monthly for pair, monthly in quotas.items() if monthly}


def use(first: date, until: date):
    """What was drawn and brought back from `first` up to `until`, without documents that were reversed."""
    return Movement.objects.filter(
        posting__kind__in=USE,
        posting__reversed_by=None,
        department__isnull=False,
        at__gte=beginning(first),
        at__lt=beginning(until),
    ).order_by()


def month_of(at: datetime) -> date:
    """The first day of the local month."""
    return timezone.localtime(at).date().replace(day=1)


def months_back(month: date, count: int) -> date:
    """The first day of the month so many months earlier; later, where `count` is negative."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def beginning(day: date) -> datetime:
    """The instant at which a local day begins."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _drawn(department: Department, items: list[int], first: date, month: date) -> tuple[dict, dict]:
    """Net use of each item in the full months before, and in this month."""
    rows = use(first, months_back(month, -1)).filter(department=department, item__in=items)
    this = Q(at__gte=beginning(month))
    past, now = -Sum("quantity", filter=~this), -Sum("quantity", filter=this)
    found = list(rows.values_list("item").annotate(past=past, now=now))
    return {pk: past or 0 for pk, past, _now in found}, {pk: now or 0 for pk, _past, now in found}


def _asked(department: Department, items: list[int]) -> dict[int, int]:
    """What waits for approval, and what was approved and not handed out yet."""
    lines = RequisitionLine.objects.filter(
        requisition__department=department, requisition__status__in=Requisition.OPEN, item__in=items
    )
    waiting = When(requisition__status=Requisition.Status.WAITING, then=F("asked"))
    open_ = Sum(Case(waiting, default=F("approved") - F("issued")))
    return dict(lines.order_by().values_list("item").annotate(open=open_))
