"""What is written down of a call; what happens to it is in `call`."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from pages import phones, pinyin


def _person(verbose_name, *, on_delete=models.PROTECT, **options) -> models.ForeignKey:
    """Somebody of the house who did something to the call, kept by the verbs."""
    options = {"null": True, "editable": False, "db_index": False, "related_name": "+", **options}
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete, verbose_name=verbose_name, **options)


class CallRecord(models.Model):
    """The columns of a call: who rang, what about, when, who took it, whom it concerns, who did each step."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("In progress")
        ENDED = "ended", _("Ended")
        MISSED = "missed", _("Missed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    status = models.CharField(_("state"), max_length=10, choices=Status.choices, editable=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    caller_name = models.CharField(_("caller"), max_length=80, blank=True)
    company = models.CharField(_("company"), max_length=120, blank=True)
    initials = models.CharField(_("pinyin initials"), max_length=200, blank=True, editable=False)
    number = EncryptedCharField(_("phone number"), max_length=40, null=True, blank=True)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    tail = models.CharField(_("end of the number"), max_length=4, blank=True, editable=False, db_index=True)
    digest = models.CharField(
        _("digest of the number"), max_length=64, blank=True, editable=False, db_index=True
    )
    customer = models.ForeignKey(
        "reception.Customer",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("customer"),
    )
    caller_type = models.ForeignKey(
        "reception.CallerType", models.PROTECT, null=True, blank=True, verbose_name=_("caller type")
    )
    product = models.ForeignKey(
        "reception.Product", models.PROTECT, null=True, blank=True, verbose_name=_("product")
    )
    region = models.ForeignKey(
        "reception.Region", models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    purpose = models.TextField(_("purpose"), max_length=2000, blank=True)

    rang_at = models.DateTimeField(_("rang at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    rings = models.PositiveSmallIntegerField(
        _("rings"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    caller_hung_up_first = models.BooleanField(_("caller hung up first"), default=False)
    receptionist = _person(_("taken by"), related_name="calls_taken", null=False, db_index=True)

    proposed_to = _person(_("proposed"), on_delete=models.SET_NULL)
    rule = models.ForeignKey(
        "reception.AllocationRule",
        models.SET_NULL,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("rule"),
    )
    transferred_to = _person(
        _("person concerned"), related_name="calls_concerning", editable=True, blank=True, db_index=True
    )
    override_reason = models.CharField(_("why somebody else"), max_length=200, blank=True)
    no_feedback_reason = models.CharField(_("why nobody need be told"), max_length=120, blank=True)

    feedback_text = models.TextField(_("feedback"), max_length=2000, blank=True, editable=False)
    fed_back_at = models.DateTimeField(_("fed back at"), null=True, editable=False)
    fed_back_by = _person(_("fed back by"))
    received_at = models.DateTimeField(_("received at"), null=True, editable=False)
    called_back_at = models.DateTimeField(_("called back at"), null=True, editable=False)
    called_back_by = _person(_("called back by"))
    callback_outcome = models.CharField(_("outcome"), max_length=500, blank=True, editable=False)

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_by = _person(_("withdrawn by"))
    withdrawal_reason = models.CharField(
        _("reason of withdrawal"), max_length=200, blank=True, editable=False
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_by = _person(_("changed by"))
    created_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = self.derived(kwargs["update_fields"])
        else:
            self.derived({"caller_name", "number"})
        super().save(*args, **kwargs)

    def derived(self, written: Iterable[str]) -> list[str]:
        """Brings the columns by which a call is found in step with its name and number.

        Given the names of the fields being `written`, answers with all that are to be, in order.
        """
        names = {*written, "updated_at"}
        if names & {"caller_name", "company"}:
            initials = (pinyin.initials(self.caller_name), pinyin.initials(self.company))
            self.initials = " ".join(initials).strip()[:200]
            names.add("initials")
        if "number" in names:
            self.tail = phones.tail(self.number)
            self.digest = phones.digest(self.number) if self.number else ""
            names |= {"tail", "digest"}
        return sorted(names)
