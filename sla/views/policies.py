"""The promises of the department, each with its limit and its climb, and how the manager changes them."""

from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pages import clock

from .. import standards
from ..forms.amendment import ADD, REMOVE, SAVE, Amendment
from ..models import Policy, PolicyVersion
from ..wording import Difference, StepWords, differences, limit_words, step_words
from ..work_items import WORK_ITEMS, number_of


class Row(NamedTuple):
    """One promise as it stands: the clause, the version in force, and both in words."""

    standard: standards.Standard
    version: PolicyVersion
    limit: str
    steps: list[StepWords]


class Change(NamedTuple):
    """One version in the history of a promise, with what it changed of the one before (None: the first)."""

    version: PolicyVersion
    differences: list[Difference] | None


def policy_for(key: str) -> Policy:
    """The policy of a standard, with its current version, calendar and steps; 404 for an unknown key."""
    if key not in {standard.key for standard in standards.every()}:
        raise Http404
    try:
        return Policy.objects.in_force(key)
    except Policy.DoesNotExist:
        raise Http404 from None


@require_safe
@login_required
@permission_required("sla.view_policy", raise_exception=True)
def policies(request: HttpRequest) -> HttpResponse:
    """GET /promises/"""
    return render(request, "sla/policy_list.html", {"items": _by_work_item(), "shapes": standards.Shape})


@require_safe
@login_required
@permission_required("sla.view_policy", raise_exception=True)
def policy(request: HttpRequest, key: str) -> HttpResponse:
    """GET /promises/<key>/: the promise and all its versions."""
    shown = policy_for(key)
    context = {"policy": shown, "row": _row(shown), "changes": _changes(shown)}
    return render(request, "sla/policy_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("sla.change_policy", raise_exception=True)
def policy_edit(request: HttpRequest, key: str) -> HttpResponse:
    """GET and POST /promises/<key>/edit/ (do: save, try, add, remove-<n>)."""
    amendment = Amendment(policy_for(key), clock.now(), request.POST or None)
    if amendment.do == SAVE and amendment.is_valid():
        version = amendment.save(by=request.user)
        messages.success(request, _("Version %(number)d is in force.") % {"number": version.number})
        return redirect("policy", key)
    if amendment.do.startswith((ADD, REMOVE)):
        amendment = amendment.reshaped()
    context = {"amendment": amendment, "policy": amendment.policy, "trial": amendment.what_would_happen()}
    return render(request, "sla/policy_edit.html", context, status=422 if amendment.do == SAVE else 200)


def _by_work_item() -> list[tuple[str, Any, list[Row]]]:
    """(number, title, promises) of each work item that has any, in the order of the job description."""
    known = Policy.objects.select_related("current__calendar", "current__created_by")
    by_key = {one.standard: one for one in known.prefetch_related("current__steps")}
    rows = [_row(by_key[one.key]) for one in standards.every() if one.key in by_key]
    grouped = groupby(rows, key=lambda row: number_of(row.standard.clause))
    return [(number, _title(number), list(group)) for number, group in grouped]


def _title(number: str) -> Any:
    """The work item of that number; rules that belong to none are the house's own."""
    return WORK_ITEMS.get(number, "") if number else _("Rules of the house")


def _row(shown: Policy) -> Row:
    version = shown.current
    steps = [step_words(step) for step in version.steps.all()]
    return Row(shown.declared, version, limit_words(version), steps)


def _changes(shown: Policy) -> list[Change]:
    versions = shown.versions.select_related("calendar", "created_by", "policy").prefetch_related("steps")
    newest_first = list(versions.order_by("-number"))
    older: list[PolicyVersion | None] = [*newest_first[1:], None]
    return [
        Change(new, differences(old, new) if old else None)
        for new, old in zip(newest_first, older, strict=True)
    ]
