"""The year-end check: each asset by age, book value and repairs, and what is to become of it next year."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from pages import history, records
from pages.clock import now
from pages.refusals import Refused
from sla.models import Occurrence

from ..signals import year_end_decided
from .year_end_line import YearEndLine


class YearEndPlan(models.Model):
    """The year-end worksheet (年终资产盘查): figures propose, people decide, one plan for next year.

    Decided by another person than who drew it up; announced by `year_end_decided`, which the budgets hear.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "Being drawn up")
        REVIEW = "review", pgettext_lazy("plan", "To be approved")
        DECIDED = "decided", pgettext_lazy("plan", "Decided")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    drawn_at = models.DateTimeField(_("drawn up at"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("drawn up by"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    occurrence = models.OneToOneField(
        Occurrence,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("occurrence of a duty"),
    )

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("year-end plan")
        verbose_name_plural = _("year-end plans")
        ordering = ["-year"]
        permissions = [("decide_yearendplan", _("Can decide the year-end plan of assets"))]
        constraints = [
            models.CheckConstraint(
                name="year_end_plan_is_decided_by_somebody",
                condition=~Q(status="decided") | Q(decided_by__isnull=False, decided_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(_("Year-end check %(year)d") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("year-end", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def draw_up(
        cls, year: int, *, by: User | None, at: datetime | None = None, occurrence: Occurrence | None = None
    ) -> Self:
        """Put every standing asset on the worksheet (编制), with figures as of 31 December and a proposal.

        Drawn up anew while it is a draft, it takes up what came and went and keeps every decision typed.
        """
        from ..year_end import drawing  # asks these models itself

        at = at or now()
        if year > timezone.localdate(at).year:
            raise Refused(_now("%(year)d has not begun yet.") % {"year": year})
        plan = cls._for(year, by=by, at=at)
        plan._guard(cls.Status.DRAFT)
        if plan.occurrence_id is None:
            plan.occurrence = occurrence or drawing.duty_waiting(year)
        plan.drawn_at, plan.drawn_by = at, plan.drawn_by or by
        plan._save("occurrence", "drawn_at", "drawn_by", by=by)
        if not drawing.lay_out(plan):
            raise Refused(_now("There was no asset in the register at the end of %(year)d.") % {"year": year})
        drawing.show_duty(plan)
        return plan

    @transaction.atomic
    def settle(
        self, lines: Iterable[YearEndLine], verdict: str, *, reason: str = "", cost: Decimal | None = None,
        by: User, at: datetime | None = None,
    ) -> int:  # fmt: skip
        """Keep, repair or replace these (决定); against the proposal only with a reason. Answers how many.

        The cost is what such a thing costs by the books where none is said.
        """
        from ..year_end import drawing  # asks these models itself

        self._lock()
        self._guard(self.Status.DRAFT)
        chosen = list(self.lines.filter(pk__in=[one.pk for one in lines]).select_related("asset"))
        if any(one.proposal != verdict for one in chosen) and not reason.strip():
            raise Refused(_now("Please say why it is decided otherwise than proposed."))
        costs = drawing.costs_of([one.asset for one in chosen])
        for line in chosen:
            line.verdict, line.typed_by = verdict, by
            line.expected_cost = costs[line.asset_id][verdict] if cost is None else cost
            line.reason = "" if line.proposal == verdict else reason.strip()
            with history.reason(reason, by=by):
                line.save(update_fields=["verdict", "typed_by", "expected_cost", "reason"])
        self._touch()
        return len(chosen)

    @transaction.atomic
    def submit(self, *, by: User, at: datetime | None = None) -> None:
        """Ready to be decided (提交审批), by another person."""
        from ..year_end import telling

        at = at or now()
        self._lock()
        self._guard(self.Status.DRAFT)
        if unexplained := self.lines.otherwise().filter(reason="").first():
            raise Refused(
                _now("%(asset)s is decided otherwise than proposed; please say why.") % {"asset": unexplained}
            )
        self.status, self.submitted_by, self.remark = self.Status.REVIEW, by, ""
        self._save("status", "submitted_by", "remark", by=by)
        telling.tell_deciders(self, by=by, at=at)

    @transaction.atomic
    def send_back(self, *, reason: str, by: User, at: datetime | None = None) -> None:
        """To be gone over once more (退回), and why."""
        from ..year_end import telling

        at = at or now()
        self._lock()
        self._guard(self.Status.REVIEW)
        if not reason.strip():
            raise Refused(_now("Please say what is to be changed."))
        self.status, self.remark = self.Status.DRAFT, reason.strip()
        self._save("status", "remark", by=by, reason=reason)
        telling.tell_submitter(self, reason=reason, by=by, at=at)

    @transaction.atomic
    def decide(self, *, by: User, at: datetime | None = None) -> None:
        """The plan holds (批准): the budgets of next year hear of it, and the duty is done."""
        at = at or now()
        self._lock()
        self._guard(self.Status.REVIEW)
        if not by.has_perm("supplies.decide_yearendplan"):
            raise Refused(_now("%(name)s may not decide the year-end plan.") % {"name": by})
        if by.pk in (self.drawn_by_id, self.submitted_by_id):
            raise Refused(_now("You have drawn it up or submitted it; somebody else has to decide it."))
        if self.lines.filter(typed_by=by).exists():
            raise Refused(_now("You have entered decisions in it yourself; somebody else has to decide it."))
        self.status, self.decided_at, self.decided_by = self.Status.DECIDED, at, by
        self._save("status", "decided_at", "decided_by", by=by)
        year_end_decided.send(YearEndPlan, plan=self, by=by, at=at)
        if self.occurrence and self.occurrence.is_ahead:
            self.occurrence.complete(by=by, at=at, proof=self)

    # -- what follows from the row ---------------------------------------------------------------------

    @property
    def as_of(self) -> date:
        """The day whose figures the plan shows."""
        return date(self.year, 12, 31)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    # -- inside the verbs ------------------------------------------------------------------------------

    @classmethod
    def _for(cls, year: int, *, by: User | None, at: datetime) -> Self:
        """The plan of the year, held; a new one where there is none."""
        if not cls.objects.filter(year=year).exists():
            try:
                with transaction.atomic(), history.reason(by=by):
                    cls.objects.create(year=year, drawn_at=at, drawn_by=by)
            except IntegrityError:
                pass  # somebody else has just begun it
        plan = cls.objects.get(year=year)
        plan._lock()
        return plan

    def _lock(self) -> None:
        records.lock(self)

    def _guard(self, status: str) -> None:
        if self.status != status:
            words = {"plan": self, "status": self.get_status_display()}
            raise Refused(_now("%(plan)s: %(status)s. This cannot be done now.") % words)

    def _touch(self) -> None:
        self.version += 1
        self.save(update_fields=["version"])

    def _save(self, *names: str, by: User | None, reason: str = "") -> None:
        self.version += 1
        with history.reason(reason, by=by):
            self.save(update_fields=[*names, "version"])
