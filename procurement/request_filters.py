"""Narrowing the list of purchase requests."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import Department

from .models import PurchaseRequest


def _departments(request) -> QuerySet:
    """Those whose requests the person may see."""
    everything = Department.objects.all()
    if request is None or request.user.has_perm("procurement.view_every_request"):
        return everything
    user = request.user
    return everything.filter(Q(pk=user.department_id) | Q(head=user)).distinct()


class PurchaseRequestFilter(django_filters.FilterSet):
    """By status, department, whose it is, what about the budget, where from, and when."""

    status = django_filters.ChoiceFilter(
        choices=[("open", _("All open ones")), *PurchaseRequest.Status.choices],
        method="_status",
        label=_("Status"),
        empty_label=_("All states"),
    )
    department = django_filters.ModelChoiceFilter(
        queryset=_departments, label=_("Department"), empty_label=_("All departments")
    )
    which = django_filters.ChoiceFilter(
        choices=[
            ("mine", _("Asked for by me")),
            ("bought", _("Bought by me")),
            ("over_budget", _("Exceeds a budget")),
            ("shortage", _("Asked for by the stock")),
        ],
        method="_which",
        label=_("Which"),
        empty_label=_("All requests"),
    )
    since = django_filters.DateFilter(
        method="_since", label=_("Since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        method="_until", label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = PurchaseRequest
        fields = ("status", "department", "which", "since", "until")

    def _status(self, requests: QuerySet, name: str, status: str) -> QuerySet:
        return requests.open() if status == "open" else requests.filter(status=status)

    def _which(self, requests: QuerySet, name: str, which: str) -> QuerySet:
        conditions = {
            "mine": {"requester": self.request.user},
            "bought": {"buyer": self.request.user},
            "over_budget": {"over_budget": True},
            "shortage": {"shortage__isnull": False},
        }
        return requests.filter(**conditions[which])

    def _since(self, requests: QuerySet, name: str, day: date) -> QuerySet:
        return requests.filter(created_at__gte=_midnight(day))

    def _until(self, requests: QuerySet, name: str, day: date) -> QuerySet:
        return requests.filter(created_at__lt=_midnight(day) + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
