"""What is typed at the desk about a call: while it is on the line, and when something has to be put right."""

import json
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.person_field import PersonField, spell
from pages.cleaning import CleanForm, CleanModelForm
from pages.clock import now
from pages.once import OnceField
from pages.phones import Phone, mask, parse
from pages.refusals import Refused

from ..allocation import Proposal, propose
from ..models import Call, CallCheck, CallerType, Customer, CustomerPhone, Product, Region
from .fields import MomentField, PhoneField, refuse_impossible

CLOCK_DIFFERENCE = timedelta(seconds=30)
FARTHEST_BACK = timedelta(days=31)


class CallerForm(CleanForm):
    """Who is calling and what about: what the desk shows a script and a proposal for while the call lasts."""

    call = forms.ModelChoiceField(Call.objects.all(), required=False, widget=forms.HiddenInput)
    customer = forms.ModelChoiceField(Customer.objects.live(), required=False, widget=forms.HiddenInput)
    known_phone = forms.ModelChoiceField(
        CustomerPhone.objects.all(), required=False, widget=forms.HiddenInput
    )
    number = forms.CharField(label=_("Phone number"), required=False, max_length=60)
    caller_name = forms.CharField(label=_("Caller"), required=False, max_length=80)
    company = forms.CharField(label=_("Company"), required=False, max_length=120)
    rings = forms.IntegerField(label=_("Rings"), required=False, min_value=0, max_value=99)
    caller_type = forms.ModelChoiceField(
        CallerType.objects.in_use(), label=_("Caller type"), required=False, widget=forms.RadioSelect
    )
    product = forms.ModelChoiceField(
        Product.objects.in_use(), label=_("Product"), required=False, empty_label="–"
    )
    region = forms.ModelChoiceField(
        Region.objects.in_use(), label=_("Region"), required=False, empty_label="–"
    )
    purpose = forms.CharField(
        label=_("Purpose"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_number(self) -> Phone | None:
        """A number in any notation; a known one stands there masked: that of `call` or `known_phone`."""
        text, known = self.cleaned_data["number"], self.cleaned_data.get("known_phone")
        call = self.cleaned_data.get("call")
        if call and call.number and text == mask(call.number):
            return Phone(call.number, call.extension)
        if known and text == known.masked:
            return Phone(known.number, known.extension)
        return parse(text) if text else None

    @property
    def known(self) -> dict[str, Any]:
        """What decides on script and proposal, as far as it is filled in."""
        deciding = ("caller_type", "product", "region", "customer")
        if not self.is_bound or self.errors is None:  # asking for the errors cleans the form
            return dict.fromkeys(deciding)
        return {name: self.cleaned_data.get(name) for name in deciding}

    def proposal_at(self, at: datetime) -> Proposal:
        """Whom the call should go to; nobody for kinds of callers who concern nobody in the house."""
        known = self.known
        if known["caller_type"] and known["caller_type"].no_feedback_reason:
            return Proposal(None)
        return propose(**known, at=at)


class CallForm(CallerForm):
    """The call form that is always open. `do` says what happened: hang_up, keep (still on the line), miss."""

    HANG_UP, KEEP, MISS = "hang_up", "keep", "miss"

    once = OnceField()
    do = forms.ChoiceField(choices=[(verb, verb) for verb in (HANG_UP, KEEP, MISS)], required=False)
    begun_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    proposal = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    other = PersonField(label=_("Somebody else"))
    override_reason = forms.CharField(label=_("Why somebody else"), required=False, max_length=200)
    no_feedback_reason = forms.CharField(label=_("Nobody, because"), required=False, max_length=120)
    caller_hung_up_first = forms.BooleanField(label=_("The caller hung up first"), required=False)
    rang_at = MomentField(label=_("Rang at"))
    answered_at = MomentField(label=_("Answered at"))
    ended_at = MomentField(label=_("Ended at"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.now = now()

    @property
    def is_missed(self) -> bool:
        return self.data.get("do") == self.MISS

    def clean_do(self) -> str:
        return self.cleaned_data["do"] or self.HANG_UP

    def clean_begun_at(self) -> datetime | None:
        """The first key stroke, by the browser; a clock that is far off is not believed."""
        try:
            begun = parse_datetime(self.cleaned_data["begun_at"])
        except ValueError:
            return None
        if begun is None or begun.tzinfo is None or begun > self.now + CLOCK_DIFFERENCE:
            return None
        return min(begun, self.now) if begun > self.now - timedelta(hours=12) else None

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._clean_moments()
        if self.is_missed and self.cleaned_data.get("call"):
            self.add_error(None, _("The telephone system reported that this call was answered."))
        elif not self.is_missed:
            self._require_what_an_answered_call_has()
            self._clean_person()
        return self.cleaned_data

    def _clean_moments(self) -> None:
        for name in ("rang_at", "answered_at", "ended_at"):
            if moment := self.cleaned_data.get(name):
                try:
                    refuse_impossible(moment, now=self.now, earliest=self.now - FARTHEST_BACK)
                except ValidationError as mistake:
                    self.add_error(name, mistake)
        rang, answered, ended = (
            self.cleaned_data.get(name) for name in ("rang_at", "answered_at", "ended_at")
        )
        if rang and answered and answered < rang:
            self.add_error("answered_at", _("A call cannot be answered before it rings."))
        if ended and (answered or rang) and ended < (answered or rang):
            self.add_error("ended_at", _("A call cannot end before it begins."))

    def _require_what_an_answered_call_has(self) -> None:
        rings, rang_at = self.cleaned_data.get("rings"), self.cleaned_data.get("rang_at")
        reported = self.cleaned_data.get("call") is not None
        if rings is None and rang_at is None and not reported and "rings" not in self.errors:
            self.add_error("rings", _("How many times did it ring?"))
        if not self.cleaned_data.get("caller_type") and "caller_type" not in self.errors:
            self.add_error("caller_type", _("What kind of caller is it?"))

    def _clean_person(self) -> None:
        data = self.cleaned_data
        self.proposed = Proposal.from_token(data.get("proposal", "")) or self.proposal_at(self.now)
        other, advised = data.get("other"), self.proposed.user
        usual = data["caller_type"].no_feedback_reason if data.get("caller_type") else ""
        reason = "" if other else data.get("no_feedback_reason") or usual
        data["no_feedback_reason"], data["transferred_to"] = reason, other or (None if reason else advised)
        if other and advised and other != advised and not data.get("override_reason"):
            self.add_error("override_reason", _("Say why it goes to somebody else than proposed."))
        if not data["transferred_to"] and not reason and "other" not in self.errors:
            self.add_error("other", _("Say whom the call concerns, or why nobody need be told."))

    def save(self, *, by: User) -> Call:
        """The call as it happened, by the verb that fits."""
        data = self.cleaned_data
        kept = ("caller_name", "company", "customer", "caller_type", "product", "region", "purpose", "rings")
        details = {name: data[name] for name in kept}
        if data["do"] == self.MISS:
            moment = data["rang_at"] or data["begun_at"] or self.now
            return Call.miss(
                by=by, at=self.now, once=data["once"], phone=data["number"], rang_at=moment, **details
            )
        details |= {
            name: data[name] for name in ("transferred_to", "no_feedback_reason", "caller_hung_up_first")
        }
        if data["transferred_to"] != self.proposed.user:
            details["override_reason"] = data["override_reason"]
        details |= {
            "at": data["ended_at"] or self.now,
            "once": data["once"],
            "phone": data["number"],
            "proposal": self.proposed,
            "hang_up": data["do"] == self.HANG_UP,
        }
        if opened := data["call"]:
            details["rings"] = opened.rings if details["rings"] is None else details["rings"]
            return opened.fill_in(by=by, **details)
        return Call.log(by=by, rang_at=data["rang_at"], answered_at=self._answered_at(), **details)

    def _answered_at(self) -> datetime | None:
        data = self.cleaned_data
        if data["answered_at"] or data["rang_at"]:
            return data["answered_at"] or data["rang_at"]
        begun, ended = data["begun_at"], data["ended_at"]
        return min(begun, ended) if begun and ended else begun


class CorrectionForm(CleanModelForm):
    """Putting right what was logged, with a reason; `expected_version` and `seen` are what the editor saw.

    Only what the editor changed is saved, so nobody's earlier correction is undone by fields left alone.
    """

    number = PhoneField(label=_("Phone number"), help_text=_("Left empty, it stays as it is."))
    transferred_to = PersonField(label=_("Person concerned"))
    reason = forms.CharField(label=_("Reason of the correction"), max_length=200)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    class Meta:
        model = Call
        fields = (
            "caller_name",
            "company",
            "caller_type",
            "product",
            "region",
            "purpose",
            "rings",
            "override_reason",
            "no_feedback_reason",
        )
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, instance: Call, **kwargs: Any):
        self.conflict: list[tuple[str, Any, Any]] = []
        on_record = self._on_record(instance)
        kwargs["initial"] = {
            "transferred_to": on_record["transferred_to"],
            "expected_version": instance.version,
            "seen": json.dumps(on_record),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["number"].widget.attrs["placeholder"] = mask(instance.number)
        self.order_fields(["caller_name", "company", "number", "rings", "caller_type", "transferred_to"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        concerns_somebody = data.get("transferred_to") or data.get("no_feedback_reason")
        if self.instance.is_answered and not concerns_somebody and "transferred_to" not in self.errors:
            self.add_error("transferred_to", _("Say whom the call concerns, or why nobody need be told."))
        return data

    def _post_clean(self) -> None:
        """The call is changed by its verb alone, under a lock; the instance stays as it was read."""

    @classmethod
    def _on_record(cls, call: Call) -> dict[str, str]:
        """The fields as they stand in a form nobody has touched."""
        values = model_to_dict(call, cls.Meta.fields)
        values["transferred_to"] = spell(call.transferred_to) if call.transferred_to else ""
        return {name: "" if value is None else str(value) for name, value in values.items()}

    @property
    def touched(self) -> list[str]:
        """Names of the fields that this editor changed; all of them when the form does not tell."""
        try:
            seen = dict(json.loads(self.data.get("seen", "")))
        except (TypeError, ValueError):
            seen = {}
        typed = {
            name: self.data.get(name, "").replace("\r\n", "\n") for name in self._on_record(self.instance)
        }
        return [name for name, text in typed.items() if text != seen.get(name)]

    def after_conflict(self, refusal: Refused) -> None:
        """Somebody else was faster: say so, show both, and let a second look save what was typed."""
        self.add_error(None, str(refusal))
        self.instance.refresh_from_db()
        on_record, mine = self._on_record(self.instance), {name: self.data.get(name) for name in self.touched}
        for name in mine:
            theirs, typed = getattr(self.instance, name), self.cleaned_data.get(name)
            if theirs != typed:
                self.conflict.append((self.fields[name].label, theirs or "—", typed or "—"))
        version = {"expected_version": self.instance.version, "seen": json.dumps(on_record)}
        self.data = {**self.data.dict(), **on_record, **mine, **version}

    def save(self, *, by: User) -> Call:
        data = self.cleaned_data
        phone = data["number"]
        changes = {name: data[name] for name in self.touched}
        if phone:
            changes |= {"number": phone.number, "extension": phone.extension}
        return self.instance.correct(
            changes, reason=data["reason"], expected_version=data["expected_version"], by=by, at=now()
        )


class WithdrawalForm(CleanForm):
    """Taking a wrong entry back."""

    reason = forms.CharField(label=_("Reason of withdrawal"), max_length=200)


class FeedbackForm(CleanForm):
    """The words for the person concerned."""

    text = forms.CharField(label=_("Feedback"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class CallBackForm(CleanForm):
    """What came of calling back."""

    outcome = forms.CharField(label=_("Outcome"), max_length=500)


class CheckForm(CleanModelForm):
    """The spot-check sheet of one call."""

    class Meta:
        model = CallCheck
        fields = ("followed_script", *CallCheck.ASPECTS, "caller_hung_up_first", "remark")
        widgets = {
            "remark": forms.Textarea(attrs={"rows": 2}),
            **{
                aspect: forms.RadioSelect(choices=[(mark, str(mark)) for mark in range(1, 6)])
                for aspect in CallCheck.ASPECTS
            },
        }

    def save(self, *, call: Call, by: User) -> CallCheck:
        return CallCheck.record(call, by=by, at=now(), **self.cleaned_data)
