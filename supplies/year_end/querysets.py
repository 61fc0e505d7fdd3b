"""Reading the lines of a year-end plan."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q


class YearEndLineQuerySet(models.QuerySet):
    def for_rows(self) -> "YearEndLineQuerySet":
        return self.select_related("asset__place", "category", "department", "typed_by").order_by(
            "asset__tag"
        )

    def otherwise(self) -> "YearEndLineQuerySet":
        """Decided otherwise than proposed."""
        return self.exclude(verdict=models.F("proposal"))

    def with_outcome(self, plan) -> "YearEndLineQuerySet":
        """With `is_repaired`: a repair has ended since the plan was decided."""
        repairs = apps.get_model("supplies", "Repair").objects.filter(
            Q(ended_at__gte=plan.decided_at), asset=OuterRef("asset"), kind="repair"
        )
        return self.annotate(is_repaired=Exists(repairs))
