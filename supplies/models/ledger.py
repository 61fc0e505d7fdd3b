"""The stock ledger: every movement for ever, in the order in which it was written, each with its balance."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department, Place
from pages.money import MoneyField
from pages.refusals import Refused

from ..querysets import MovementQuerySet, PostingQuerySet
from .item import Item


class Posting(models.Model):
    """A stock document (出入库单): one or more movements written together, reversed together, never changed.

    `source` is the record it was written for: a requisition, a stocktake, a receipt of goods, a visit.
    `once` makes the second post of one form the first one's document.
    """

    class Kind(models.TextChoices):
        RECEIVE = "receive", pgettext_lazy("stock", "Receive")
        ISSUE = "issue", pgettext_lazy("stock", "Issue")
        RETURN = "return", pgettext_lazy("stock", "Return to stock")
        SEND_BACK = "send_back", pgettext_lazy("stock", "Send back to the supplier")
        TRANSFER = "transfer", pgettext_lazy("stock", "Transfer")
        CORRECT = "correct", pgettext_lazy("stock", "Correct")
        COUNT = "count", pgettext_lazy("stock", "Stocktake")
        OPENING = "opening", pgettext_lazy("stock", "Opening stock")
        REVERSE = "reverse", pgettext_lazy("stock", "Reverse")

    PREFIXES = {
        Kind.RECEIVE: "RK", Kind.ISSUE: "CK", Kind.RETURN: "TK", Kind.SEND_BACK: "TH", Kind.TRANSFER: "DB",
        Kind.CORRECT: "TZ", Kind.COUNT: "PD", Kind.OPENING: "QC", Kind.REVERSE: "CX",
    }  # fmt: skip

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    posted_at = models.DateTimeField(_("posted at"))
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("posted by")
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("stock", "handed to"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("reverses"),
    )
    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True)
    source = GenericForeignKey("source_type", "source_id")
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock document")
        verbose_name_plural = _("stock documents")
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(fields=["-posted_at", "-id"], name="posting_newest"),
            models.Index(
                fields=["source_type", "source_id"],
                name="posting_by_source",
                condition=Q(source_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="posting_reverses_when_it_says_so",
                condition=Q(kind="reverse", reverses__isnull=False) | (~Q(kind="reverse") & Q(reverses=None)),
            ),
            models.CheckConstraint(
                name="posting_correction_has_a_reason",
                condition=~Q(kind__in=["correct", "reverse"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args, **kwargs) -> None:
        """Written once by `ledger`; a posted document never changes."""
        refuse_change(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("posting", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise Refused(_("A stock document stays. Reverse it instead."))

    @property
    def number(self) -> str:
        """ "RK202611-00012": kind, month, and a number that no other document has."""
        month = timezone.localtime(self.posted_at)
        return f"{self.PREFIXES[self.kind]}{month:%Y%m}-{self.pk or 0:05}"


class Movement(models.Model):
    """One line of the ledger (台账): so many came or went, what they cost, and what was there afterwards.

    `balance` is what then lay at the place, `item_balance` and `item_value` what there then was of the item.
    `at` never goes back within an item, so what stood on any past day is the last line before its end.
    """

    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="movements", verbose_name=_("stock document")
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="movements", db_index=False, verbose_name=_("item")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("place")
    )
    at = models.DateTimeField(_("at"))
    quantity = models.IntegerField(_("quantity"))
    amount = MoneyField(_("amount"))
    balance = models.PositiveIntegerField(_("then at the place"))
    item_balance = models.PositiveIntegerField(_("then on hand"))
    item_value = MoneyField(_("then worth"))
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("department"),
    )

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="movement_newest"),
            models.Index(fields=["item", "-at", "-id"], name="movement_of_item"),
            models.Index(fields=["item", "place", "-at", "-id"], name="movement_at_place"),
            models.Index(
                fields=["department", "item", "at"],
                name="movement_of_department",
                condition=Q(department__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="movement_moves_something", condition=~Q(quantity=0)),
            models.CheckConstraint(
                name="movement_balances_are_not_negative",
                condition=Q(balance__gte=0, item_balance__gte=0, item_value__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.quantity:+d}"

    def save(self, *args, **kwargs) -> None:
        refuse_change(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("posting", args=[self.posting_id])

    def delete(self, *args, **kwargs):
        raise Refused(_("A line of the ledger stays. Reverse its document instead."))


def refuse_change(record: models.Model) -> None:
    """The database refuses it as well, by a trigger (migration 0002)."""
    if not record._state.adding:
        raise Refused(_("What is posted never changes. Reverse it and post it anew."))
