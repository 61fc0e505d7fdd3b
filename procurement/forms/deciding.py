"""Reasons and decisions about a purchase request, and the rules of who approves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.person_field import PersonField, spell
from pages.cleaning import CleanForm, CleanModelForm

from ..models import ApprovalRule


class SeenForm(CleanForm):
    """A decision about what was shown: `seen` is the version of the request on the page."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    """Why something is sent back, withdrawn or refused."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class ApproveForm(SeenForm):
    """Agreeing needs no word, but may have one."""

    comment = forms.CharField(label=_("comment"), max_length=200, required=False)


class RuleForm(CleanModelForm):
    """From which amount on who approves."""

    person = PersonField(label=_("person"), help_text=_("Only where a certain person approves."))

    class Meta:
        model = ApprovalRule
        fields = ("from_amount", "approver", "person", "only_over_budget", "position", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.person_id:
            self.initial["person"] = spell(self.instance.person)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_person = cleaned.get("approver") == ApprovalRule.Approver.PERSON
        if is_person and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Name the person who approves, or choose a role."))
        if not is_person:
            cleaned["person"] = None
        return cleaned
