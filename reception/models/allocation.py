"""Who takes which calls: the allocation principle (分配原则) as rules which a manager can change."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pages import history

from ..querysets import AllocationRuleQuerySet


class AllocationRule(models.Model):
    """One line of the allocation principle: such calls go to these people in turn, or to this department.

    An empty condition fits every call; of the rules that fit, the one with the most conditions decides.
    """

    caller_type = models.ForeignKey(
        "reception.CallerType", models.CASCADE, null=True, blank=True, verbose_name=_("caller type")
    )
    product = models.ForeignKey(
        "reception.Product", models.CASCADE, null=True, blank=True, verbose_name=_("product")
    )
    region = models.ForeignKey(
        "reception.Region", models.CASCADE, null=True, blank=True, verbose_name=_("region")
    )
    owner_first = models.BooleanField(
        _("account manager first"),
        default=True,
        help_text=_("A known customer's own account manager is proposed before anybody else."),
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="reception.AllocationTarget",
        related_name="allocation_rules",
        verbose_name=_("people"),
    )
    department = models.ForeignKey(
        "organization.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
        help_text=_("Its members in turn, where no people are named; its head when none of them is here."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    objects = AllocationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation rule")
        verbose_name_plural = _("allocation rules")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return " · ".join(str(value) for value in self.conditions) or str(_("All other calls"))

    def take_turn(self, user, *, at: datetime) -> None:
        """`user` has had a turn: one statement, so that two receptionists transferring at once both count."""
        AllocationTurn.objects.bulk_create(
            [AllocationTurn(rule=self, user=user, last_at=at)],
            update_conflicts=True,
            unique_fields=["rule", "user"],
            update_fields=["last_at"],
        )

    @transaction.atomic
    def name_people(self, people: Sequence[models.Model]) -> None:
        """Let exactly these people take turns, in this order; turns already had are remembered."""
        before = [target.user for target in self.targets.select_related("user")]
        self.targets.exclude(user__in=people).delete()
        for position, user in enumerate(people):
            self.targets.update_or_create(user=user, defaults={"position": position})
        history.note_many(self, "people", before, people)

    def remove(self, *, by) -> None:
        """Take the rule away (删除规则); calls made under it keep whom they were proposed to."""
        with history.reason(by=by):
            self.delete()

    @property
    def conditions(self) -> list:
        return [value for value in (self.caller_type, self.product, self.region) if value is not None]


class AllocationTarget(models.Model):
    """One of the people a rule names, in the order in which they take turns at first."""

    rule = models.ForeignKey(AllocationRule, models.CASCADE, related_name="targets", verbose_name=_("rule"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("person of an allocation rule")
        verbose_name_plural = _("people of an allocation rule")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "user"], name="allocation_target_once_per_rule")
        ]

    def __str__(self) -> str:
        return str(self.user)


class AllocationTurn(models.Model):
    """When somebody last had a turn (轮次) under a rule; who waited longest is next."""

    rule = models.ForeignKey(AllocationRule, models.CASCADE, related_name="turns", verbose_name=_("rule"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    last_at = models.DateTimeField(_("last turn"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = [models.UniqueConstraint(fields=["rule", "user"], name="allocation_turn_once_per_rule")]

    def __str__(self) -> str:
        return f"{self.user} {self.last_at:%Y-%m-%d %H:%M}"
