from datetime import datetime
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.signals import acknowledged
from pages.refusals import Refused


class Attachment(NamedTuple):
    """A file that goes with a mail."""

    name: str
    content: bytes
    content_type: str


class NoticeQuerySet(models.QuerySet):
    """The inbox in the words people use for it."""

    def to(self, user: models.Model) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def about(self, source: models.Model) -> Self:
        """Everything that was told about one record."""
        return self.filter(source_type=ContentType.objects.get_for_model(source), source_id=source.pk)

    def search(self, text: str) -> Self:
        """Notices that hold the text; the sentence itself is looked for in the reader's language."""
        return self.filter(Q(words__icontains=text) | Q(kind__in=kinds.holding(text)))

    def read_all(self, *, at: datetime | None = None) -> int:
        """Mark all of these as read at one instant; answers how many were not read before."""
        return self.unread().update(read_at=at or timezone.now())


class Notice(models.Model):
    """Something one person was told (通知); it is that person's inbox entry, whatever else was sent."""

    class Level(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")
        URGENT = "urgent", _("Urgent")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        db_index=False,
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(_("particulars"), default=dict, blank=True)
    words = models.TextField(_("words to search by"), blank=True, editable=False)
    link = models.CharField(_("link"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.INFO)
    source_type = models.ForeignKey(
        ContentType,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("source type"),
    )
    source_id = models.BigIntegerField(_("source number"), null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("told by"),
    )
    key = models.CharField(_("told once as"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("told at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient", "id"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["source_type", "source_id"],
                condition=Q(source_id__isnull=False),
                name="notice_source",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], condition=~Q(key=""), name="notice_told_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('inbox')}#notice-{self.pk}"

    def read(self, *, by: models.Model, at: datetime | None = None) -> None:
        """The recipient has seen it; a second look changes nothing."""
        self._refuse_others(by)
        if self.read_at is None:
            self.read_at = at or timezone.now()
            Notice.objects.filter(pk=self.pk, read_at__isnull=True).update(read_at=self.read_at)

    @transaction.atomic
    def acknowledge(self, *, by: models.Model, at: datetime | None = None) -> None:
        """Answer "received" (已收到) once; whoever waits for it hears of it through `acknowledged`."""
        self._refuse_others(by)
        locked = Notice.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not locked.kind_of.acknowledgeable:
            raise Refused(_("This notice needs no answer."))
        if locked.acknowledged_at is None:
            locked.acknowledged_at = at or timezone.now()
            locked.read_at = locked.read_at or locked.acknowledged_at
            locked.save(update_fields=["acknowledged_at", "read_at"])
            acknowledged.send(Notice, notice=locked, by=by, at=locked.acknowledged_at)
        self.acknowledged_at, self.read_at = locked.acknowledged_at, locked.read_at

    def _refuse_others(self, by: models.Model) -> None:
        if by.pk != self.recipient_id:
            raise Refused(_("Only the person who was told can answer."))

    @property
    def kind_of(self) -> kinds.Kind:
        return kinds.get(self.kind)

    @property
    def title(self) -> str:
        return kinds.render(self.kind_of.title, self.params)

    @property
    def body(self) -> str:
        return kinds.render(self.kind_of.body, self.params)

    @property
    def label(self) -> str:
        return str(self.kind_of.label)

    @property
    def awaits_answer(self) -> bool:
        return self.kind_of.acknowledgeable and self.acknowledged_at is None

    @property
    def attachments(self) -> list[Attachment]:
        """What the record it is about sends along by mail (`mail_attachments()`); most records have no such
        verb, and are not even fetched."""
        types = ContentType.objects
        about = types.get_for_id(self.source_type_id).model_class() if self.source_type_id else None
        if not hasattr(about, "mail_attachments") or self.source is None:
            return []
        return [Attachment(*file) for file in self.source.mail_attachments()]

    @property
    def event(self) -> tuple[Any, ...]:
        """What makes two people's notices the same piece of news in a group."""
        words = tuple(sorted((name, str(value)) for name, value in self.params.items()))
        return self.kind, self.source_type_id, self.source_id, self.link, self.created_at, words
