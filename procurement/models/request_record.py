"""What is written down of a purchase request; what happens to it is in `request_wish` and the files after."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organization.models import Department, User
from pages import history, pinyin, records
from pages.money import NOTHING, MoneyField
from pages.refusals import Refused
from supplies.models import Shortage


def _person(verbose_name, **options) -> models.ForeignKey:
    """Somebody of the house who had to do with the request."""
    options = {"null": True, "related_name": "+", **options}
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=verbose_name, **options
    )


class RequestRecord(models.Model):
    """The columns of a purchase request, and how its verbs lock and save it."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("purchase", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("purchase", "Requirement to be confirmed")
        QUOTING = "quoting", pgettext_lazy("purchase", "Being quoted")
        APPROVAL = "approval", pgettext_lazy("purchase", "To be approved")
        APPROVED = "approved", pgettext_lazy("purchase", "Approved")
        ORDERED = "ordered", pgettext_lazy("purchase", "Ordered")
        CLOSED = "closed", pgettext_lazy("purchase", "Closed")
        REFUSED = "refused", pgettext_lazy("purchase", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("purchase", "Withdrawn")

    OPEN = (Status.DRAFT, Status.SUBMITTED, Status.QUOTING, Status.APPROVAL, Status.APPROVED, Status.ORDERED)
    CONFIRMATION, QUOTATION, APPROVING = "purchase-confirmation", "purchase-quotation", "purchase-approval"

    title = models.CharField(gettext_lazy("title"), max_length=120)
    initials = models.CharField(max_length=400, blank=True, editable=False)
    requester = _person(gettext_lazy("requested by"), related_name="purchase_requests", blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("using department")
    )
    purpose = models.CharField(gettext_lazy("what for"), max_length=300, blank=True)
    needed_on = models.DateField(gettext_lazy("needed on"), null=True, blank=True)
    confirmer = _person(gettext_lazy("to be confirmed by"), blank=True)
    buyer = _person(gettext_lazy("buyer"), blank=True)
    status = models.CharField(
        gettext_lazy("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    created_at = models.DateTimeField(gettext_lazy("created at"))
    submitted_at = models.DateTimeField(gettext_lazy("submitted at"), null=True)
    confirmed_at = models.DateTimeField(gettext_lazy("requirement confirmed at"), null=True)
    confirmed_by = _person(gettext_lazy("confirmed by"))
    confirmed_text = models.TextField(gettext_lazy("what was confirmed"), blank=True, editable=False)
    sent_back_reason = models.CharField(gettext_lazy("why it was sent back"), max_length=200, blank=True)
    few_quotes_reason = models.CharField(
        gettext_lazy("why fewer than three suppliers"), max_length=200, blank=True
    )
    total = MoneyField(gettext_lazy("amount"), default=NOTHING, editable=False)
    over_budget = models.BooleanField(gettext_lazy("exceeds a budget"), default=False, editable=False)
    approved_at = models.DateTimeField(gettext_lazy("approved at"), null=True)
    closed_at = models.DateTimeField(gettext_lazy("closed at"), null=True)
    end_reason = models.CharField(gettext_lazy("reason"), max_length=200, blank=True)
    shortage = models.OneToOneField(
        Shortage,
        on_delete=models.PROTECT,
        null=True,
        related_name="purchase_request",
        verbose_name=gettext_lazy("shortage"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    once = models.UUIDField(gettext_lazy("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        abstract = True

    # -- how the verbs do it --------------------------------------------------------------------------

    def _lock(self, *allowed: str) -> None:
        """Take the row for this transaction, as it is now; refuse unless its status is one of `allowed`."""
        records.lock(self, "department", "requester")
        self._before = copy(self)
        if self.status not in allowed:
            raise Refused(
                _("This request is “%(status)s”; that cannot be done to it.")
                % {"status": self.get_status_display()}
            )

    def _save(self, *fields: str, by: User | None, reason: str = "") -> None:
        """Every save is a new version, so that nobody decides about what they have not seen."""
        self.version += 1
        with history.reason(reason, by=by):
            history.save(self, self._before, [*fields, "version"])
        self._before = copy(self)

    def _check_version(self, seen: int | None) -> None:
        if seen is not None and seen != self.version:
            raise Refused(_("This request has changed since you opened it. Look at it again, then go on."))

    def _name(self, names: Iterable[str]) -> None:
        """By what it is found: the initials of the title and of everything wanted."""
        self.initials = " ".join(pinyin.initials(text) for text in (self.title, *names))[:400]

    def _told(self, **more: Any) -> dict[str, Any]:
        """What every notice about it says."""
        return {"number": self.number, "title": self.title, **more}
