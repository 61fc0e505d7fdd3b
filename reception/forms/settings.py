"""What a manager arranges at the desk: kinds of callers, what is offered, who takes which calls."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.person_field import PersonField, spell
from pages.cleaning import CleanModelForm

from ..models import AllocationRule, CallerType, DeskSettings, Product, Region


class CallerTypeForm(CleanModelForm):
    """A kind of caller with its script."""

    class Meta:
        model = CallerType
        fields = (
            "name",
            "key",
            "script",
            "handling",
            "is_new_customer",
            "no_feedback_reason",
            "hotkey",
            "position",
            "active",
        )
        widgets = {"script": forms.Textarea(attrs={"rows": 4}), "handling": forms.Textarea(attrs={"rows": 3})}


class ProductForm(CleanModelForm):
    class Meta:
        model = Product
        fields = ("name", "position", "active")


class RegionForm(CleanModelForm):
    class Meta:
        model = Region
        fields = ("name", "position", "active")


class DeskSettingsForm(CleanModelForm):
    """The office's one row of figures; written when first saved."""

    class Meta:
        model = DeskSettings
        fields = ("company", "seconds_per_ring", "ring_limit")


class AllocationRuleForm(CleanModelForm):
    """A rule with its people, one on each line, in the order in which they take turns."""

    people = forms.CharField(
        label=_("people, in turn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line: name, pinyin, staff number or extension."),
    )

    class Meta:
        model = AllocationRule
        fields = ("caller_type", "product", "region", "owner_first", "department", "position", "active")

    def __init__(self, *args: Any, instance: AllocationRule, **kwargs: Any):
        targets = instance.targets.select_related("user") if instance.pk else ()
        kwargs["initial"] = {"people": "\n".join(spell(target.user) for target in targets)}
        super().__init__(*args, instance=instance, **kwargs)
        for condition in ("caller_type", "product", "region"):
            self.fields[condition].empty_label = _("any")
        self.fields["department"].empty_label = "–"

    def clean_people(self) -> list[User]:
        people: dict[int, User] = {}
        for line in self.cleaned_data["people"].splitlines():
            try:
                if person := PersonField().clean(line):
                    people[person.pk] = person
            except ValidationError as mistake:
                raise ValidationError(
                    _("%(line)s: %(mistake)s") % {"line": line.strip()[:60], "mistake": mistake.message}
                ) from mistake
        return list(people.values())

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "people" not in self.errors and not data.get("people") and not data.get("department"):
            self.add_error("people", _("Name people or a department."))
        return data

    @transaction.atomic
    def save(self) -> AllocationRule:
        rule = super().save()
        rule.name_people(self.cleaned_data["people"])
        return rule
