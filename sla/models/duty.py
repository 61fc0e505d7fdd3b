"""Duties that come by themselves: what recurs, when, and whose turn it is."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.models import User
from pages import history
from pages.history import reason as recorded_reason
from pages.refusals import Refused

from .. import evidence, recurrence, standards
from ..hours import NoWorkingTime
from ..slots import Pattern, Slot
from .calendar import Calendar


class Duty(models.Model):
    """Something to be done again and again (例行职责): when, by whom, and what has to be shown for it."""

    class Roll(models.TextChoices):
        """What becomes of a day on which nobody works."""

        KEEP = "keep", _("on that day all the same")
        NEXT = "next", _("on the next working day")
        PREVIOUS = "previous", _("on the working day before")
        SKIP = "skip", _("not at all")

    class Assignment(models.TextChoices):
        PERSON = "person", _("one person")
        ROLE = "role", _("everybody in a role")
        ROTATION = "rotation", _("people in turn")

    title = models.CharField(_("what is to be done"), max_length=120)
    instructions = models.TextField(_("how"), max_length=4000, blank=True)
    standard = models.CharField(_("clause"), max_length=40)
    rule = models.JSONField(_("when it recurs"))
    roll = models.CharField(_("on a day off"), max_length=10, choices=Roll.choices, default=Roll.NEXT)
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, related_name="duties", verbose_name=_("calendar")
    )
    opens = models.CharField(_("not before"), max_length=5, blank=True)
    closes = models.CharField(_("not after"), max_length=5, blank=True)
    assignment = models.CharField(_("done by"), max_length=10, choices=Assignment.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("person"),
    )
    team = models.CharField(_("role"), max_length=40, blank=True)
    evidence = models.JSONField(_("what is to be shown"), default=list, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    active = models.BooleanField(_("in force"), default=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    laid_until = models.DateField(_("laid out until"), null=True, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["standard", "title"]
        permissions = [("do_every_duty", _("Can do and skip everybody's duties"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment="person", person__isnull=False, team="")
                | (Q(assignment="role", person=None) & ~Q(team=""))
                | Q(assignment="rotation", person=None, team=""),
                name="duty_has_one_way_of_assignment",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="duty_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("duty", args=[self.pk])

    # -- verbs -----------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def set_up(
        cls,
        *,
        by,
        at: dt.datetime,
        title: str,
        standard: str,
        rule: recurrence.Rule,
        calendar: Calendar,
        assignment: str,
        since: dt.date,
        until: dt.date | None = None,
        person: User | None = None,
        team: str = "",
        rotation: Sequence[User] = (),
        roll: str = Roll.NEXT,
        opens: str = "",
        closes: str = "",
        evidence: Iterable = (),
        instructions: str = "",
        once: UUID | None = None,
    ) -> "Duty":
        """Put a duty in force and lay out its dates. What would never come, or has nobody, is refused.

        The second post of one form (`once`) answers the duty of the first.
        """
        User.objects.select_for_update().get(pk=by.pk)  # two clicks of one person, one after the other
        if once and (made := cls.objects.filter(once=once).first()):
            return made
        duty = cls(once=once)
        duty._take_over(
            {
                "title": title, "standard": standard, "rule": rule, "calendar": calendar, "since": since,
                "until": until, "assignment": assignment, "person": person, "team": team, "roll": roll,
                "opens": opens, "closes": closes, "evidence": evidence, "instructions": instructions,
            }
        )  # fmt: skip
        duty._refuse_impossible(rotation, at)
        with recorded_reason(by=by):
            duty.save()
        duty._name_turns(rotation)
        duty._fit(at)
        return duty

    @transaction.atomic
    def amend(
        self, changes: Mapping[str, Any], *, reason: str, expected_version: int, by, at: dt.datetime
    ) -> None:
        """Change some of what `set_up` takes. What has begun, is done or skipped stays as it was.

        `expected_version` is the version the change was made from; a newer one in between refuses it.
        """
        self._lock()
        if expected_version != self.version:
            raise Refused(_("Somebody else has changed this duty meanwhile. Look at it again."))
        self._open_what_has_begun(at)
        self._take_over(changes)
        rotation = self._people() if changes.get("rotation") is None else list(changes["rotation"])
        self._refuse_impossible(rotation, at)
        self.version += 1
        with recorded_reason(reason, by=by):
            self.save()
            self._name_turns(rotation)
        dealt_anew = bool({"assignment", "person", "team", "rotation"} & changes.keys())
        self._fit(at, amended=True, deal_anew=dealt_anew)

    @transaction.atomic
    def end(self, *, reason: str, by, at: dt.datetime) -> None:
        """It comes no more. What has begun is still to be done; what is planned goes."""
        self._lock()
        if not self.active:
            raise Refused(_("This duty has ended already."))
        if not reason.strip():
            raise Refused(_("Please say why the duty ends."))
        self._open_what_has_begun(at)
        self.active = False
        self.version += 1
        with recorded_reason(reason, by=by):
            self.save(update_fields=["active", "version"])
        self._fit(at, amended=True)

    @transaction.atomic
    def resume(self, *, by, at: dt.datetime) -> None:
        """It comes again, from now on; what fell into the time between does not."""
        self._lock()
        if self.active:
            raise Refused(_("This duty is in force."))
        self.active, self.laid_until = True, None
        self.version += 1
        self._refuse_impossible(self._people(), at)
        with recorded_reason(by=by):
            self.save(update_fields=["active", "version", "laid_until"])
        self._fit(at)

    # -- what follows from the rows ----------------------------------------------------------------

    @property
    def recurs(self) -> recurrence.Rule:
        return recurrence.load(self.rule)

    @property
    def pattern(self) -> Pattern:
        """How it recurs on its calendar as that stands now."""
        return Pattern(
            self.recurs, self.calendar.hours(), self.roll, self.opens, self.closes, self.since, self.until
        )

    def ahead(self, at: dt.datetime, count: int) -> list[Slot]:
        """The next `count` times it comes by its rule, whatever is laid out yet; fewer where it ends."""
        return list(islice(self.pattern.ahead(at), count)) if self.active else []

    # -- inside the verbs ---------------------------------------------------------------------------

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Duty.objects.select_for_update())

    def _take_over(self, changes: Mapping[str, Any]) -> None:
        """Write down what was said; of person and role only what the way of assignment needs."""
        for name, value in changes.items():
            if name == "rule":
                value = recurrence.dump(value)
            elif name == "evidence":
                value = _as_rows(value)
            if name != "rotation":
                setattr(self, name, value)
        if self.assignment != self.Assignment.PERSON:
            self.person = None
        if self.assignment != self.Assignment.ROLE:
            self.team = ""

    def _refuse_impossible(self, rotation: Sequence[User], at: dt.datetime) -> None:
        if self.standard not in {one.key for one in standards.every() if one.shape == standards.Shape.DUTY}:
            raise Refused(_("A duty belongs to a clause that is kept by doing something again and again."))
        if self.until and self.until < self.since:
            raise Refused(_("It would end before it begins."))
        self._refuse_nobody(rotation)
        try:
            recurrence.check_window(self.opens, self.closes)
            if recurrence.opens_after_closing(self.opens, self.closes, self.calendar.hours()):
                raise Refused(
                    _("%(opens)s is after closing time. Say until when, too.") % {"opens": self.opens}
                )
            if not self.ahead(at, 1):
                raise Refused(_("Under these rules it never falls on any day."))
        except (ValueError, NoWorkingTime) as error:
            raise Refused(str(error)) from error

    def _refuse_nobody(self, rotation: Sequence[User]) -> None:
        if self.assignment == self.Assignment.ROLE:
            if not Group.objects.filter(name=self.team).exists():
                raise Refused(_("This role does not exist."))
            return
        people = [self.person] if self.assignment == self.Assignment.PERSON else list(rotation)
        if not people or None in people:
            raise Refused(_("Name at least one person who does it."))
        if len({person.pk for person in people}) < len(people):
            raise Refused(_("Somebody stands in the rotation twice."))
        if gone := [person for person in people if not person.works_here]:
            raise Refused(_("%(person)s does not work here any more.") % {"person": gone[0]})

    def _people(self) -> list[User]:
        return [turn.person for turn in self.turns.select_related("person").order_by("position")]

    def _name_turns(self, people: Sequence[User]) -> None:
        """Let exactly these people take turns, in this order; nobody where there is no rotation."""
        before = self._people()
        people = list(people) if self.assignment == self.Assignment.ROTATION else []
        if people == before:
            return
        self.turns.all().delete()
        rows = [DutyTurn(duty=self, person=person, position=place) for place, person in enumerate(people)]
        DutyTurn.objects.bulk_create(rows)
        history.note_many(self, "turns", before, people)

    def _open_what_has_begun(self, at: dt.datetime) -> None:
        """Lay out and open what should have been by now, so that a change cannot touch it."""
        if self.active:
            self._fit(at)
        for occurrence in self.occurrences.filter(state="planned", opens_at__lte=at).order_by("day"):
            occurrence.open(at=at)

    def _fit(self, at: dt.datetime, **how: bool) -> None:
        from ..duties import fit  # reads these models itself

        fit(self, at, **how)


def _as_rows(asks: Iterable) -> list[dict[str, Any]]:
    """Asks as JSON, whether they come as values or as JSON already. Refused where they make no sense."""
    asks = list(asks)
    rows = asks if asks and isinstance(asks[0], dict) else evidence.dump_asks(asks)
    try:
        return evidence.dump_asks(evidence.load_asks(rows))
    except ValueError as error:
        raise Refused(str(error)) from error


class DutyTurn(models.Model):
    """One place in a rotation (轮值顺序)."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="turns", verbose_name=_("duty"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "position"], name="duty_turn_position_unique"),
            models.UniqueConstraint(fields=["duty", "person"], name="duty_turn_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


auditlog.register(Duty, exclude_fields=["laid_until", "version", "once"])
