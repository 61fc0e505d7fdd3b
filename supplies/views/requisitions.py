"""Requisitions in the browser: one's own, a department's, those to be decided, and a single one."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from organization.models import Department
from pages.answers import answer
from pages.clock import now
from pages.exports import Column
from pages.lists import List
from sla.models import Timer

from .. import approvers
from ..filters_requisitions import EveryRequisitionFilter, RequisitionFilter
from ..forms.requisitions import ApprovalForm, ReasonForm
from ..models import Requisition
from ..story import story

COLUMNS = [
    Column("number", pgettext_lazy("of a document", "Number"), template="supplies/_requisition_number.html"),
    Column("summary", gettext_lazy("Items"), width=40),
    Column("requested_at", gettext_lazy("Requested at"), sort=True),
    Column("status", gettext_lazy("State"), sort=True, template="supplies/_requisition_cell_state.html"),
    Column("purpose", gettext_lazy("What for")),
]
WHO = [
    Column("requester", gettext_lazy("Requested by"), "requester.name", sort="requester__name"),
    Column("department", gettext_lazy("Department"), "department.name"),
]
OWN, DEPARTMENT, EVERY = "own", "department", "every"
MOST_SHOWN = 100


def get_requisition(request: HttpRequest, pk: int) -> Requisition:
    """The requisition, if this person may see it; else there is none."""
    found = Requisition.objects.visible_to(request.user, now())
    related = ("requester", "department", "decided_by", "closed_by")
    return get_object_or_404(found.select_related(*related).prefetch_related("lines__item__place"), pk=pk)


def get_to_decide(request: HttpRequest, pk: int) -> Requisition:
    """The same, for those who may decide about it; also when somebody has meanwhile."""
    found = get_requisition(request, pk)
    if not approvers.may_decide(request.user, found.requester, found.department, now()):
        raise PermissionDenied
    return found


@require_safe
@login_required
def requisitions(request: HttpRequest) -> HttpResponseBase:
    """GET /supplies/requisitions/?of=own|department|every."""
    scopes = scopes_of(request)
    scope = request.GET.get("of") if request.GET.get("of") in scopes else OWN
    found, filters = Requisition.objects.for_rows(), RequisitionFilter
    if scope == OWN:
        found = found.filter(requester=request.user)
    elif scope == DEPARTMENT:
        found = found.filter(department__head__in=approvers.acted_for(request.user, now()))
    else:
        filters = EveryRequisitionFilter
    columns = COLUMNS if scope == OWN else [*COLUMNS[:2], *WHO, *COLUMNS[2:]]
    listing = List(
        request,
        found,
        columns,
        name=_("Requisitions"),
        search=Requisition.objects.matching,
        filters=filters,
        sort="-requested_at",
    )
    return listing.answer("supplies/requisition_list.html", {"tab": scope, **tabs(request)})


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """GET /supplies/requisitions/waiting/: what this person may decide, the oldest first."""
    found = Requisition.objects.decidable_by(request.user, now()).for_rows()
    found = found.order_by("requested_at", "pk")[:MOST_SHOWN]
    clocks = clocks_of(found, Requisition.APPROVAL)
    cards = [(one, clocks.get(one.pk)) for one in found]
    context = {"cards": cards, "tab": "waiting", **tabs(request)}
    return render(request, "supplies/requisitions_waiting.html", context)


@require_safe
@login_required
def requisition(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /supplies/requisitions/<pk>/."""
    found = get_requisition(request, pk)
    return render(request, "supplies/requisition.html", page_of(request, found))


@require_safe
@login_required
def requisition_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /supplies/requisitions/<pk>/slip/: on paper, to be signed at the counter."""
    found = get_requisition(request, pk)
    return render(request, "supplies/requisition_slip.html", {"requisition": found})


@require_POST
@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /supplies/requisitions/<pk>/approve/; quantities left out stay as asked for."""
    found = get_to_decide(request, pk)
    form = ApprovalForm(request.POST, lines=found.rows)
    if not form.is_valid():
        return mistaken(request, found, approval_form=form)
    given = form.cleaned_data
    found.approve(by=request.user, at=now(), quantities=form.quantities, remark=given["remark"])
    return done(request, found, _("%(number)s is approved.") % {"number": found})


@require_POST
@login_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /supplies/requisitions/<pk>/refuse/ with `reason`."""
    found, form = get_to_decide(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return mistaken(request, found, refusal_form=form)
    found.refuse(form.cleaned_data["reason"], by=request.user, at=now())
    return done(request, found, _("%(number)s is refused.") % {"number": found})


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /supplies/requisitions/<pk>/withdraw/."""
    found = get_requisition(request, pk)
    if found.requester_id != request.user.pk:
        raise PermissionDenied
    found.withdraw(by=request.user, at=now())
    return done(request, found, _("%(number)s is withdrawn.") % {"number": found})


def page_of(request: HttpRequest, found: Requisition, **forms_in_use: forms.BaseForm) -> dict[str, Any]:
    """What the page of one requisition shows; a form that came back with mistakes replaces its fresh one."""
    user = request.user
    return {
        "requisition": found,
        "story": story(found),
        "timers": Timer.objects.about(found).select_related("owner").order_by("started_at"),
        "may_decide": found.may_be_decided_by(user, now()),
        "may_withdraw": user.pk == found.requester_id and found.is_open and not found.has_issued,
        "approval_form": ApprovalForm(lines=found.rows),
        "refusal_form": ReasonForm(prefix=None, auto_id="refuse_%s"),
        "call_off_form": ReasonForm(auto_id="call_off_%s"),
        **forms_in_use,
    }


def mistaken(request: HttpRequest, found: Requisition, **form: forms.BaseForm) -> HttpResponse:
    return render(request, "supplies/requisition.html", page_of(request, found, **form), status=422)


def done(request: HttpRequest, found: Requisition, message: str) -> HttpResponse:
    """Back to the list it was decided on, or to its page."""
    to = "requisitions-waiting" if "from_list" in request.POST else found
    return answer(request, "", to=to, message=message)


def clocks_of(found, standard: str) -> dict[int, Timer]:
    """The running promise of each, in one query."""
    timers = Timer.objects.running().filter(standard=standard, subject_id__in=[one.pk for one in found])
    return {timer.subject_id: timer for timer in timers.select_related("owner")}


def scopes_of(request: HttpRequest) -> list[str]:
    """Which lists this person may open."""
    user = request.user
    heads = Department.objects.filter(head__in=approvers.acted_for(user, now())).exists()
    every = user.has_perm("supplies.view_requisition")
    return [OWN, *([DEPARTMENT] if heads else []), *([EVERY] if every else [])]


def tabs(request: HttpRequest) -> dict[str, Any]:
    """The tabs above the lists: whose, and how many wait for this person's decision."""
    to_decide = Requisition.objects.decidable_by(request.user, now()).count()
    return {"scopes": scopes_of(request), "to_decide": to_decide}
