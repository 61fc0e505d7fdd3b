"""The register of suppliers in the browser: finding, reading, entering, correcting."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import settled
from pages.clock import now
from pages.lists import List

from ..forms.suppliers import SupplierForm
from ..models import Contact, Supplier
from ..supplier_columns import EXPORTED, SupplierFilter, columns_for, for_rows
from ..supplier_page import context_of
from ..supplier_querysets import ENOUGH, similar, with_live_suppliers

may_view = permission_required("procurement.view_supplier", raise_exception=True)


class SupplierList(List):
    """The register as a list; taken along by those who may, with what the page has no room for."""

    def __init__(self, request: HttpRequest):
        super().__init__(
            request,
            for_rows(Supplier.objects.all()),
            columns_for(request.user),
            name=_("suppliers"),
            search=Supplier.objects.matching,
            filters=SupplierFilter,
            sort="name",
        )

    @property
    def exports(self) -> list[tuple[str, str]]:
        return super().exports if self.request.user.has_perm("procurement.export_supplier") else []


def get_supplier(pk: int) -> Supplier:
    return get_object_or_404(Supplier, pk=pk)


@require_safe
@login_required
@may_view
def suppliers(request: HttpRequest) -> HttpResponseBase:
    listing = SupplierList(request)
    if request.GET.get("export"):
        if not request.user.has_perm("procurement.export_supplier"):
            raise PermissionDenied
        listing.columns += EXPORTED
    return listing.answer("procurement/supplier_list.html")


@require_safe
@never_cache
@login_required
@may_view
def supplier(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "procurement/supplier.html", context_of(get_supplier(pk), request.user))


@require_safe
@login_required
@may_view
def supplier_categories(request: HttpRequest) -> HttpResponse:
    """Every category in use with its live suppliers; fewer than three stand out (clause 4.4.1)."""
    live = Supplier.objects.live().order_by("name")
    categories = list(with_live_suppliers().order_by("name"))
    by_category: dict[int, list[Supplier]] = {category.pk: [] for category in categories}
    for one in live.prefetch_related("categories"):
        for category in one.categories.all():
            by_category.get(category.pk, []).append(one)
    rows = [(category, by_category[category.pk]) for category in categories]
    rows.sort(key=lambda row: len(row[1]) >= ENOUGH)
    short = sum(len(found) < ENOUGH for _category, found in rows)
    context = {"rows": rows, "short": short, "enough": ENOUGH}
    return render(request, "procurement/supplier_categories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("procurement.add_supplier", raise_exception=True)
def supplier_new(request: HttpRequest) -> HttpResponse:
    form = SupplierForm(request.POST or None, by=request.user)
    if not form.is_bound or not form.is_valid():
        return _show(request, form)
    given, at = form.cleaned_data, now()
    found = Supplier.register(
        fields=form.fields_given, categories=given["categories"], once=given["once"], by=request.user, at=at
    )
    if form.contact and not found.contacts.exists():
        Contact.add(found, fields=form.contact, by=request.user, at=at)
    return settled(request, to=found, message=_("%(name)s is in the register.") % {"name": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("procurement.change_supplier", raise_exception=True)
def supplier_correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_supplier(pk)
    form = SupplierForm(request.POST or None, instance=found, by=request.user)
    if not form.is_bound or not form.is_valid():
        return _show(request, form)
    found.correct(
        fields=form.fields_given,
        categories=form.cleaned_data["categories"],
        expected_version=form.cleaned_data["version"],
        by=request.user,
        at=now(),
    )
    return settled(request, to=found, message=_("The change is saved."))


@require_POST
@login_required
@permission_required("procurement.add_supplier", raise_exception=True)
def suppliers_similar(request: HttpRequest) -> HttpResponse:
    """While a name is typed: who may be meant already."""
    name = request.POST.get("name", "").strip()[:120]
    context = {"similar": similar(name) if len(name) > 1 else []}
    return render(request, "procurement/_supplier_similar.html", context)


def _show(request: HttpRequest, form: SupplierForm) -> HttpResponse:
    context = {"form": form, "supplier": None if form.is_new else form.instance, "similar": form.similar}
    return render(request, "procurement/supplier_form.html", context, status=422 if form.errors else 200)
