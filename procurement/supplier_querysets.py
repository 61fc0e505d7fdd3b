"""Reading papers, reviews and categories as the pages of the suppliers ask for them."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Count, F, Q

from supplies.models import Category

from . import likeness

EXPIRING = timedelta(days=30)
ENOUGH = 3
"""So many live suppliers every category needs (clause 4.4.1)."""


class PaperQuerySet(models.QuerySet):
    def kept(self) -> "PaperQuerySet":
        """Neither renewed nor withdrawn: what somebody must look after."""
        return self.filter(renewed_by=None, withdrawn_at=None)

    def expiring(self, today: date) -> "PaperQuerySet":
        """Kept, of a supplier one has not ended with, and ended or ending within 30 days."""
        due = self.kept().filter(ends_on__lte=today + EXPIRING)
        return due.exclude(supplier__status="ended")


class ReviewQuerySet(models.QuerySet):
    def for_rows(self) -> "ReviewQuerySet":
        return self.select_related("supplier", "round", "scored_by", "decided_by", "follow_up_person")

    def undecided(self) -> "ReviewQuerySet":
        return self.exclude(status="decided")

    def best_first(self) -> "ReviewQuerySet":
        """The ranking: best score first, those without a score last, by name."""
        return self.order_by(F("total").desc(nulls_last=True), "supplier__name", "pk")

    def to_follow_up(self) -> "ReviewQuerySet":
        return self.filter(status="decided", decision__in=["negotiate", "replace"], followed_up_at=None)


def with_live_suppliers(categories: models.QuerySet | None = None) -> models.QuerySet:
    """Categories in use, each with `live`: how many suppliers one may order from."""
    found = Category.objects.filter(active=True) if categories is None else categories
    return found.annotate(live=Count("suppliers", filter=Q(suppliers__status="live"), distinct=True))


def short_categories() -> models.QuerySet:
    """Categories in use with fewer than three live suppliers."""
    return with_live_suppliers().filter(live__lt=ENOUGH).order_by("live", "name")


def similar(name: str, *, but: int | None = None) -> list[models.Model]:
    """Suppliers whose name looks like this one, so that nobody is entered twice."""
    from .models import Supplier  # its manager reads this module

    known = Supplier.objects.exclude(pk=but).order_by("name")
    return [supplier for supplier in known if likeness.alike(name, supplier.name)][:5]
