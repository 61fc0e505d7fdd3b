"""What becomes of a purchase request: handed in, confirmed, sent back, withdrawn, approved or refused."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.person_field import suggestions
from pages.answers import answer
from pages.clock import now
from sla.models.figure import local_day

from .. import approving
from ..forms.deciding import ApproveForm, ReasonForm, RuleForm, SeenForm
from ..models import Approval, ApprovalRule, PurchaseRequest
from ..request_deeds import Deeds
from .requests import detail_context, get_deeds, get_request

may_arrange = permission_required("procurement.arrange_procurement", raise_exception=True)


def get_step(request: HttpRequest, pk: int) -> Approval:
    """A step of the approval of a request that the person may see."""
    step = get_object_or_404(Approval.objects.select_related("person"), pk=pk)
    step.request = get_request(request, step.request_id)
    return step


@require_POST
@login_required
def purchase_request_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/requests/<pk>/submit/."""
    purchase = get_request(request, pk)
    if not purchase.may_be_changed_by(request.user):
        raise PermissionDenied
    purchase.submit(by=request.user, at=now())
    return done(
        request, purchase, _("Handed in: %(name)s confirms the requirement.") % {"name": purchase.confirmer}
    )


@require_POST
@login_required
def purchase_request_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/requests/<pk>/confirm/ with `seen`."""
    purchase, form = get_request(request, pk), SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    purchase.confirm_requirement(by=request.user, at=now(), expected_version=seen)
    return done(request, purchase, _("The requirement is confirmed; now suppliers are asked."))


@require_http_methods(["GET", "POST"])
@login_required
def purchase_request_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/requests/<pk>/send-back/ with `reason`."""
    return _with_reason(request, pk, "send_back", _("Send back to be changed"), _("Sent back to %(name)s."))


@require_http_methods(["GET", "POST"])
@login_required
def purchase_request_quote_again(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/requests/<pk>/quote-again/ with `reason`."""
    return _with_reason(
        request, pk, "quote_again", _("Ask for other prices"), _("The buyer asks for other prices.")
    )


@require_http_methods(["GET", "POST"])
@login_required
def purchase_request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /purchasing/requests/<pk>/withdraw/ with `reason`."""
    return _with_reason(request, pk, "withdraw", _("Withdraw the request"), _("The request is withdrawn."))


@require_safe
@login_required
def approvals(request: HttpRequest) -> HttpResponse:
    """GET /purchasing/approvals/: what waits for the person's word."""
    at = now()
    steps = list(Approval.objects.waiting_for(request.user, at).for_cards().order_by("request_id"))
    waiting = PurchaseRequest.objects.to_confirm_by(request.user, at).select_related(
        "department", "requester"
    )
    context = {
        "cards": [_card(step, at) for step in steps],
        "to_confirm": waiting.prefetch_related("lines").order_by("submitted_at"),
    }
    return render(request, "procurement/approvals.html", context)


@require_POST
@login_required
def approval_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/approvals/<pk>/approve/ with `comment` and `seen`."""
    step, form = get_step(request, pk), ApproveForm(request.POST)
    if not form.is_valid():
        return _mistaken(request, step, approve_form=form)
    step.approve(form.cleaned_data["comment"], by=request.user, at=now(), seen=form.cleaned_data["seen"])
    return done(request, step.request, _("Approved: %(title)s.") % {"title": step.request.title})


@require_POST
@login_required
def approval_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /purchasing/approvals/<pk>/refuse/ with `reason` and `seen`."""
    step, form = get_step(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _mistaken(request, step, reason_form=form)
    step.refuse(form.cleaned_data["reason"], by=request.user, at=now(), seen=form.cleaned_data["seen"])
    return done(request, step.request, _("Refused: %(title)s.") % {"title": step.request.title})


@require_safe
@login_required
@may_arrange
def approval_rules(request: HttpRequest) -> HttpResponse:
    """GET /purchasing/rules/: from which amount on who approves."""
    rules = ApprovalRule.objects.select_related("person")
    return render(request, "procurement/approval_rules.html", {"rules": rules})


@require_http_methods(["GET", "POST"])
@login_required
@may_arrange
def approval_rule(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST /purchasing/rules/new/ and /purchasing/rules/<pk>/."""
    rule = get_object_or_404(ApprovalRule, pk=pk) if pk else ApprovalRule()
    form = RuleForm(request.POST or None, instance=rule)
    if not (form.is_bound and form.is_valid()):
        context = {"form": form, "rule": rule, "people": suggestions()}
        status = 422 if form.is_bound else 200
        return render(request, "procurement/approval_rule.html", context, status=status)
    form.save()
    return answer(request, "", to="approval-rules", message=_("Saved."))


def done(request: HttpRequest, purchase: PurchaseRequest, message: str) -> HttpResponse:
    """Back to where the verb was given: what waits for me, or the page of the request."""
    return answer(request, "", to="approvals" if "from_list" in request.POST else purchase, message=message)


def _with_reason(request: HttpRequest, pk: int, verb: str, heading: str, message: str) -> HttpResponse:
    """Ask for the reason, then do it."""
    deeds, form = get_deeds(request, pk), ReasonForm(request.POST or None)
    purchase = deeds.request
    if not getattr(deeds, verb):
        raise PermissionDenied
    if not (form.is_bound and form.is_valid()):
        context = {"purchase": purchase, "form": form, "heading": heading, "verb": verb}
        status = 422 if form.is_bound else 200
        return render(request, "procurement/request_reason.html", context, status=status)
    deed: Callable[..., Any] = getattr(purchase, verb)
    deed(form.cleaned_data["reason"], by=request.user, at=now())
    return done(request, purchase, message % {"name": purchase.requester or _("the stock")})


def _card(step: Approval, at) -> dict[str, Any]:
    """One thing to approve, as it stands on the phone."""
    purchase = step.request
    return {
        "step": step,
        "purchase": purchase,
        "steps": [one for one in purchase.approvals.all() if one.status != Approval.Status.DROPPED],
        "crossings": approving.crossings(purchase, local_day(at)) if purchase.over_budget else [],
        "approve_form": ApproveForm(initial={"seen": purchase.version}),
        "reason_form": ReasonForm(initial={"seen": purchase.version}),
    }


def _mistaken(request: HttpRequest, step: Approval, **form: Any) -> HttpResponse:
    """The page of the request, with what was typed and what is wrong with it."""
    deeds = Deeds(step.request, request.user, now())
    return render(request, "procurement/request_detail.html", detail_context(deeds, **form), status=422)
