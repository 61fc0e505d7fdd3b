"""Courtesies on every request: one's own language, a refusal in words, no login page inside a fragment."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from pages.answers import toast_headers, wants_json
from pages.refusals import Refused

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """The signed-in person's own language; else the one chosen on the login page; else the office's."""
    own = getattr(request.user, "language", "") if request.user.is_authenticated else ""
    chosen = own or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activates the person's language; stands in for Django's LocaleMiddleware, after authentication."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response


class RefusalMiddleware:
    """Turns `Refused` into HTTP 409, and a redirect to the login page inside an htmx request into 401."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 302 and getattr(request, "htmx", False) and _is_login(response):
            return HttpResponse(
                status=401, headers={"HX-Reswap": "none", **toast_headers("", trigger="signed-out")}
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refused(request, str(exception), exception.status)
        return None


def refused(request: HttpRequest, sentence: str, status: int = Refused.status) -> HttpResponse:
    """The answer 409, or 404, in the caller's own form: toast, JSON or page."""
    if getattr(request, "htmx", False):
        headers = {"HX-Reswap": "none", **toast_headers(sentence, "error")}
        return HttpResponse(
            sentence, status=status, headers=headers, content_type="text/plain; charset=utf-8"
        )
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    context = {"sentence": sentence, "title": _("This cannot be done now"), "back": _back(request)}
    return render(request, "pages/error.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours; else home."""
    referer = request.headers.get("Referer", "")
    same_host = url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    )
    return referer if referer and same_host else resolve_url("home")


def _is_login(response: HttpResponse) -> bool:
    return response.headers.get("Location", "").split("?")[0] == resolve_url(settings.LOGIN_URL)
