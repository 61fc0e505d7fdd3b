"""Asking for supplies: who needs what, who agreed, and what was handed out."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department

from ..querysets import RequisitionQuerySet
from .item import MOST, Item


class Requisition(models.Model):
    """A request for supplies (领用申请): asked for, approved by the head, handed out, perhaps in parts.

    The department's quota is fixed at the moment of asking (`RequisitionLine.quota_left`), so that a later
    one does not change what was agreed.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("requisition", "Waiting for approval")
        APPROVED = "approved", pgettext_lazy("requisition", "Approved")
        REFUSED = "refused", pgettext_lazy("requisition", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("requisition", "Withdrawn")
        ISSUED = "issued", pgettext_lazy("requisition", "Handed out")

    OPEN = (Status.WAITING, Status.APPROVED)
    APPROVAL, HANDING_OUT = "requisition-approval", "requisition-issue"

    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="requisitions",
        db_index=False,
        verbose_name=_("requested by"),
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    requested_at = models.DateTimeField(_("requested at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.CharField(_("reason of the decision"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = RequisitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("requisition")
        verbose_name_plural = _("requisitions")
        ordering = ["-requested_at", "-pk"]
        permissions = [
            ("approve_requisition", _("Can approve requisitions of every department")),
            ("issue_requisition", _("Can hand out what was approved")),
        ]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="requisition_newest"),
            models.Index(fields=["requester", "-requested_at"], name="requisition_by_requester"),
            models.Index(
                fields=["status", "requested_at"],
                name="requisition_open",
                condition=Q(status__in=["waiting", "approved"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="requisition_not_decided_by_its_requester",
                condition=Q(decided_by=None) | ~Q(decided_by=F("requester")),
            ),
            models.CheckConstraint(
                name="requisition_is_decided_by_somebody",
                condition=~Q(status__in=["approved", "refused", "issued"]) | Q(decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("requisition", args=[self.pk])

    @property
    def number(self) -> str:
        """ "LY202611-00012"."""
        return f"LY{timezone.localtime(self.requested_at):%Y%m}-{self.pk or 0:05}"


class RequisitionLine(models.Model):
    """So many of one item asked for; `quota_left` is what its quota still allowed, if there was one."""

    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, related_name="lines", verbose_name=_("requisition")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    asked = models.PositiveIntegerField(
        _("asked for"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    quota_left = models.IntegerField(_("left of the quota"), null=True, editable=False)
    over_reason = models.CharField(_("why more than the quota"), max_length=200, blank=True)
    approved = models.PositiveIntegerField(_("approved"), null=True)
    issued = models.PositiveIntegerField(_("handed out"), default=0)

    class Meta:
        verbose_name = _("line of a requisition")
        verbose_name_plural = _("lines of requisitions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["requisition", "item"], name="requisition_names_an_item_once"),
            models.CheckConstraint(name="requisition_line_asks_for_something", condition=Q(asked__gte=1)),
            models.CheckConstraint(
                name="requisition_line_issues_what_was_approved",
                condition=Q(issued=0) | Q(issued__lte=F("approved")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} × {self.asked}"


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
