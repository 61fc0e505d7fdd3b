from datetime import datetime
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from django.db import models, transaction
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

    def with_troubles(self) -> Self:
        """Each with the number of its failed and uncertain deliveries as `troubles`."""
        troubled = Q(deliveries__state__in=["failed", "uncertain"])
        return self.annotate(troubles=models.Count("deliveries", filter=troubled))

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
    # The robots' limits are the makers' own; the others keep a wild process from flooding a server.
    PER_MINUTE = {Kind.EMAIL: 600, Kind.WECOM: 20, Kind.DINGTALK: 20, Kind.FEISHU: 100, Kind.WEBHOOK: 120}

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    address = EncryptedTextField(_("address"), null=True, blank=True)
    secret = EncryptedTextField(_("signing secret"), null=True, blank=True)
    per_minute = models.PositiveIntegerField(_("messages a minute at most"))
    enabled = models.BooleanField(_("enabled"), default=True)
    busy_until = models.DateTimeField(_("in use until"), null=True, blank=True, editable=False)
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

    @transaction.atomic
    def change(self, *, by: models.Model, at: datetime | None = None) -> None:
        """Save what was typed, and try a corrected address at once."""
        self.failures, self.rest_until = 0, None
        self.save()

    @transaction.atomic
    def enable(self, *, by: models.Model, at: datetime | None = None) -> None:
        """Use the channel (again), at once and without the rest of an earlier failure."""
        self.enabled, self.failures, self.rest_until = True, 0, None
        self.save(update_fields=["enabled", "failures", "rest_until"])

    @transaction.atomic
    def disable(self, *, by: models.Model, at: datetime | None = None) -> None:
        """Send nothing more through it; what waits is given up, visibly, instead of arriving days late."""
        self.enabled = False
        self.save(update_fields=["enabled"])
        self.deliveries.abandon("switched_off")

    @transaction.atomic
    def remove(self, *, by: models.Model, at: datetime | None = None) -> None:
        """Take the channel away with its secrets; its delivery log stays."""
        if self.kind == Channel.Kind.EMAIL:
            raise Refused(_("The mail server cannot be removed. Switch it off instead."))
        self.enabled, self.address, self.secret = False, None, None
        self.removed_at = at or timezone.now()
        self.save(update_fields=["enabled", "address", "secret", "removed_at"])
        self.deliveries.abandon("switched_off")

    def redacted(self, text: str) -> str:
        """The text without any part of the address or secret that could let somebody else send."""
        for word in sorted(self._secret_words(), key=len, reverse=True):
            text = text.replace(word, "•••")
        return text

    def _secret_words(self) -> set[str]:
        parts = urlsplit(self.address or "")
        values = [value for _name, value in parse_qsl(parts.query)]
        words = {self.address, self.secret, parts.query, parts.path, parts.password, *values}
        return {word for word in (*words, *parts.path.split("/")) if word and len(word) > 7}

    @property
    def is_on(self) -> bool:
        return self.enabled and self.removed_at is None

    def is_resting(self, at: datetime) -> bool:
        """Whether it is left alone after a failure."""
        return self.rest_until is not None and self.rest_until > at

    @property
    def is_robot(self) -> bool:
        return self.kind in Channel.ROBOTS

    @property
    def host(self) -> str:
        """Where it sends to, without the key."""
        return urlsplit(self.address or "").hostname or ""
