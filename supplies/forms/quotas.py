"""Forms of the quotas: one written down, and many proposed from past use."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Department
from pages.cleaning import CleanForm

from ..models import Item
from .requisitions import quantity_field


class QuotaForm(CleanForm):
    """Which department, which item, how many a month."""

    department = forms.ModelChoiceField(Department.objects.all(), label=_("Department"))
    item = forms.ModelChoiceField(Item.objects.none(), label=pgettext_lazy("goods", "Item"))
    monthly = quantity_field(label=_("A month"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.requestable().order_by("name", "pk")


class MonthlyForm(CleanForm):
    """How many a month, of a quota that is there."""

    monthly = quantity_field(label=_("A month"))


class Proposal(NamedTuple):
    """What past use proposes for one item, and what is written down."""

    item: Item
    proposed: int
    written: int | None
    field: forms.BoundField


class ProposalsForm(CleanForm):
    """The quotas of one department as past use proposes them: those with a number are written down."""

    def __init__(
        self,
        *args: Any,
        items: list[Item],
        proposed: Mapping[int, int],
        written: Mapping[int, int],
        **kwargs: Any,
    ):
        self.items, self.proposed, self.written = items, proposed, written
        super().__init__(*args, **kwargs)
        for item in items:
            initial = written.get(item.pk, proposed[item.pk])
            self.fields[f"monthly_{item.pk}"] = quantity_field(
                label=item.name, initial=initial, required=False
            )

    @property
    def rows(self) -> list[Proposal]:
        return [
            Proposal(item, self.proposed[item.pk], self.written.get(item.pk), self[f"monthly_{item.pk}"])
            for item in self.items
        ]

    @property
    def wanted(self) -> list[tuple[Item, int]]:
        """What differs from what is written down; what was left empty stays as it is."""
        given = ((item, self.cleaned_data[f"monthly_{item.pk}"]) for item in self.items)
        return [
            (item, monthly)
            for item, monthly in given
            if monthly is not None and monthly != self.written.get(item.pk)
        ]
