"""Choosing supplies: the catalogue with pictures, what is chosen, and asking for it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages import asked, uploads
from pages.answers import answer
from pages.clock import now
from pages.exports import Column
from pages.lists import List

from .. import quotas
from ..basket import Basket
from ..filters_requisitions import CatalogueFilter
from ..forms.requisitions import AskForm, Chosen
from ..models import Item, Requisition
from ..quotas import Allowance

PER_PAGE = 48
NONE = Allowance(None)


@dataclass
class Card:
    """One item of the catalogue: what is left of the quota, what was typed, and what is wrong with that."""

    item: Item
    allowance: Allowance
    quantity: Any
    error: str = ""

    @property
    def stock(self) -> str:
        """ "none", "few" or "some": employees see no numbers."""
        if not self.item.on_hand:
            return "none"
        return "few" if self.item.on_hand < self.item.minimum else "some"


class Catalogue(List):
    """What may be asked for, as cards; nothing to take along."""

    exports: list = []

    def __init__(self, request: HttpRequest, chosen: Chosen | None = None):
        found = Item.objects.requestable().select_related("category")
        columns = [Column("name", gettext_lazy("Name"))]
        super().__init__(
            request,
            found,
            columns,
            name=_("Supplies catalogue"),
            search=Item.objects.matching,
            filters=CatalogueFilter,
            sort="name",
            per_page=PER_PAGE,
        )
        self.basket, self.chosen = Basket(request), chosen

    @property
    def cards(self) -> list[Card]:
        items = self.page.rows
        allowances = _allowances(self.request.user, items)
        in_basket = self.basket.quantities
        typed, errors = (self.chosen.typed, self.chosen.errors) if self.chosen else ({}, {})
        return [
            Card(
                item,
                allowances.get(item.pk, NONE),
                typed.get(item.pk, in_basket.get(item.pk, "")),
                errors.get(item.pk, ""),
            )
            for item in items
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def catalogue(request: HttpRequest) -> HttpResponse:
    """GET /supplies/catalogue/; POST keeps what was typed, and with `ask` goes on to the check-out."""
    if request.method == "POST":
        return _choose(request)
    listing = Catalogue(request)
    return render(request, "supplies/catalogue.html", {"list": listing, "basket": listing.basket})


def _choose(request: HttpRequest) -> HttpResponse:
    chosen, basket = Chosen(request.POST), Basket(request)
    known = set(Item.objects.requestable().filter(pk__in=chosen.quantities).values_list("pk", flat=True))
    basket.put({pk: quantity for pk, quantity in chosen.quantities.items() if pk in known})
    context = {"basket": basket, "errors": _named(chosen.errors)}
    if chosen.errors and not request.htmx:
        context["list"] = Catalogue(request, chosen)
        return render(request, "supplies/catalogue.html", context, status=422)
    if request.htmx:
        status = 422 if chosen.errors else 200
        return render(request, "supplies/_basket_bar.html", context, status=status)
    to = "basket" if "ask" in request.POST else request.get_full_path()
    return redirect(to)


def _named(errors: dict[int, str]) -> list[str]:
    """What is wrong with which item, for the bar below the catalogue."""
    items = Item.objects.filter(pk__in=errors)
    return [_("%(item)s: %(mistake)s") % {"item": item, "mistake": errors[item.pk]} for item in items]


@require_safe
@login_required
def catalogue_picture(request: HttpRequest, pk: int) -> FileResponse:
    """GET /supplies/catalogue/<pk>/picture/."""
    item = get_object_or_404(Item.objects.requestable(), pk=pk)
    if not item.picture:
        raise Http404
    return uploads.send(item.picture, str(item), item.picture_type, show=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def basket(request: HttpRequest) -> HttpResponse:
    """GET and POST /supplies/basket/: the check-out."""
    chosen = Basket(request)
    form = _ask_form(request, chosen)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound and chosen else 200
        return render(request, "supplies/basket.html", {"form": form, "basket": chosen}, status=status)
    given = form.cleaned_data
    requisition = Requisition.ask(
        form.wants, by=request.user, at=now(), purpose=given["purpose"], once=given["once"]
    )
    chosen.clear()
    message = _("%(number)s is on its way to be approved.") % {"number": requisition}
    return answer(request, "", to=requisition, message=message)


@require_POST
@login_required
def basket_clear(request: HttpRequest) -> HttpResponse:
    """POST /supplies/basket/clear/."""
    Basket(request).clear()
    return redirect("catalogue")


def _ask_form(request: HttpRequest, chosen: Basket) -> AskForm:
    """With `remove` one item is taken out, and what was typed for the others stays."""
    if removed := request.POST.get("remove", ""):
        typed = Chosen(request.POST).quantities
        chosen.put(typed | {asked.key(removed): 0} if asked.key(removed) else typed)
    items = chosen.items()
    allowances = _allowances(request.user, items) or dict.fromkeys(_keys(items), NONE)
    known = {"items": items, "allowances": allowances}
    if request.method == "POST" and not removed and items:
        return AskForm(request.POST, **known)
    quantities = chosen.quantities
    initial = {f"quantity_{item.pk}": quantities[item.pk] for item in items}
    return AskForm(initial=initial | (request.POST.dict() if removed else {}), **known)


def _keys(items: list[Item]) -> list[int]:
    return [item.pk for item in items]


def _allowances(user, items: list[Item]) -> dict[int, Allowance]:
    """Of the person's department; nobody without one can ask."""
    return quotas.of(user.department, _keys(items), now()) if user.department_id else {}
