"""Narrowing the list of calls."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import User

from .models import Call, CallerType


def _takers(request):
    """Those who have ever taken a call."""
    return User.objects.filter(pk__in=Call.objects.order_by().values("receptionist").distinct())


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
        "rang_at", "date__gte", label=_("Since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        "rang_at", "date__lte", label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Call
        fields = ("status", "caller_type", "receptionist", "since", "until")
