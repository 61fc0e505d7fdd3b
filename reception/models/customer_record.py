"""What is written down of a customer; what happens to the entry is in `customer`."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages import pinyin

from .. import duplicates


def _person(verbose_name: Any, **options: Any) -> models.ForeignKey:
    """Somebody of the house; the entry stays when the account goes."""
    options = {"blank": True, "editable": False, "related_name": "+", **options}
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=verbose_name, **options
    )


class CustomerRecord(models.Model):
    """The columns of an entry: who, reached how, looked after by whom, and what became of the entry."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=80, db_index=True)
    company = models.CharField(_("company"), max_length=160, blank=True)
    title = models.CharField(_("job title"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    numbers = models.CharField(_("phones"), max_length=400, blank=True, editable=False)
    product = models.ForeignKey(
        "reception.Product", models.SET_NULL, null=True, blank=True, verbose_name=_("product")
    )
    region = models.ForeignKey(
        "reception.Region", models.SET_NULL, null=True, blank=True, verbose_name=_("region")
    )
    owner = _person(_("account manager"), editable=True, related_name="customers_owned")
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    source_call = models.ForeignKey(
        "reception.Call",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="customers_registered",
        verbose_name=_("first call"),
    )
    initials = models.CharField(_("pinyin initials"), max_length=250, blank=True, editable=False)
    sound = models.CharField(_("pinyin"), max_length=250, blank=True, editable=False, db_index=True)
    company_key = models.CharField(
        _("company, shortened"), max_length=160, blank=True, editable=False, db_index=True
    )
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_by = _person(_("registered by"))
    created_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    changed_by = _person(_("changed by"))
    updated_at = models.DateTimeField(_("changed at"), auto_now=True, db_index=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    anonymised_at = models.DateTimeField(_("anonymised at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the columns by which a customer is found in step with the name and the company."""
        self.initials = f"{pinyin.initials(self.name)} {pinyin.initials(self.company)}".strip()[:250]
        self.sound = duplicates.sound(self.name)[:250]
        self.company_key = duplicates.company_key(self.company)[:160]
        if kwargs.get("update_fields"):
            derived = {"initials", "sound", "company_key", "updated_at"}
            kwargs["update_fields"] = derived.union(kwargs["update_fields"])
        super().save(*args, **kwargs)

    @property
    def is_live(self) -> bool:
        """In the register: neither merged into another, nor withdrawn, nor anonymised."""
        return not (self.merged_into_id or self.withdrawn_at or self.anonymised_at)

    @property
    def likeness(self) -> duplicates.Likeness:
        """What is compared with a newcomer; reads the phones as prefetched."""
        return duplicates.Likeness(
            self.name, self.company, frozenset(phone.digest for phone in self.phones.all())
        )
