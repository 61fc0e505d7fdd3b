"""Finding a customer while the phone rings: by the end of a number, part of a name, or initials."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from organization.models import User
from pages import phones
from pages.looks import record_look
from pages.phones import Phone

from . import duplicates
from .duplicates import Likeness, Reason

if TYPE_CHECKING:
    from .models import Customer, CustomerPhone

MOST_SHOWN = 10
MOST_COLLEAGUES = 3
MOST_COMPARED = 300
"""So many candidates are compared in Python; the surest come first, so nothing sure is cut off."""

NUMBER_SIGNS = re.compile(r"[\d\s()（）+\-/.]+")


class Match(models.IntegerChoices):
    """How a customer was found; the lower, the nearer."""

    NUMBER = 1, _("number")
    TAIL = 2, _("end of number")
    NAME = 3, pgettext_lazy("person", "name")
    COMPANY = 4, _("company")
    INITIALS = 5, _("pinyin initials")


class Duplicate(NamedTuple):
    """Somebody in the register who may be the newcomer, and why, surest reason first."""

    customer: "Customer"
    reasons: list[Reason]

    @property
    def weight(self) -> int:
        """A surer reason outweighs all weaker ones together."""
        return sum(2**reason for reason in self.reasons)

    @property
    def is_likely(self) -> bool:
        """More than a colleague of the same company."""
        return duplicates.is_same_person_likely(self.reasons)

    @property
    def has_same_number(self) -> bool:
        return Reason.SAME_NUMBER in self.reasons


class CustomerQuerySet(models.QuerySet):
    """Reads of the register (客户登记)."""

    def live(self) -> "CustomerQuerySet":
        """In the register: neither merged, withdrawn nor anonymised."""
        return self.filter(merged_into=None, withdrawn_at=None, anonymised_at=None)

    def in_bulk_locked(self, ids: Iterable[int]) -> "dict[int, Customer]":
        """The customers by id, locked in the order of ids, so that two merges never wait for each other."""
        return {
            customer.pk: customer
            for customer in self.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        }

    def visible_to(self, user: User) -> "CustomerQuerySet":
        """All with the right to view customers; else one's own and, for a head, the department's."""
        if user.has_perm("reception.view_customer"):
            return self
        headed = Q(owner__department__head=user) | Q(owner__department__parent__head=user)
        return self.filter(Q(owner=user) | headed)

    def known_by(self, text: str) -> "list[Customer]":
        """The live customers somebody may mean by `text`, nearest first, at most ten, in two queries.

        Each has `match` (how it was found) and `shown_phone` (the number to show, or None).
        """
        text = _typed(text)
        found = _phones_ending_with(text) if len(_digits(text)) >= 3 else {}
        if not text or (len(text) < 2 and text.isascii()):
            return []
        query = self.live().select_related("owner", "product", "region")
        customers = list(query._ranked(text, found).order_by("match", "-updated_at", "-pk")[:MOST_SHOWN])
        _attach_phones(customers, found)
        return customers

    def possible_duplicates(
        self,
        *,
        name: str = "",
        company: str = "",
        numbers: Iterable[Phone] = (),
        besides: int | None = None,
    ) -> list[Duplicate]:
        """Live customers, but for `besides` (id), who may be the one described; surest first, ten."""
        new = Likeness(name, company, frozenset(phones.digest(phone.number) for phone in numbers))
        known = self.live().exclude(pk=besides).select_related("owner").prefetch_related("phones")
        found = [Duplicate(one, duplicates.reasons(new, one.likeness)) for one in known._alike(new)]
        sure = sorted((one for one in found if one.is_likely), key=lambda one: -one.weight)
        colleagues = [one for one in found if one.reasons and not one.is_likely]
        return [*sure, *colleagues[:MOST_COLLEAGUES]][:MOST_SHOWN]

    def duplicates_of(self, customer: "Customer") -> list[Duplicate]:
        """Other entries that may be the same customer as one on record."""
        numbers = [Phone(phone.number, phone.extension) for phone in customer.phones.all()]
        named = {"name": customer.name, "company": customer.company}
        return self.possible_duplicates(**named, numbers=numbers, besides=customer.pk)

    def record_export(self, *, by: User) -> None:
        """Taking the list along is looking at all of it: the history of the person says so."""
        record_look(by, by, gettext_noop("export of %(count)d customers"), count=self.count())

    def containing(self, text: str) -> "CustomerQuerySet":
        """For the list page: name, company, initials, or at least three digits of a number's end."""
        text = _typed(text)
        by_text = Q(name__icontains=text) | Q(company__icontains=text) | _initials_start_with(text)
        if len(_digits(text)) >= 3:
            by_text |= Q(pk__in=list(_phones_ending_with(text)))
        return self.filter(by_text)

    def _ranked(self, text: str, found: "dict[int, CustomerPhone]") -> "CustomerQuerySet":
        exact = [pk for pk, phone in found.items() if phone.is_exact]
        ways = {
            Match.NUMBER: Q(pk__in=exact),
            Match.TAIL: Q(pk__in=list(found)),
            Match.NAME: Q(name__istartswith=text),
            Match.COMPANY: Q(company__icontains=text) | Q(name__icontains=text),
            Match.INITIALS: _initials_start_with(text),
        }
        rank = Case(
            *(When(way, then=Value(match)) for match, way in ways.items()), output_field=IntegerField()
        )
        by_number = len(_digits(text)) >= 4 and found
        return self.annotate(match=rank).filter(
            Q(pk__in=list(found)) if by_number else Q(match__isnull=False)
        )

    def _alike(self, new: Likeness) -> "CustomerQuerySet":
        sure, maybe = Q(pk__in=_owners_of(new.digests)), Q(pk=None)
        if sound := duplicates.sound(new.name):
            sure |= Q(sound=sound)
            maybe |= Q(sound__startswith=sound[:6])
        if key := duplicates.company_key(new.company):
            sure |= Q(company_key=key)
            maybe |= Q(company_key__startswith=key[:2])
        surest_first = Case(When(sure, then=Value(0)), default=Value(1), output_field=IntegerField())
        alike = self.filter(sure | maybe).annotate(distance=surest_first)
        return alike.order_by("distance", "-pk")[:MOST_COMPARED]


