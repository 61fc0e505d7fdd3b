from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from pages.refusals import Refused


class ChannelQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def enabled(self) -> Self:
        return self.current().filter(enabled=True)

    def free(self, at: datetime) -> Self:
        """Enabled channels that nobody is sending through and that are not resting after a failure."""
        idle = Q(busy_until__isnull=True) | Q(busy_until__lte=at)
        rested = Q(rest_until__isnull=True) | Q(rest_until__lte=at)
        return self.enabled().filter(idle, rested)


class Channel(models.Model):
    """A way out of the building (通知渠道): the mail server, the robot of a chat group, another system."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        WECOM = "wecom", _("WeCom group robot")
        DINGTALK = "dingtalk", _("DingTalk group robot")
        FEISHU = "feishu", _("Feishu group robot")
        WEBHOOK = "webhook", _("Signed webhook")

    ROBOTS = (Kind.WECOM, Kind.DINGTALK, Kind.FEISHU)
    USUAL_PER_MINUTE = {
        Kind.WECOM: 20,
        Kind.DINGTALK: 20,
        Kind.FEISHU: 100,
        Kind.WEBHOOK: 120,
        Kind.EMAIL: 600,
    }

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    address = EncryptedTextField(_("address"), null=True, blank=True)
    secret = EncryptedTextField(_("signing secret"), null=True, blank=True)
    per_minute = models.PositiveIntegerField(_("messages a minute at most"))
    enabled = models.BooleanField(_("enabled"), default=True)
    busy_until = models.DateTimeField(_("being sent through until"), null=True, blank=True, editable=False)
    rest_until = models.DateTimeField(_("not tried again before"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    created_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="email", removed_at__isnull=True),
                name="channel_one_mail_server",
            ),
            models.CheckConstraint(condition=Q(per_minute__gte=1), name="channel_sends_something"),
        ]

    def __str__(self) -> str:
        return self.name
