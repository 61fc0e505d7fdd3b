"""What the history keeps of a stocktake: who counted what, and what stood there before."""

from auditlog.registry import auditlog

from .models import Stocktake, StocktakeLine

#: No figure of the ledger: the history may be read while counting goes on.
LINE = [
    "item", "place", "counted", "counted_at", "counted_by", "left_out", "recount", "recounted",
    "recounted_at", "recounted_by", "explanation",
]  # fmt: skip


def register() -> None:
    auditlog.register(Stocktake, exclude_fields=["once", "version"])
    auditlog.register(StocktakeLine, include_fields=LINE)
