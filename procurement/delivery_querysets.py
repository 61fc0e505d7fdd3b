"""Reading orders, deliveries, claims and the prices paid."""

from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from pages import pinyin
from sla.models.figure import bounds, local_day


def _of_department(user, path: str = "") -> Q:
    """What belongs to the departments of a person: their own, and those they head."""
    return Q(**{f"{path}department": user.department_id}) | Q(**{f"{path}department__head": user})


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user) -> "OrderQuerySet":
        """Everybody's with the right to see them; else those of one's department, and what one asked for."""
        if user.has_perm("procurement.view_every_request"):
            return self
        own = _of_department(user) | Q(request__requester=user)
        return self.filter(own)

    def matching(self, text: str) -> "OrderQuerySet":
        """By number, part of the supplier's name or of what was asked for, or a thing ordered."""
        text = text.strip()
        found = Q(supplier__name__icontains=text) | Q(request__title__icontains=text)
        lines = apps.get_model("procurement", "OrderLine").objects.filter(order=OuterRef("pk"))
        found |= Exists(lines.filter(name__icontains=text))
        if text.isascii() and text.isalpha():
            found |= Q(supplier__initials__contains=pinyin.initials(text))
        digits = text.rpartition("-")[2]
        if digits.isdigit() and len(digits) < 10:
            found |= Q(pk=int(digits))
        return self.filter(found)

    def open(self) -> "OrderQuerySet":
        """Placed, and not all has come."""
        return self.filter(status="placed")

    def late(self, at: datetime) -> "OrderQuerySet":
        return self.open().filter(expected_on__lt=local_day(at))

    def for_rows(self) -> "OrderQuerySet":
        return self.select_related("supplier", "request", "department", "buyer")


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReceiptQuerySet":
        """Everybody's with the right to see every purchase; else those of one's department's orders."""
        if user.has_perm("procurement.view_every_request"):
            return self
        return self.filter(
            _of_department(user, "order__") | Q(order__request__requester=user) | Q(received_by=user)
        )

    def to_accept(self, user) -> "ReceiptQuerySet":
        """What arrived for the departments of a person, and was not noted by themselves."""
        waiting = self.filter(_of_department(user, "order__"), status="arrived")
        return waiting.exclude(received_by=user)

    def accepted_between(self, start: datetime, end: datetime) -> "ReceiptQuerySet":
        return self.filter(status="accepted", accepted_at__gte=start, accepted_at__lt=end)

    def for_rows(self) -> "ReceiptQuerySet":
        return self.select_related(
            "order__supplier", "order__department", "order__request", "place", "received_by", "accepted_by"
        )


class ReimbursementQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReimbursementQuerySet":
        """Everybody's with the right to read them; else one's own."""
        if user.has_perm("procurement.view_reimbursement"):
            return self
        return self.filter(claimant=user)

    def unclaimed(self) -> "ReimbursementQuerySet":
        return self.filter(status__in=["open", "returned"])

    def unclaimed_by(self, at: datetime) -> "ReimbursementQuerySet":
        """What arose up to the end of that day and is still to be claimed (当日未报销)."""
        return self.unclaimed().filter(arose_at__lt=bounds(local_day(at))[1])

    def for_rows(self) -> "ReimbursementQuerySet":
        return self.select_related("order__supplier", "claimant", "invoice")


class PriceQuerySet(models.QuerySet):
    def compared(self) -> "PriceQuerySet":
        """With a price of last year's to stand beside."""
        return self.filter(last_year__isnull=False)

    def not_dearer(self) -> "PriceQuerySet":
        return self.compared().filter(unit_price__lte=F("last_year"))

    def dearer(self) -> "PriceQuerySet":
        return self.compared().filter(unit_price__gt=F("last_year"))

    def between(self, first: date, last: date) -> "PriceQuerySet":
        return self.filter(day__range=(first, last))

    def matching(self, text: str) -> "PriceQuerySet":
        """By part of the name, the item's number or the supplier's name."""
        text = text.strip()
        found = Q(name__icontains=text) | Q(item__code__icontains=text) | Q(supplier__name__icontains=text)
        if text.isascii() and text.isalpha():
            found |= Q(item__initials__contains=pinyin.initials(text))
        return self.filter(found)

    def for_rows(self) -> "PriceQuerySet":
        return self.select_related("item", "category", "supplier", "buyer", "receipt_line__receipt")
