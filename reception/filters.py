"""Narrowing the list of calls."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import User
from sla import standards

from .measures import MEASURES
from .models import Call, CallerType


def _takers(request) -> QuerySet:
    """Those who have ever taken a call, at one probe of the index for each person."""
    return User.objects.filter(Exists(Call.objects.filter(receptionist=OuterRef("pk")).order_by()))


def _standards() -> list[tuple[str, str]]:
    return [(key, standards.get(key).title) for key in MEASURES]


class CallFilter(django_filters.FilterSet):
    """By state, kind of caller, receptionist and day."""

    status = django_filters.ChoiceFilter(
        choices=Call.Status.choices, label=_("State"), empty_label=_("All states")
    )
    caller_type = django_filters.ModelChoiceFilter(
        queryset=CallerType.objects.all(), label=_("Caller type"), empty_label=_("All caller types")
    )
    receptionist = django_filters.ModelChoiceFilter(
        queryset=_takers, label=_("Taken by"), empty_label=_("All receptionists")
    )
    since = django_filters.DateFilter(
        method="_since", label=_("Since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        method="_until", label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    counts_for = django_filters.ChoiceFilter(
        choices=_standards, method="_counted", label=_("Counts for"), empty_label=_("Any standard")
    )
    kept = django_filters.ChoiceFilter(
        choices=[("yes", _("Kept")), ("no", pgettext_lazy("standard", "Not kept"))],
        method="_kept",
        label=_("Standard kept"),
        empty_label=_("Kept or not"),
    )

    class Meta:
        model = Call
        fields = ("status", "caller_type", "receptionist", "since", "until", "counts_for", "kept")

    def _since(self, calls: QuerySet, name: str, day: date) -> QuerySet:
        return calls.filter(rang_at__gte=_midnight(day))

    def _until(self, calls: QuerySet, name: str, day: date) -> QuerySet:
        return calls.filter(rang_at__lt=_midnight(day) + timedelta(days=1))

    def _counted(self, calls: QuerySet, name: str, standard: str) -> QuerySet:
        return MEASURES[standard].counted(calls)

    def _kept(self, calls: QuerySet, name: str, answer: str) -> QuerySet:
        """Of a chosen standard only; without one there is nothing to keep."""
        measure = MEASURES.get(self.form.cleaned_data.get("counts_for") or "")
        if measure is None:
            return calls
        kept = measure.kept(Call.objects.all()).order_by().values("pk")
        return calls.filter(pk__in=kept) if answer == "yes" else calls.exclude(pk__in=kept)


def _midnight(day: date) -> datetime:
    """Where the local day begins; comparing instants, not days, lets the index serve."""
    return timezone.make_aware(datetime.combine(day, time.min))
