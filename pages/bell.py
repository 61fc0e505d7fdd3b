"""The bell in the top bar: how many notices wait unread, fresh within a breath; what is urgent speaks up."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages.answers import toast_headers


class Watch(NamedTuple):
    """`newest(user)`: the number of the newest notice; `urgent(user, after)`: urgent ones above a number."""

    newest: Callable[[Any], int]
    urgent: Callable[[Any, int], list[str]]


_watch: list[Watch] = []


def register(newest: Callable[[Any], int], urgent: Callable[[Any, int], list[str]]) -> None:
    """Let the bell raise a toast for what is urgent and was not there when the page was drawn."""
    _watch[:] = [Watch(newest, urgent)]


def newest(user: Any) -> int:
    """The mark from which the bell of this page counts as new."""
    return _watch[0].newest(user) if _watch else 0


@require_safe
@never_cache
@login_required
def bell(request: HttpRequest) -> HttpResponse:
    """GET /bell/?after=<number> → the fragment that the pulse's topic "inbox" refreshes."""
    response = render(request, "pages/_bell.html")
    after = request.GET.get("after", "")
    if _watch and after.isdecimal() and len(after) < 19:
        sentences = _watch[0].urgent(request.user, int(after))
        for name, value in toast_headers("\n".join(sentences), "warning").items():
            response.headers[name] = value
    return response
