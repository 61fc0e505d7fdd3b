"""The columns of a list of items as offices head them, and how each cell is understood."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organization.columns import CLEAR, normal
from organization.models import Place
from pages.cleaning import no_control_characters, tidy
from pages.exports import FORMULA_STARTS
from pages.money import CENT

from ..models import Category, Item
from ..models.item import MOST


class Column(NamedTuple):
    """A column: the item's field, its name on screen, the headers that mean it; the first is ours."""

    field: str
    label: Any
    headers: tuple[str, ...]
    clearable: bool = False


COLUMNS = [
    Column(
        "code", gettext_lazy("Item number"), ("物品编码", "物品编号", "编码", "编号", "item number", "code")
    ),
    Column("name", pgettext_lazy("goods", "Name"), ("名称", "物品名称", "品名", "name")),
    Column(
        "specification", gettext_lazy("Specification"), ("规格", "规格型号", "型号", "specification"), True
    ),
    Column("kind", pgettext_lazy("goods", "Kind"), ("类别", "物品类别", "类型", "kind")),
    Column("category", gettext_lazy("Category"), ("品类", "分类", "category")),
    Column("unit", pgettext_lazy("of measure", "Unit"), ("单位", "计量单位", "unit")),
    Column("minimum", gettext_lazy("Minimum stock"), ("最低库存", "安全库存", "最低", "minimum stock")),
    Column(
        "target",
        gettext_lazy("Stock to fill up to"),
        ("目标库存", "补足到", "最高库存", "stock to fill up to"),
    ),
    Column(
        "place", gettext_lazy("Usual place"), ("存放地点", "地点", "库房", "仓库", "usual place", "place")
    ),
    Column("shelf", gettext_lazy("Shelf"), ("货架", "货位", "货架号", "shelf"), True),
    Column("barcode", gettext_lazy("Barcode"), ("条码", "条形码", "barcode"), True),
    Column("requestable", gettext_lazy("May be asked for"), ("可申领", "可领用", "may be asked for")),
    Column("reorders", gettext_lazy("Bought again by itself"), ("自动补货", "bought again by itself")),
    Column("active", pgettext_lazy("goods", "In use"), ("在用", "启用", "in use")),
    Column("remark", gettext_lazy("Remark"), ("备注", "说明", "remark"), True),
    Column("opening", gettext_lazy("Opening stock"), ("期初数量", "期初库存", "opening stock")),
    Column("opening_amount", gettext_lazy("Opening amount"), ("期初金额", "opening amount")),
]
REQUIRED = ("code", "name")
NEEDED_WHEN_NEW = ("code", "name", "category", "unit", "place")
OPENING = ("opening", "opening_amount")
HEADERS = {normal(header): column for column in COLUMNS for header in column.headers}
#: Columns of our own export that say what is, not what is wanted.
TOLD = {normal(header) for header in ("现有库存", "库存金额", "on hand", "worth")}

YES_NO = {
    **dict.fromkeys(("是", "1", "yes", "y", "true", "√", "在用"), True),
    **dict.fromkeys(("否", "0", "no", "n", "false", "×", "停用"), False),
}
KINDS = {
    **{normal(kind.value): kind.value for kind in Item.Kind},
    **dict.fromkeys((normal("办公用品"), normal("office supply")), Item.Kind.OFFICE_SUPPLY.value),
    **dict.fromkeys(
        (normal("低值易耗品"), normal("易耗品"), normal("low-value consumable")), Item.Kind.CONSUMABLE.value
    ),
    **dict.fromkeys(
        (normal("接待用品"), normal("招待用品"), normal("reception supply")), Item.Kind.RECEPTION_SUPPLY.value
    ),
    **dict.fromkeys((normal("备件"), normal("备品备件"), normal("spare part")), Item.Kind.SPARE_PART.value),
}


