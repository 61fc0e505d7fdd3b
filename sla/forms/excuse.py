"""Asking that a miss be excused, and deciding about it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.cleaning import CleanForm


class ExcuseForm(CleanForm):
    reason = forms.CharField(
        label=_("Why the miss should be excused"),
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )


class DecisionForm(CleanForm):
    """Granting takes one tap; refusing needs a remark, so that nobody is left to guess."""

    decision = forms.ChoiceField(
        label=pgettext_lazy("excuse", "Decision"), choices=[("granted", _("Grant")), ("refused", _("Refuse"))]
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    @property
    def is_granted(self) -> bool:
        return self.cleaned_data["decision"] == "granted"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "refused" and not cleaned.get("remark"):
            self.add_error("remark", _("Please say why it is refused."))
        return cleaned
