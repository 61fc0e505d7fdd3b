"""Which figures are looked at, and the few figures by which the board judges."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organization.models import Department, User
from pages.cleaning import CleanForm, CleanModelForm

from ..board import State
from ..figures import People
from ..models import BoardSettings
from ..models.figure import local_day
from ..periods import Period, PeriodName
from ..work_items import AREAS

OFFERED = ("area", "department", "person")
DAY = {"class": "form-control", "type": "date"}
SELECT = {"class": "form-select"}
DAYS = {"invalid": _("This is not a day. Write it like 2026-11-27.")}


def reach(user) -> QuerySet | None:
    """Whose figures a person sees: everybody's by right (None), else those of the people he or she leads."""
    if user.has_perm("sla.view_board"):
        return None
    return User.objects.filter(Q(manager=user) | Q(department__head=user))


class BoardFilter(CleanForm):
    """What the address asks for. A part that makes no sense is left out, with a sentence on it."""

    period = forms.ChoiceField(
        label=_("Period"), choices=PeriodName.choices, required=False, widget=forms.RadioSelect
    )
    first = forms.DateField(
        label=_("From"),
        required=False,
        error_messages=DAYS,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=_("Until"),
        required=False,
        error_messages=DAYS,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    area = forms.ChoiceField(
        label=_("Field of work"),
        choices=[("", _("All")), *AREAS.items()],
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.all(),
        empty_label=_("All"),
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        empty_label=_("All"),
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    state = forms.ChoiceField(choices=State.choices, required=False)

    def __init__(self, data: Any, *, user, at: dt.datetime, offered: Sequence[str] = OFFERED):
        """`offered`: the filters that the page lets one choose from."""
        self.user, self.offered = user, offered
        self.today, self.reach = local_day(at), reach(user)
        super().__init__(self._completed(data))
        people = User.objects.active() if self.reach is None else self.reach
        self.fields["person"].queryset = people.order_by("name")
        if self.reach is not None:
            del self.fields["department"]
        self.is_valid()

    def _completed(self, data: Any) -> dict[str, Any]:
        """What is asked for, with the days of the period beside it, so that one may go on from there."""
        asked = {name: data.get(name, "") for name in self.base_fields}
        asked["period"] = asked["period"] if asked["period"] in PeriodName.values else PeriodName.MONTH
        if asked["period"] != PeriodName.RANGE:
            period = Period.named(asked["period"], self.today)
            return asked | {"first": period.first.isoformat(), "last": period.last.isoformat()}
        month = Period.this_month(self.today)
        asked["first"] = asked["first"] or month.first.isoformat()
        return asked | {"last": asked["last"] or self.today.isoformat()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if cleaned.get("period") == PeriodName.RANGE and first and last:
            try:
                Period.between(first, last)
            except ValueError as error:
                self.add_error("last", str(error))
        return cleaned

    # -- what is looked at -------------------------------------------------------------------------
    @property
    def asked_period(self) -> Period:
        """The stretch of days; this month where the days asked for make none."""
        name, first, last = (self.cleaned_data.get(part) for part in ("period", "first", "last"))
        if name != PeriodName.RANGE:
            return Period.named(name, self.today)
        return Period.between(first, last) if first and last else Period.this_month(self.today)

    @property
    def asked_area(self) -> str:
        return self.cleaned_data.get("area", "")

    @property
    def people(self) -> People:
        """Whose work is counted: None for everybody's."""
        person, department = self.cleaned_data.get("person"), self.cleaned_data.get("department")
        if not (person or department):
            return self.reach
        people = self.fields["person"].queryset if self.reach is not None else User.objects.all()
        if department:
            people = people.filter(department=department)
        return people.filter(pk=person.pk) if person else people

    @property
    def asked_state(self) -> State | None:
        return State(self.cleaned_data["state"]) if self.cleaned_data.get("state") else None

    @property
    def whose(self) -> str:
        """Whose work is counted, in words; empty for everybody's."""
        chosen = (self.cleaned_data.get("department"), self.cleaned_data.get("person"))
        named = " · ".join(str(one) for one in chosen if one)
        return named or (str(_("Your people")) if self.reach is not None else "")

    # -- for the page ------------------------------------------------------------------------------
    @property
    def selects(self) -> list[forms.BoundField]:
        return [self[name] for name in self.offered if name in self.fields]

    @property
    def mistakes(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]


class BoardSettingsForm(CleanModelForm):
    """The office's one row; written when first saved."""

    class Meta:
        model = BoardSettings
        fields = ("margin", "repeated_misses", "repeated_days", "weeks_ahead")
