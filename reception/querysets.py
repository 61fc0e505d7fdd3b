"""Finding calls, rules and customers in the words of the desk."""

from datetime import datetime, time, timedelta

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from pages import phones, pinyin


class OfferedQuerySet(models.QuerySet):
    """What the call form offers."""

    def in_use(self) -> "OfferedQuerySet":
        return self.filter(active=True)


class AllocationRuleQuerySet(models.QuerySet):
    """The allocation principle, asked for one call."""

    def in_use(self) -> "AllocationRuleQuerySet":
        return self.filter(active=True)

    def fitting(self, *, caller_type=None, product=None, region=None) -> "AllocationRuleQuerySet":
        """Rules whose every condition holds for such a call; an empty condition always does."""
        wanted = {"caller_type": caller_type, "product": product, "region": region}
        empty = Q(caller_type=None), Q(product=None), Q(region=None)
        fits = [
            free | Q(**{name: value}) if value else free
            for free, (name, value) in zip(empty, wanted.items(), strict=True)
        ]
        return self.filter(*fits)


class CallQuerySet(models.QuerySet):
    """Calls: `Call.objects.live().missed().to_call_back()`; the rate clauses of 1.1 are counted from here."""

    def live(self) -> "CallQuerySet":
        """All but withdrawn entries."""
        return self.exclude(status=self.model.Status.WITHDRAWN)

    def answered(self) -> "CallQuerySet":
        return self.filter(status__in=[self.model.Status.ACTIVE, self.model.Status.ENDED])

    def missed(self) -> "CallQuerySet":
        return self.filter(status=self.model.Status.MISSED)

    def in_progress(self) -> "CallQuerySet":
        return self.filter(status=self.model.Status.ACTIVE)

    def ended(self) -> "CallQuerySet":
        return self.filter(status=self.model.Status.ENDED)

    def to_call_back(self) -> "CallQuerySet":
        """Missed and not yet called back; who hid the number cannot be."""
        return self.missed().filter(called_back_at=None).exclude(tail="")

    def between(self, start: datetime, end: datetime) -> "CallQuerySet":
        """Calls that rang from `start` on and before `end`."""
        return self.filter(rang_at__gte=start, rang_at__lt=end)

    def on_day(self, at: datetime) -> "CallQuerySet":
        """Calls of the local day in which `at` lies."""
        day = timezone.localtime(at).date()
        start = timezone.make_aware(datetime.combine(day, time.min))
        return self.between(start, start + timedelta(days=1))

    def visible_to(self, user) -> "CallQuerySet":
        """All calls with the right to see them; else only those that concern the person."""
        return self if user.has_perm("reception.view_call") else self.filter(transferred_to=user).live()

    def matching(self, text: str) -> "CallQuerySet":
        """Calls by part of a name, company or purpose, by pinyin initials, or by the end of the number."""
        text = text.strip()
        found = Q(caller_name__icontains=text) | Q(company__icontains=text) | Q(purpose__icontains=text)
        if text.isascii():
            found |= Q(initials__contains=pinyin.initials(text)) if text.isalpha() else Q()
            digits = phones.tail(text, 20)
            found |= Q(tail__endswith=digits[-4:]) if len(digits) >= 3 else Q()
        return self.filter(found) if text else self

    def for_rows(self) -> "CallQuerySet":
        """With everything a row of the list shows, in one query."""
        return self.select_related("caller_type", "transferred_to", "receptionist", "customer")

    # -- the rates of work item 1.1 -------------------------------------------------------------------

    def answered_within_rings(self, limit: int) -> "CallQuerySet":
        return self.answered().filter(rings__lte=limit)

    def answered_within_three_rings(self) -> "CallQuerySet":
        """Clause 1.1.1, numerator; of `live()`. The limit is three unless the manager set another."""
        limit = apps.get_model("reception", "DeskSettings").current().ring_limit
        return self.answered_within_rings(limit)

    def transferred(self) -> "CallQuerySet":
        """Clause 1.1.4, denominator: calls that went to somebody for whom there had been a proposal."""
        return self.answered().filter(transferred_to__isnull=False, proposed_to__isnull=False)

    def transferred_as_proposed_or_explained(self) -> "CallQuerySet":
        """Clause 1.1.4, numerator: to the proposed person, or to another with a stated reason."""
        explained = Q(transferred_to=F("proposed_to")) | Q(reason_length__gt=0)
        return self.transferred().annotate(reason_length=Length("override_reason")).filter(explained)


class CallCheckQuerySet(models.QuerySet):
    """Spot checks of the telephone manner, counted for the sample clauses of 1.1."""

    def script_followed(self) -> "CallCheckQuerySet":
        """Clause 1.1.2."""
        return self.filter(followed_script=True)

    def caller_hung_up_first(self) -> "CallCheckQuerySet":
        """Clause 1.1.5."""
        return self.filter(caller_hung_up_first=True)

    def counted(self) -> "CallCheckQuerySet":
        """All but those of withdrawn calls."""
        return self.exclude(call__status="withdrawn")

    def between(self, start: datetime, end: datetime) -> "CallCheckQuerySet":
        """Checks of calls that rang from `start` on and before `end`."""
        return self.filter(call__rang_at__gte=start, call__rang_at__lt=end)

    def scores(self) -> dict[str, float | None]:
        """Clause 1.1.3: the average of each aspect, 1 to 5; None without any check."""
        return self.aggregate(**{name: models.Avg(name) for name in self.model.ASPECTS})
