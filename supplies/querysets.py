"""Reading the storerooms, the ledger and the register of assets."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from pages import pinyin


def end_of(day: date) -> datetime:
    """The instant at which a local day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class ItemQuerySet(models.QuerySet):
    def in_use(self) -> "ItemQuerySet":
        return self.filter(active=True)

    def short(self) -> "ItemQuerySet":
        """With less on hand than the minimum."""
        return self.filter(active=True, on_hand__lt=F("minimum"))

    def requestable(self) -> "ItemQuerySet":
        """What employees may ask for."""
        return self.filter(active=True, requestable=True)

    def matching(self, text: str) -> "ItemQuerySet":
        """By part of name, specification or number, by the whole barcode, or by pinyin initials."""
        text = text.strip()
        found = (
            Q(name__icontains=text)
            | Q(specification__icontains=text)
            | Q(code__icontains=text)
            | Q(barcode=text)
        )
        if text.isascii() and text.isalpha():
            found |= Q(initials__contains=pinyin.initials(text))
        return self.filter(found) if text else self

    def with_stock_on(self, day: date) -> "ItemQuerySet":
        """With `stood` and `stood_worth`: what was on hand, and its worth, as the local day ended.

        One look into an index per item; nothing is added up. Items that had not moved by then had nothing.
        """
        from .models import Movement

        then = Movement.objects.filter(item=OuterRef("pk"), at__lt=end_of(day)).order_by("-at", "-pk")
        return self.annotate(
            stood=Subquery(then.values("item_balance")[:1]),
            stood_worth=Subquery(then.values("item_value")[:1]),
        )


class StockQuerySet(models.QuerySet):
    def standing_on(self, day: date) -> "StockQuerySet":
        """With `stood`: what lay there as the local day ended."""
        from .models import Movement

        then = Movement.objects.filter(item=OuterRef("item"), place=OuterRef("place"), at__lt=end_of(day))
        return self.annotate(stood=Subquery(then.order_by("-at", "-pk").values("balance")[:1]))


class PostingQuerySet(models.QuerySet):
    def matching(self, text: str) -> "PostingQuerySet":
        """By number, by part of the reason, or by an item that it moved."""
        from .models import Item, Movement

        moved = Movement.objects.filter(item__in=Item.objects.matching(text).values("pk"))
        about = Q(reason__icontains=text) | Q(pk__in=moved.values("posting"))
        return self.filter(Q(pk__in=document_numbers(text)) | about)


def document_numbers(text: str) -> list[int]:
    """The key that a document's number ends with: "CK202611-00042" and "42" are both 42."""
    last = text.rpartition("-")[2].strip()
    return [int(last)] if last.isascii() and last.isdigit() and len(last) <= 12 else []


class MovementQuerySet(models.QuerySet):
    def of(self, item, place=None) -> "MovementQuerySet":
        return self.filter(item=item) if place is None else self.filter(item=item, place=place)

    def balance_at(self, item, place, at: datetime) -> int:
        """What the ledger said there was of an item at a place at an instant."""
        last = self.filter(item=item, place=place, at__lte=at).order_by("-at", "-pk").first()
        return last.balance if last else 0

    def of_document(self, text: str) -> "MovementQuerySet":
        """Lines of the document whose number was typed, or its last figures."""
        return self.filter(posting__in=document_numbers(text))

    def for_rows(self) -> "MovementQuerySet":
        return self.select_related("item", "place", "posting__posted_by", "department")
