"""What is typed about a budget: a new line, a change of it, what is done about it, and a year copied."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organization.person_field import PersonField
from pages.cleaning import CleanForm, CleanModelForm
from pages.money import MOST
from pages.once import OnceField

from ..models import Budget, Control, CostCategory
from ..spans import Span

RULES = ("warn_percent", "on_request", "on_order", "on_invoice", "remark")


class MonthOrQuarterField(forms.IntegerField):
    """ "", or nothing, for a year."""

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class BudgetForm(CleanModelForm):
    """A new line of the budget."""

    number = MonthOrQuarterField(
        label=_("Month or quarter"),
        required=False,
        min_value=0,
        max_value=12,
        help_text=_("1 to 12 for a month, 1 to 4 for a quarter, nothing for a year."),
    )
    owner = PersonField(label=_("Answers for it"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    class Meta:
        model = Budget
        fields = ["category", "department", "year", "period", "number", "amount", *RULES, "owner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = CostCategory.objects.filter(active=True)
        self.fields["department"].empty_label = _("Whole company")

    def save(self, *, by: Any) -> Budget:
        """The line, with its reason in the history."""
        data = self.cleaned_data
        span = Span(data["period"], data["year"], data["number"])
        rules = {name: data[name] for name in (*RULES, "owner")}
        return Budget.set(
            span, data["category"], data["department"], data["amount"], reason=data["reason"], by=by, **rules
        )


class RevisionForm(CleanModelForm):
    """Another amount, or other rules, and why."""

    owner = PersonField(label=_("Answers for it"), required=False)
    reason = forms.CharField(label=_("Why it is changed"), max_length=200)

    class Meta:
        model = Budget
        fields = ["amount", *RULES, "owner"]

    def save(self, *, by: Any) -> Budget:
        data = self.cleaned_data
        rules = {name: data[name] for name in (*RULES, "owner")}
        return self.instance.revise(data["amount"], reason=data["reason"], by=by, **rules)


class ReasonForm(CleanForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ControlForm(CleanModelForm):
    """Why it is so, and what is done about it."""

    once = OnceField()

    class Meta:
        model = Control
        fields = ["explanation", "action", "until"]
        widgets = {
            "explanation": forms.Textarea(attrs={"rows": 2}),
            "action": forms.Textarea(attrs={"rows": 2}),
            "until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        labels = {"until": _("Done until")}
        help_texts = {"until": _("Until when this is done; left empty: to the end of the period.")}


class CopyForm(CleanForm):
    """Last year's lines for this year, by so many percent more or less."""

    percent = forms.DecimalField(
        label=_("More or less, in percent"),
        initial=0,
        min_value=-90,
        max_value=300,
        max_digits=5,
        decimal_places=1,
        help_text=_("5 for five percent more, -10 for ten percent less; lines that are there stay."),
    )


class AmountField(forms.DecimalField):
    """An amount of money, with or without thousands separators and ¥, in any width of digits."""

    def __init__(self, **kwargs: Any) -> None:
        limits = {"min_value": Decimal(0), "max_value": MOST, "max_digits": 14, "decimal_places": 2}
        super().__init__(**limits | kwargs)
        self.widget.input_type = "text"
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = value.translate(str.maketrans("０１２３４５６７８９．－", "0123456789.-", ",，¥￥ 元"))
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(_("Enter an amount such as 1234.50."), code="invalid") from error
