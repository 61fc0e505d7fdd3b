"""Each time a duty came: from when until when, whose it was, and what came of it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notices.telling import tell
from organization.models import User
from pages import uploads
from pages.history import reason as recorded_reason
from pages.refusals import Refused

from .. import evidence
from ..querysets import OccurrenceQuerySet
from ..signals import occurrence_opened
from .duty import Duty
from .timer import Timer

Files = Sequence[tuple[str, UploadedFile]]

_ENDING = ["state", "ended_at", "ended_by", "remark", "proof_type", "proof_id"]


class Occurrence(models.Model):
    """A duty as it falls on one day (当次职责): from when until when, whose it is, and what came of it.

    `day` is the day the rule names, which never changes; the window may lie on another day where it rolled.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("duty", "Planned")
        OPEN = "open", pgettext_lazy("duty", "Open")
        DONE = "done", pgettext_lazy("duty", "Done")
        SKIPPED = "skipped", pgettext_lazy("duty", "Skipped")

    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, related_name="occurrences", db_index=False, verbose_name=_("duty")
    )
    day = models.DateField(_("day"))
    opens_at = models.DateTimeField(_("from"))
    due_at = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="occurrences",
        verbose_name=_("person"),
    )
    team = models.CharField(_("role"), max_length=40, blank=True)
    answers = models.JSONField(_("what was shown"), default=dict, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("done or skipped at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("done or skipped by"),
    )

    proof_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    proof_id = models.PositiveBigIntegerField(null=True)
    proof = GenericForeignKey("proof_type", "proof_id")

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence of a duty")
        verbose_name_plural = _("occurrences of duties")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["opens_at"], condition=Q(state="planned"), name="occurrence_planned_by_opening"
            ),
            models.Index(
                fields=["person", "due_at"],
                condition=Q(state__in=["planned", "open"]),
                name="occurrence_ahead_by_person",
            ),
            models.Index(fields=["due_at"], name="occurrence_by_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["duty", "day"], name="occurrence_once_per_duty_and_day"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")), name="occurrence_is_due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "open"], ended_at=None)
                | Q(state__in=["done", "skipped"], ended_at__isnull=False),
                name="occurrence_ended_when_done_or_skipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} · {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("occurrence", args=[self.pk])

    # -- verbs -----------------------------------------------------------------------------------

    @transaction.atomic
    def open(self, *, at: dt.datetime) -> None:
        """Its time has come: settle whose it is, start the clock, and tell whoever might not expect it.

        What is open, done or skipped already stays as it is, since two workers may come at once.
        """
        from .. import turns  # asks these models itself

        self._lock()
        if self.state != self.State.PLANNED:
            return
        taker = turns.taken_up_by(self, at)
        self.person_id, self.team, self.state = taker.person_id, taker.team, self.State.OPEN
        self.save(update_fields=["person", "team", "state"])
        self._start_timer(self.opens_at)
        occurrence_opened.send(Occurrence, occurrence=self, at=at)
        if taker.notice:
            self._tell(self._takers(), taker.notice, at=at)

    @transaction.atomic
    def complete(
        self,
        *,
        by,
        at: dt.datetime,
        answers: Mapping[str, Any] | None = None,
        attendees: Collection[models.Model] = (),
        files: Files = (),
        remark: str = "",
        proof: models.Model | None = None,
    ) -> None:
        """Done, by whomever, with what there is to show for it; also before it opens, and when it is late.

        `proof` is a record of a work area (a posted stocktake) that shows everything by itself.
        """
        self._lock()
        self._guard_ahead()
        answers = dict(answers or {})
        shown = [*((file.name, file) for file in self.files.all()), *files]
        if proof is None:
            self._refuse_lacking(answers, attendees, shown)
        timer = self._running() or self._start_timer(min(self.opens_at, at))
        self.answers, self.proof = answers, proof
        self._end(self.State.DONE, by=by, at=at, remark=remark)
        self._note_attendance(attendees)
        self._keep(files, by=by, at=at)
        if timer:
            timer.stop(at=at, by=by)

    @transaction.atomic
    def skip(self, *, reason: str, by, at: dt.datetime) -> None:
        """Not done this time, and why. In time it counts nowhere; when it is late already it is missed."""
        self._lock()
        self._guard_ahead()
        _refuse_without(reason, _("Please say why it is left out this time."))
        timer = self._running()
        if timer is None and self.opens_at <= at:
            timer = self._start_timer(self.opens_at)
        self._end(self.State.SKIPPED, by=by, at=at, remark=reason)
        if timer and at > self.due_at:
            timer.stop(at=at, by=by)
        elif timer:
            timer.cancel(at=at, by=by, reason=reason)

    @transaction.atomic
    def hand_over(self, *, to, reason: str, by, at: dt.datetime) -> None:
        """Somebody else does it this time."""
        self._lock()
        self._guard_ahead()
        if to.pk == self.person_id:
            raise Refused(_("%(person)s is responsible already.") % {"person": to})
        if not to.works_here:
            raise Refused(_("%(person)s does not work here any more.") % {"person": to})
        _refuse_without(reason, _("Please say why somebody else takes over."))
        self.person, self.team = to, ""
        with recorded_reason(reason, by=by):
            self.save(update_fields=["person", "team"])
        if timer := self._running():
            timer.reassign(to=to, at=at, by=by, reason=reason)
        elif to != by:
            self._tell([to], "sla.duty-handed-over", at=at, by=by, person=str(by), reason=reason)

    @transaction.atomic
    def correct(self, *, answers: Mapping[str, Any], reason: str, by, at: dt.datetime) -> None:
        """What was shown was wrong; what stood there before is in the history."""
        self._lock()
        if self.state != self.State.DONE:
            raise Refused(_("Only what is done can be corrected."))
        _refuse_without(reason, _("Please say what was wrong."))
        attendees = list(self.attendances.all())
        self._refuse_lacking(answers, attendees, [(file.name, file) for file in self.files.all()])
        self.answers = dict(answers)
        with recorded_reason(reason, by=by):
            self.save(update_fields=["answers"])

    @transaction.atomic
    def reopen(self, *, reason: str, by, at: dt.datetime) -> None:
        """It was not done, or is to be done after all: the clock goes on as if it had never stopped."""
        self._lock()
        if self.is_ahead:
            raise Refused(_("This is still to be done."))
        _refuse_without(reason, _("Please say why it is to be done after all."))
        timer = self.timers.order_by("-started_at", "-pk").first()
        waits = timer is None and self.opens_at > at
        self.state = self.State.PLANNED if waits else self.State.OPEN
        self.ended_at = self.ended_by = self.proof = None
        self.remark = ""
        with recorded_reason(reason, by=by):
            self.save(update_fields=_ENDING)
        if timer:
            timer.reopen(at=at, by=by)
        elif not waits:
            self._start_timer(self.opens_at)

    @transaction.atomic
    def put_off(self, opens_at: dt.datetime, due_at: dt.datetime, *, reason: str, at: dt.datetime) -> None:
        """Its day is no longer worked: it waits for another one. `reason` is a msgid."""
        self._lock()
        self._guard_ahead()
        if timer := self._running():
            timer.cancel(at=at, reason=reason)
        self.opens_at, self.due_at, self.state = opens_at, due_at, self.State.PLANNED
        with recorded_reason(reason):
            self.save(update_fields=["opens_at", "due_at", "state"])

    @transaction.atomic
    def leave_out(self, *, reason: str, at: dt.datetime) -> None:
        """It no longer applies; counts nowhere, even if it was late. `reason` is a msgid."""
        self._lock()
        self._guard_ahead()
        self._end(self.State.SKIPPED, by=None, at=at, remark=reason)
        if timer := self._running():
            timer.cancel(at=at, reason=reason)

    # -- what follows from the rows ----------------------------------------------------------------

    @property
    def timers(self) -> models.QuerySet:
        """The clocks that ran for it; more than one where it was put off."""
        return Timer.objects.about(self)

    @property
    def is_ahead(self) -> bool:
        """Still to be done."""
        return self.state in (self.State.PLANNED, self.State.OPEN)

    @property
    def remark_said(self) -> str:
        """The remark; one the system wrote in the reader's language."""
        return gettext(self.remark) if self.remark and self.ended_by_id is None else self.remark

    def has_begun(self, at: dt.datetime) -> bool:
        return self.state == self.State.OPEN or self.opens_at <= at

    def was_late(self) -> bool:
        return self.state == self.State.DONE and self.ended_at > self.due_at

    # -- inside the verbs ---------------------------------------------------------------------------

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Occurrence.objects.select_for_update())

    def _guard_ahead(self) -> None:
        if self.is_ahead:
            return
        words = {"person": self.ended_by or gettext("the system")}
        if self.state == self.State.DONE:
            raise Refused(_("%(person)s has done this already.") % words)
        raise Refused(_("%(person)s has skipped this already.") % words)

    def _refuse_lacking(self, answers, attendees, files) -> None:
        asks = evidence.load_asks(self.duty.evidence)
        if lacking := evidence.missing(asks, answers, attendees, files):
            raise Refused(" ".join(lacking))

    def _running(self) -> Timer | None:
        return self.timers.running().first()

    def _start_timer(self, started_at: dt.datetime) -> Timer | None:
        """The promise of the duty's clause, due when the window closes; None when it is switched off."""
        from ..timers import start_timer  # reads these models itself

        return start_timer(
            self,
            self.duty.standard,
            at=started_at,
            owner=self.person,
            team=self.team,
            label=str(self.duty),
            given=self.due_at,
        )

    def _end(self, state: str, *, by, at: dt.datetime, remark: str) -> None:
        self.state, self.ended_at, self.ended_by, self.remark = state, at, by, remark
        with recorded_reason(by=by):
            self.save(update_fields=[*_ENDING, "answers"])

    def _note_attendance(self, attendees: Collection[models.Model]) -> None:
        self.attendances.exclude(person__in=attendees).delete()
        attendance = self.attendances.model
        rows = [attendance(occurrence=self, person=person) for person in attendees]
        attendance.objects.bulk_create(rows, ignore_conflicts=True)

    def _keep(self, files: Files, *, by, at: dt.datetime) -> None:
        photos = {
            ask.name for ask in evidence.load_asks(self.duty.evidence) if ask.kind == evidence.Kind.PHOTO
        }
        for name, upload in files:
            try:
                content_type = uploads.content_type(upload, only_photos=name in photos)
            except ValueError as error:
                raise Refused(str(error)) from error
            self.files.create(
                name=name,
                file=upload,
                filename=uploads.honest_name(upload.name or "", content_type),
                content_type=content_type,
                added_at=at,
                added_by=by,
            )

    def _takers(self) -> Collection[models.Model]:
        return [self.person] if self.person else list(User.objects.in_role(self.team))

    def _tell(self, people, kind: str, *, at: dt.datetime, by=None, **particulars) -> None:
        params = {"duty": str(self.duty), "due_at": self.due_at, **particulars}
        channels = ["inbox", "email"] if by else ["inbox"]
        link = self.get_absolute_url()
        tell(people, kind, at=at, by=by, params=params, link=link, source=self, channels=channels)


def _refuse_without(reason: str, sentence) -> None:
    if not reason.strip():
        raise Refused(sentence)


auditlog.register(
    Occurrence, include_fields=["opens_at", "due_at", "state", "person", "team", "answers", "remark"]
)
