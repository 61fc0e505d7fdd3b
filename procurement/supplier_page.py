"""What stands on the page of a supplier, as far as the reader may see it."""

from typing import Any

from django.db.models import QuerySet

from pages.clock import now
from sla.board.sparkline import sparkline
from sla.models.figure import local_day

from .models import Paper, Supplier

LATELY = 8
ROUNDS = 12
GOOD = 0.8
"""The line in the small picture: 80 points are good."""


def context_of(supplier: Supplier, user) -> dict[str, Any]:
    may = {noun: user.has_perm(f"procurement.view_{noun}") for noun in _SECTIONS}
    context = {name: reading(supplier) for name, reading in _SECTIONS.items() if may[name]}
    reviews = context.get("review", [])
    return {
        "supplier": supplier,
        "categories": supplier.categories.order_by("name"),
        "may": may,
        "today": local_day(now()),
        "trend": trend([review.total for review in reversed(reviews)]),
        "newest": next((review for review in reviews if review.total is not None), None),
        **{f"{name}s": found for name, found in context.items()},
    }


def trend(totals: list) -> Any:
    """The scores of the last rounds as a small line, oldest first; quarters without a score are left out."""
    known = [None if total is None else float(total) / 100 for total in totals]
    return sparkline(known, GOOD) if sum(one is not None for one in known) > 1 else None


def _contacts(supplier: Supplier) -> QuerySet:
    return supplier.contacts.all()


def _papers(supplier: Supplier) -> list[tuple[Paper, Paper.State]]:
    """Those to look after first, what was renewed or withdrawn below."""
    today = local_day(now())
    papers = [(paper, paper.state_on(today)) for paper in supplier.papers.select_related("renewed_by")]
    return sorted(papers, key=lambda line: not line[0].is_kept)


def _orders(supplier: Supplier) -> QuerySet:
    return supplier.orders.order_by("-created_at", "-pk")[:LATELY]


def _prices(supplier: Supplier) -> QuerySet:
    return supplier.prices.order_by("-day", "-pk")[:LATELY]


def _reviews(supplier: Supplier) -> list:
    newest = supplier.reviews.order_by("-round__year", "-round__quarter").select_related("round")
    return list(newest[:ROUNDS])


_SECTIONS = {
    "contact": _contacts,
    "paper": _papers,
    "order": _orders,
    "price": _prices,
    "review": _reviews,
}
