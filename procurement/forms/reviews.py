"""What is typed in a review: points with remarks, the decision, what came of it; and the criteria."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.forms import DayInput
from organization.person_field import PersonField
from pages.cleaning import CleanForm, CleanModelForm
from pages.clock import now
from sla.models.figure import local_day

from ..models import Criterion, Review, ReviewRound, ReviewScore
from ..review_words import basis
from ..spans import Span, containing

QUARTERS_BACK = 8


class OpenForm(CleanForm):
    """Which past quarter's round is to be opened by hand."""

    quarter = forms.ChoiceField(label=_("Quarter"), widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(span.key, span.name) for span in self._missing()]

    @property
    def has_any(self) -> bool:
        return bool(self.fields["quarter"].choices)

    @property
    def span(self) -> Span:
        year, number = self.cleaned_data["quarter"].split("Q")
        return Span("quarter", int(year), int(number))

    def _missing(self) -> list[Span]:
        """Quarters that are over and have no round, the newest first."""
        span, found = containing("quarter", local_day(now())).before, []
        known = set(ReviewRound.objects.values_list("year", "quarter"))
        for _number in range(QUARTERS_BACK):
            if (span.year, span.number) not in known:
                found.append(span)
            span = span.before
        return found


class ScoreForm(CleanForm):
    """One criterion: points from 0 to 100, and why they are other than proposed."""

    points = forms.DecimalField(
        label=_("points"), min_value=0, max_value=100, max_digits=5, decimal_places=2, required=True
    )
    remark = forms.CharField(label=_("remark"), max_length=200, required=False)

    def __init__(self, *args: Any, score: ReviewScore, **kwargs: Any):
        self.score = score
        known = score.score if score.score is not None else score.proposed
        first = {"points": known, "remark": score.remark}
        super().__init__(*args, prefix=f"score-{score.pk}", initial=first, **kwargs)
        self.fields["points"].widget.attrs |= {"class": "form-control num", "step": "any"}
        self.fields["remark"].widget.attrs |= {"class": "form-control"}
        self.basis = basis(score.criterion.source, score.basis)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        points, proposed = cleaned.get("points"), self.score.proposed
        if points is not None and proposed is not None and points != proposed and not cleaned.get("remark"):
            self.add_error("remark", _("Say why it is other than proposed."))
        return cleaned


class ScoresForm:
    """All criteria of a review together."""

    def __init__(self, data: Any, review: Review):
        scores = review.scores.select_related("criterion")
        self.lines = [ScoreForm(data, score=score) for score in scores]
        self.is_bound = data is not None

    def is_valid(self) -> bool:
        valid = [line.is_valid() for line in self.lines]  # each shows its own mistakes
        return all(valid)

    @property
    def given(self) -> dict[int, tuple[Decimal, str]]:
        return {
            line.score.pk: (line.cleaned_data["points"], line.cleaned_data["remark"]) for line in self.lines
        }


class DecisionForm(CleanForm):
    """Keep takes one tap; negotiating and replacing need why, by when and by whom."""

    decision = forms.ChoiceField(
        label=pgettext_lazy("supplier", "Decision"),
        choices=Review.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what follows.")},
    )
    reason = forms.CharField(
        label=_("reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_up_on = forms.DateField(label=_("follow up by"), required=False, widget=DayInput())
    person = PersonField(label=_("followed up by"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("decision") in (Review.Decision.NEGOTIATE, Review.Decision.REPLACE):
            if not cleaned.get("reason"):
                self.add_error("reason", _("Say why it is negotiated or replaced."))
            if "follow_up_on" not in self.errors:
                self._check_day(cleaned)
            if "person" not in self.errors and not cleaned.get("person"):
                self.add_error("person", _("Please name somebody."))
        return cleaned

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("follow_up_on")
        if day is None:
            self.add_error("follow_up_on", _("Until when?"))
        elif day < local_day(now()):
            self.add_error("follow_up_on", _("The day to follow up must not be in the past."))


class OutcomeForm(CleanForm):
    """What came of negotiating or replacing."""

    outcome = forms.CharField(
        label=_("what came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    suspend = forms.BooleanField(label=_("Order there no more: suspend the supplier"), required=False)

    def __init__(self, *args: Any, review: Review, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if review.decision != Review.Decision.REPLACE or not review.supplier.is_live:
            del self.fields["suspend"]


class CriterionForm(CleanModelForm):
    """A criterion of the reviews and its weight."""

    class Meta:
        model = Criterion
        fields = ("name", "weight", "source", "guide", "position", "active")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["weight"].help_text = _("1 to 100; weights count in proportion, whatever their sum.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        source, others = cleaned.get("source"), Criterion.objects.exclude(pk=self.instance.pk)
        taken = source != Criterion.Source.HAND and others.filter(active=True, source=source).exists()
        if cleaned.get("active") and taken:
            self.add_error("source", ValidationError(_("Another criterion is filled from this already.")))
        return cleaned
