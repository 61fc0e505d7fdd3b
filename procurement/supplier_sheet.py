"""The columns of a list of suppliers (供应商名册) as offices head them, and how each cell is understood."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organization.columns import normal
from pages import phones
from pages.cleaning import no_control_characters, tidy
from supplies.models import Category

from . import credit_code
from .models import Supplier
from .models.contact import kept_as

MOST_DAYS = 365


class Column(NamedTuple):
    """A column: our field, its name on screen, the headers that mean it; the first is ours."""

    field: str
    label: Any
    headers: tuple[str, ...]
    most: int = 300


COLUMNS = [
    Column("name", pgettext_lazy("company", "Name"), ("供应商名称", "名称", "供应商", "supplier"), 120),
    Column("tax_number", gettext_lazy("Credit code"),
           ("统一社会信用代码", "信用代码", "税号", "credit code"), 40),
    Column("categories", gettext_lazy("Categories"), ("供货品类", "品类", "类别", "categories")),
    Column("address", gettext_lazy("Address"), ("地址", "address"), 200),
    Column("since", gettext_lazy("Supplier since"), ("合作起始日", "合作日期", "since")),
    Column("payment_days", gettext_lazy("Days for payment"), ("付款天数", "账期", "payment days")),
    Column("bank_account", gettext_lazy("Bank and account"), ("开户行及账号", "银行账号"), 200),
    Column("contact", pgettext_lazy("supplier", "Contact"), ("联系人", "contact"), 60),
    Column("phone", gettext_lazy("Phone"), ("联系电话", "电话", "手机", "phone"), 60),
    Column("email", gettext_lazy("E-mail"), ("邮箱", "电子邮箱", "email", "e-mail"), 254),
    Column("remark", gettext_lazy("Remark"), ("备注", "remark"), 300),
]  # fmt: skip
HEADERS = {normal(header): column for column in COLUMNS for header in column.headers}
OF_CONTACT = ("contact", "phone", "email")
SECRET = {"bank_account": lambda text: f"****{text[-4:]}", "phone": lambda text: phones.mask(str(text))}


class Known:
    """What the register knows already, read once."""

    def __init__(self, today: date):
        self.today = today
        suppliers = list(Supplier.objects.prefetch_related("categories", "contacts"))
        self.by_name = {normal(one.name): one for one in suppliers}
        self.by_code = {one.tax_number: one for one in suppliers if one.tax_number}
        categories = Category.objects.filter(active=True)
        self.categories = {normal(word): one for one in categories for word in (one.name, one.code)}


def understood(column: Column, text: str, known: Known) -> Any:
    """The value a cell stands for. Raises ValidationError with a sentence."""
    if text.startswith("="):
        raise ValidationError(_("This is a formula. Paste the value instead."))
    text = tidy(text)
    no_control_characters(text)
    if len(text) > column.most:
        raise ValidationError(_("At most %(most)d characters.") % {"most": column.most})
    reading = _READINGS.get(column.field)
    return reading(text, known) if reading else text


def _code(text: str, known: Known) -> str:
    code = credit_code.tidy(text)
    credit_code.validate(code)
    return code


def _categories(text: str, known: Known) -> list[Category]:
    for sign in ",，;；/|":
        text = text.replace(sign, "、")
    found = []
    for word in filter(None, (part.strip() for part in text.split("、"))):
        if (category := known.categories.get(normal(word))) is None:
            raise ValidationError(_("There is no category “%(name)s”.") % {"name": word})
        found.append(category)
    return found


def _since(text: str, known: Known) -> date:
    day = text.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").replace("日", "")
    parts = day.split("-")
    try:
        found = parse_date("-".join([parts[0], *(part.zfill(2) for part in parts[1:])]))
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("“%(text)s” is no day; write it like 2026-11-23.") % {"text": text})
    if found > known.today:
        raise ValidationError(_("This day has not come yet."))
    return found


def _days(text: str, known: Known) -> int:
    digits = text.removesuffix("天")
    if not (digits.isascii() and digits.isdecimal() and int(digits) <= MOST_DAYS):
        raise ValidationError(_("Days for payment are a whole number up to %(most)d.") % {"most": MOST_DAYS})
    return int(digits)


def _phone(text: str, known: Known) -> str | None:
    return kept_as(phones.parse(text))


def _email(text: str, known: Known) -> str:
    validate_email(text)
    return text


_READINGS: dict[str, Callable[[str, Known], Any]] = {
    "tax_number": _code,
    "categories": _categories,
    "since": _since,
    "payment_days": _days,
    "phone": _phone,
    "email": _email,
}
