"""The customer register (客户登记): who they are, how to reach them, who of us looks after them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from organization.models import User
from pages import history
from pages.looks import record_look
from pages.phones import Phone, digest
from pages.refusals import Refused

from .. import retention
from ..lookups import CustomerQuerySet
from ..signals import customer_saved
from .customer_merge import CustomerMerge
from .customer_phone import CustomerPhone, PhoneChange, masked_list
from .customer_record import CustomerRecord

if TYPE_CHECKING:
    from .call import Call


class Customer(CustomerRecord):
    """A customer (客户): a person we know, usually of a company, with an account manager (归属人) here."""

    EDITABLE = ("name", "company", "title", "email", "product", "region", "owner", "notes")

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("export_customer", _("Can export customers")),
            ("merge_customer", _("Can merge customers")),
            ("withdraw_customer", _("Can withdraw customers")),
            ("anonymise_customer", _("Can anonymise customers")),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="customer_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="customer_is_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(name__gt="") | Q(anonymised_at__isnull=False), name="customer_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        if self.anonymised_at:
            return str(_("Anonymised customer"))
        return f"{self.name} · {self.company}" if self.company else self.name

    def get_absolute_url(self) -> str:
        return reverse("customer-detail", args=[self.pk])

    # -- verbs ----------------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def register(
        cls,
        *,
        fields: Mapping[str, Any],
        phones: Sequence[tuple[Phone, str]] = (),
        call: "Call | None" = None,
        once: UUID | None = None,
        by: User | None,
        at: datetime,
    ) -> Self:
        """Enter a new customer (登记): `fields` by name, `phones` as (phone, label); stops `call`'s clock.

        The second post of one form (`once`) answers the customer of the first.
        """
        numbers = masked_list(phone for phone, _label in phones)
        entry = {
            "source_call": call,
            "created_by": by,
            "changed_by": by,
            "created_at": at,
            "numbers": numbers,
        }
        with history.reason(by=by):
            customer, is_new = cls.objects.get_or_create(once=once or uuid4(), defaults={**fields, **entry})
        if not is_new:
            return customer
        for phone, label in phones:
            customer.add_phone(phone, label=label)
        if call is not None:
            call.customer_registered(customer, by=by, at=at)
        customer.announce("created", by=by, at=at)
        return customer

    @transaction.atomic
    def use_for(self, call: "Call", *, by: User, at: datetime) -> Self:
        """The caller was registered already: link the call to this customer, which stops its clock."""
        customer = self._locked()
        call.customer_registered(customer, by=by, at=at)
        return customer

    @transaction.atomic
    def correct(
        self,
        *,
        fields: Mapping[str, Any],
        phones: Sequence[PhoneChange] = (),
        expected_version: int,
        by: User,
        at: datetime,
    ) -> Self:
        """Change what is on record (更正), unless somebody else did since `expected_version` was read."""
        customer = self._locked()
        if customer.version != expected_version:
            raise Refused(
                _("%(name)s has changed this customer since you opened it. Look, then save yours again.")
                % {"name": customer.changed_by or _("Somebody")}
            )
        for change in phones:
            change.apply(customer)
        fields = {**fields, "numbers": masked_list(customer.phones.all())}
        changed = [name for name, value in fields.items() if getattr(customer, name) != value]
        for name in changed:
            setattr(customer, name, fields[name])
        if changed:
            customer.save_change(*changed, by=by)
            customer.announce("corrected", by=by, at=at)
        return customer

    @transaction.atomic
    def merge_into(
        self,
        target: Self,
        *,
        take_over: Mapping[str, Any] | None = None,
        reason: str,
        by: User,
        at: datetime,
    ) -> CustomerMerge:
        """Two entries of one customer (合并): `target` stays, with this one's calls and phones."""
        pair = Customer.objects.in_bulk_locked([self.pk, target.pk])
        if len(pair) < 2:
            raise Refused(_("Choose another customer: nobody is merged with himself."))
        for customer in pair.values():
            customer._must_be_live()
        source, target = pair[self.pk], pair[target.pk]
        with history.reason(_given(reason), by=by):
            merge = CustomerMerge.carry_out(
                source, target, take_over=take_over or {}, reason=_given(reason), by=by, at=at
            )
        target.announce("merged", by=by, at=at)
        return merge

    @transaction.atomic
    def withdraw(self, *, reason: str, by: User, at: datetime) -> Self:
        """Take a wrong entry out of the register (撤销); its calls stay."""
        customer = self._locked()
        customer.withdrawn_at = at
        with history.reason(_given(reason), by=by):
            customer.save_change("withdrawn_at", by=by)
        customer.announce("withdrawn", by=by, at=at)
        return customer

    @transaction.atomic
    def anonymise(self, *, reason: str, by: User, at: datetime) -> Self:
        """Wipe who it was (匿名化), here and in the entries merged into it; the calls go on counting."""
        customer = Customer.objects.in_bulk_locked([self.pk])[self.pk]
        if customer.anonymised_at:
            raise Refused(_("This customer is anonymised already."))
        for merged in customer.merged_from.filter(anonymised_at=None):
            merged.anonymise(reason=reason, by=by, at=at)
        with history.reason(_given(reason), by=by):
            customer._wipe(by=by, at=at)
        customer.announce("anonymised", by=by, at=at)
        return customer

    def reveal_numbers(self, *, by: User) -> list[CustomerPhone]:
        """The whole numbers, for whom they are meant; the look is recorded (查看电话)."""
        if not self.numbers_seen_by(by):
            raise PermissionDenied
        record_look(self, by, gettext_noop("phone numbers"))
        return list(self.phones.all())

    def numbers_seen_by(self, user: User) -> bool:
        """The desk sees whole numbers, and the account manager those of the own customers."""
        return user.has_perm("reception.view_number") or self.owner_id == user.pk

    @property
    def whole_numbers(self) -> str:
        """All numbers unmasked, in one line, for an export."""
        return "、".join(phone.shown for phone in self.phones.all())

    def add_phone(self, phone: Phone, *, label: str = "") -> CustomerPhone:
        """Put a number on record, once: a number the customer has already is returned as it is."""
        known = self.phones.filter(digest=digest(phone.number), extension=phone.extension).first()
        return known or self.phones.create(number=phone.number, extension=phone.extension, label=label)

    def save_change(self, *fields: str, by: User | None) -> None:
        """Save a verb's change as a new version."""
        self.version += 1
        self.changed_by = by
        self.save(update_fields=[*fields, "version", "changed_by"])

    def _wipe(self, *, by: User, at: datetime) -> None:
        for name in ("name", "company", "title", "email", "notes", "numbers"):
            setattr(self, name, "")
        self.anonymised_at = at
        self.version += 1
        self.changed_by = by
        self.save()
        retention.forget(self)

    def _locked(self) -> Self:
        customer = Customer.objects.in_bulk_locked([self.pk])[self.pk]
        customer._must_be_live()
        return customer

    def _must_be_live(self) -> None:
        if not self.is_live:
            raise Refused(_("This customer is not in the register any more."))

    def announce(self, event: str, *, by: User | None, at: datetime) -> None:
        """Say upwards and outwards what happened, inside the transaction."""
        customer_saved.send(sender=Customer, customer=self, event=event, by=by, at=at)


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Give a reason."))
    return reason.strip()[:200]
