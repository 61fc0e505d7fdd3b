"""The interface for other systems (REST API): each app's operations, one manner of refusing, and a page that
lists what there is."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from organization.clients import Pace
from pages.refusals import Refused
from reception.api import router as reception_router
from sla.api import router as sla_router

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024

api = NinjaAPI(
    title="Admin Office",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    throttle=[Pace(per_minute=1200)],
)


def small_requests_only(operation: Callable) -> Callable:
    """Nothing that belongs here is longer; the rest is not even read."""

    @wraps(operation)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return _error(_("The request is too long."), 413)
        return operation(request, *args, **kwargs)

    return checked


api.add_decorator(small_requests_only, mode="view")
api.add_router("", reception_router)
api.add_router("", sla_router)


# -- refusing: always {"error": a sentence} --------------------------------------------------------------


@api.exception_handler(HttpError)
def turned_away(request: HttpRequest, error: HttpError) -> HttpResponse:
    answer = _error(_("The body is not JSON.") if error.status_code == 400 else str(error), error.status_code)
    if error.status_code == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = _error(_("Too many requests. Wait a little."), 429)
    answer["Retry-After"] = str(error.wait or 1)
    return answer


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Names the fields and what is wrong with them, never what stood in them."""
    fields = {str(one["loc"][-1]): one["msg"] for one in error.errors}
    sentence = _("Not understood: %(fields)s.") % {"fields": ", ".join(fields)}
    return JsonResponse({"error": sentence, "fields": fields}, status=422)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return _error(str(refusal), 409)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return _error(_("There is nothing at this address, or it is not for you to see."), 404)


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("API: %s failed", request.path)
    return _error(_("Something is broken here. Send it again later."), 500)


def _error(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)


# -- what there is --------------------------------------------------------------------------------------


@require_safe
@login_required
def openapi(request: HttpRequest) -> HttpResponse:
    """GET /api/openapi.json, for the tools of whoever connects a system."""
    return JsonResponse(api.get_openapi_schema())


@require_safe
@login_required
def api_operations(request: HttpRequest) -> HttpResponse:
    """GET /api/: the same as a page, drawn here, so that nothing is loaded from elsewhere."""
    return render(request, "admin_office/api_operations.html", {"operations": operations()})


def operations() -> list[dict[str, Any]]:
    """Every operation with its fields, read from the OpenAPI document."""
    document = api.get_openapi_schema()
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": _(operation["summary"]),
            "description": _(operation["description"]) if operation.get("description") else "",
            "fields": [*_parameters(operation), *_body(operation, document)],
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _field(one["name"], one["schema"], required=one["required"])
        for one in operation.get("parameters", ())
    ]


def _body(operation: dict[str, Any], document: dict[str, Any]) -> list[dict[str, Any]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if not name:
        return []
    schema = document["components"]["schemas"][name]
    required = schema.get("required", ())
    return [_field(key, one, required=key in required) for key, one in schema["properties"].items()]


def _field(name: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    words = schema.get("description", "")
    return {
        "name": name,
        "required": required,
        "choices": schema.get("enum", ()),
        "words": _(words) if words else "",
    }
