"""Contracts and licences in the browser: filed, renewed, withdrawn, fetched, and those that end soon."""

import django_filters
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pages import uploads
from pages.answers import settled
from pages.clock import now
from pages.exports import Column
from pages.lists import List
from sla.models.figure import local_day

from ..forms.suppliers import PaperForm, ReasonForm
from ..models import Paper
from ..supplier_columns import SELECT
from .supplier_verbs import ask
from .suppliers import get_supplier

may_view = permission_required("procurement.view_paper", raise_exception=True)
may_change = permission_required("procurement.change_paper", raise_exception=True)


def get_paper(pk: int) -> Paper:
    return get_object_or_404(Paper.objects.select_related("supplier"), pk=pk)


def state_of(paper: Paper) -> str:
    return str(paper.state_on(local_day(now())).label)


class PaperFilter(django_filters.FilterSet):
    """Those that end soon, unless all are asked for."""

    kind = django_filters.ChoiceFilter(
        choices=Paper.Kind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("All"), widget=SELECT
    )
    which = django_filters.ChoiceFilter(
        choices=[("kept", gettext_lazy("All in force")), ("all", gettext_lazy("Old ones too"))],
        method="in_state",
        label=gettext_lazy("Which"),
        empty_label=gettext_lazy("Ended or ending within 30 days"),
        widget=SELECT,
    )

    class Meta:
        model = Paper
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("which") else found.expiring(local_day(now()))

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.kept() if value == "kept" else queryset


COLUMNS = [
    Column("supplier", gettext_lazy("Supplier"), "supplier.name", sort="supplier__name"),
    Column("kind", gettext_lazy("Kind"), sort=True),
    Column("title", gettext_lazy("Title")),
    Column("number", pgettext_lazy("paper", "Number")),
    Column("ends_on", gettext_lazy("In force until"), sort=True),
    Column("state", pgettext_lazy("paper", "State"), state_of, template="procurement/_paper_cell.html"),
]


@require_safe
@login_required
@may_view
def supplier_papers(request: HttpRequest) -> HttpResponseBase:
    listing = List(
        request,
        Paper.objects.select_related("supplier"),
        COLUMNS,
        name=_("papers of suppliers"),
        search=["supplier__name__icontains", "title__icontains", "number__icontains"],
        filters=PaperFilter,
        sort="ends_on",
    )
    return listing.answer("procurement/paper_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("procurement.add_paper", raise_exception=True)
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    supplier = get_supplier(pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if not form.is_bound or not form.is_valid():
        return _show(request, form, supplier)
    given = form.cleaned_data
    Paper.add(
        supplier,
        fields=form.fields_given,
        file=given["file"],
        once=given["once"],
        by=request.user,
        at=now(),
    )
    return settled(request, to=supplier, message=_("The paper is filed."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_change
def paper_renew(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_paper(pk)
    form = PaperForm(request.POST or None, request.FILES or None, renews=paper)
    if not form.is_bound or not form.is_valid():
        return _show(request, form, paper.supplier, paper)
    given = form.cleaned_data
    paper.renew(fields=form.fields_given, file=given["file"], once=given["once"], by=request.user, at=now())
    return settled(request, to=paper, message=_("The paper is renewed."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_change
def paper_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    paper, form = get_paper(pk), ReasonForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        sentence = _("“%(title)s” is not to be renewed, or was filed by mistake. It can still be read.")
        verb = pgettext("paper", "Withdraw")
        words = {"verb": verb, "back": paper.supplier, "sentence": sentence % {"title": paper.title}}
        return ask(request, form, **words, icon="ban", danger=True)
    paper.withdraw(reason=form.cleaned_data["reason"], by=request.user, at=now())
    return settled(request, to=paper, message=_("The paper is withdrawn."))


@require_safe
@login_required
@may_view
def paper_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    paper = get_paper(pk)
    if not paper.file:
        raise Http404
    return uploads.send(paper.file, paper.filename, paper.content_type)


def _show(request: HttpRequest, form: PaperForm, supplier, renews: Paper | None = None) -> HttpResponse:
    context = {"form": form, "supplier": supplier, "renews": renews}
    return render(request, "procurement/paper_form.html", context, status=422 if form.errors else 200)
