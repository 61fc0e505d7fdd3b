"""The promises broken again and again, and how many of their misses still count."""

from collections.abc import Mapping

import django_filters
from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pages import clock
from pages.exports import Column
from pages.lists import List

from .. import standards
from ..models import RepeatedMiss
from ..repeated import counted_now


@require_safe
@login_required
@permission_required("sla.view_repeatedmiss", raise_exception=True)
def repeated_misses(request: HttpRequest) -> HttpResponseBase:
    """GET /repeated-misses/: the newest first."""
    known = [standard.key for standard in standards.every()]
    base, still = RepeatedMiss.objects.filter(standard__in=known), {}
    listing = List(
        request,
        base,
        _columns(still),
        name=_("Missed repeatedly"),
        search=lambda text: base.filter(standard__in=standards.matching(text)),
        filters=RepeatedFilter,
        sort="-noticed_at",
    )
    shown = listing.found if "export" in request.GET else listing.page.rows
    still.update(counted_now(shown, clock.now()))
    return listing.answer("sla/repeated_list.html", {"tab": "repeated"})


def _choices() -> list[tuple[str, str]]:
    return standards.choices(standards.every())


class RepeatedFilter(django_filters.FilterSet):
    standard = django_filters.ChoiceFilter(
        label=gettext_lazy("Promise"),
        choices=_choices,
        empty_label=gettext_lazy("All"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = RepeatedMiss
        fields: list[str] = []


def _columns(still: Mapping[int, int]) -> list[Column]:
    """`still` tells how many of a row's misses count now; it is filled in once the rows are known."""
    return [
        Column("standard", gettext_lazy("Promise"), "declared.title", template="sla/_repeated_title.html"),
        Column("first_day", gettext_lazy("From")),
        Column("last_day", gettext_lazy("Until"), sort=True),
        Column("misses", gettext_lazy("Misses when noticed"), sort=True),
        Column("still", gettext_lazy("Count today"), lambda row: still.get(row.pk, 0)),
        Column("excused", gettext_lazy("Excused or corrected since"), lambda row: _fewer(row, still) or ""),
        Column("noticed_at", gettext_lazy("Noticed"), sort=True),
    ]


def _fewer(row: RepeatedMiss, still: Mapping[int, int]) -> int:
    return max(0, row.misses - still.get(row.pk, 0))
