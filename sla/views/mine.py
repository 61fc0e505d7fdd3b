"""Everybody's own page: what one owes, what one is owed, whom one stands in for, what may be excused."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organization.models import User
from pages import clock

from .. import mine as own

REFRESH_SECONDS = 300
LONGEST_NUMBER = 6  # digits; Python refuses to read thousands of them


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """GET /mine/ (show: how many lines at most)."""
    context = _now(request.user, _shown(request)) | {"missed": own.to_excuse(request.user, clock.now())}
    return render(request, "sla/mine.html", context)


@require_safe
@login_required
def mine_now(request: HttpRequest) -> HttpResponse:
    """GET /mine/now/ (show): the part that changes while one looks at it."""
    return render(request, "sla/_mine_now.html", _now(request.user, _shown(request)))


def _now(user: User, most: int) -> dict[str, Any]:
    at = clock.now()
    owed = own.owed_by(user, at, most)
    return {
        "groups": own.grouped(owed.lines, at),
        "has_more": owed.has_more,
        "owed_to": own.owed_to(user, at, most),
        "away": own.stood_in_for(user, at),
        "show": most,
        "more": min(most + own.PER_PAGE, own.MOST_SHOWN) if most < own.MOST_SHOWN else None,
        "again": REFRESH_SECONDS,
    }


def _shown(request: HttpRequest) -> int:
    """How many lines were asked for; a page's worth unless that makes sense."""
    asked = request.GET.get("show", "")
    sound = asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    return min(max(int(asked), own.PER_PAGE), own.MOST_SHOWN) if sound else own.PER_PAGE
