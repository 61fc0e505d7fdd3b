"""Reading the register of assets: whose business it is, what is found, what waits and what is late."""

from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organization.models import Department
from organization.standins import stand_ins
from pages import pinyin

WARRANTY_ENDS_WITHIN = timedelta(days=60)


def departments_led(user, at: datetime) -> list[int]:
    """The departments that somebody answers for at the instant: as their head, or standing in for it."""
    heads = dict(Department.objects.exclude(head=None).order_by().values_list("pk", "head"))
    acting = stand_ins(set(heads.values()), at) if heads else {}
    return [pk for pk, head in heads.items() if user.pk in (head, acting.get(head))]


def _handovers():
    return apps.get_model("supplies", "Handover").objects


class AssetQuerySet(models.QuerySet):
    def standing(self) -> "AssetQuerySet":
        """In the register, not scrapped."""
        return self.exclude(status="scrapped")

    def visible_to(self, user, at: datetime) -> "AssetQuerySet":
        """One's own, what one is to accept, a head the department's; who keeps or reads the register, all."""
        if user.has_perm("supplies.view_asset"):
            return self
        waiting = _handovers().filter(asset=OuterRef("pk"), taker=user)
        mine = Q(custodian=user) | Q(department__in=departments_led(user, at))
        return self.filter(mine | Exists(waiting.filter(status="waiting")))

    def matching(self, text: str) -> "AssetQuerySet":
        """By part of tag, name, model, serial number or custodian's name, or by pinyin initials of either."""
        text = text.strip()
        found = (
            Q(tag__icontains=text)
            | Q(name__icontains=text)
            | Q(model__icontains=text)
            | Q(serial__icontains=text)
            | Q(custodian__name__icontains=text)
        )
        if text.isascii() and text.isalpha():
            letters = pinyin.initials(text)
            found |= Q(initials__contains=letters) | Q(custodian__initials__contains=letters)
        return self.filter(found) if text else self

    def overdue(self, day: date) -> "AssetQuerySet":
        """Lent, and to have been brought back before this day."""
        return self.filter(status="lent", due_back_on__lt=day)

    def warranty_ending(self, day: date) -> "AssetQuerySet":
        """Whose warranty ends within two months from this day."""
        return self.standing().filter(warranty_until__range=(day, day + WARRANTY_ENDS_WITHIN))

    def held_by_leavers(self) -> "AssetQuerySet":
        """In the custody of somebody who does not work here any more."""
        left = Q(custodian__status="left") | Q(custodian__is_active=False)
        return self.standing().filter(left)

    def waiting(self) -> "AssetQuerySet":
        """On their way to somebody who has not accepted them yet."""
        return self.filter(pk__in=_handovers().filter(status="waiting").values("asset"))

    def for_rows(self) -> "AssetQuerySet":
        return self.select_related("category", "department", "place", "custodian")


class HandoverQuerySet(models.QuerySet):
    def waiting(self) -> "HandoverQuerySet":
        return self.filter(status="waiting")

    def to_accept(self, user) -> "HandoverQuerySet":
        """What somebody is to accept or decline."""
        return self.waiting().filter(taker=user)

    def of_one_sheet(self, handover) -> "HandoverQuerySet":
        """Those handed over on the same form."""
        return self.filter(once=handover.once) if handover.once else self.filter(pk=handover.pk)

    def for_rows(self) -> "HandoverQuerySet":
        related = ("asset__category", "giver", "taker", "department", "place", "asked_by")
        return self.select_related(*related)


class MaintenancePlanQuerySet(models.QuerySet):
    def in_force(self) -> "MaintenancePlanQuerySet":
        return self.filter(active=True)

    def due_by(self, day: date) -> "MaintenancePlanQuerySet":
        return self.in_force().filter(next_due_on__lte=day)

    def for_rows(self) -> "MaintenancePlanQuerySet":
        return self.select_related("asset__place", "asset__department", "responsible")
