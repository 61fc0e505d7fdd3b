"""Times in which somebody is away and the backup stands in."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from organization.querysets import AbsenceQuerySet
from pages.history import reason as recorded
from pages.refusals import Refused

from .user import User


class Absence(models.Model):
    """A time in which somebody is away (缺勤), and the backup (B角) stands in."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("person")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("registered by"),
    )
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawing"), max_length=200, blank=True, editable=False
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-starts_at", "-pk"]
        permissions = [("arrange_absence", _("Can arrange everybody's absences"))]
        indexes = [
            models.Index(fields=["user", "ends_at"], name="absence_standing", condition=Q(withdrawn_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("An absence ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        start = timezone.localtime(self.starts_at)
        return f"{self.user} {date_format(start, 'Y-m-d H:i')}"

    def get_absolute_url(self) -> str:
        return reverse("absence", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if not (self.user_id and self.starts_at and self.ends_at) or self.withdrawn_at:
            return
        others = Absence.objects.filter(user_id=self.user_id).overlapping(self.starts_at, self.ends_at)
        other = others.exclude(pk=self.pk).first()
        if other:
            raise ValidationError(_overlap(other))

    def may_be_arranged_by(self, user) -> bool:
        """Oneself, the line manager, and who arranges everybody's absences; others may at most read it."""
        own = user.pk in (self.user_id, self.user.manager_id)
        return own or user.has_perm("organization.arrange_absence")

    @transaction.atomic
    def register(self, *, by: User | None, at: datetime | None = None) -> "Absence":
        """Write a new absence, with the person's row locked so that two at once cannot overlap."""
        self.registered_by, self.registered_at = by, at or timezone.now()
        with recorded(by=by):
            self._save_alone()
        return self

    @transaction.atomic
    def change(
        self, starts_at: datetime, ends_at: datetime, reason: str, *, by: User | None, at=None
    ) -> None:
        """Move the absence; who changed it and what it was before stands in the history."""
        locked = Absence.objects.select_for_update().get(pk=self.pk)
        if locked.withdrawn_at:
            raise Refused(_("This absence was withdrawn; register a new one."))
        self.starts_at, self.ends_at, self.reason = starts_at, ends_at, reason
        with recorded(by=by):
            self._save_alone(update_fields=["starts_at", "ends_at", "reason"])

    @transaction.atomic
    def withdraw(self, reason: str, *, by: User | None, at: datetime | None = None) -> None:
        """Take the absence back; the record stays, with the reason."""
        locked = Absence.objects.select_for_update().get(pk=self.pk)
        if locked.withdrawn_at:
            raise Refused(_("This absence was already withdrawn."))
        if not reason.strip():
            raise Refused(_("Give a reason for withdrawing."))
        self.withdrawn_at, self.withdrawn_by, self.withdrawal_reason = (
            at or timezone.now(),
            by,
            reason.strip(),
        )
        with recorded(reason, by=by):
            self.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def _save_alone(self, **kwargs) -> None:
        User.objects.select_for_update().get(pk=self.user_id)
        others = Absence.objects.filter(user_id=self.user_id).overlapping(self.starts_at, self.ends_at)
        other = others.exclude(pk=self.pk).first()
        if other:
            raise Refused(_overlap(other))
        self.save(**kwargs)


def _overlap(other: Absence) -> str:
    return _("%(name)s is already away from %(start)s to %(end)s.") % {
        "name": other.user.name,
        "start": date_format(timezone.localtime(other.starts_at), "Y-m-d H:i"),
        "end": date_format(timezone.localtime(other.ends_at), "Y-m-d H:i"),
    }
