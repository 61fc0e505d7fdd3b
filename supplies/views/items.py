"""The items of the storerooms in the browser: the list, one with its ledger, pictures and labels."""

from datetime import date

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages import asked, uploads
from pages.exports import FORMATS, export
from pages.lists import List

from .. import labels
from ..models import Item, Movement, Stock
from ..stock_filters import ItemFilter, MovementFilter
from ..stock_listings import (
    ITEMS,
    ITEMS_ON_A_DAY,
    MOVEMENTS,
    taken_along,
    taken_along_of_a_day,
)

may_view = permission_required("supplies.view_item", raise_exception=True)
MOST_CHOSEN = labels.MOST_LABELS


class ItemList(List):
    """The stock as a list; of a past day, what stood as that day ended."""

    def __init__(self, request: HttpRequest):
        rows = Item.objects.select_related("category", "place")
        super().__init__(
            request,
            rows,
            ITEMS,
            name=_("items"),
            search=Item.objects.matching,
            filters=ItemFilter,
            sort="code",
        )
        self.filterset.form.is_valid()
        self.day = self.filterset.form.cleaned_data.get("day")
        if self.day:
            self.columns = list(ITEMS_ON_A_DAY)

    def answer(self, template: str, context=None) -> HttpResponseBase:
        if (format := self.request.GET.get("export")) in FORMATS:
            columns = taken_along_of_a_day() if self.day else taken_along()
            return export(self.found, columns, str(self.name), format, days=str(self.day or ""))
        return super().answer(template, {"day": self.day, **(context or {})})


def get_item(pk: int) -> Item:
    return get_object_or_404(Item.objects.select_related("category", "place"), pk=pk)


@require_safe
@login_required
@may_view
def items(request: HttpRequest) -> HttpResponseBase:
    return ItemList(request).answer("supplies/item_list.html")


@require_safe
@login_required
@may_view
def item(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_item(pk)
    day = _day(request)
    listing = List(
        request,
        Movement.objects.of(found).for_rows(),
        MOVEMENTS,
        name=_("ledger of %(item)s") % {"item": found},
        search=Movement.objects.of_document,
        filters=MovementFilter,
        sort="-at",
    )
    context = {"item": found, "day": day, **_standing(found, day)}
    return listing.answer("supplies/item_detail.html", context)


@require_safe
@login_required
def item_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of what may be asked for, everybody sees the picture; of the rest, whoever sees the stock."""
    found = get_object_or_404(Item, pk=pk)
    if not found.picture or not (found.requestable or request.user.has_perm("supplies.view_item")):
        raise Http404
    return uploads.send(found.picture, found.code, found.picture_type, show=True)


@require_safe
@login_required
@may_view
def item_labels(request: HttpRequest) -> HttpResponse:
    """The labels of the items named by `ids`, on a sheet or one to a page."""
    layout = labels.LAYOUTS.get(request.GET.get("layout", ""), labels.SHEET)
    keys = asked.keys(request.GET.get("ids", "").split(","))
    found = Item.objects.filter(pk__in=keys[:MOST_CHOSEN]).select_related("place").order_by("code")
    if not found:
        raise Http404
    content = labels.pdf(
        [labels.of_item(one) for one in found], layout, base_url=request.build_absolute_uri("/").rstrip("/")
    )
    name = {"Content-Disposition": 'inline; filename="labels.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=name)


@require_safe
@login_required
@may_view
def item_history(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "supplies/item_history.html", {"item": get_item(pk)})


def _day(request: HttpRequest) -> date | None:
    return asked.day(request.GET.get("day"))


def _standing(found: Item, day: date | None) -> dict:
    """What lies where, now or as a past day ended."""
    stocks = Stock.objects.filter(item=found).select_related("place").order_by("place__name")
    if day is None:
        return {"stocks": [(stock.place, stock.quantity) for stock in stocks if stock.quantity]}
    then = Item.objects.with_stock_on(day).get(pk=found.pk)
    rows = [(stock.place, stock.stood) for stock in stocks.standing_on(day) if stock.stood]
    return {"stocks": rows, "stood": then.stood or 0, "stood_worth": then.stood_worth or 0}
