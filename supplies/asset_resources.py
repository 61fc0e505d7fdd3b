"""Assets out of an old register and into a new one (资产清册), XLSX or CSV with Chinese headers."""

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from import_export import fields, resources, widgets

from organization.columns import normal
from organization.models import Department, Place, User
from organization.person_field import PersonField
from pages.cleaning import no_control_characters, tidy
from pages.clock import now
from pages.exports import FORMULA_STARTS
from pages.refusals import Refused

from .importing.columns import READINGS, places_by_name
from .models import Asset, Category

HEADERS = {
    "tag": (gettext_lazy("Asset tag"), "资产编号", "编号", "资产编码", "固定资产编号", "tag"),
    "name": (pgettext_lazy("goods", "Name"), "名称", "资产名称", "品名", "name"),
    "category": (gettext_lazy("Category"), "品类", "类别", "分类", "资产类别", "category"),
    "model": (gettext_lazy("Model and specification"), "规格型号", "型号", "规格", "model"),
    "serial": (gettext_lazy("Serial number"), "序列号", "出厂编号", "SN", "serial"),
    "custodian": (gettext_lazy("Custodian"), "保管人", "使用人", "责任人", "custodian"),
    "department": (gettext_lazy("Department"), "部门", "使用部门", "所属部门", "department"),
    "place": (gettext_lazy("Place"), "地点", "存放地点", "位置", "place"),
    "price": (pgettext_lazy("asset", "Price"), "价格", "原值", "购置价格", "金额", "price"),
    "residual": (gettext_lazy("Residual value"), "残值", "净残值", "预计净残值", "residual"),
    "useful_months": (
        gettext_lazy("Useful life in months"),
        "使用月数",
        "使用年限(月)",
        "折旧月数",
        "months",
    ),
    "bought_on": (gettext_lazy("Bought on"), "购置日期", "购入日期", "采购日期", "bought_on"),
    "in_use_on": (gettext_lazy("Put to use on"), "启用日期", "投入使用日期", "in_use_on"),
    "supplier": (gettext_lazy("Supplier"), "供应商", "supplier"),
    "warranty_until": (gettext_lazy("Warranty until"), "保修截止", "保修期至", "warranty"),
    "remark": (gettext_lazy("Remark"), "备注", "remark"),
}
NEEDED = ("name", "category", "department", "place", "price", "bought_on")
WAYS = ("department", "place")


class Known:
    """What cells may name, read once for a file."""

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {normal(word): one for one in Category.objects.all() for word in (one.code, one.name)}

    @cached_property
    def departments(self) -> dict[str, Department]:
        return {normal(word): one for one in Department.objects.all() for word in (one.code, one.name)}

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        return places_by_name()


