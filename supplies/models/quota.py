"""What the manager lets a department draw."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.models import Department, User
from pages import history

from .item import MOST, Item


class Quota(models.Model):
    """What a department may draw of an item a month (定额), set by the manager; else past use decides."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="+", verbose_name=_("department")
    )
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="quotas", verbose_name=_("item"))
    monthly = models.PositiveIntegerField(_("a month"), validators=[MaxValueValidator(MOST)])

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["department", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "item"],
                name="quota_once_per_department_and_item",
                violation_error_message=_("This department has a quota of this item already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.item}"

    def get_absolute_url(self) -> str:
        return reverse("quota-change", args=[self.pk])

    @classmethod
    @transaction.atomic
    def write_down(cls, department: Department, item: Item, monthly: int, *, by: User) -> Self:
        """So many a month from now on, whatever past use says; a quota there was is changed."""
        with history.reason(by=by):
            quota, _fresh = cls.objects.update_or_create(
                department=department, item=item, defaults={"monthly": monthly}
            )
        return quota

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        """Past use decides again."""
        with history.reason(by=by):
            self.delete()
