from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.models.channel import Channel
from notices.models.notice import Notice


class Reason(models.TextChoices):
    """Why a message did not arrive, in words a manager can act on."""

    UNREACHABLE = "unreachable", _("The other side could not be reached")
    TIMEOUT = "timeout", _("The other side did not answer in time")
    BUSY = "busy", _("The other side asked to try later")
    REJECTED = "rejected", _("The other side refused the message")
    BAD_ADDRESS = "bad_address", _("The address does not exist or is not accepted")
    BAD_TOKEN = "bad_token", _("The robot's key is not valid")
    BAD_SIGNATURE = "bad_signature", _("The signing secret is wrong, or the keyword or IP rule does not fit")
    SIGN_IN = "sign_in", _("The mail server refused our user name or password")
    MOVED = "moved", _("The address answers with a redirect, which is not followed")
    FORBIDDEN_ADDRESS = "forbidden_address", _("The address is not one we may send to")
    FAULTY = "faulty", _("The message could not be put together")
    INTERRUPTED = "interrupted", _("The worker stopped while sending; it may have arrived")
    TOO_OLD = "too_old", _("Given up after a day of attempts")
    NO_ADDRESS = "no_address", _("The person has no e-mail address any more")
    REMOVED = "removed", _("The channel was removed")


class DeliveryQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=[Delivery.State.PENDING, Delivery.State.SENDING])

    def due(self, at: datetime) -> Self:
        return self.open().filter(next_try_at__lte=at)


class Delivery(models.Model):
    """One notice on its way through one channel (送达记录)."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNCERTAIN = "uncertain", _("Uncertain")

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("notice")
    )
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
        verbose_name=_("channel"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    message = models.CharField(_("message number"), max_length=32, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    detail = models.CharField(_("what the other side said"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at"],
                condition=Q(state__in=["pending", "sending"]),
                name="delivery_due",
            ),
            models.Index(
                fields=["channel", "tried_at"], condition=Q(tried_at__isnull=False), name="delivery_tried"
            ),
            models.Index(
                fields=["state", "-id"],
                condition=Q(state__in=["failed", "uncertain"]),
                name="delivery_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.notice}"

    @property
    def error(self) -> str:
        """The reason in the reader's language, with what the other side said."""
        return " · ".join(part for part in (self.get_reason_display(), self.detail) if part)
