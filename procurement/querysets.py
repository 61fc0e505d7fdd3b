"""Reading suppliers, purchases and the prices paid."""

from datetime import date

from django.db import models
from django.db.models import Q

from pages import pinyin


class SupplierQuerySet(models.QuerySet):
    def live(self) -> "SupplierQuerySet":
        """Where one may order."""
        return self.filter(status="live")

    def live_between(self, first: date, last: date) -> "SupplierQuerySet":
        """Where one could order on some day from `first` to `last`."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=first), since__lte=last)

    def matching(self, text: str) -> "SupplierQuerySet":
        """By part of the name, the credit code, a contact's name, or pinyin initials."""
        text = text.strip()
        found = Q(name__icontains=text) | Q(tax_number__icontains=text) | Q(contacts__name__icontains=text)
        if text.isascii() and text.isalpha():
            found |= Q(initials__contains=pinyin.initials(text))
        return self.filter(found).distinct() if text else self


class PurchaseRequestQuerySet(models.QuerySet):
    pass
