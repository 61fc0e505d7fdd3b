"""The lines of a requisition."""

from copy import copy

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages import history

from .item import MOST, Item
from .requisition import Requisition


class RequisitionLine(models.Model):
    """So many of one item asked for; `quota_left` is what its quota still allowed, if there was one.

    `issued` is all that was handed out, `returned` what of it came back.
    """

    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, related_name="lines", verbose_name=_("requisition")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    asked = models.PositiveIntegerField(
        pgettext_lazy("quantity", "asked for"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    quota_left = models.IntegerField(_("left of the quota"), null=True, editable=False)
    over_reason = models.CharField(_("why more than the quota"), max_length=200, blank=True)
    approved = models.PositiveIntegerField(pgettext_lazy("quantity", "approved"), null=True)
    issued = models.PositiveIntegerField(pgettext_lazy("quantity", "handed out"), default=0)
    returned = models.PositiveIntegerField(pgettext_lazy("quantity", "brought back"), default=0)

    class Meta:
        verbose_name = _("line of a requisition")
        verbose_name_plural = _("lines of requisitions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["requisition", "item"], name="requisition_names_an_item_once"),
            models.CheckConstraint(name="requisition_line_asks_for_something", condition=Q(asked__gte=1)),
            models.CheckConstraint(
                name="requisition_line_approves_what_was_asked",
                condition=Q(approved=None) | Q(approved__lte=F("asked")),
            ),
            models.CheckConstraint(
                name="requisition_line_issues_what_was_approved",
                condition=Q(issued=0) | Q(issued__lte=F("approved")),
            ),
            models.CheckConstraint(
                name="requisition_line_returns_what_was_issued", condition=Q(returned__lte=F("issued"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} × {self.asked}"

    def note(self, **numbers: int) -> None:
        """Write down what was agreed to, handed out or brought back; the verb holds the requisition."""
        before = copy(self)
        for field, number in numbers.items():
            setattr(self, field, number)
        history.save(self, before, numbers)

    @property
    def words(self) -> str:
        """ "中性笔 10 支"."""
        return f"{self.item} {self.asked} {self.item.unit}"

    @property
    def open(self) -> int:
        """Approved and not handed out yet."""
        return (self.approved or 0) - self.issued

    @property
    def kept(self) -> int:
        """Handed out and not brought back."""
        return self.issued - self.returned

    @property
    def allowed(self) -> int | None:
        """What the quota left, never less than nothing; None without a quota."""
        return None if self.quota_left is None else max(0, self.quota_left)

    @property
    def is_over(self) -> bool:
        return self.allowed is not None and self.asked > self.allowed

    @property
    def was_lowered(self) -> bool:
        return self.approved is not None and self.approved < self.asked
