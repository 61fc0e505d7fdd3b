"""What is kept of one asking for supplies; its verbs are in `requisition`."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.telling import tell
from organization.models import Department, User
from pages import history, records
from pages.refusals import Refused

QUIETLY, ALOUD = ("inbox",), ("inbox", "email")


class RequisitionRecord(models.Model):
    """Who asked for what, who agreed, and how it ended."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("requisition", "Waiting for approval")
        APPROVED = "approved", pgettext_lazy("requisition", "Approved")
        REFUSED = "refused", pgettext_lazy("requisition", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("requisition", "Withdrawn")
        ISSUED = "issued", pgettext_lazy("requisition", "Handed out")
        CALLED_OFF = "called_off", pgettext_lazy("requisition", "Rest called off")

    APPROVAL, HANDING_OUT = "requisition-approval", "requisition-issue"
    OPEN = (Status.WAITING, Status.APPROVED)

    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="requisitions",
        db_index=False,
        verbose_name=_("requested by"),
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    requested_at = models.DateTimeField(_("requested at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.CharField(_("reason of the decision"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closing_reason = models.CharField(_("why the rest was called off"), max_length=200, blank=True)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """ "LY202611-00012"."""
        return f"LY{timezone.localtime(self.requested_at):%Y%m}-{self.pk or 0:05}"

    @cached_property
    def rows(self) -> list:
        """Its lines with their items, read once; a verb that changes them reads them anew."""
        return [*self.lines.select_related("item")] if not self._are_lines_read else [*self.lines.all()]

    @property
    def _are_lines_read(self) -> bool:
        return "lines" in getattr(self, "_prefetched_objects_cache", {})

    @property
    def summary(self) -> str:
        """ "中性笔 10 支、A4 纸 2 包 and 3 more", for one line on a phone."""
        return _short([line.words for line in self.rows])

    @property
    def outstanding(self) -> str:
        """The same of what is still to be handed out."""
        open_ = [line for line in self.rows if line.open]
        return _short([f"{line.item} {line.open} {line.item.unit}" for line in open_])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_approved(self) -> bool:
        """Agreed to, and something is still to be handed out."""
        return self.status == self.Status.APPROVED

    @property
    def has_issued(self) -> bool:
        return any(line.issued for line in self.rows)

    @property
    def may_be_taken_back(self) -> bool:
        """Something is still with the department."""
        return any(line.kept for line in self.rows)

    @property
    def lacks_stock(self) -> bool:
        """Less is in stock of something than is still to be handed out."""
        return any(line.open > line.item.on_hand for line in self.rows)

    @property
    def is_over_quota(self) -> bool:
        return any(line.is_over for line in self.rows)

    @property
    def label(self) -> str:
        """What its promises are called, for people who see nothing else of it."""
        return f"{self.requester} · {self.summary}"[:200]

    # -- how the verbs do it --------------------------------------------------------------------------

    def _lock(self, *allowed: str) -> None:
        records.lock(self)
        self.__dict__.pop("rows", None)
        self.__dict__.pop("_prefetched_objects_cache", None)
        if allowed:
            self._allow(*allowed)

    def _allow(self, *allowed: str) -> None:
        if self.status not in allowed:
            raise Refused(
                _("This requisition is “%(state)s”; that cannot be done to it.")
                % {"state": self.get_status_display()}
            )

    def _close(self, status: str, *, by: User, at: datetime, reason: str = "") -> None:
        self.status, self.closed_at, self.closed_by = status, at, by
        self._save("status", "closed_at", "closed_by", "closing_reason", by=by, reason=reason)

    def _save(self, *fields: str, by: User, reason: str = "") -> None:
        with history.reason(reason, by=by):
            self.save(update_fields=fields)

    def _tell(
        self, people, kind: str, *, by: User, at: datetime, channels: Sequence[str] = QUIETLY, **more: str
    ) -> None:
        params = {"number": self.number, "requester": str(self.requester), "items": self.summary, **more}
        link = self.get_absolute_url()
        tell(people, kind, at=at, params=params, link=link, source=self, by=by, channels=channels)


def _short(words: list[str]) -> str:
    """The first two, and how many more there are."""
    shown = str(_(", ")).join(words[:2])
    return _("%(items)s and %(more)d more") % {"items": shown, "more": len(words) - 2} if words[2:] else shown
