"""Customers out of an old list (客户名册), XLSX or CSV, with the headers offices use; may be repeated."""

import re
import unicodedata
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from import_export import fields, resources, widgets

from organization.person_field import PersonField
from pages import phones
from pages.cleaning import no_control_characters, tidy
from pages.clock import now
from pages.phones import Phone

from .models import Customer, Product, Region
from .models.customer_phone import PhoneChange, masked_list

HEADERS = {
    "name": (pgettext_lazy("person", "Name"), "姓名", "客户", "客户姓名", "联系人", "name"),
    "company": (gettext_lazy("Company"), "单位", "公司", "单位名称", "公司名称", "客户单位", "company"),
    "title": (gettext_lazy("Job title"), "职务", "职位", "title", "jobtitle"),
    "numbers": (gettext_lazy("Phones"), "电话", "联系电话", "手机", "手机号", "phone", "phones"),
    "email": (gettext_lazy("E-mail"), "邮箱", "电子邮箱", "email"),
    "product": (gettext_lazy("Product"), "产品", "意向产品", "product"),
    "region": (gettext_lazy("Region"), "区域", "地区", "region"),
    "owner": (gettext_lazy("Account manager"), "归属人", "客户经理", "负责人", "owner"),
    "notes": (gettext_lazy("Notes"), "备注", "notes"),
}
BETWEEN_NUMBERS = re.compile(r"[、;；\n]|,(?=\s*[+\d(（])")


class Text(widgets.Widget):
    """A cell of text, cleaned as everything that is typed."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = tidy(str(value))
        no_control_characters(text)
        return text


class Numbers(widgets.Widget):
    """Several numbers in one cell, in any notation."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[Phone]:
        text = str(int(value)) if isinstance(value, float) else str(value)
        return [phones.parse(part) for part in BETWEEN_NUMBERS.split(text) if part.strip()]

    def render(self, value: list[Phone] | None, obj: Any = None, **kwargs: Any) -> str:
        """Masked, in the preview as everywhere."""
        return masked_list(value or [])


class Named(widgets.Widget):
    """One of the products or regions the desk offers."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__()
        self.model = model

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Model:
        found = self.model.objects.filter(name=tidy(str(value))).first()
        if found is None:
            raise ValidationError(
                _("“%(name)s” is not in the list. Add it in the settings.") % {"name": value}
            )
        return found


class Person(widgets.Widget):
    """A colleague by name, staff number or extension."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Model:
        return PersonField().clean(str(value))


class CustomerResource(resources.ModelResource):
    """A row is a customer; one of the same name and number, or name and company, is brought up to date."""

    name = fields.Field("name", widget=Text())
    company = fields.Field("company", widget=Text())
    title = fields.Field("title", widget=Text())
    numbers = fields.Field("given_phones", widget=Numbers())
    email = fields.Field("email", widget=Text())
    product = fields.Field("product", widget=Named(Product))
    region = fields.Field("region", widget=Named(Region))
    owner = fields.Field("owner", widget=Person())
    notes = fields.Field("notes", widget=Text())

    class Meta:
        model = Customer
        name = gettext_lazy("customers")
        fields = tuple(HEADERS)
        import_id_fields = ()
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = deepcopy(self.fields)
        for name, field in self.fields.items():
            field.column_name = str(HEADERS[name][0])

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read the headers in whatever words the list has them."""
        meant = {_plain(str(header)): name for name, headers in HEADERS.items() for header in headers}
        found = [meant.get(_plain(str(header or "")), header) for header in dataset.headers or []]
        if "name" not in found:
            raise ValidationError(_("There is no column “%(name)s”.") % {"name": HEADERS["name"][0]})
        dataset.headers = [self.fields[name].column_name if name in HEADERS else name for name in found]

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Customer | None:
        """The entry the row is about, if there is one."""
        given = {name: self._cell(row, name) for name in ("name", "company", "numbers")}
        namesakes = Customer.objects.live().filter(name=tidy(given["name"]))
        try:
            digests = [phones.digest(phone.number) for phone in Numbers().clean(given["numbers"])]
        except ValidationError:
            digests = []
        by_number = namesakes.filter(phones__digest__in=digests).first()
        return by_number or namesakes.filter(company=tidy(given["company"])).first()

    def import_field(
        self, field: fields.Field, instance: Customer, row: dict[str, Any], *args, **kwargs
    ) -> None:
        """An empty cell says nothing: what is on record stays. What is wrong is said of its column."""
        if not str(row.get(field.column_name) or "").strip():
            return
        try:
            super().import_field(field, instance, row, *args, **kwargs)
        except ValidationError as mistake:
            raise ValueError(" ".join(mistake.messages)) from mistake

    def skip_row(self, instance: Customer, original: Customer | None, row: Any, errors: Any = None) -> bool:
        """Nothing new in it: the second import of the same list changes nothing."""
        if errors or instance.pk is None:
            return False
        known = set(instance.phones.values_list("digest", "extension"))
        new = {(phones.digest(phone.number), phone.extension) for phone in _given(instance)} - known
        return not new and all(
            getattr(instance, name) == getattr(original, name) for name in Customer.EDITABLE
        )

    def save_instance(self, instance: Customer, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Through the verbs of the register, so that history and announcements are the same."""
        given = {name: getattr(instance, name) for name in Customer.EDITABLE}
        author = {"by": kwargs.get("user"), "at": now()}
        if is_create:
            numbers = [(phone, "") for phone in _given(instance)]
            instance.pk = Customer.register(fields=given, phones=numbers, **author).pk
        else:
            lines = [PhoneChange(phone=phone) for phone in _given(instance)]
            instance.correct(fields=given, phones=lines, expected_version=instance.version, **author)

    def _cell(self, row: dict[str, Any], name: str) -> str:
        return str(row.get(self.fields[name].column_name) or "")


def _given(customer: Customer) -> list[Phone]:
    return getattr(customer, "given_phones", [])


def _plain(header: str) -> str:
    return re.sub(r"[\s*:_-]", "", unicodedata.normalize("NFKC", header)).casefold()
