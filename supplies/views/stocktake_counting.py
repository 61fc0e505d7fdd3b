"""Counting with the phone: along the shelves of a place, by scanning, or from a sheet of paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.models import Place
from organization.person_field import suggestions
from pages import asked
from pages.answers import answer
from pages.clock import now

from .. import counting
from ..forms.stocktakes import CodeForm, CountForm, ReasonForm, SheetForm
from ..models import Item, Stocktake, StocktakeLine
from .stocktakes import COUNT, stocktake_for

MOST_LISTED = 500
"""Lines of a place on one page; beyond them there are the scanner and the next line."""


def line_for(stocktake: Stocktake, pk: int) -> StocktakeLine:
    """One of its lines, with all that is shown of it."""
    line = get_object_or_404(stocktake.lines.for_rows(), pk=pk)
    line.stocktake = stocktake
    return line


@require_safe
@never_cache
@login_required
def stocktake_count(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /stocktakes/<pk>/count/?place=: the lines of one place, a scanner, and what comes next."""
    shown = stocktake_for(request.user, pk, may=COUNT)
    if not shown.is_counting:
        return redirect(shown)
    return _counting(request, shown, _place(request) or _first_place(shown), CodeForm())


@require_POST
@login_required
def stocktake_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /stocktakes/<pk>/scan/ (code, place): to the line that it means."""
    shown, place = stocktake_for(request.user, pk, may=COUNT), _place(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _counting(request, shown, place or _first_place(shown), form)
    code = counting.code_in(form.cleaned_data["code"])
    scanned = counting.look_up(shown, code, place)
    if scanned.item is None:
        shown.note_stray(code, place, by=request.user, at=now())
        return _back(request, shown, place, scanned.sentence)
    if scanned.line is None:
        return _not_here(request, shown, scanned, place)
    if not scanned.line.is_counted_in_this_round:
        return _back(request, shown, place, _("%(line)s need not be counted again.") % {"line": scanned.line})
    return redirect(f"{scanned.line.get_absolute_url()}?by=scan")


@require_POST
@login_required
def stocktake_add(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /stocktakes/<pk>/add/ (item, place): it was found where nobody expected it."""
    shown, place = stocktake_for(request.user, pk, may=COUNT), _place(request)
    item = get_object_or_404(Item, pk=_key(request.POST.get("item")))
    if place is None:
        return _back(request, shown, place, _("Say at which place it was found."))
    line = shown.add(item, place, by=request.user)
    return redirect(f"{line.get_absolute_url()}?by=scan")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def stocktake_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """GET, POST /stocktakes/<pk>/lines/<line>/ (quantity, seen, how): count it; later, what was found."""
    shown = stocktake_for(request.user, pk)
    counted = line_for(shown, line)
    if not shown.is_counting or not request.user.has_perm(COUNT):
        return render(request, "supplies/stocktake_line_facts.html", {"stocktake": shown, "line": counted})
    form = CountForm(request.POST or None, line=counted)
    if form.is_bound and form.is_valid() and form.save(by=request.user):
        return _onwards(request, shown, counted)
    context = {"stocktake": shown, "line": counted, "form": form, "by_scan": _by_scan(request)}
    return render(request, "supplies/stocktake_line.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def stocktake_leave_out(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """POST /stocktakes/<pk>/lines/<line>/leave-out/ (reason)."""
    shown = stocktake_for(request.user, pk, may=COUNT)
    counted, form = line_for(shown, line), ReasonForm(request.POST)
    if form.is_valid():
        shown.leave_out(counted, reason=form.cleaned_data["reason"], by=request.user)
        return _onwards(request, shown, counted)
    context = {"stocktake": shown, "line": counted, "form": CountForm(line=counted), "leave_out": form}
    return render(request, "supplies/stocktake_line.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def stocktake_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /stocktakes/<pk>/sheet/?place=: write in what stands on the paper, a place at a time."""
    shown = stocktake_for(request.user, pk, may=COUNT)
    place = _place(request) or _first_place(shown)
    if not shown.is_counting or place is None:
        return redirect(shown)
    page = counting.sheet(shown, place, request.POST.get("page") or request.GET.get("page"))
    form = SheetForm(request.POST or None, stocktake=shown, lines=page, by=request.user)
    if form.is_bound and form.is_valid() and (saved := form.save()):
        to = _address("stocktake-count", shown, place)
        return answer(request, "", to=to, message=_written_in(saved))
    context = {"stocktake": shown, "place": place, "places": counting.progress(shown), "form": form}
    context |= {"page": page, "people": suggestions()}
    return render(request, "supplies/stocktake_sheet.html", context, status=422 if form.errors else 200)


def _counting(request: HttpRequest, shown: Stocktake, place: Place | None, form: CodeForm) -> HttpResponse:
    places = counting.progress(shown)
    context = {
        "stocktake": shown,
        "place": place,
        "places": places,
        "progress": counting.together(places),
        "lines": counting.of_round(shown).filter(place=place).for_rows()[:MOST_LISTED],
        "upcoming": counting.upcoming(shown, place) or counting.upcoming(shown),
        "form": form,
    }
    return render(request, "supplies/stocktake_count.html", context, status=422 if form.errors else 200)


def _not_here(request: HttpRequest, shown: Stocktake, scanned: counting.Scanned, place) -> HttpResponse:
    """The code is known, but not as one line of this place: which of several, or is it one more?"""
    context = {
        "stocktake": shown,
        "item": scanned.item,
        "place": place,
        "elsewhere": counting.elsewhere(shown, scanned.item),
        "places": Place.objects.all(),
    }
    return render(request, "supplies/stocktake_not_here.html", context)


def _onwards(request: HttpRequest, shown: Stocktake, line: StocktakeLine) -> HttpResponse:
    """Who scans goes back to the scanner; who walks along the shelves, to the next line of the place."""
    upcoming = None if _by_scan(request) else counting.upcoming(shown, line.place)
    message = _("%(line)s is noted.") % {"line": line.item}
    return answer(request, "", to=upcoming or _address("stocktake-count", shown, line.place), message=message)


def _back(request: HttpRequest, shown: Stocktake, place: Place | None, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(_address("stocktake-count", shown, place))


def _address(name: str, shown: Stocktake, place: Place | None) -> str:
    return reverse(name, args=[shown.pk]) + (f"?place={place.pk}" if place else "")


def _by_scan(request: HttpRequest) -> bool:
    return (request.POST.get("by") or request.GET.get("by")) == "scan"


def _written_in(count: int) -> str:
    sentence = ngettext("%(count)d count is written in.", "%(count)d counts are written in.", count)
    return sentence % {"count": count}


def _key(text: str | None) -> int | None:
    return asked.key(text)


def _place(request: HttpRequest) -> Place | None:
    return Place.objects.filter(pk=_key(request.POST.get("place") or request.GET.get("place"))).first()


def _first_place(shown: Stocktake) -> Place | None:
    line = counting.upcoming(shown) or counting.of_round(shown).for_rows().first()
    return line.place if line else None
