"""Opening an audit, scanning, and saying what becomes of what differs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import Department, Place
from pages.cleaning import CleanForm
from pages.once import OnceField

from ..models import AuditLine, Category, Sighting


class OpenAuditForm(CleanForm):
    """What is to be looked for; left empty is everything."""

    once = OnceField()
    department = forms.ModelChoiceField(
        label=_("Department"),
        required=False,
        queryset=Department.objects.all(),
        empty_label=_("All departments"),
    )
    place = forms.ModelChoiceField(
        label=_("Place"),
        required=False,
        queryset=Place.objects.all(),
        empty_label=_("All places"),
        help_text=_("With all that is inside it."),
    )
    category = forms.ModelChoiceField(
        label=_("Category"), required=False, queryset=Category.objects.all(), empty_label=_("All categories")
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it says what is looked for."),
    )


class ScanForm(CleanForm):
    """What a scanner read, or somebody typed from a label, and where they stand."""

    once = OnceField()
    code = forms.CharField(max_length=200, error_messages={"required": _("Scan or type a code.")})
    place = forms.ModelChoiceField(
        queryset=Place.objects.all(),
        error_messages={
            "required": _("Say at which place you stand."),
            "invalid_choice": _("Say at which place you stand."),
        },
    )


class ReasonForm(CleanForm):
    """Why: the audit is cancelled, or taken up again."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class SettleForm(CleanForm):
    """What becomes of one asset that was misplaced or missing."""

    how = forms.ChoiceField(
        label=_("What becomes of it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what becomes of it.")},
    )
    place = forms.ModelChoiceField(
        label=_("Found at"),
        required=False,
        queryset=Place.objects.all(),
        empty_label="—",
        help_text=_("Where it turned up, if the register is to follow."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=150, required=False)

    def __init__(self, *args: Any, line: AuditLine, may_scrap: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [
            way for way in line.ways if may_scrap or way[0] != AuditLine.Settlement.WRITE_OFF
        ]
        if line.found_place_id:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        how, data = self.cleaned_data.get("how"), self.cleaned_data
        if how == AuditLine.Settlement.WRITE_OFF and not data.get("reason"):
            self.add_error("reason", _("Please say why it is written off."))
        if how == AuditLine.Settlement.REGISTER and "place" in self.fields and not data.get("place"):
            self.add_error("place", _("Please say at which place it was found."))
        return data


class LookIntoForm(CleanForm):
    """What a strange scan was."""

    explanation = forms.CharField(
        label=_("What was it?"), max_length=200, error_messages={"required": _("Please say what it was.")}
    )
    follow = forms.BooleanField(
        label=_("The register follows: it stays where it was scanned"), required=False
    )

    def __init__(self, *args: Any, sighting: Sighting, may_move: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not (may_move and sighting.meaning == Sighting.Meaning.UNEXPECTED and sighting.is_elsewhere):
            del self.fields["follow"]
