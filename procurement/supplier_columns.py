"""The columns in which suppliers are listed and taken along, and how the list is narrowed."""

from datetime import date
from decimal import Decimal

import django_filters
from django import forms
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.clock import now
from pages.exports import Column
from sla.models.figure import local_day
from supplies.models import Category

from . import scoring
from .models import Contact, Paper, Review, Supplier
from .supplier_querysets import short_categories

SELECT = forms.Select(attrs={"class": "form-select"})


def for_rows(suppliers: QuerySet) -> QuerySet:
    """With what a row shows of each: categories, contacts, papers kept, the last score; four queries."""
    last = Review.objects.filter(supplier=OuterRef("pk"), total__isnull=False)
    newest = last.order_by("-round__year", "-round__quarter").values("total")[:1]
    return suppliers.annotate(last_score=Subquery(newest)).prefetch_related(
        Prefetch("categories", Category.objects.order_by("name")),
        Prefetch("contacts", Contact.objects.all()),
        Prefetch("papers", Paper.objects.kept(), to_attr="kept_papers"),
    )


def categories_of(supplier: Supplier) -> str:
    return "、".join(category.name for category in supplier.categories.all())


def first_contact(supplier: Supplier) -> str:
    """Name and masked number of whom one calls first."""
    contact = next(iter(supplier.contacts.all()), None)
    return f"{contact.name} {contact.masked}".strip() if contact else ""


def next_end(supplier: Supplier) -> date | None:
    """When the first of its papers ends."""
    return next((paper.ends_on for paper in supplier.kept_papers if paper.ends_on), None)


def last_score(supplier: Supplier) -> Decimal | None:
    """SQLite gives decimals of a subquery back inexactly."""
    found = supplier.last_score
    return found if found is None else scoring.rounded(Decimal(found))


def papers_state(supplier: Supplier) -> str:
    """ "expired", "expiring" or ""; nobody need mind the papers of one whom we have ended with."""
    ends_on = next_end(supplier)
    if ends_on is None or supplier.status == Supplier.Status.ENDED:
        return ""
    today = local_day(now())
    state = supplier.kept_papers[0].state_on(today)
    return str(state) if state in (Paper.State.EXPIRED, Paper.State.EXPIRING) else ""


NAME = Column("name", pgettext_lazy("company", "Name"), sort=True)
CATEGORIES = Column("categories", _("Categories"), categories_of)
CONTACT = Column("contact", pgettext_lazy("supplier", "Contact"), first_contact)
PAPERS = Column("papers", _("Papers until"), next_end, template="procurement/_supplier_papers_cell.html")
SCORE = Column("last_score", _("Last score"), last_score, sort=True)
STATUS = Column("status", _("Status"), sort=True, template="procurement/_supplier_status_cell.html")
EXPORTED = [
    Column("tax_number", _("Credit code")),
    Column("address", _("Address")),
    Column("payment_days", _("Days for payment")),
    Column("since", _("Supplier since")),
    Column("remark", _("Remark")),
]


def columns_for(user) -> list[Column]:
    """Those who keep the storerooms see whom goods come from, and no more."""
    own = [CONTACT] if user.has_perm("procurement.view_contact") else []
    if user.has_perm("procurement.view_paper"):
        own.append(PAPERS)
    if user.has_perm("procurement.view_review"):
        own.append(SCORE)
    return [NAME, CATEGORIES, *own, STATUS]


class SupplierFilter(django_filters.FilterSet):
    """By category and state, papers that end, and categories with too few suppliers."""

    category = django_filters.ModelChoiceFilter(
        field_name="categories",
        queryset=Category.objects.all(),
        label=_("Category"),
        empty_label=_("All categories"),
        widget=SELECT,
    )
    status = django_filters.ChoiceFilter(
        choices=[*Supplier.Status.choices, ("all", _("All"))],
        method="in_state",
        label=_("Status"),
        empty_label=_("Live and suspended"),
        widget=SELECT,
    )
    needs = django_filters.ChoiceFilter(
        choices=[("papers", _("Papers end within 30 days")), ("more", _("Category with fewer than 3"))],
        method="in_need",
        label=_("To look after"),
        empty_label=_("Everything"),
        widget=SELECT,
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Without a state, all but those we have ended with."""
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("status")
        return found if asked else found.exclude(status=Supplier.Status.ENDED)

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset if value == "all" else queryset.filter(status=value)

    def in_need(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "papers":
            expiring = Paper.objects.expiring(local_day(now())).order_by()
            return queryset.filter(pk__in=expiring.values("supplier"))
        short = short_categories().order_by().values("pk")
        return queryset.filter(pk__in=Supplier.objects.filter(categories__in=short).values("pk"))
