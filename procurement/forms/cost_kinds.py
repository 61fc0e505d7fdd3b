"""What is typed about a kind of cost."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pages.cleaning import CleanModelForm
from pages.history import reason as recorded
from supplies.models import Category

from ..models import CostCategory


class CostKindForm(CleanModelForm):
    """A kind of cost, and which goods count there."""

    goods = forms.ModelMultipleChoiceField(
        Category.objects.all(),
        label=_("Categories of goods"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is bought of these is booked here."),
    )

    class Meta:
        model = CostCategory
        fields = ["name", "nature", "use", "position", "active", "goods"]

    @transaction.atomic
    def save(self, *, by: Any) -> CostCategory:
        with recorded(by=by):
            return super().save()
