"""Reading audits of assets, what they expect and what was scanned."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

SEEN = ("found", "misplaced")
DIFFERENCES = ("misplaced", "missing")
UNSETTLED = ("", "search")


class AuditQuerySet(models.QuerySet):
    def open(self) -> "AuditQuerySet":
        """Under way, or waiting for approval."""
        return self.filter(status__in=["open", "review"])

    def to_approve(self, user) -> "AuditQuerySet":
        """Those a person may close: whoever scanned or handed in may not."""
        return self.filter(status="review").exclude(counters=user)

    def with_progress(self) -> "AuditQuerySet":
        """With `expected` assets, how many are `seen`, and how many of them `differ`."""
        return self.annotate(
            expected=Count("lines"),
            seen=Count("lines", filter=Q(lines__result__in=SEEN)),
            differ=Count("lines", filter=Q(lines__result__in=DIFFERENCES)),
        )


class AuditLineQuerySet(models.QuerySet):
    def for_rows(self) -> "AuditLineQuerySet":
        """Place by place, with all that a row shows."""
        shown = self.select_related(
            "asset__place", "asset__department", "place", "custodian", "found_place", "seen_by", "settled_by"
        )
        return shown.order_by("place__name", "place", "asset__tag")

    def unseen(self) -> "AuditLineQuerySet":
        """What nobody has scanned yet."""
        return self.filter(result="expected")

    def differing(self) -> "AuditLineQuerySet":
        return self.filter(result__in=DIFFERENCES)

    def unsettled(self) -> "AuditLineQuerySet":
        """Differences about which something is still to be done; what was scrapped since is none."""
        return self.differing().filter(settlement__in=UNSETTLED).exclude(asset__status="scrapped")

    def closed(self) -> "AuditLineQuerySet":
        return self.filter(audit__status="closed")

    def last(self) -> "AuditLineQuerySet":
        """What the newest closed audit that covered each asset says of it."""
        same = self.model.objects.closed().filter(asset=OuterRef("asset"))
        decided = OuterRef("audit__decided_at")
        at_once = Q(audit__decided_at=decided, audit__gt=OuterRef("audit"))
        return self.closed().filter(~Exists(same.filter(Q(audit__decided_at__gt=decided) | at_once)))


class SightingQuerySet(models.QuerySet):
    def for_rows(self) -> "SightingQuerySet":
        related = ("asset__custodian", "asset__department", "place", "register_place", "by", "explained_by")
        return self.select_related(*related, "earlier__by", "earlier__place")

    def strays(self) -> "SightingQuerySet":
        """What asks for a look: unknown codes, scrapped things, and what stands where it does not belong."""
        away = Q(meaning="unexpected") & ~Q(place=F("register_place"))
        return self.filter(Q(meaning__in=["unknown", "scrapped"]) | away)

    def unexplained(self) -> "SightingQuerySet":
        return self.strays().filter(explanation="")
