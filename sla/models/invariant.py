"""What must hold at any moment, and random samples that nobody can say were picked."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.roles import Role
from pages.history import reason as recorded_reason
from pages.refusals import Refused
from pages.stamps import new_stamp

from .. import sampling, standards
from ..querysets import DrawQuerySet
from .figure import StaleDay, local_day

MOST_KEPT = 200
NAMED_IN_TIMER = 3
MOST_DRAWN = 500
SAME_CLICK = dt.timedelta(seconds=10)


class Invariant(models.Model):
    """Something that must hold at any moment (恒定要求), as it stood when it was last looked at.

    `offenders` holds those found then, each [label, link], at most two hundred; `count` is their true number.
    """

    standard = models.CharField(_("standard"), max_length=40, unique=True)
    observed_since = models.DateTimeField(_("first checked"), null=True)
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
        return str(self.declared.title)

    def get_absolute_url(self) -> str:
        return reverse("invariant", args=[self.standard])

    # -- verbs -----------------------------------------------------------------------------------

    @transaction.atomic
    def look(self, *, at: dt.datetime) -> None:
        """Count what breaks it at `at`; a timer of the admin managers runs while anything does.

        Looking again changes nothing, nor does a look that comes after a later one. What the check itself
        raises is the caller's to report.
        """
        self.refresh_from_db(from_queryset=Invariant.objects.select_for_update())
        if self.checked_at and self.checked_at > at:
            return
        looked_before = self.checked_at
        was_broken = self.is_broken
        self.count, self.offenders = _counted(self.declared.offenders())
        self._stand(at)
        self.save(
            update_fields=[
                "observed_since", "checked_at", "held_since", "broken_since", "count", "offenders",
            ]
        )  # fmt: skip
        self._keep_time(at)
        if was_broken != self.is_broken or looked_before is None or local_day(looked_before) != local_day(at):
            StaleDay.note([self.standard], {local_day(at), local_day(looked_before or at)})

    # -- what follows from the row ------------------------------------------------------------------

    @property
    def declared(self) -> standards.Standard:
        return standards.get(self.standard)

    @property
    def is_broken(self) -> bool:
        return self.broken_since is not None

    @property
    def since(self) -> dt.datetime | None:
        """Since when it holds, or has been broken."""
        return self.broken_since or self.held_since

    @property
    def unnamed(self) -> int:
        """How many offenders there are beyond those kept by name."""
        return self.count - len(self.offenders)

    # -- inside the verb ---------------------------------------------------------------------------

    def _stand(self, at: dt.datetime) -> None:
        self.observed_since, self.checked_at = self.observed_since or at, at
        if self.count:
            self.broken_since, self.held_since = self.broken_since or at, None
        else:
            self.held_since, self.broken_since = self.held_since or at, None

    def _keep_time(self, at: dt.datetime) -> None:
        """Run the timer while broken, even if the promise came into force since; stop it when mended."""
        from ..timers import running, start_timer, stop_timer

        if not self.is_broken:
            stop_timer(self, self.standard, at=at)
        elif not running(self, self.standard):
            start_timer(self, self.standard, at=at, team=Role.ADMIN_MANAGER.value, label=self._named())

    def _named(self) -> str:
        """The first offenders by name: what the breach was about, for whoever reads of it later."""
        names = "、".join(label for label, _link in self.offenders[:NAMED_IN_TIMER])
        return f"{names} …" if self.count > NAMED_IN_TIMER else names


def _counted(offenders: Iterable[standards.Offender]) -> tuple[int, list[list[str]]]:
    """How many there are, and the first of them as they are kept."""
    offenders = iter(offenders)
    kept = [[str(one.label)[:200], one.link] for one in islice(offenders, MOST_KEPT)]
    return len(kept) + sum(1 for _one in offenders), kept


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

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-drawn_at"]
        permissions = [("draw_sample", _("Can draw random samples"))]

    def __str__(self) -> str:
        return f"{self.kind_label} {timezone.localtime(self.drawn_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("draw", args=[self.pk])

    # -- verbs -----------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def draw(
        cls, kind: str, wanted: int, *, reason: str, by, at: dt.datetime, seed: str | None = None
    ) -> "Draw":
        """Draw `wanted` from the group `kind`, for good; what for is said beforehand.

        Asked twice by one click, the same draw is answered. `seed` is for trials: a draw in the office takes
        one that nobody knew before.
        """
        User.objects.select_for_update().get(pk=by.pk)  # two clicks of one person, one after the other
        if not reason.strip():
            raise Refused(_("Please say what the sample is for."))
        if again := cls.objects.just_now(kind, wanted, reason, by, at - SAME_CLICK):
            return again
        with translation.override("en"):  # labels are kept as msgids, never in one reader's language
            candidates = sampling.get(kind).candidates()
        _refuse_impossible(wanted, len(candidates))
        fields = {"kind": kind, "wanted": wanted, "reason": reason, "drawn_by": by, "drawn_at": at}
        made = cls.objects.create(population=sorted(candidates), seed=seed or new_stamp(), **fields)
        drawn = (candidates[key] for key in made.chosen())
        made.drawn.bulk_create(
            Drawn(draw=made, position=number, key=one.key, label=one.label[:200], link=one.link)
            for number, one in enumerate(drawn, start=1)
        )
        return made

    # -- what follows from the rows ----------------------------------------------------------------

    @property
    def kind_label(self) -> str:
        return sampling.label(self.kind)

    def chosen(self) -> list[str]:
        """The keys that seed and population give, worked out anew, the first drawn first."""
        return sampling.rank(self.seed, self.population)[: self.wanted]

    def agrees(self) -> bool:
        """Whether what stands as drawn is what seed and population give."""
        return list(self.drawn.order_by("position").values_list("key", flat=True)) == self.chosen()

    def others_of_the_day(self) -> list["Draw"]:
        """The other samples drawn from the same group on the same day, the first one first."""
        day = timezone.localtime(self.drawn_at).date()
        same = Draw.objects.filter(kind=self.kind, drawn_at__date=day).exclude(pk=self.pk)
        return list(same.defer("population").select_related("drawn_by").order_by("drawn_at", "pk"))


def _refuse_impossible(wanted: int, size: int) -> None:
    if size == 0:
        raise Refused(_("There is nobody and nothing to draw from at this moment."))
    if not 1 <= wanted <= MOST_DRAWN:
        raise Refused(_("A sample has between 1 and %(most)d.") % {"most": MOST_DRAWN})
    if wanted > size:
        raise Refused(_("There are only %(size)d to draw from.") % {"size": size})


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
        """Words of ours are kept as msgids; a name is shown as it is."""
        return gettext(self.label)

    @transaction.atomic
    def record(self, result: str, remark: str, *, by, at: dt.datetime, reason: str = "") -> None:
        """Write down what was found; a second word about it is a correction and says why."""
        self.refresh_from_db(from_queryset=Drawn.objects.select_for_update())
        if (self.result, self.remark) == (result, remark):
            return
        if self.result and not reason.strip():
            raise Refused(_("Please say why the result is corrected."))
        if result == self.Result.BAD and not remark.strip():
            raise Refused(_("Please say what is not as it should be."))
        self.result, self.remark = result, remark
        self.looked_at, self.looked_by = (at, by) if result else (None, None)
        with recorded_reason(reason, by=by):
            self.save(update_fields=["result", "remark", "looked_at", "looked_by"])

    @property
    def is_open(self) -> bool:
        return self.result == self.Result.OPEN


auditlog.register(Draw, exclude_fields=["population"])
auditlog.register(Drawn)
