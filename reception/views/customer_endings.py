"""How an entry of the register ends: merged into another (and taken apart again), withdrawn, anonymised."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organization.models import User
from pages.answers import answer
from pages.clock import now

from ..forms.customer import AnonymiseForm, MergeForm, ReasonForm
from ..models import Customer, CustomerMerge
from .customers import get_customer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("reception.merge_customer", raise_exception=True)
def customer_merge(request: HttpRequest, pk: int) -> HttpResponse:
    target = get_customer(request.user, pk)
    source = _other(request, target)
    form = MergeForm(request.POST or None, source=source, target=target) if source else None
    if form and form.is_bound and form.is_valid():
        source.merge_into(
            target, take_over=form.take_over, reason=form.cleaned_data["reason"], by=request.user, at=now()
        )
        return answer(request, "reception/_customer_saved.html", to=target, message=_("The two are one now."))
    context = {"customer": target, "source": source, "form": form, "q": request.GET.get("q", "")}
    context["found"] = [] if source else _candidates(request.user, target, context["q"])
    status = 422 if form and form.errors else 200
    return render(request, "reception/customer_merge.html", context, status=status)


@require_POST
@login_required
@permission_required("reception.merge_customer", raise_exception=True)
def customer_unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(CustomerMerge, pk=pk, target__in=Customer.objects.visible_to(request.user))
    source = merge.undo(by=request.user, at=now())
    return answer(request, "reception/_customer_saved.html", to=source, message=_("The two are apart again."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("reception.withdraw_customer", raise_exception=True)
def customer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_customer(request.user, pk)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        customer.withdraw(reason=form.cleaned_data["reason"], by=request.user, at=now())
        return answer(
            request, "reception/_customer_saved.html", to=customer, message=_("The entry is withdrawn.")
        )
    context = {"customer": customer, "form": form}
    return render(request, "reception/customer_withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("reception.anonymise_customer", raise_exception=True)
def customer_anonymise(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_customer(request.user, pk)
    form = AnonymiseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        customer.anonymise(reason=form.cleaned_data["reason"], by=request.user, at=now())
        return answer(
            request,
            "reception/_customer_saved.html",
            to="customers",
            message=_("The customer is anonymised."),
        )
    context = {"customer": customer, "form": form}
    return render(request, "reception/customer_anonymise.html", context, status=422 if form.errors else 200)


def _other(request: HttpRequest, target: Customer) -> Customer | None:
    """The entry that is to be merged into `target`, once it is chosen."""
    pk = request.POST.get("with") or request.GET.get("with") or ""
    if not pk.isdecimal() or int(pk) == target.pk:
        return None
    return get_customer(request.user, int(pk))


def _candidates(user: User, target: Customer, q: str) -> list[Customer]:
    """Who was searched for; without a search, who looks like the same customer."""
    visible = Customer.objects.visible_to(user)
    if q:
        return [customer for customer in visible.known_by(q) if customer.pk != target.pk]
    return [duplicate.customer for duplicate in visible.duplicates_of(target)]
