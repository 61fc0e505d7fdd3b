"""How the people directory and the list of absences are narrowed down."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Absence, Department, User
from .roles import Role


class PeopleFilter(django_filters.FilterSet):
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), label=_("Department"), empty_label=_("All departments")
    )
    role = django_filters.ChoiceFilter(
        field_name="groups__name", choices=Role.choices, label=_("Role"), empty_label=_("All roles")
    )
    status = django_filters.ChoiceFilter(
        choices=[("present", _("At work")), ("away", _("Away now")), ("left", _("Left"))],
        method="of_status",
        label=_("Status"),
        empty_label=_("Everybody"),
    )

    class Meta:
        model = User
        fields = ["department", "role", "status"]

    def of_status(self, queryset, name: str, value: str):
        """The queryset carries `away`; those who left show only to people who may see them."""
        if value == "left":
            return queryset.filter(status=User.Status.LEFT)
        return queryset.filter(status=User.Status.ACTIVE, away=value == "away")


class AbsenceFilter(django_filters.FilterSet):
    when = django_filters.ChoiceFilter(
        choices=[("now", _("Away now")), ("coming", _("Still to come")), ("past", _("Past"))],
        method="of_time",
        label=_("When"),
        empty_label=_("Any time"),
    )
    day = django_filters.DateFilter(
        method="on_day", label=_("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Absence
        fields = ["when", "day"]

    def of_time(self, queryset, name: str, value: str):
        now = timezone.now()
        return {
            "now": queryset.covering(now),
            "coming": queryset.standing().filter(starts_at__gt=now),
            "past": queryset.filter(Q(ends_at__lte=now)),
        }[value]

    def on_day(self, queryset, name: str, value):
        return queryset.standing().filter(starts_at__date__lte=value, ends_at__date__gte=value)
