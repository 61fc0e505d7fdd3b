"""The people at a supplier whom one calls."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from encrypted_fields.fields import EncryptedCharField

from pages import history, phones
from pages.looks import record_look
from pages.phones import Phone

from .supplier import Supplier


class Contact(models.Model):
    """A person at a supplier (联系人). The number is kept as "+8613800138000" or "+861088888888 8001"."""

    EDITABLE = ("name", "title", "phone", "email", "first")

    supplier = models.ForeignKey(
        Supplier, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("supplier")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    title = models.CharField(_("job title"), max_length=60, blank=True)
    phone = EncryptedCharField(_("phone"), max_length=40, null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    first = models.BooleanField(_("call first"), default=False)
    once = models.UUIDField(_("form ticket"), unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-first", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.supplier.get_absolute_url()

    # -- verbs ------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def add(
        cls, supplier: Supplier, *, fields: Mapping[str, Any], once: UUID | None = None, by, at: datetime
    ) -> Self:
        """Write down a new person; the second post of one form answers the person of the first."""
        with history.reason(by=by):
            contact, is_new = cls.objects.get_or_create(
                once=once or uuid4(), defaults={"supplier": supplier, **fields}
            )
            if is_new:
                contact._only_one_first()
        return contact

    @transaction.atomic
    def change(self, *, fields: Mapping[str, Any], by, at: datetime) -> None:
        self.refresh_from_db(from_queryset=Contact.objects.select_for_update())
        changed = [name for name, value in fields.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, fields[name])
        with history.reason(by=by):
            self.save(update_fields=changed)
            self._only_one_first()

    @transaction.atomic
    def remove(self, *, by, at: datetime) -> None:
        """The person is not there any more; that there was one stays in the history."""
        with history.reason(by=by):
            self.delete()

    def reveal(self, *, by) -> str:
        """The whole number as one reads it aloud; the look is recorded (查看电话)."""
        if not by.has_perm("procurement.view_contact"):
            raise PermissionDenied
        record_look(self.supplier, by, gettext_noop("phone number of %(name)s"), name=self.name)
        return self.shown

    # -- the number -------------------------------------------------------------------------------

    @property
    def masked(self) -> str:
        """138****8000-8001, in every language; "" where there is no number."""
        phone = self._phone
        number = phones.mask(phone.number)
        return f"{number}-{phone.extension}" if phone.extension else number

    @property
    def shown(self) -> str:
        return str(self._phone) if self.phone else ""

    @property
    def _phone(self) -> Phone:
        number, _space, extension = (self.phone or "").partition(" ")
        return Phone(number, extension)

    def _only_one_first(self) -> None:
        """Whom one calls first is one person; the others step back."""
        if self.first:
            for other in self.supplier.contacts.filter(first=True).exclude(pk=self.pk):
                other.first = False
                other.save(update_fields=["first"])


def kept_as(phone: Phone | None) -> str | None:
    """The notation in which a number lies in the database."""
    return " ".join(filter(None, phone)) if phone else None
