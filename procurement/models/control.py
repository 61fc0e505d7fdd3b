"""What is done about money: an explanation and an action, before a line is crossed or after costs rose."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.clock import now
from pages.history import reason as recorded
from pages.refusals import Refused

from ..budget_figures import outdate_month
from ..budget_querysets import ControlQuerySet
from .budget import Budget, CostCategory


class Control(models.Model):
    """What is done about a kind of cost that rises or a budget about to be crossed (管控措施)."""

    category = models.ForeignKey(
        CostCategory, on_delete=models.PROTECT, related_name="controls", verbose_name=_("kind of cost")
    )
    budget = models.ForeignKey(
        Budget, on_delete=models.PROTECT, null=True, related_name="controls", verbose_name=_("budget")
    )
    month = models.DateField(_("month"))
    explanation = models.CharField(_("explanation"), max_length=300)
    action = models.CharField(_("what is done"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("noted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    objects = ControlQuerySet.as_manager()

    class Meta:
        verbose_name = _("control")
        verbose_name_plural = _("controls")
        ordering = ["-month", "-pk"]
        indexes = [models.Index(fields=["category", "month"], name="control_by_month")]

    def __str__(self) -> str:
        return f"{self.category} {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        if self.budget_id:
            return reverse("budget", args=[self.budget_id])
        return f"{reverse('cost-comparison')}?month={self.month:%Y-%m}"

    @classmethod
    @transaction.atomic
    def note(
        cls,
        *,
        category: CostCategory,
        explanation: str,
        action: str,
        by: Any,
        month: date | None = None,
        budget: Budget | None = None,
        until: date | None = None,
        at: datetime | None = None,
        once: Any = None,
    ) -> "Control":
        """Write down why it is so and what is done: about a month of a kind of cost, or about a budget."""
        at = at or now()
        day = month or timezone.localdate(at)
        if until and until < timezone.localdate(at):
            raise Refused(_("A control that has ended already controls nothing."))
        fields = {
            "category": category, "budget": budget, "month": day.replace(day=1), "explanation": explanation,
            "action": action, "until": until, "noted_by": by, "noted_at": at,
        }  # fmt: skip
        with recorded(by=by):
            if once:
                control, _new = cls.objects.get_or_create(once=once, defaults=fields)
            else:
                control = cls.objects.create(**fields)
        outdate_month(control.month)
        return control

    @transaction.atomic
    def withdraw(self, *, reason: str, by: Any, at: datetime | None = None) -> None:
        """It is not done any more, or was noted by mistake."""
        if not reason.strip():
            raise Refused(_("Please say why the control is withdrawn."))
        locked = Control.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if locked.withdrawn_at:
            raise Refused(_("This control has been withdrawn already."))
        locked.withdrawn_at = at or now()
        with recorded(reason.strip(), by=by):
            locked.save(update_fields=["withdrawn_at"])
        outdate_month(locked.month)

    def is_in_force(self, day: date) -> bool:
        return self.withdrawn_at is None and (self.until is None or day <= self.until)
