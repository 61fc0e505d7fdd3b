"""The columns of a list of past purchases as offices head them, and how each cell is understood."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organization.columns import normal
from pages.cleaning import no_control_characters, tidy
from pages.clock import now
from pages.money import CENT
from pages.money import MOST as MOST_MONEY
from supplies.models import Category, Item
from supplies.models.item import MOST

from .models import Price, Supplier

DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?$")
EARLIEST = 2000


class Column(NamedTuple):
    """A column: what it says of a purchase, its name on screen, the headers that mean it."""

    field: str
    label: Any
    headers: tuple[str, ...]
    required: bool = False


COLUMNS = [
    Column(
        "day", pgettext_lazy("price", "Bought on"), ("采购日期", "日期", "购买日期", "bought on", "day"), True
    ),
    Column(
        "code", gettext_lazy("Item number"), ("物品编码", "物品编号", "编码", "编号", "item number", "code")
    ),
    Column("name", pgettext_lazy("goods", "Name"), ("名称", "物品名称", "品名", "商品名称", "name")),
    Column("specification", gettext_lazy("Specification"), ("规格", "规格型号", "型号", "specification")),
    Column("category", gettext_lazy("Category"), ("品类", "分类", "category")),
    Column("group", gettext_lazy("Kind"), ("类别", "类型", "kind")),
    Column("supplier", gettext_lazy("Supplier"), ("供应商", "供货商", "supplier")),
    Column("quantity", gettext_lazy("Quantity"), ("数量", "采购数量", "quantity"), True),
    Column(
        "unit_price", gettext_lazy("Unit price"), ("单价", "含税单价", "采购单价", "价格", "unit price"), True
    ),
    Column("reason", gettext_lazy("Why dearer"), ("偏高原因", "价格偏高原因", "原因", "why dearer")),
]
HEADERS = {
    normal(header): column.field for column in COLUMNS for header in (*column.headers, str(column.label))
}
GROUPS = {
    **{normal(text): group for group in Price.Group for text in (group.value,)},
    **{
        normal(text): group
        for group, texts in {
            Price.Group.OFFICE_SUPPLY: ("办公用品",),
            Price.Group.CONSUMABLE: ("低值易耗品", "易耗品"),
            Price.Group.RECEPTION_SUPPLY: ("接待用品",),
            Price.Group.SPARE_PART: ("备件", "备品备件"),
            Price.Group.ASSET: ("固定资产", "资产"),
            Price.Group.OTHER: ("其他", "其他采购", "服务"),
        }.items()
        for text in texts
    },
}


class Known:
    """What the office knows already, read once."""

    def __init__(self) -> None:
        items = list(Item.objects.select_related("category").order_by("pk"))
        self.items = {normal(item.code): item for item in items}
        self.by_name = {(normal(item.name), normal(item.specification)): item for item in reversed(items)}
        goods = list(Category.objects.all())
        self.categories = {normal(word): one for one in goods for word in (one.code, one.name)}
        self.suppliers = {normal(one.name): one for one in Supplier.objects.order_by("pk")}

    def named(self, name: str, specification: str) -> Item | None:
        return self.by_name.get((normal(name), normal(specification)))


def understand(column: Column, text: str, known: Known) -> Any:
    """The value a cell stands for. Raises ValidationError with a sentence."""
    text = tidy(text)
    if text.startswith("="):
        raise ValidationError(_("This is a formula. Paste the value instead."))
    no_control_characters(text)
    if not text and column.required:
        raise ValidationError(_("This is missing."))
    return _READINGS[column.field](text, known)


def _text(most: int) -> Callable[[str, Known], str]:
    def read(text: str, known: Known) -> str:
        if len(text) > most:
            raise ValidationError(_("At most %(most)d characters.") % {"most": most})
        return text

    return read


def _item(text: str, known: Known) -> Item | None:
    if text and normal(text) not in known.items:
        raise ValidationError(_("There is no item “%(code)s”.") % {"code": text})
    return known.items.get(normal(text)) if text else None


def _category(text: str, known: Known) -> Category | None:
    if text and normal(text) not in known.categories:
        raise ValidationError(_("There is no category “%(name)s”.") % {"name": text})
    return known.categories.get(normal(text)) if text else None


def _supplier(text: str, known: Known) -> Supplier | None:
    if text and normal(text) not in known.suppliers:
        raise ValidationError(
            _("There is no supplier “%(name)s”. Enter it first, or leave this empty.") % {"name": text}
        )
    return known.suppliers.get(normal(text)) if text else None


def _group(text: str, known: Known) -> str:
    if text and normal(text) not in GROUPS:
        raise ValidationError(_("“%(text)s” is no kind of goods.") % {"text": text})
    return GROUPS.get(normal(text), "")


def _day(text: str, known: Known) -> date:
    found = DAY.match(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("“%(text)s” is no day; write 2025-11-23.") % {"text": text})
    if day.year < EARLIEST or day > timezone.localdate(now()):
        raise ValidationError(_("A past purchase lies between 2000 and today."))
    return day


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.lstrip("¥￥ ").replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise ValidationError(_("“%(text)s” is no number.") % {"text": text}) from None


def _quantity(text: str, known: Known) -> int:
    number = _number(text)
    if not number.is_finite() or number != number.to_integral_value():
        raise ValidationError(_("Only whole numbers are counted."))
    if not 1 <= number <= MOST:
        raise ValidationError(_("From 1 to %(most)d.") % {"most": MOST})
    return int(number)


def _price(text: str, known: Known) -> Decimal:
    number = _number(text)
    if not number.is_finite() or not 0 <= number <= MOST_MONEY / MOST:
        raise ValidationError(_("This is no price."))
    if number != number.quantize(CENT):
        raise ValidationError(_("A price has two decimals at most."))
    return number.quantize(CENT)


_READINGS: dict[str, Callable[[str, Known], Any]] = {
    "day": _day,
    "code": _item,
    "name": _text(80),
    "specification": _text(200),
    "category": _category,
    "group": _group,
    "supplier": _supplier,
    "quantity": _quantity,
    "unit_price": _price,
    "reason": _text(200),
}
