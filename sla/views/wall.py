"""The screen on the wall: let in by a cookie of its own instead of a sign-in, and kept fresh by itself."""

from functools import cache
from hashlib import sha256

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from pages import clock

from ..models import Display
from ..wall import Wall

COOKIE = "wall"
COOKIE_SECONDS = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("token")
def wall_enter(request: HttpRequest) -> HttpResponse:
    """GET /wall/enter/#<token>, and what its page sends by itself: POST (token).

    From then on this browser is the display of that token. What follows the # is never sent as an address, so
    that no log in between keeps it.
    """
    if request.method != "POST":
        return render(request, "sla/wall_enter.html")
    token = request.POST.get("token", "")
    display = Display.holding(token)
    if display is None or not display.is_let_in:
        return _closed(request, display)
    display.enter(at=clock.now())
    return _remembering(redirect("wall"), token)


@require_safe
@never_cache
def wall(request: HttpRequest) -> HttpResponse:
    """GET /wall/: the whole page; the year of the cookie begins anew."""
    display = _display(request)
    if not _may_look(request, display):
        return _closed(request, display)
    context = {"wall": Wall(clock.now()), "build": _build()}
    answer = render(request, "sla/wall.html", context)
    return _remembering(answer, request.COOKIES[COOKIE]) if display else answer


@require_safe
@never_cache
def wall_now(request: HttpRequest) -> HttpResponse:
    """GET /wall/now/ (seen: what it shows already) → what is on the wall; 204 while nothing has changed."""
    display = _display(request)
    if not _may_look(request, display):
        return HttpResponse(status=403)
    at = clock.now()
    if display:
        display.note_seen(at=at)
    shown = Wall(at)
    if request.GET.get("seen") == shown.seen:
        answer = HttpResponse(status=204)
    else:
        answer = render(request, "sla/_wall_now.html", {"wall": shown})
    answer["X-Now"], answer["X-Build"] = at.isoformat(), _build()
    return answer


def _display(request: HttpRequest) -> Display | None:
    return Display.holding(request.COOKIES.get(COOKIE, ""))


def _may_look(request: HttpRequest, display: Display | None) -> bool:
    """A screen that is let in; or whoever looks after the screens, to see what they show."""
    if display:
        return display.is_let_in
    return request.user.has_perm("sla.view_display")


def _closed(request: HttpRequest, display: Display | None) -> HttpResponse:
    return render(request, "sla/wall_closed.html", {"display": display}, status=403)


def _remembering(answer: HttpResponse, token: str) -> HttpResponse:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path=reverse("wall"),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return answer


@cache
def _build() -> str:
    """Changes with every release of what the page needs: its frame, scripts and styles."""
    frame = get_template("sla/wall.html").template.source
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return sha256(f"{frame}{files}".encode()).hexdigest()[:16]
