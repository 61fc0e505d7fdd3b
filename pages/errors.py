"""When something is not there, not allowed, or broken: a page in plain words that shows the way back."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pages.answers import toast_headers, wants_json


def error(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """An error in the caller's own form: a toast for htmx, JSON, or a page."""
    if getattr(request, "htmx", False):
        headers = {"HX-Reswap": "none", **toast_headers(sentence, "error")}
        return HttpResponse(sentence, status=status, headers=headers, content_type="text/plain")
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    context = {"code": status, "title": title, "sentence": sentence}
    return render(request, "pages/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error(request, 400, _("Not understood"), _("The request was incomplete. Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Your role does not include this. If you need it, ask the admin manager.")
    return error(request, 403, _("Not allowed"), sentence)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _(
        "This page was open too long, or under another sign-in. Go back, load it anew and send it again."
    )
    return error(request, 403, _("Please send it again"), sentence)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("There is nothing at this address, or it is not for you to see.")
    return error(request, 404, _("Not found"), sentence)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Too many attempts came from here. Wait five minutes and try again; your account is safe.")
    return error(request, 429, _("Too many attempts"), sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """500: as little as possible may be needed to say it."""
    return render(None, "500.html", {"request_id": getattr(request, "id", "")}, status=500)
