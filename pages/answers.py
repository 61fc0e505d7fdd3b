"""One way to answer a form: a fragment for htmx, a message and a redirect for a plain browser."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

TOAST_LEVELS = ("success", "info", "warning", "error")


def toast_headers(
    message: str, level: str = "success", trigger: str | Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The `HX-Trigger` header that shows `message` as a toast and fires the events in `trigger`."""
    events: dict[str, Any] = {}
    if isinstance(trigger, str):
        events.update({name.strip(): True for name in trigger.split(",") if name.strip()})
    elif trigger:
        events.update(trigger)
    if message:
        events["toast"] = {"message": str(message), "level": level}
    return {"HX-Trigger": json.dumps(events)} if events else {}


def wants_json(request: HttpRequest) -> bool:
    """True for callers that speak JSON rather than HTML."""
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def answer(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    to: Any = None,
    message: str = "",
    status: int = 200,
    trigger: str | Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Answer a verb.

    htmx gets the fragment `template` with `message` as a toast and the events of `trigger`; a plain browser
    gets `message` on the next page, `to` (URL name, path or object with `get_absolute_url`). Without `to`, or
    with an error status (422 for a form with mistakes), the template is rendered for both: nothing is lost.
    """
    if getattr(request, "htmx", False):
        response = render(request, template, context, status=status)
        level = "success" if status < 400 else "error"
        for name, value in toast_headers(message, level, trigger).items():
            response[name] = value
        return response
    if to is None or status >= 400:
        return render(request, template, context, status=status)
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(resolve_url(to))


def settled(request: HttpRequest, *, to: Any, message: str = "", trigger: str = "") -> HttpResponse:
    """Answer a verb whose effect the page fetches by itself, being told of it by the events of `trigger`.

    htmx gets no content, the toast and the events; a plain browser `message` on the page `to`.
    """
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers=toast_headers(message, trigger=trigger))
    return answer(request, "", to=to, message=message)
