"""What is typed about a supplier: the entry, its contacts, its papers, and reasons."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.forms import DayInput
from pages import phones
from pages.cleaning import CleanForm, CleanModelForm
from pages.clock import now
from pages.once import OnceField
from pages.uploads import CheckedFileField
from sla.models.figure import local_day
from supplies.models import Category

from .. import credit_code
from ..models import Contact, Paper, Supplier
from ..models.contact import kept_as
from ..supplier_querysets import similar

CLEAR = ("-", "—", "无")


class PhoneField(forms.CharField):
    """A number in any usual notation; gives it as the database keeps it, or None."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"required": False, "max_length": phones.MOST_CHARACTERS, **kwargs})

    def clean(self, value: Any) -> str | None:
        text = super().clean(value).strip()
        return kept_as(phones.parse(text)) if text else None


class SupplierForm(CleanModelForm):
    """An entry of the register, new or to be corrected; a newcomer may bring the first contact along."""

    tax_number = forms.CharField(
        label=_("unified social credit code"),
        max_length=40,
        required=False,
        help_text=_("18 characters, as on the licence; spaces do not matter."),
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("categories of goods"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one category that the supplier supplies.")},
    )
    since = forms.DateField(label=_("supplier since"), widget=DayInput())
    bank_account = forms.CharField(label=_("bank and account"), max_length=200, required=False)
    contact_name = forms.CharField(label=pgettext_lazy("supplier", "Contact"), max_length=60, required=False)
    contact_phone = PhoneField(label=_("phone"))
    once = OnceField()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label=_("This is another company: register anyway"), required=False)

    class Meta:
        model = Supplier
        fields = Supplier.EDITABLE

    def __init__(self, *args: Any, by: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.similar: list[Supplier] = []
        self.is_new = self.instance.pk is None
        self.fields["categories"].queryset = self._choosable()
        if self.is_new:
            self.initial["since"] = local_day(now())
            self.fields["name"].widget.attrs["autofocus"] = True
        else:
            self.initial |= {"version": self.instance.version, "bank_account": ""}
            del self.fields["contact_name"], self.fields["contact_phone"], self.fields["anyway"]
            self._hide_account()
        if not by.has_perm("procurement.view_bank_account"):
            del self.fields["bank_account"]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self._others().filter(name__iexact=name).exists():
            raise ValidationError(_("There is a supplier of this name already."), code="unique")
        return name

    def clean_tax_number(self) -> str:
        code = credit_code.tidy(self.cleaned_data["tax_number"])
        if not code:
            return ""
        credit_code.validate(code)
        if known := self._others().filter(tax_number=code).first():
            raise ValidationError(
                _("This is the credit code of %(name)s."), code="unique", params={"name": known.name}
            )
        return code

    def clean_since(self) -> date:
        since = self.cleaned_data["since"]
        if since > local_day(now()):
            raise ValidationError(_("This day has not come yet."), code="future")
        return since

    def clean_bank_account(self) -> str | None:
        """Left empty it stays; a dash clears it."""
        account = self.cleaned_data["bank_account"]
        if account in CLEAR:
            return None
        return account or self.instance.bank_account

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("contact_phone") and not cleaned.get("contact_name"):
            self.add_error("contact_name", _("Whose number is this?"))
        if self.is_new and cleaned.get("name"):
            self.similar = similar(cleaned["name"])
            if self.similar and not cleaned.get("anyway"):
                self.add_error("anyway", _("Companies of a similar name are in the register already."))
        return cleaned

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Supplier.EDITABLE if name in self.cleaned_data}

    @property
    def contact(self) -> dict[str, Any] | None:
        """The first contact of a newcomer, if one was named."""
        if not self.cleaned_data.get("contact_name"):
            return None
        number = self.cleaned_data["contact_phone"]
        return {"name": self.cleaned_data["contact_name"], "phone": number, "first": True}

    def _post_clean(self) -> None:
        """A supplier is changed by its verbs alone, under a lock; the instance stays as it was read."""

    def _choosable(self):
        """Categories in use, and those the supplier has already."""
        if self.is_new:
            return Category.objects.filter(active=True)
        own = self.instance.categories.values("pk")
        return Category.objects.filter(Q(active=True) | Q(pk__in=own))

    def _others(self):
        return Supplier.objects.exclude(pk=self.instance.pk)

    def _hide_account(self) -> None:
        field = self.fields["bank_account"]
        field.help_text = _("Left empty, it stays as it is; “-” clears it.")
        if self.instance.bank_account:
            field.widget.attrs["placeholder"] = f"****{self.instance.bank_account[-4:]}"


class ContactForm(CleanModelForm):
    """A person at the supplier; a number on record is shown masked and stays when the field is left empty."""

    phone = PhoneField(label=_("phone"))
    once = OnceField()

    class Meta:
        model = Contact
        fields = Contact.EDITABLE

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True
        if self.instance.phone:
            self.initial["phone"] = ""
            self.fields["phone"].widget.attrs["placeholder"] = self.instance.masked
            self.fields["phone"].help_text = _("Left empty, the number stays as it is.")

    def clean_phone(self) -> str | None:
        return self.cleaned_data["phone"] or self.instance.phone

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Contact.EDITABLE}

    def _post_clean(self) -> None:
        """Changed by its verbs alone."""


class PaperForm(CleanModelForm):
    """A contract or licence with its file; the days decide when somebody is reminded."""

    starts_on = forms.DateField(label=_("in force from"), widget=DayInput(), required=False)
    ends_on = forms.DateField(label=_("in force until"), widget=DayInput(), required=False)
    file = CheckedFileField(label=_("file"), required=False, help_text=_("PDF, office document or photo."))
    once = OnceField()

    class Meta:
        model = Paper
        fields = ("kind", "title", "number", "starts_on", "ends_on", "amount")

    def __init__(
        self, data: Mapping[str, Any] | None = None, files: Any = None, *, renews: Paper | None = None
    ):
        first = {}
        if renews is not None:
            first = {name: getattr(renews, name) for name in ("kind", "title", "number", "amount")}
            first["starts_on"] = renews.ends_on
        super().__init__(data, files, initial=first)
        self.fields["amount"].min_value = 0
        self.fields["amount"].widget.attrs["min"] = "0"

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount is not None and amount < 0:
            raise ValidationError(_("An amount is not negative."), code="negative")
        return amount

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReasonForm(CleanForm):
    """Why a supplier is suspended or ended with, or a paper withdrawn."""

    reason = forms.CharField(label=_("reason"), max_length=200)
