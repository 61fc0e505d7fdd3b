"""Drawing up the year-end plan, and deciding about its assets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages import asked
from pages.cleaning import CleanForm
from pages.money import MOST

from ..models import YearEndLine, YearEndPlan


class DrawUpForm(CleanForm):
    """Of which year."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=2000,
        max_value=2100,
        error_messages={"invalid": _("Give the year with four figures."), "required": _("Of which year?")},
    )


class DecideLinesForm(CleanForm):
    """Keep, repair or replace those that are ticked; otherwise than proposed only with a reason."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("asset", "Decision"),
        choices=YearEndLine.Verdict.choices,
        error_messages={
            "required": _("Choose what becomes of them."),
            "invalid_choice": _("Choose what becomes of them."),
        },
    )
    reason = forms.CharField(label=_("Why not as proposed"), max_length=200, required=False)

    def __init__(self, *args: Any, plan: YearEndPlan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        chosen = self.data.getlist("line") if hasattr(self.data, "getlist") else []
        keys = asked.keys(chosen)
        self.lines = list(plan.lines.filter(pk__in=keys))

    def clean(self) -> dict[str, Any]:
        super().clean()
        verdict = self.cleaned_data.get("verdict")
        if not self.lines:
            raise ValidationError(_("Tick at least one asset."))
        if any(one.proposal != verdict for one in self.lines) and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Please say why it is decided otherwise than proposed."))
        return self.cleaned_data


class DecideLineForm(CleanForm):
    """What becomes of one asset, and what that will cost."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("asset", "Decision"),
        choices=YearEndLine.Verdict.choices,
        widget=forms.RadioSelect,
    )
    cost = forms.DecimalField(
        label=_("Expected cost, CNY"),
        required=False,
        min_value=0,
        max_value=MOST,
        decimal_places=2,
        help_text=_("Left empty: the average of past repairs, or the price."),
    )
    reason = forms.CharField(
        label=_("Why not as proposed"),
        max_length=200,
        required=False,
        help_text=_("Needed where the decision is not the proposal."),
    )

    def __init__(self, *args: Any, line: YearEndLine, **kwargs: Any):
        initial = {"verdict": line.verdict, "cost": line.expected_cost, "reason": line.reason}
        super().__init__(*args, initial=initial, **kwargs)
        self.line = line

    def clean(self) -> dict[str, Any]:
        super().clean()
        verdict, cost = self.cleaned_data.get("verdict"), self.cleaned_data.get("cost")
        if verdict and verdict != self.line.proposal and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Please say why it is decided otherwise than proposed."))
        if verdict != self.line.verdict and cost == self.line.expected_cost:
            self.cleaned_data["cost"] = None  # the figure of the other decision was left standing
        return self.cleaned_data
