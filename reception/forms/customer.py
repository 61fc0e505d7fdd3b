"""What is typed about a customer: the entry itself with any number of phones, a merge, and reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organization.person_field import PersonField, spell
from pages import phones
from pages.cleaning import CleanForm, CleanModelForm
from pages.once import OnceField
from pages.phones import Phone

from ..lookups import Duplicate
from ..models import Call, Customer
from ..models.customer_phone import PhoneChange

MOST_PHONES = 10


class PhoneForm(CleanForm):
    """One line of the phones. A number on record is shown masked; left empty, it stays as it is."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(label=_("number"), max_length=60, required=False)
    label = forms.CharField(label=_("what for"), max_length=20, required=False)
    remove = forms.BooleanField(label=_("remove"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.masked = self.initial.get("masked", "")

    def clean_number(self) -> Phone | None:
        number = self.cleaned_data["number"]
        return phones.parse(number) if number.strip() else None

    @property
    def change(self) -> PhoneChange:
        """The line as a change of the customer's phones."""
        given = self.cleaned_data
        return PhoneChange(given.get("pk"), given.get("number"), given.get("label", ""), given.get("remove"))


PhoneFormSet = forms.formset_factory(PhoneForm, extra=1, max_num=MOST_PHONES, absolute_max=2 * MOST_PHONES)


class CustomerForm(CleanModelForm):
    """An entry of the register, new or to be corrected, with its phones in `form.phones`."""

    owner = PersonField(label=_("Account manager"))
    once = OnceField()
    anyway = forms.BooleanField(label=_("This is somebody else: register anyway"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Customer
        fields = Customer.EDITABLE
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instance: Customer | None = None,
        call: Call | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`call`: prefilled from it; `instance`: to be corrected."""
        self.call, self.conflict, self.duplicates = call, [], []
        first = {**_of_call(call), **_of_customer(instance), **(initial or {})}
        super().__init__(data, instance=instance, initial=first)
        lines = None if data is not None else self._known_phones()
        self.phones = PhoneFormSet(data, prefix="phones", initial=lines)
        if data is not None and self.instance.pk:
            self._remember_masks()
        self._offer_choices()
        self.fields["name"].widget.attrs["autofocus"] = True

    def is_valid(self) -> bool:
        """The entry and each of its phones."""
        return bool(super().is_valid() & self.phones.is_valid())

    def clean(self) -> dict[str, Any]:
        """A newcomer with a number that is on record needs a tick; a second editor is told of the first."""
        cleaned = super().clean()
        if self.instance.pk is None:
            self._must_be_somebody_else(cleaned)
        elif cleaned.get("version") != self.instance.version:
            self._tell_of_conflict()
        return cleaned

    def with_another_phone(self) -> "CustomerForm":
        """The same form, all that was typed kept, with one more empty line for a phone."""
        typed = {name: self.data.get(name) for name in self.fields if self.data.get(name) is not None}
        again = CustomerForm(instance=self.instance, call=self.call, initial=typed)
        lines = [_line(form) for form in self.phones]
        again.phones = PhoneFormSet(prefix="phones", initial=lines)
        again.phones[-1].is_fresh = True
        del again.fields["name"].widget.attrs["autofocus"]
        return again

    def already_alike(self) -> list[Duplicate]:
        """Who looks like the caller, before anything is typed."""
        if self.call is None or self.is_bound:
            return []
        number = [Phone(self.call.number, self.call.extension)] if self.call.number else []
        return possible_duplicates(self.call.caller_name, self.call.company, number)

    @property
    def fields_given(self) -> dict[str, Any]:
        """The entry's columns by name."""
        return {name: self.cleaned_data[name] for name in Customer.EDITABLE}

    @property
    def phone_changes(self) -> list[PhoneChange]:
        """Every line that says something."""
        changes = [form.change for form in self.phones]
        return [change for change in changes if change.pk or change.phone]

    @property
    def numbers(self) -> list[tuple[Phone, str]]:
        """The numbers of a newcomer, with what they are for."""
        return [(one.phone, one.label) for one in self.phone_changes if one.phone and not one.remove]

    def _known_phones(self) -> list[dict[str, Any]]:
        if self.instance.pk:
            known = self.instance.phones.all()
            return [{"pk": phone.pk, "masked": phone.masked, "label": phone.label} for phone in known]
        number = (
            phones.display(self.call.number, self.call.extension) if self.call and self.call.number else ""
        )
        return [{"number": number}] if number else []

    def _remember_masks(self) -> None:
        masks = {phone.pk: phone.masked for phone in self.instance.phones.all()}
        for form in self.phones:
            pk = form["pk"].value()
            form.masked = masks.get(int(pk)) if str(pk or "").isdecimal() else ""

    def _offer_choices(self) -> None:
        chosen = self.instance
        for name, choosable in (("product", chosen.product_id), ("region", chosen.region_id)):
            field = self.fields[name]
            field.empty_label = "—"
            field.queryset = field.queryset.in_use() | field.queryset.filter(pk=choosable)

    def _post_clean(self) -> None:
        """A customer is changed by its verbs alone, under a lock; the instance stays as it was read."""

    def _must_be_somebody_else(self, cleaned: dict[str, Any]) -> None:
        numbers = [phone for phone, _label in self.numbers] if self.phones.is_valid() else []
        self.duplicates = possible_duplicates(cleaned.get("name", ""), cleaned.get("company", ""), numbers)
        if same_number(self.duplicates) and not cleaned.get("anyway"):
            self.add_error(
                "anyway", _("This number is in the register already. Use that entry, or tick here.")
            )

    def _tell_of_conflict(self) -> None:
        """What is on record now, beside what this person typed; saving again then means it."""
        for name in Customer.EDITABLE:
            now, typed = getattr(self.instance, name), self.cleaned_data.get(name)
            if now != typed:
                self.conflict.append((self.fields[name].label, now or "—", typed or "—"))
        person = self.instance.changed_by or gettext("Somebody")
        self.add_error(
            None,
            gettext(
                "%(name)s has changed this customer since you opened it. Compare, then save to keep yours."
            )
            % {"name": person},
        )


def possible_duplicates(name: str, company: str, numbers: Iterable[Phone]) -> list[Duplicate]:
    """Who may be meant already; nothing is asked for nothing."""
    numbers = list(numbers)
    if not (name or company or numbers):
        return []
    return Customer.objects.possible_duplicates(name=name, company=company, numbers=numbers)


def same_number(found: Iterable[Duplicate]) -> str:
    """The entries with the same number, as one word: a tick against these is no tick against others."""
    return "-".join(str(one.customer.pk) for one in found if one.has_same_number)


class LikenessForm(CleanForm):
    """The half-typed new-customer form, of which only what can be compared is read."""

    name = forms.CharField(max_length=80, required=False)
    company = forms.CharField(max_length=160, required=False)

    def possible_duplicates(self) -> list[Duplicate]:
        """Who may be meant by what has been typed so far; lines that are no numbers yet are passed over."""
        self.full_clean()
        name, company = (self.cleaned_data.get(key, "") for key in ("name", "company"))
        return possible_duplicates(name, company, self._numbers())

    def _numbers(self) -> list[Phone]:
        found = []
        for line in range(MOST_PHONES):
            try:
                found.append(phones.parse(self.data[f"phones-{line}-number"]))
            except (KeyError, ValidationError):
                continue
        return found


class ReasonForm(CleanForm):
    """Why an entry goes, or a merge is made or undone."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class AnonymiseForm(ReasonForm):
    """Wiping cannot be undone, so it is asked twice."""

    certain = forms.BooleanField(label=_("I know that this cannot be undone"))


class MergeForm(ReasonForm):
    """Field by field: what the remaining entry keeps, and what it takes over from the other."""

    def __init__(self, *args: Any, source: Customer, target: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.target = source, target
        for name in Customer.EDITABLE:
            ours, theirs = getattr(target, name), getattr(source, name)
            if theirs and ours != theirs:
                self.fields[f"take_{name}"] = forms.ChoiceField(
                    label=Customer._meta.get_field(name).verbose_name,
                    choices=[("keep", ours or "—"), ("take", theirs)],
                    initial="keep" if ours else "take",
                    widget=forms.RadioSelect,
                )

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields in which the two differ."""
        return [self[name] for name in self.fields if name.startswith("take_")]

    @property
    def take_over(self) -> dict[str, Any]:
        """The values that the remaining entry takes from the other."""
        taken = (name for name in Customer.EDITABLE if self.cleaned_data.get(f"take_{name}") == "take")
        return {name: getattr(self.source, name) for name in taken}


def _of_call(call: Call | None) -> dict[str, Any]:
    """What the call says about the newcomer."""
    if call is None:
        return {}
    return {
        "name": call.caller_name,
        "company": call.company,
        "product": call.product_id,
        "region": call.region_id,
        "owner": spell(call.transferred_to) if call.transferred_to else "",
        "notes": call.purpose,
    }


def _of_customer(customer: Customer | None) -> dict[str, Any]:
    """What the form shows otherwise than the record keeps it."""
    if customer is None or customer.pk is None:
        return {}
    return {"owner": spell(customer.owner) if customer.owner else "", "version": customer.version}


def _line(form: PhoneForm) -> dict[str, Any]:
    return {**{name: form[name].value() for name in form.fields}, "masked": form.masked}
