"""Reading suppliers, purchases and the prices paid."""

from django.db import models
from django.db.models import Q

from pages import pinyin


class SupplierQuerySet(models.QuerySet):
    def live(self) -> "SupplierQuerySet":
        """Where one may order."""
        return self.filter(status="live")

    def matching(self, text: str) -> "SupplierQuerySet":
        """By part of the name, the credit code, a contact's name, or pinyin initials."""
        text = text.strip()
        found = Q(name__icontains=text) | Q(tax_number__icontains=text) | Q(contacts__name__icontains=text)
        if text.isascii() and text.isalpha():
            found |= Q(initials__contains=pinyin.initials(text))
        return self.filter(found).distinct() if text else self


class PurchaseRequestQuerySet(models.QuerySet):
    pass


class OrderQuerySet(models.QuerySet):
    pass


class PriceQuerySet(models.QuerySet):
    pass
