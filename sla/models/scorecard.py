"""The month on paper: asked for, made in the background, and mailed once on the first working day after."""

import datetime as dt

from auditlog.registry import auditlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.telling import tell
from organization.models import User
from organization.roles import Role
from pages import exports, history
from pages.refusals import Refused

from ..periods import Period
from .figure import bounds, local_day

SILENT = dt.timedelta(minutes=10)  # a maker who has not finished after that is taken for dead


def month_of(day: dt.date) -> dt.date:
    """The first day of the month in which `day` lies."""
    return day.replace(day=1)


class Overtaken(Exception):
    """Somebody else has taken this scorecard up: the maker was silent for too long, and stops."""


class Scorecard(models.Model):
    """A month's figures as PDF and spreadsheet (月度成绩单), made in the background.

    A maker holds it as long as `begun_at` stands there unchanged. `made_at` is the moment whose figures the
    files show; while it is made anew the former files stay.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("scorecard", "Waiting")
        WORKING = "working", pgettext_lazy("scorecard", "Being made")
        READY = "ready", pgettext_lazy("scorecard", "Ready")
        FAILED = "failed", pgettext_lazy("scorecard", "Failed")

    month = models.DateField(_("month"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    pdf = models.FileField("PDF", upload_to="scorecards/", blank=True)
    sheet = models.FileField("XLSX", upload_to="scorecards/", blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    begun_at = models.DateTimeField(_("begun"), null=True)
    made_at = models.DateTimeField(_("made"), null=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__isnull=False), name="scorecard_made_when_ready"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("scorecard", args=[self.month])

    # -- asked for, and taken up -------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def ask(cls, month: dt.date, *, by, at: dt.datetime) -> "Scorecard":
        """Have the month's scorecard made, for the first time or anew; one under way is left alone."""
        month = month_of(month)
        if month > local_day(at):
            raise Refused(_("That month has not begun yet."))
        with history.reason(by=by):
            card, is_new = cls.objects.get_or_create(month=month, defaults={"asked_at": at, "asked_by": by})
            if not is_new:
                card._ask_again(by, at)
        return card

    def _ask_again(self, by, at: dt.datetime) -> None:
        self.refresh_from_db(from_queryset=Scorecard.objects.select_for_update())
        if self.is_under_way:
            return
        self.state, self.progress, self.error = self.State.WAITING, 0, ""
        self.asked_by, self.asked_at, self.begun_at = by, at, None
        self.save(update_fields=["state", "progress", "error", "asked_by", "asked_at", "begun_at"])

    @classmethod
    @transaction.atomic
    def take_up(cls, at: dt.datetime) -> "Scorecard | None":
        """The one that waits longest, or whose maker fell silent: now ours to make."""
        found = cls.to_be_made(at).select_for_update(skip_locked=True)
        card = found.order_by("asked_at", "pk").first()
        if card:
            card.state, card.progress, card.begun_at = cls.State.WORKING, 0, at
            card._held(None).update(state=card.state, progress=0, begun_at=at)
        return card

    @classmethod
    def to_be_made(cls, at: dt.datetime) -> models.QuerySet:
        """Those that wait, or whose maker fell silent."""
        return cls.objects.filter(
            Q(state=cls.State.WAITING) | Q(state=cls.State.WORKING, begun_at__lte=at - SILENT)
        )

    # -- being made --------------------------------------------------------------------------------

    def advance(self, percent: int) -> None:
        """So much is done. Raises `Overtaken` where it is not ours any more."""
        self.progress = percent
        self._settle(progress=percent)

    @transaction.atomic
    def finish(self, pdf: bytes, sheet: bytes) -> None:
        """Keep both files in place of the former ones; they show the figures of `begun_at`."""
        self._lock()
        former = [file.name for file in (self.pdf, self.sheet) if file]
        self.pdf.save(f"{self}.pdf", ContentFile(pdf), save=False)
        self.sheet.save(f"{self}.xlsx", ContentFile(sheet), save=False)
        self.state, self.progress, self.made_at = self.State.READY, 100, self.begun_at
        with history.reason(by=self.asked_by):
            self.save(update_fields=["state", "progress", "pdf", "sheet", "made_at"])
        transaction.on_commit(lambda: [self.pdf.storage.delete(name) for name in former])

    @transaction.atomic
    def fail(self, error: str) -> None:
        """It could not be made; `error` says why."""
        self._lock()
        self.state, self.error = self.State.FAILED, str(error)[:300]
        with history.reason(by=self.asked_by):
            self.save(update_fields=["state", "error"])

    # -- told --------------------------------------------------------------------------------------

    @transaction.atomic
    def mail(self, *, at: dt.datetime) -> None:
        """Send it to the admin managers, both files with it; a second time nothing happens."""
        self.refresh_from_db(from_queryset=Scorecard.objects.select_for_update())
        if self.mailed_at or not self.is_ready:
            return
        tell(
            User.objects.in_role(Role.ADMIN_MANAGER).order_by("pk"),
            "sla.scorecard",
            at=at,
            params={"scorecard": str(self)},
            link=self.get_absolute_url(),
            source=self,
            key=f"sla.scorecard-{self}",
        )
        self.mailed_at = at
        self.save(update_fields=["mailed_at"])

    def mail_attachments(self) -> list[tuple[str, bytes, str]]:
        """Both files, for the mail that tells of it."""
        return [
            (self.filename(kind), file.read(), CONTENT_TYPES[kind])
            for kind, file in (("pdf", self.pdf), ("xlsx", self.sheet))
            if file and file.storage.exists(file.name)
        ]

    # -- what follows from the row -----------------------------------------------------------------

    def filename(self, kind: str) -> str:
        """What the file is called where it is saved, in the reader's language: "月度成绩单-2026-11.pdf"."""
        return f"{self._meta.verbose_name}-{self}.{kind}"

    def file(self, kind: str):
        """The file of that kind ("pdf", "xlsx")."""
        return {"pdf": self.pdf, "xlsx": self.sheet}[kind]

    @property
    def last_day(self) -> dt.date:
        return Period.month(self.month).last

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.WORKING)

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def is_whole(self) -> bool:
        """Whether the month was over when it was made; else it shows the month so far."""
        return self.made_at is not None and self.made_at >= bounds(self.last_day)[1]

    def _lock(self) -> None:
        """Take the row, if it is still ours to make."""
        try:
            self.refresh_from_db(from_queryset=self._held(self.begun_at).select_for_update())
        except Scorecard.DoesNotExist:
            raise Overtaken from None

    def _settle(self, **values) -> None:
        if not self._held(self.begun_at).update(**values):
            raise Overtaken

    def _held(self, begun_at: dt.datetime | None) -> models.QuerySet:
        held = Scorecard.objects.filter(pk=self.pk)
        return held.filter(state=self.State.WORKING, begun_at=begun_at) if begun_at else held


CONTENT_TYPES = {"pdf": "application/pdf", "xlsx": exports.XLSX}

auditlog.register(Scorecard, exclude_fields=["progress", "begun_at", "pdf", "sheet"])
