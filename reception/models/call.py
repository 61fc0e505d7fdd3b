"""A call, from the first ring to the last promise it leaves: feedback, customer register, calling back."""

from copy import copy
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices.telling import tell
from organization.models import User
from pages import history, phones, records
from pages.clock import now
from pages.phones import Phone
from pages.refusals import Refused
from sla.timers import cancel_timer, start_timer, start_timers, stop_timer

from ..allocation import Proposal
from ..querysets import CallQuerySet
from .call_line import RATES, SAMPLES, CallOnTheLine
from .settings import DeskSettings


class Call(CallOnTheLine):
    """One incoming call (来电), answered or missed, and what became of it."""

    FEEDBACK, CRM_ENTRY, CALL_BACK = "call-feedback", "crm-entry", "call-back"
    COUNTED = frozenset(("rings", "transferred_to", "override_reason"))
    CORRECTABLE = (
        "caller_name", "company", "number", "extension", "customer", "caller_type", "product", "region",
        "purpose", "rings", "transferred_to", "override_reason", "no_feedback_reason",
    )  # fmt: skip

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-rang_at", "-pk"]
        permissions = [
            ("view_number", _("Can see callers' whole numbers")),
            ("export_call", _("Can export calls")),
            ("arrange_reception", _("Can change caller types, rules and desk settings")),
        ]
        indexes = [
            models.Index(fields=["-rang_at", "-id"], name="call_newest"),
            models.Index(fields=["status"], name="call_open", condition=Q(status="active")),
            models.Index(
                fields=["rang_at"], name="call_missed", condition=Q(status="missed", called_back_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="call_instants_in_order",
                condition=(Q(answered_at=None) | Q(answered_at__gte=F("rang_at")))
                & (Q(ended_at=None) | Q(ended_at__gte=F("answered_at"))),
            ),
            models.CheckConstraint(name="call_rings_up_to_99", condition=Q(rings=None) | Q(rings__lte=99)),
            models.CheckConstraint(
                name="call_state_fits_instants",
                condition=Q(status="active", answered_at__isnull=False, ended_at=None)
                | Q(status="ended", ended_at__isnull=False)
                | Q(status="missed", answered_at=None, ended_at=None)
                | Q(status="withdrawn", withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="call_feedback_goes_to_somebody",
                condition=Q(fed_back_at=None) | Q(transferred_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        who = " · ".join(filter(None, (self.caller_name, self.company)))
        return who or phones.mask(self.number) or str(_("Unknown caller"))

    def get_absolute_url(self) -> str:
        return reverse("call-detail", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def log(
        cls,
        *,
        by: User,
        at: datetime | None = None,
        once: UUID | None = None,
        phone: Phone | None = None,
        proposal: Proposal | None = None,
        hang_up: bool = False,
        **details: Any,
    ) -> Self:
        """Log an answered call (记录来电); with `hang_up` it has ended already. `details` are fields by name.

        The same `once` again gives the call that was logged the first time and changes nothing.
        """
        at = at or now()
        details |= _instants(at, details.get("rang_at"), details.get("answered_at"), details.get("rings"))
        details["number"], details["extension"] = phone or (None, "")
        if proposal:
            details |= {"proposed_to": proposal.user, "rule": proposal.rule}
        call, fresh = cls._create(once, status=cls.Status.ACTIVE, receptionist=by, changed_by=by, **details)
        if fresh and proposal and proposal.rule and call.transferred_to_id == proposal.user.pk:
            proposal.rule.take_turn(proposal.turn, at=at)
        if fresh and hang_up:
            call.hang_up(by=by, at=at, caller_hung_up_first=call.caller_hung_up_first)
        return call

    @classmethod
    @transaction.atomic
    def miss(
        cls,
        *,
        by: User,
        at: datetime | None = None,
        once: UUID | None = None,
        phone: Phone | None = None,
        **details: Any,
    ) -> Self:
        """Log a missed call (未接来电), which must be called back unless the caller hid the number."""
        at = at or now()
        details.setdefault("rang_at", at)
        details["number"], details["extension"] = phone or (None, "")
        call, fresh = cls._create(once, status=cls.Status.MISSED, receptionist=by, changed_by=by, **details)
        if fresh and call.number:
            start_timer(call, cls.CALL_BACK, owner=by, at=call.rang_at, label=str(call))
        return call

    @transaction.atomic
    def hang_up(
        self,
        *,
        by: User,
        at: datetime | None = None,
        no_feedback_reason: str = "",
        caller_hung_up_first: bool = False,
    ) -> Self:
        """The call has ended (挂机): a minute for feedback runs, and two for registering a new customer."""
        at = at or now()
        self._lock(self.Status.ACTIVE)
        self.no_feedback_reason = no_feedback_reason or self.no_feedback_reason
        if not (self.transferred_to_id or self.no_feedback_reason):
            raise Refused(_("Say whom the call concerns, or why nobody need be told."))
        self.status, self.ended_at = self.Status.ENDED, max(self.hung_up_at or at, self.answered_at)
        self.caller_hung_up_first = caller_hung_up_first
        self._save("status", "ended_at", "no_feedback_reason", "caller_hung_up_first", by=by)
        self._promise(by=by, at=self.ended_at)
        if self.hung_up_at and not self.needs_feedback:
            cancel_timer(self, self.FEEDBACK, at=at, by=by, reason=self.no_feedback_reason)
        return self

    @transaction.atomic
    def feed_back(self, text: str, *, by: User, at: datetime | None = None) -> Self:
        """Tell the person concerned what the call was about (反馈); keeps the words, stops the minute."""
        at = at or now()
        self._lock(self.Status.ENDED)
        if not self.transferred_to_id:
            raise Refused(_("This call concerns nobody in the house. Correct it first."))
        if self.fed_back_at:
            raise Refused(_("%(name)s has been told already.") % {"name": self.transferred_to})
        self.feedback_text, self.fed_back_at, self.fed_back_by = text.strip(), at, by
        self._save("feedback_text", "fed_back_at", "fed_back_by", by=by)
        stop_timer(self, self.FEEDBACK, at=at, by=by)
        tell(
            [self.transferred_to],
            "reception.feedback",
            at=at,
            params={
                "caller": str(self),
                "number": phones.mask(self.number) or "—",
                "text": self.feedback_text,
            },
            link=self.get_absolute_url(),
            source=self,
            urgent=True,
            by=by,
        )
        return self

    @transaction.atomic
    def receive(self, *, by: User, at: datetime | None = None) -> Self:
        """The person concerned has answered "received" (已收到), which the desk sees."""
        self._lock(self.Status.ENDED, self.Status.WITHDRAWN)
        if self.received_at is None and by.pk == self.transferred_to_id:
            self.received_at = at or now()
            self._save("received_at", by=by)
        return self

    @transaction.atomic
    def call_back(self, outcome: str, *, by: User, at: datetime | None = None) -> Self:
        """The missed caller has been called back (回拨), with what came of it."""
        at = at or now()
        self._lock(self.Status.MISSED)
        if self.called_back_at:
            raise Refused(_("%(name)s has called back already.") % {"name": self.called_back_by})
        self.called_back_at, self.called_back_by, self.callback_outcome = at, by, outcome.strip()
        self._save("called_back_at", "called_back_by", "callback_outcome", by=by)
        stop_timer(self, self.CALL_BACK, at=at, by=by)
        return self

    @transaction.atomic
    def customer_registered(self, customer: models.Model, *, by: User, at: datetime | None = None) -> Self:
        """The caller is in the customer register now (登记客户); stops the two minutes."""
        self._lock(self.Status.ACTIVE, self.Status.ENDED, self.Status.MISSED)
        self.customer = customer
        self.version += 1
        self._save("customer", "version", by=by)
        stop_timer(self, self.CRM_ENTRY, at=at or now(), by=by)
        return self

    @transaction.atomic
    def correct(
        self,
        changes: dict[str, Any],
        *,
        reason: str,
        expected_version: int,
        by: User,
        at: datetime | None = None,
    ) -> Self:
        """Put right what was logged wrongly (更正), unless somebody did since `expected_version` was read.

        `changes`: new values of CORRECTABLE fields by name. Promises follow: another person concerned is
        told anew.
        """
        at = at or now()
        self._lock(self.Status.ACTIVE, self.Status.ENDED, self.Status.MISSED)
        if self.version != expected_version:
            raise Refused(
                _("%(name)s has changed this call since you opened it. Look at that, then save yours again.")
                % {"name": self.changed_by}
            )
        changed = [
            name for name in self.CORRECTABLE if name in changes and getattr(self, name) != changes[name]
        ]
        for name in changed:
            setattr(self, name, changes[name])
        self.version += 1
        self._save(*changed, "version", by=by, reason=reason)
        if self.COUNTED & set(changed):
            self._outdate(RATES)
        self._keep_promises(changed, reason=reason, by=by, at=at)
        return self

    @transaction.atomic
    def withdraw(self, reason: str, *, by: User, at: datetime | None = None) -> Self:
        """Take a wrong entry back (撤销): it stays visible, counts nowhere, and its promises are off."""
        at = at or now()
        self._lock(self.Status.ACTIVE, self.Status.ENDED, self.Status.MISSED)
        self.status = self.Status.WITHDRAWN
        self.withdrawn_at, self.withdrawn_by, self.withdrawal_reason = at, by, reason.strip()
        self.version += 1
        self._save(
            "status", "withdrawn_at", "withdrawn_by", "withdrawal_reason", "version", by=by, reason=reason
        )
        self._outdate(RATES + SAMPLES)
        for key in (self.FEEDBACK, self.CRM_ENTRY, self.CALL_BACK):
            cancel_timer(self, key, at=at, by=by, reason=reason)
        return self

    # -- questions ------------------------------------------------------------------------------------

    @property
    def is_answered(self) -> bool:
        return self.status in (self.Status.ACTIVE, self.Status.ENDED)

    @property
    def spoken_number(self) -> str:
        """The whole number as one reads it aloud, for those who may see it."""
        return phones.display(self.number, self.extension) if self.number else ""

    @property
    def needs_feedback(self) -> bool:
        """Somebody in the house is still to be told."""
        concerns = bool(self.transferred_to_id) and not self.no_feedback_reason
        return self.status == self.Status.ENDED and concerns and self.fed_back_at is None

    @property
    def needs_customer(self) -> bool:
        """A new customer who is not in the register yet."""
        is_new = bool(self.caller_type_id) and self.caller_type.is_new_customer
        return self.status == self.Status.ENDED and is_new and self.customer_id is None

    @property
    def needs_call_back(self) -> bool:
        return self.status == self.Status.MISSED and self.called_back_at is None and bool(self.number)

    @property
    def duration(self) -> timedelta | None:
        return self.ended_at - self.answered_at if self.ended_at and self.answered_at else None

    @property
    def proposed_feedback(self) -> str:
        """The words the desk sends with one key, in the language of the desk."""
        return _("%(caller)s called at %(time)s: %(purpose)s") % {
            "caller": self,
            "time": f"{timezone.localtime(self.answered_at):%H:%M}",
            "purpose": self.purpose or _("no purpose given"),
        }

    # -- how the verbs do it --------------------------------------------------------------------------

    @classmethod
    def _create(cls, once: UUID | None, **fields: Any) -> tuple[Self, bool]:
        with history.reason(by=fields["changed_by"]):
            if once:
                call, fresh = cls.objects.get_or_create(once=once, defaults=fields)
            else:
                call, fresh = cls.objects.create(**fields), True
        if fresh:
            call._outdate(RATES)
        return call, fresh

    def _lock(self, *allowed: str) -> None:
        """Take the row for this transaction, as it is now; refuse unless its state is one of `allowed`."""
        records.lock(self, "caller_type")
        self._before = copy(self)
        if self.status not in allowed:
            raise Refused(
                _("This call is “%(state)s”; that cannot be done to it.")
                % {"state": self.get_status_display()}
            )

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        self.changed_by = by
        with history.reason(reason, by=by):
            history.save(self, self._before, self.derived({*fields, "changed_by"}))

    def _promise(self, *, by: User, at: datetime) -> None:
        """Start what an ended call still owes."""
        owed = {
            self.FEEDBACK: self.needs_feedback,
            self.CRM_ENTRY: self.needs_customer,
            self.CALL_BACK: self.needs_call_back,
        }
        keys = [key for key, needed in owed.items() if needed]
        start_timers(
            self,
            keys,
            owner=by if by.pk == self.receptionist_id else self.receptionist,
            at=at,
            label=str(self),
        )

    def _keep_promises(self, changed: list[str], *, reason: str, by: User, at: datetime) -> None:
        """Bring the promises in line with a correction."""
        if "transferred_to" in changed and self.fed_back_at:
            self.feedback_text, self.fed_back_at, self.fed_back_by, self.received_at = "", None, None, None
            self._save("feedback_text", "fed_back_at", "fed_back_by", "received_at", by=by, reason=reason)
        if not (self.needs_feedback or self.is_waiting_for_words):
            cancel_timer(self, self.FEEDBACK, at=at, by=by, reason=reason)
        if not self.needs_customer:
            end = stop_timer if self.customer_id else cancel_timer
            end(self, self.CRM_ENTRY, at=at, by=by)
        if not self.needs_call_back:
            cancel_timer(self, self.CALL_BACK, at=at, by=by, reason=reason)
        self._promise(by=by, at=at)


def _instants(
    at: datetime, rang_at: datetime | None, answered_at: datetime | None, rings: int | None
) -> dict[str, datetime | int | None]:
    """When it rang and was answered, and how often it rang; what is missing follows from the rest."""
    answered_at = answered_at or at
    if rang_at is None:
        return {
            "rang_at": answered_at - timedelta(seconds=_ring() * (rings or 0)),
            "answered_at": answered_at,
        }
    if rings is None:
        rings = DeskSettings.current().rings_in(answered_at - rang_at)
    return {"rang_at": rang_at, "answered_at": answered_at, "rings": rings}


def _ring() -> int:
    return DeskSettings.current().seconds_per_ring
