"""The customer register in the browser: finding, reading, taking along; registering and correcting."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import User
from organization.person_field import suggestions
from pages.answers import answer
from pages.clock import now
from pages.exports import Column
from pages.lists import List
from sla.timers import running

from ..forms.customer import CustomerForm, LikenessForm, same_number
from ..forms.customer_filter import CustomerFilter
from ..models import Call, Customer

COLUMNS = [
    Column("name", pgettext_lazy("person", "Name"), sort=True, template="reception/_customer_name.html"),
    Column("company", gettext_lazy("Company"), sort=True),
    Column("numbers", gettext_lazy("Phones")),
    Column("product", gettext_lazy("Product"), "product.name"),
    Column("region", gettext_lazy("Region"), "region.name"),
    Column("owner", gettext_lazy("Account manager"), "owner.name"),
    Column("created_at", gettext_lazy("Registered"), sort=True),
]
MORE_COLUMNS = [
    Column("title", gettext_lazy("Job title")),
    Column("email", gettext_lazy("E-mail")),
    Column("notes", gettext_lazy("Notes")),
    Column("created_by", gettext_lazy("Registered by"), "created_by.name"),
]


class CustomerList(List):
    """The register as a list; taken along by those who may, with whole numbers by those who may see them."""

    def __init__(self, request: HttpRequest):
        found = Customer.objects.visible_to(request.user).select_related(
            "owner", "product", "region", "created_by"
        )
        super().__init__(
            request,
            found,
            COLUMNS,
            name=_("customers"),
            search=Customer.objects.containing,
            filters=CustomerFilter,
            sort="-created_at",
        )

    @property
    def exports(self) -> list[tuple[str, str]]:
        return super().exports if self.request.user.has_perm("reception.export_customer") else []

    def take_along(self) -> None:
        """Turn into the file asked for; leaves a trace of who took what."""
        user = self.request.user
        if not user.has_perm("reception.export_customer"):
            raise PermissionDenied
        self.columns = [*COLUMNS, *MORE_COLUMNS]
        if user.has_perm("reception.view_number"):
            self.base = self.base.prefetch_related("phones")
            self.columns[2] = Column("numbers", COLUMNS[2].label, "whole_numbers")
            self.filterset.queryset = self.base
        self.found.record_export(by=user)


def get_customer(user: User, pk: int) -> Customer:
    """The customer, if this person may see it; else there is none."""
    related = ("owner", "product", "region", "created_by", "changed_by", "merged_into", "source_call")
    return get_object_or_404(Customer.objects.visible_to(user).select_related(*related), pk=pk)


def get_call(user: User, pk: str | None) -> Call | None:
    """The call a newcomer is registered from, if one was named."""
    if not pk:
        return None
    found = Call.objects.visible_to(user).select_related("transferred_to")
    return get_object_or_404(found, pk=int(pk) if pk.isdecimal() else None)


@require_safe
@login_required
def customers(request: HttpRequest) -> HttpResponseBase:
    listing = CustomerList(request)
    if request.GET.get("export"):
        listing.take_along()
    return listing.answer("reception/customer_list.html")


@require_safe
@never_cache
@login_required
def customer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_customer(request.user, pk)
    if customer.merged_into_id and "entry" not in request.GET:
        return redirect(get_customer(request.user, customer.merged_into_id))
    calls = customer.calls.visible_to(request.user).for_rows().order_by("-rang_at")[:50]
    context = {
        "customer": customer,
        "calls": calls,
        "may_see_numbers": customer.numbers_seen_by(request.user),
        "merges": customer.merges.filter(undone_at=None).select_related("source", "merged_by"),
    }
    return render(request, "reception/customer_detail.html", context)


@require_POST
@never_cache
@login_required
def customer_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_customer(request.user, pk)
    phones = customer.reveal_numbers(by=request.user)
    template = "_customer_phones.html" if request.htmx else "customer_numbers.html"
    return render(request, f"reception/{template}", {"customer": customer, "phones": phones, "shown": True})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("reception.add_customer", raise_exception=True)
def customer_new(request: HttpRequest) -> HttpResponse:
    call = get_call(request.user, request.POST.get("call") or request.GET.get("call"))
    form = CustomerForm(request.POST or None, call=call)
    if "add_phone" in request.POST:
        return _show_form(request, form.with_another_phone())
    if not form.is_bound or not form.is_valid():
        return _show_form(request, form)
    customer = Customer.register(
        fields=form.fields_given,
        phones=form.numbers,
        call=call,
        once=form.cleaned_data["once"],
        by=request.user,
        at=now(),
    )
    return _registered(request, customer, call, _("%(name)s is in the register."))


@require_POST
@login_required
@permission_required("reception.add_customer", raise_exception=True)
def customer_use(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_customer(request.user, pk)
    call = get_call(request.user, request.POST.get("call"))
    if call is not None:
        customer.use_for(call, by=request.user, at=now())
    return _registered(request, customer, call, _("The call belongs to %(name)s."))


@require_POST
@login_required
@permission_required("reception.add_customer", raise_exception=True)
def customer_duplicates(request: HttpRequest) -> HttpResponse:
    found = LikenessForm(request.POST).possible_duplicates()
    context = {
        "duplicates": found,
        "same_number": same_number(found),
        "anyway": request.POST.get("anyway") == same_number(found),
        "call": get_call(request.user, request.POST.get("call")),
        "drawer": bool(request.POST.get("drawer")),
    }
    return render(request, "reception/_customer_duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("reception.change_customer", raise_exception=True)
def customer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_customer(request.user, pk)
    form = CustomerForm(request.POST or None, instance=customer)
    if "add_phone" in request.POST:
        return _show_form(request, form.with_another_phone())
    if not form.is_bound or not form.is_valid():
        return _show_form(request, form)
    customer.correct(
        fields=form.fields_given,
        phones=form.phone_changes,
        expected_version=form.cleaned_data["version"],
        by=request.user,
        at=now(),
    )
    return answer(request, "reception/_customer_saved.html", to=customer, message=_("The change is saved."))


def _show_form(request: HttpRequest, form: CustomerForm) -> HttpResponse:
    """The whole page; for htmx (drawer at the desk, one more phone) the form alone."""
    template = "_customer_form.html" if request.htmx else "customer_form.html"
    found = form.duplicates or form.already_alike()
    context = {
        "form": form,
        "customer": form.instance if form.instance.pk else None,
        "call": form.call,
        "timer": running(form.call, Call.CRM_ENTRY) if form.call else None,
        "drawer": bool(request.htmx and (request.GET.get("drawer") or request.POST.get("drawer"))),
        "duplicates": found,
        "same_number": same_number(found),
        "anyway": form.is_bound and bool(form.data.get("anyway")),
        "people": suggestions(),
    }
    status = 200 if not form.is_bound or form.is_valid() else 422
    return render(request, f"reception/{template}", context, status=status)


def _registered(request: HttpRequest, customer: Customer, call: Call | None, sentence: str) -> HttpResponse:
    """Back to where the person came from: the desk for a call, else the entry."""
    return answer(
        request,
        "reception/_customer_saved.html",
        {"customer": customer, "call": call},
        to="front-desk" if call and request.user.has_perm("reception.add_call") else customer,
        message=sentence % {"name": customer},
        trigger="customer-registered",
    )
