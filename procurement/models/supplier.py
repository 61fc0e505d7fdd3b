"""Whom the office buys from: suppliers, the people there, and the papers that must be in force."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from encrypted_fields.fields import EncryptedCharField

from pages import pinyin
from pages.money import MoneyField
from pages.uploads import StoredIn
from supplies.models import Category

from ..querysets import SupplierQuerySet


class Supplier(models.Model):
    """A supplier (供应商) of one or more categories of goods; live while one may order there."""

    class Status(models.TextChoices):
        LIVE = "live", pgettext_lazy("supplier", "Live")
        SUSPENDED = "suspended", pgettext_lazy("supplier", "Suspended")
        ENDED = "ended", pgettext_lazy("supplier", "Ended")

    name = models.CharField(pgettext_lazy("company", "name"), max_length=120, unique=True)
    initials = models.CharField(max_length=120, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.LIVE)
    categories = models.ManyToManyField(
        Category, related_name="suppliers", verbose_name=_("categories of goods")
    )
    tax_number = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    bank_account = EncryptedCharField(_("bank and account"), max_length=200, null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("days for payment"), default=30)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    since = models.DateField(_("since"))

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]
        permissions = [
            ("view_bank_account", _("Can see suppliers' bank accounts")),
            ("end_supplier", _("Can suspend suppliers and end with them")),
            ("export_supplier", _("Can export suppliers")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_number"],
                condition=~Q(tax_number=""),
                name="supplier_tax_number_once",
                violation_error_message=_("There is a supplier with this credit code already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.initials = pinyin.initials(self.name)[:120]
        asked = kwargs.get("update_fields")
        if asked is not None and "name" in asked:
            kwargs["update_fields"] = {*asked, "initials"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("supplier", args=[self.pk])


class Contact(models.Model):
    """A person at a supplier (联系人)."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("supplier")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    title = models.CharField(_("job title"), max_length=60, blank=True)
    phone = EncryptedCharField(_("phone"), max_length=40, null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    first = models.BooleanField(_("call first"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-first", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A contract or licence of a supplier (合同与证照), with the day it ends and the file itself."""

    EXPIRY = "supplier-paper"

    class Kind(models.TextChoices):
        CONTRACT = "contract", pgettext_lazy("supplier", "Contract")
        LICENCE = "licence", pgettext_lazy("supplier", "Licence")
        OTHER = "other", pgettext_lazy("supplier", "Other paper")

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="papers", verbose_name=_("supplier")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(_("number"), max_length=60, blank=True)
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to=StoredIn("suppliers"), blank=True)
    filename = models.CharField(_("file name"), max_length=120, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    renewed_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="renews", verbose_name=_("renewed by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("paper of a supplier")
        verbose_name_plural = _("papers of suppliers")
        ordering = [F("ends_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A paper ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("supplier", args=[self.supplier_id])

    def clean(self) -> None:
        super().clean()
        if self.kind != self.Kind.OTHER and not self.ends_on:
            raise ValidationError({"ends_on": _("A contract or licence says until when it is in force.")})
