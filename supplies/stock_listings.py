"""The columns of the lists of items, documents and movements; what is taken along can be imported again."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Place
from pages.exports import Column

_NAME = Column("name", pgettext_lazy("goods", "Name"), str, sort=True, template="supplies/_item_name.html")
_CODE = Column("code", _("Item number"), sort=True)
_KIND = Column("kind", pgettext_lazy("goods", "Kind"))
_CATEGORY = Column("category", _("Category"), "category.name")
_PLACE = Column("place", _("Usual place"), template="supplies/_item_place.html")
_LIMITS = Column("minimum", _("Minimum / target"), template="supplies/_item_limits.html")
ITEMS = [
    _NAME,
    _CODE,
    _KIND,
    _CATEGORY,
    _PLACE,
    Column("on_hand", _("On hand"), sort=True, template="supplies/_item_on_hand.html"),
    _LIMITS,
    Column("value", _("Worth"), template="supplies/_money.html"),
]
ITEMS_ON_A_DAY = [
    _NAME,
    _CODE,
    _KIND,
    _CATEGORY,
    _PLACE,
    Column("stood", _("On hand that evening"), template="supplies/_item_stood.html"),
    Column("stood_worth", _("Worth that evening"), template="supplies/_money.html"),
]
MOVEMENTS = [
    Column("at", pgettext_lazy("movement", "Time"), sort=True),
    Column("posting", _("Stock document"), "posting.number", template="supplies/_movement_document.html"),
    Column("kind", _("Kind"), "posting.kind", template="supplies/_movement_kind.html"),
    Column("place", _("Place"), "place.name"),
    Column("quantity", _("Quantity"), template="supplies/_movement_quantity.html"),
    Column("balance", _("Then at the place"), template="supplies/_number.html"),
    Column("item_balance", _("Balance"), template="supplies/_movement_balance.html"),
    Column("amount", _("Amount"), template="supplies/_money.html"),
    Column("item_value", _("Balance in CNY"), template="supplies/_money.html"),
    Column("department", _("Department"), "department.name"),
    Column("posted_by", _("Posted by"), "posting.posted_by.name"),
]
LINES = [
    Column("item", pgettext_lazy("goods", "Item"), template="supplies/_line_item.html"),
    Column("code", _("Item number"), "item.code"),
    Column("place", _("Place"), "place.name"),
    Column("quantity", _("Quantity"), template="supplies/_movement_quantity.html"),
    Column("amount", _("Amount"), template="supplies/_money.html"),
    Column("balance", _("Then at the place"), template="supplies/_number.html"),
    Column("item_balance", _("Balance"), template="supplies/_movement_balance.html"),
]
POSTINGS = [
    Column("number", _("Document number"), template="supplies/_posting_number.html"),
    Column("posted_at", _("Posted"), sort=True),
    Column("kind", _("Kind"), template="supplies/_posting_kind.html"),
    Column("first_item", _("About"), template="supplies/_posting_about.html"),
    Column("department", _("Department"), "department.name"),
    Column("person", pgettext_lazy("stock", "Handed to"), "person.name"),
    Column("reason", _("Reason")),
    Column("posted_by", _("Posted by"), "posted_by.name"),
]


def taken_along() -> list[Column]:
    """Everything about an item, under the headers by which the import knows it."""
    paths = place_paths()
    return [
        Column("code", _("Item number")),
        Column("name", pgettext_lazy("goods", "Name"), width=24),
        Column("specification", _("Specification"), width=24),
        Column("kind", pgettext_lazy("goods", "Kind")),
        Column("category", _("Category"), "category.name"),
        Column("unit", pgettext_lazy("of measure", "Unit")),
        Column("minimum", _("Minimum stock")),
        Column("target", _("Stock to fill up to")),
        Column("place", _("Usual place"), lambda item: paths[item.place_id], width=24),
        Column("shelf", _("Shelf")),
        Column("barcode", _("Barcode"), width=18),
        Column("requestable", _("May be asked for")),
        Column("reorders", _("Bought again by itself")),
        Column("active", pgettext_lazy("goods", "In use")),
        Column("remark", _("Remark"), width=24),
        Column("on_hand", _("On hand")),
        Column("value", _("Worth")),
    ]


def taken_along_of_a_day() -> list[Column]:
    """What stood as a day ended; not for importing."""
    stood = [
        Column("stood", _("On hand that evening"), lambda item: item.stood or 0),
        Column("stood_worth", _("Worth that evening"), lambda item: item.stood_worth or 0),
    ]
    return [*taken_along()[:6], *stood]


def place_paths() -> dict[int, str]:
    """Every place as the import finds it: by its name alone, or with what is above it where two share it."""
    places = {place.pk: place for place in Place.objects.all()}
    names = [place.name for place in places.values()]
    found = {}
    for place in places.values():
        path, above, seen = place.name, places.get(place.parent_id), {place.pk}
        while names.count(place.name) > 1 and above and above.pk not in seen:
            seen.add(above.pk)
            path, above = f"{above.name}/{path}", places.get(above.parent_id)
        found[place.pk] = path
    return found