class Cell(widgets.Widget):
    """A cell as `read` understands its text; written out as people see it."""

    def __init__(self, read: Any = None) -> None:
        super().__init__()
        self.read = read

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = _text(value)
        return self.read(text, kwargs["known"]) if self.read else text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None or isinstance(value, int | Decimal):
            return "" if value is None else str(value)
        text = value.isoformat() if isinstance(value, date) else str(value)
        return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _text(value: Any) -> str:
    """A cell in one notation; what our own export put an apostrophe before is as it was."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if text.startswith("="):
        raise ValidationError(_("This is a formula. Paste the value instead."))
    text = tidy(text[1:] if text.startswith("'") else text)
    no_control_characters(text)
    return text


def _department(text: str, known: Known) -> Department:
    found = known.departments.get(normal(text))
    if found is None:
        raise ValidationError(_("There is no department “%(name)s”.") % {"name": text})
    return found


def _person(text: str, known: Known) -> User:
    return PersonField().clean(text)


def _day(text: str, known: Known) -> date:
    plain = text[:10].replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").strip("日")
    parts = [part.zfill(2) for part in plain.split("-")]
    try:
        found = parse_date("-".join(parts))
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("“%(text)s” is no day; write 2026-11-23.") % {"text": text})
    return found


READS = {
    "category": READINGS["category"], "place": READINGS["place"], "price": READINGS["opening_amount"],
    "residual": READINGS["opening_amount"], "useful_months": READINGS["minimum"], "department": _department,
    "custodian": _person, "bought_on": _day, "in_use_on": _day, "warranty_until": _day,
}  # fmt: skip


class AssetResource(resources.ModelResource):
    """A row is an asset; one of the same tag, or of the same serial number, is brought up to date."""

    class Meta:
        model = Asset
        name = gettext_lazy("fixed assets")
        fields = ()
        import_id_fields = ()
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known, self.seen = Known(), {}
        self.fields = {
            name: fields.Field(name, str(headers[0]), Cell(READS.get(name)))
            for name, headers in HEADERS.items()
        }

    def get_queryset(self) -> Any:
        return Asset.objects.for_rows()

    def get_import_fields(self) -> list[fields.Field]:
        return list(self.fields.values())

    def get_export_fields(self, selected_fields: Any = None) -> list[fields.Field]:
        return list(self.fields.values())

    def get_user_visible_fields(self) -> list[fields.Field]:
        return list(self.fields.values())

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read the headers in whatever words the list has them."""
        meant = {normal(str(word)): name for name, words in HEADERS.items() for word in words}
        found = [meant.get(normal(str(header or "")), header) for header in dataset.headers or []]
        if "tag" not in found and "serial" not in found:
            raise ValueError(_("There is no column “%(name)s”.") % {"name": HEADERS["tag"][0]})
        twice = {name for name in found if found.count(name) > 1 and name in HEADERS}
        if twice:
            raise ValueError(
                _("The column “%(name)s” stands there twice.") % {"name": HEADERS[min(twice)][0]}
            )
        dataset.headers = [self.fields[name].column_name if name in HEADERS else name for name in found]

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Every row says which asset it is, and no other row says the same."""
        tag, serial = self._cell(row, "tag"), self._cell(row, "serial")
        if not tag and not serial:
            raise ValueError(_("Neither asset tag nor serial number: importing twice would enter it twice."))
        key = tag.upper() or serial
        if key in self.seen:
            raise ValueError(_("%(tag)s stands in this file twice.") % {"tag": tag or serial})
        self.seen[key] = row

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Asset | None:
        """The asset that the row is about, if it is in the register."""
        tag, serial = self._cell(row, "tag"), self._cell(row, "serial")
        named = Asset.objects.for_rows()
        return named.filter(tag__iexact=tag).first() if tag else named.filter(serial=serial).first()

    def import_field(
        self, field: fields.Field, instance: Asset, row: dict[str, Any], *args, **kwargs
    ) -> None:
        """An empty cell says nothing: what is on record stays. What is wrong is said of its column."""
        if row.get(field.column_name) is None or not str(row[field.column_name]).strip():
            return
        try:
            setattr(
                instance, field.attribute, field.widget.clean(row[field.column_name], row, known=self.known)
            )
        except ValidationError as mistake:
            raise ValueError(f"{field.column_name}: {' '.join(mistake.messages)}") from mistake

    def skip_row(self, instance: Asset, original: Asset | None, row: Any, errors: Any = None) -> bool:
        """Nothing new in it: the second import of the same list changes nothing."""
        if errors or instance.pk is None:
            return False
        return all(getattr(instance, name) == getattr(original, name) for name in HEADERS)

    def save_instance(self, instance: Asset, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Through the verbs of the register, so that history and the life of the asset are the same."""
        author = {"by": kwargs["user"], "at": now()}
        try:
            if is_create:
                self._enter(instance, author)
            else:
                self._bring_up_to_date(instance, author)
        except Refused as refusal:
            raise ValueError(str(refusal)) from refusal

    def _enter(self, asset: Asset, author: dict[str, Any]) -> None:
        given = {name: asset.__dict__.get(name) for name in HEADERS}
        given |= {name: getattr(asset, name) for name in ("category", "department", "place", "custodian")
                  if getattr(asset, f"{name}_id")}  # fmt: skip
        missing = [str(HEADERS[name][0]) for name in NEEDED if given.get(name) in (None, "")]
        if missing:
            raise ValueError(
                _("For a new asset this is missing: %(columns)s.") % {"columns": "、".join(missing)}
            )
        entered = Asset.register(
            **{name: value for name, value in given.items() if value is not None}, **author
        )
        asset.pk, asset.tag = entered.pk, entered.tag

    def _bring_up_to_date(self, asset: Asset, author: dict[str, Any]) -> None:
        known = Asset.objects.for_rows().get(pk=asset.pk)
        if asset.custodian_id != known.custodian_id:
            raise ValueError(
                _("By the register %(name)s has it. Hand it over instead.")
                % {"name": known.custodian or _("the store")}
            )
        if any(getattr(asset, name) != getattr(known, name) for name in WAYS):
            known.move(place=asset.place, department=asset.department, reason=_("from a list"), **author)
        changes = {name: getattr(asset, name) for name in HEADERS if name in Asset.CORRECTABLE}
        known.correct(reason=_("from a list"), **changes, **author)

    def _cell(self, row: dict[str, Any], name: str) -> str:
        value = row.get(self.fields[name].column_name)
        return "" if value is None else _text(value)