def _typed(text: str) -> str:
    """What was meant: full-width digits are digits, and what cannot be seen was not typed."""
    plain = unicodedata.normalize("NFKC", text[:80])
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C").strip()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text) if NUMBER_SIGNS.fullmatch(text) else ""


def _initials_start_with(text: str) -> Q:
    letters = text.lower()
    if not re.fullmatch(r"[a-z0-9]{2,}", letters):
        return Q(pk=None)
    return Q(initials__startswith=letters) | Q(initials__contains=f" {letters}")


def _phones_ending_with(text: str) -> "dict[int, CustomerPhone]":
    """Customer id -> the phone that ends with these digits; a whole number, in any notation, is exact."""
    from .models import CustomerPhone

    digits, digest = _digits(text), _digest_of(text)
    by_tail = Q(tail=digits[-4:]) if len(digits) >= 4 else Q(tail__endswith=digits)
    found: dict[int, CustomerPhone] = {}
    for phone in CustomerPhone.objects.filter(by_tail | Q(digest=digest)).order_by("-pk")[:MOST_COMPARED]:
        phone.is_exact = phone.digest == digest
        if phone.is_exact or (phone.number.endswith(digits) and phone.customer_id not in found):
            found[phone.customer_id] = phone
    return found


def _owners_of(digests: Iterable[str]) -> list[int]:
    """Whose numbers these are; asked on its own, so that the indexes on names serve the rest."""
    from .models import CustomerPhone

    known = CustomerPhone.objects.order_by().filter(digest__in=digests)
    return list(known.values_list("customer_id", flat=True).distinct()) if digests else []


def _digest_of(text: str) -> str:
    try:
        return phones.digest(phones.parse(text).number)
    except ValidationError:
        return ""


def _attach_phones(customers: "list[Customer]", found: "dict[int, CustomerPhone]") -> None:
    from .models import CustomerPhone

    missing: dict[int, CustomerPhone] = defaultdict(lambda: None)
    if not found:
        for phone in CustomerPhone.objects.filter(customer__in=customers).order_by("-pk"):
            missing[phone.customer_id] = phone
    for customer in customers:
        customer.shown_phone = found.get(customer.pk) or missing[customer.pk]
