"""Customers' numbers: encrypted where they lie, found again by their end or as a whole."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedCharField

from pages import phones
from pages.phones import Phone

if TYPE_CHECKING:
    from .customer import Customer


class CustomerPhone(models.Model):
    """A customer's number (客户电话). Two customers may share a switchboard, so numbers are not unique."""

    customer = models.ForeignKey(
        "reception.Customer", on_delete=models.CASCADE, related_name="phones", verbose_name=_("customer")
    )
    number = EncryptedCharField(_("number"), max_length=40)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    label = models.CharField(_("what for"), max_length=20, blank=True)
    tail = models.CharField(_("last four digits"), max_length=4, editable=False, db_index=True)
    digest = models.CharField(_("digest"), max_length=64, editable=False, db_index=True)

    class Meta:
        verbose_name = _("customer's phone")
        verbose_name_plural = _("customers' phones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "digest", "extension"], name="customer_phone_once_for_each_customer"
            )
        ]

    def __str__(self) -> str:
        return self.masked

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The end and the digest always belong to the number."""
        self.tail = phones.tail(self.number)
        self.digest = phones.digest(self.number)
        super().save(*args, **kwargs)

    @property
    def masked(self) -> str:
        """138****8000-8001, in every language."""
        return _masked(self)

    @property
    def shown(self) -> str:
        """The whole number as one reads it aloud; show it only to whom `reception.view_number` allows it."""
        return phones.display(self.number, self.extension)


def masked_list(numbers: "Iterable[Phone | CustomerPhone]") -> str:
    """All of a customer's numbers, masked, in one line: 138****8000、0107****8888-8001."""
    return "、".join(dict.fromkeys(_masked(phone) for phone in numbers))[:400]


def _masked(phone: "Phone | CustomerPhone") -> str:
    number = phones.mask(phone.number)
    return f"{number}-{phone.extension}" if phone.extension else number


class PhoneChange(NamedTuple):
    """One line of the phones in a form: a new number, another number or label for `pk`, or its removal."""

    pk: int | None = None
    phone: Phone | None = None
    label: str = ""
    remove: bool = False

    def apply(self, customer: "Customer") -> None:
        """Bring `customer` in step with this line; a line of another customer's phone changes nothing."""
        known = customer.phones.filter(pk=self.pk).first() if self.pk else None
        if known is None:
            if self.phone and not self.remove:
                customer.add_phone(self.phone, label=self.label)
        elif self.remove:
            known.delete()
        elif self._differs_from(known):
            self._change(known)

    def _differs_from(self, known: CustomerPhone) -> bool:
        return known.label != self.label or (
            self.phone is not None and self.phone != (known.number, known.extension)
        )

    def _change(self, known: CustomerPhone) -> None:
        if self.phone is not None:
            twin = known.customer.phones.filter(
                digest=phones.digest(self.phone.number), extension=self.phone.extension
            ).exclude(pk=known.pk)
            if twin.exists():
                known.delete()
                return
            known.number, known.extension = self.phone
        known.label = self.label
        known.save()
