"""What a receptionist tells apart in the first seconds of a call: who, about which product, from where."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import OfferedQuerySet
from .settings import DeskSettings


class Offered(models.Model):
    """Something to choose from on the call form; out of use, it stays on the calls that have it."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class CallerType(Offered):
    """The nature of a caller (客户性质), with the script to answer by (话术) and what to do (处理办法)."""

    key = models.SlugField(_("key"), max_length=30, unique=True)
    script = models.TextField(
        _("script"),
        blank=True,
        help_text=_("{公司}, {称呼} and {归属人} become our name, the caller's, and the account manager's."),
    )
    handling = models.TextField(_("what to do"), blank=True)
    is_new_customer = models.BooleanField(
        _("new customer"),
        default=False,
        help_text=_("Hanging up starts the two minutes for the customer register."),
    )
    no_feedback_reason = models.CharField(
        _("why nobody need be told"),
        max_length=120,
        blank=True,
        help_text=_(
            "Filled in for such callers, who concern nobody in the house. Empty: somebody must be told."
        ),
    )
    hotkey = models.PositiveSmallIntegerField(
        _("digit key"),
        null=True,
        blank=True,
        unique=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("Alt and this digit choose the type on the call form."),
    )

    class Meta(Offered.Meta):
        verbose_name = _("caller type")
        verbose_name_plural = _("caller types")

    def script_for(self, customer=None) -> list[str]:
        """The script, line by line, with the names that are known filled in."""
        owner = customer.owner if customer else None
        names = {
            "{公司}": DeskSettings.current().company,
            "{称呼}": customer.name if customer else "",
            "{归属人}": owner.name if owner else "负责的同事",
        }
        text = self.script
        for gap, name in names.items():
            text = text.replace(gap, name)
        return text.splitlines()


class Product(Offered):
    """What the call is about (产品)."""

    class Meta(Offered.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")


class Region(Offered):
    """Where the caller is (区域)."""

    class Meta(Offered.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
