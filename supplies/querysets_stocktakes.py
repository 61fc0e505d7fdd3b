"""Reading stocktakes and their lines."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


class StocktakeQuerySet(models.QuerySet):
    def open(self) -> "StocktakeQuerySet":
        """Being counted, or waiting for approval."""
        return self.filter(status__in=self.model.OPEN)

    def to_approve(self, user) -> "StocktakeQuerySet":
        """Those a person may decide about: whoever counted may not."""
        return self.filter(status="review").exclude(counters=user)

    def with_progress(self) -> "StocktakeQuerySet":
        """With `total` lines, `done` of them counted or left out with a reason; the same of those `again`."""
        done = Q(lines__counted__isnull=False) | ~Q(lines__left_out="")
        again = Q(lines__recount=True)
        return self.annotate(
            total=Count("lines"),
            done=Count("lines", filter=done),
            again=Count("lines", filter=again),
            again_done=Count("lines", filter=again & Q(lines__recounted__isnull=False)),
        )


class StocktakeLineQuerySet(models.QuerySet):
    def for_rows(self) -> "StocktakeLineQuerySet":
        """Shelf by shelf, with all that a row shows."""
        shown = self.select_related("stocktake", "item", "place", "counted_by", "recounted_by")
        return shown.order_by("place__name", "place", "item__shelf", "item__code", "pk")

    def unsettled(self, status: str) -> "StocktakeLineQuerySet":
        """What is still to be counted in the round that `status` names."""
        if status == "recounting":
            return self.filter(recount=True, recounted=None)
        return self.filter(counted=None, left_out="")

    def beyond(self) -> "StocktakeLineQuerySet":
        """With a variance of more than is tolerated."""
        return self.filter(Q(variance__gt=F("tolerance")) | Q(variance__lt=-F("tolerance")))

    def posted(self) -> "StocktakeLineQuerySet":
        """Counted in a stocktake that was approved."""
        return self.filter(stocktake__status="posted", variance__isnull=False)

    def last(self) -> "StocktakeLineQuerySet":
        """Of what was counted and posted, the newest count of each item at each place."""
        same = self.model.objects.posted().filter(item=OuterRef("item"), place=OuterRef("place"))
        newer = same.filter(stocktake__decided_at__gt=OuterRef("stocktake__decided_at"))
        return self.posted().filter(~Exists(newer))

    def with_book(self) -> "StocktakeLineQuerySet":
        """With `then`: what the ledger says there was at the instant of the count that holds.

        What `Movement.objects.balance_at` says of one line, for all of them in one query.
        """
        from .models import Movement

        at = Coalesce(OuterRef("recounted_at"), OuterRef("counted_at"))
        moved = Movement.objects.filter(item=OuterRef("item"), place=OuterRef("place"), at__lte=at)
        last = moved.order_by("-at", "-pk").values("balance")[:1]
        return self.annotate(then=Coalesce(Subquery(last), 0))
