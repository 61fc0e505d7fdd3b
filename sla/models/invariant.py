"""What must hold at any moment, and random samples that nobody can say were picked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pages.stamps import new_stamp


class Invariant(models.Model):
    """Something that must hold at any moment (恒定要求), as it stood when it was last looked at.

    `offenders` holds those found then, each [label, link], at most two hundred; `count` is their true number.
    """

    standard = models.CharField(_("standard"), max_length=40, unique=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    held_since = models.DateTimeField(_("holds since"), null=True)
    broken_since = models.DateTimeField(_("broken since"), null=True)
    count = models.PositiveIntegerField(_("number of offenders"), default=0)
    offenders = models.JSONField(_("offenders"), default=list)

    class Meta:
        verbose_name = _("invariant")
        verbose_name_plural = _("invariants")
        ordering = ["standard"]
        constraints = [
            models.CheckConstraint(
                condition=Q(broken_since=None) | Q(held_since=None), name="invariant_holds_or_is_broken"
            )
        ]

    def __str__(self) -> str:
        return self.standard

    def get_absolute_url(self) -> str:
        return reverse("invariant", args=[self.standard])


class Draw(models.Model):
    """A random sample (随机抽样): drawn once, with the seed by which anybody can draw it again.

    Each of the population is ranked by the SHA-256 of "seed:key"; the lowest ranks are drawn. `population` is
    the list of all keys as they stood, so that the draw can be repeated however the house has changed.
    """

    kind = models.CharField(_("drawn from"), max_length=40)
    seed = models.CharField(_("seed"), max_length=32, default=new_stamp, editable=False)
    population = models.JSONField(_("population"))
    wanted = models.PositiveSmallIntegerField(_("number drawn"))
    reason = models.CharField(_("what for"), max_length=200, blank=True)
    drawn_at = models.DateTimeField(_("drawn"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("drawn by"),
    )

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-drawn_at"]
        permissions = [("draw_sample", _("Can draw random samples"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.drawn_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("draw", args=[self.pk])


class Drawn(models.Model):
    """One that was drawn (抽中), and what was found."""

    class Result(models.TextChoices):
        OPEN = "", _("Not looked at yet")
        GOOD = "good", _("As it should be")
        BAD = "bad", _("Not as it should be")
        GONE = "gone", _("Could not be looked at")

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="drawn", verbose_name=_("sample"))
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.CharField(_("key"), max_length=60)
    label = models.CharField(_("about"), max_length=200)
    link = models.CharField(_("link"), max_length=200, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True, default="")
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    looked_at = models.DateTimeField(_("looked at"), null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("looked at by"),
    )

    class Meta:
        verbose_name = _("drawn record")
        verbose_name_plural = _("drawn records")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="drawn_position_unique"),
            models.UniqueConstraint(fields=["draw", "key"], name="drawn_once"),
            models.CheckConstraint(
                condition=Q(result="", looked_at=None) | (~Q(result="") & Q(looked_at__isnull=False)),
                name="drawn_looked_at_when_there_is_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.label
