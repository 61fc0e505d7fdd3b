from datetime import datetime
from typing import Self

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.models.channel import Channel
from notices.models.notice import Notice
from pages.refusals import Refused


class Reason(models.TextChoices):
    """Why a message did not arrive, in words a manager can act on."""

    UNREACHABLE = "unreachable", _("The other side could not be reached")
    TIMEOUT = "timeout", _("The other side did not answer in time")
    BUSY = "busy", _("The other side asked to try later")
    REJECTED = "rejected", _("The other side refused the message")
    UNCLEAR = "unclear", _("The answer could not be understood")
    BAD_ADDRESS = "bad_address", _("The address does not exist or is not accepted")
    BAD_TOKEN = "bad_token", _("The robot's key is not valid")
    BAD_SIGNATURE = "bad_signature", _("The signing secret, keyword or IP rule of the robot does not fit")
    SIGN_IN = "sign_in", _("The mail server refused our user name or password")
    MOVED = "moved", _("The address answers with a redirect, which is not followed")
    FORBIDDEN = "forbidden", _("The address is not one we may send to")
    FAULTY = "faulty", _("The message could not be put together")
    INTERRUPTED = "interrupted", _("The worker stopped while sending; the message may have arrived")
    NO_ADDRESS = "no_address", _("The person has left or has no e-mail address")
    SWITCHED_OFF = "switched_off", _("The channel was switched off or removed")


class DeliveryQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=Delivery.OPEN)

    def troubled(self) -> Self:
        return self.filter(state__in=Delivery.TROUBLED)

    def due(self, at: datetime) -> Self:
        """What may be tried now: waiting long enough, or taken by a worker not heard of since."""
        return self.open().filter(next_try_at__lte=at)

    def unlocked(self) -> Self:
        """Locked for the caller; rows another worker holds are passed over."""
        skip = connection.features.has_select_for_update_skip_locked
        return self.select_for_update(skip_locked=skip, of=("self",))

    def with_news(self) -> Self:
        return self.select_related("notice__recipient", "channel")

    def tried_since(self, instant: datetime) -> int:
        """How many messages (merged ones count once) were tried after the instant."""
        tried = self.filter(tried_at__gt=instant).exclude(message="")
        return tried.values("message").distinct().count()

    def search(self, text: str) -> Self:
        said = kinds.holding(text)
        return self.filter(
            Q(notice__words__icontains=text)
            | Q(notice__kind__in=said)
            | Q(notice__recipient__name__icontains=text)
            | Q(channel__name__icontains=text)
        )

    def abandon(self, reason: Reason) -> None:
        """Give up what still waits, visibly; what is just being sent may yet arrive."""
        waiting, sending = Delivery.OPEN
        self.filter(state=waiting).update(state=Delivery.State.FAILED, reason=reason, detail="")
        self.filter(state=sending).update(state=Delivery.State.UNCERTAIN, reason=reason, detail="")


class Delivery(models.Model):
    """One notice on its way through one channel (送达记录)."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNCERTAIN = "uncertain", _("Uncertain")

    OPEN = (State.PENDING, State.SENDING)
    TROUBLED = (State.FAILED, State.UNCERTAIN)

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
    first_tried_at = models.DateTimeField(_("first attempt"), null=True, blank=True)
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
        permissions = [("retry_delivery", _("Can send a failed delivery again"))]
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
                fields=["-id"], condition=Q(state__in=["failed", "uncertain"]), name="delivery_trouble"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.notice}"

    @transaction.atomic
    def retry(self, *, by: models.Model, at: datetime | None = None) -> None:
        """Send it once more, as if for the first time: what failed or is uncertain, on a channel in use."""
        locked = Delivery.objects.select_for_update(of=("self",)).select_related("channel").get(pk=self.pk)
        if locked.state not in Delivery.TROUBLED:
            raise Refused(_("This delivery has arrived or is still on its way."))
        if not locked.channel.is_on:
            raise Refused(_("The channel is switched off. Switch it on first."))
        locked.state, locked.next_try_at = Delivery.State.PENDING, at or timezone.now()
        locked.attempts, locked.first_tried_at = 0, None
        locked.message = locked.reason = locked.detail = ""
        locked.save(
            update_fields=[
                "state", "next_try_at", "attempts", "first_tried_at", "message", "reason", "detail"
            ]
        )  # fmt: skip
        self.refresh_from_db()

    @property
    def error(self) -> str:
        """The reason in the reader's language, with what the other side said."""
        return " · ".join(str(part) for part in (self.get_reason_display(), self.detail) if part)

    @property
    def is_troubled(self) -> bool:
        return self.state in Delivery.TROUBLED
