"""Drawing a random sample, and writing down what was found of each one drawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.cleaning import CleanForm

from .. import sampling
from ..models import Draw, Drawn
from ..models.invariant import MOST_DRAWN
from .numbers import WholeNumberField

_box = {"class": "form-control"}


class DrawForm(CleanForm):
    """What to draw from, how many, and what for."""

    kind = forms.ChoiceField(label=_("Draw from"), widget=forms.Select(attrs={"class": "form-select"}))
    wanted = WholeNumberField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_DRAWN,
        widget=forms.NumberInput(attrs={**_box, "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("For instance: spot check of telephone etiquette, week 48."),
        widget=forms.TextInput(attrs=_box),
    )

    def __init__(self, *args: Any, user, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in sampling.kinds_for(user)]

    def draw(self, *, by, at) -> Draw:
        """Draw as asked; raises Refused where that is not possible."""
        return Draw.draw(**self.cleaned_data, by=by, at=at)


class DrawnForm(CleanForm):
    """The result of one that was drawn; a correction says why."""

    result = forms.ChoiceField(label=_("Result"), choices=Drawn.Result.choices, required=False)
    remark = forms.CharField(
        label=_("Remark"), max_length=500, required=False, widget=forms.TextInput(attrs=_box)
    )
    reason = forms.CharField(
        label=_("Why it is corrected"), max_length=200, required=False, widget=forms.TextInput(attrs=_box)
    )

    def __init__(self, *args: Any, drawn: Drawn, **kwargs: Any):
        initial = {"result": drawn.result, "remark": drawn.remark}
        super().__init__(*args, initial=initial, auto_id=f"drawn-{drawn.pk}-%s", **kwargs)
        self.drawn = drawn

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        result = cleaned.get("result", "")
        if self.drawn.is_open and not result:
            self.add_error("result", _("Please say what you found."))
        if result == Drawn.Result.BAD and not cleaned.get("remark"):
            self.add_error("remark", _("Please say what is not as it should be."))
        if not self.drawn.is_open and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why the result is corrected."))
        return cleaned

    def record(self, *, by, at) -> None:
        given = self.cleaned_data
        self.drawn.record(given["result"], given["remark"], reason=given["reason"], by=by, at=at)
