"""Reading what was asked for."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from . import approvers


class RequisitionQuerySet(models.QuerySet):
    def waiting(self) -> "RequisitionQuerySet":
        """For somebody to decide."""
        return self.filter(status="waiting")

    def to_hand_out(self) -> "RequisitionQuerySet":
        return self.filter(status="approved")

    def decidable_by(self, user, at: datetime) -> "RequisitionQuerySet":
        """Those waiting about which this person may decide: as head or stand-in, or for every department."""
        others = self.waiting().exclude(requester=user)
        return others if user.has_perm(approvers.MAY) else others.filter(_answered_for(user, at))

    def visible_to(self, user, at: datetime) -> "RequisitionQuerySet":
        """One's own, those of departments one answers for, those one decided; with the right to see, all."""
        if any(user.has_perm(f"supplies.{verb}_requisition") for verb in ("view", "approve", "issue")):
            return self
        return self.filter(Q(requester=user) | Q(decided_by=user) | _answered_for(user, at))

    def matching(self, text: str) -> "RequisitionQuerySet":
        """By the end of the number, who asked, what for, or what of."""
        text = text.strip()
        people = apps.get_model("organization", "User").objects.matching(text)
        items = apps.get_model("supplies", "Item").objects.matching(text)
        lines = apps.get_model("supplies", "RequisitionLine").objects.filter(item__in=items)
        found = Q(purpose__icontains=text) | Q(requester__in=people) | Q(pk__in=lines.values("requisition"))
        if (number := text.rsplit("-", 1)[-1]).isdecimal() and len(number) < 19:
            found |= Q(pk=int(number))
        return self.filter(found) if text else self

    def for_rows(self) -> "RequisitionQuerySet":
        people = self.select_related("requester", "department", "decided_by")
        return people.prefetch_related("lines__item")


def _answered_for(user, at: datetime) -> Q:
    """Where the person is the head, or acts for them; on a head's own, the line manager counts."""
    acting = approvers.acted_for(user, at)
    no_other_head = Q(department__head=None) | Q(department__head=F("requester"))
    by_head = Q(department__head__in=acting) & ~Q(department__head=F("requester"))
    return by_head | (no_other_head & Q(requester__manager__in=acting))