class Known:
    """What the office knows already, read once: items, barcodes, categories, places by every name."""

    def __init__(self) -> None:
        self.items = {item.code: item for item in Item.objects.select_related("category", "place").order_by()}
        self.barcodes = {item.barcode: item.code for item in self.items.values() if item.barcode}
        categories = list(Category.objects.all())
        self.categories = {normal(word): one for one in categories for word in (one.code, one.name)}
        self.places = places_by_name()
        self.understood: dict[tuple[str, str], Any] = {}

    def understand(self, column: Column, text: str) -> Any:
        """The value of a cell; what stands in many rows is understood once. Raises ValidationError."""
        key = (column.field, text)
        if key not in self.understood:
            try:
                self.understood[key] = _understood(column, text, self)
            except ValidationError as error:
                self.understood[key] = error
        found = self.understood[key]
        if isinstance(found, ValidationError):
            raise found
        return found


def places_by_name() -> dict[str, list[Place]]:
    """Every way to name a place, "库房" as well as "18层/行政区/库房", with the places it may mean."""
    places = {place.pk: place for place in Place.objects.all()}
    names: dict[str, list[Place]] = {}
    for place in places.values():
        path, current, seen = "", place, set()
        while current and current.pk not in seen:
            seen.add(current.pk)
            path = f"{current.name}/{path}" if path else current.name
            names.setdefault(normal(path), []).append(place)
            current = places.get(current.parent_id)
    return names


def _understood(column: Column, text: str, known: Known) -> Any:
    if text.startswith("="):
        raise ValidationError(_("This is a formula. Paste the value instead."))
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        text = text[1:]  # our own export put it there, so that no spreadsheet computes the text
    text = tidy(text)
    no_control_characters(text)
    if text in CLEAR and column.clearable:
        return None if column.field == "barcode" else ""
    reading = READINGS.get(column.field)
    return reading(text, known) if reading else _text(column.field, text)


def _text(field: str, text: str) -> str:
    most = Item._meta.get_field(field).max_length
    if len(text) > most:
        raise ValidationError(_("At most %(most)d characters.") % {"most": most})
    return text


def _category(text: str, known: Known) -> Category:
    found = known.categories.get(normal(text))
    if found is None:
        raise ValidationError(_("There is no category “%(name)s”.") % {"name": text})
    return found


def _place(text: str, known: Known) -> Place:
    found = known.places.get(normal(text), [])
    if not found:
        raise ValidationError(_("There is no place “%(name)s”.") % {"name": text})
    if len(found) > 1:
        raise ValidationError(_("“%(name)s” may be several places; write floor/room.") % {"name": text})
    return found[0]


def _kind(text: str, known: Known) -> str:
    found = KINDS.get(normal(text))
    if found is None:
        raise ValidationError(
            _("“%(text)s” is no kind; write 办公用品, 低值易耗品, 接待用品 or 备件.") % {"text": text}
        )
    return found


def _yes_no(text: str, known: Known) -> bool:
    found = YES_NO.get(normal(text))
    if found is None:
        raise ValidationError(_("Write 是 (yes) or 否 (no)."))
    return found


def _number(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("¥", "").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text})
    if number < 0:
        raise ValidationError(_("This must not be negative."))
    return number


def _whole(text: str, known: Known) -> int:
    number = _number(text)
    if number != number.to_integral_value():
        raise ValidationError(_("Only whole numbers are counted."))
    if number > MOST:
        raise ValidationError(_("At most %(most)d.") % {"most": MOST})
    return int(number)


def _money(text: str, known: Known) -> Decimal:
    number = _number(text)
    if number > 9_999_999_999:
        raise ValidationError(_("This amount is too large."))
    if number != number.quantize(CENT):
        raise ValidationError(_("An amount has at most two decimals."))
    return number.quantize(CENT)


READINGS: dict[str, Callable[[str, Known], Any]] = {
    "category": _category,
    "place": _place,
    "kind": _kind,
    "minimum": _whole,
    "target": _whole,
    "opening": _whole,
    "opening_amount": _money,
    "requestable": _yes_no,
    "reorders": _yes_no,
    "active": _yes_no,
}
