"""Where a person lands after signing in: on the screen he or she lives on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

_homes: dict[str, tuple[int, str | None]] = {}


def register(order: int, permission: str | None, url_name: str) -> None:
    """People with `permission` (None: everybody) start at `url_name`; the lowest `order` that fits wins."""
    _homes[url_name] = (order, permission)


def url_name_for(user: Any) -> str | None:
    """The URL name of the first screen of `user`; None while no app has any."""
    for url_name, (_order, permission) in sorted(_homes.items(), key=lambda item: item[1][0]):
        if permission is None or user.has_perm(permission):
            return url_name
    return None


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """GET / → the person's own first screen."""
    url_name = url_name_for(request.user)
    return redirect(url_name) if url_name else render(request, "pages/home.html")
