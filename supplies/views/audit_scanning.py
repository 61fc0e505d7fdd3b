"""Going from place to place with the phone: what is expected here, the scanner, and what each scan means."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organization.models import Place
from pages import asked
from pages.answers import answer
from pages.clock import now
from pages.once import ticket

from ..audits import scanning
from ..forms.audits import ScanForm
from ..models import AssetAudit, Sighting
from .audits import COUNT, audit_for

MOST_LISTED = 300
NEWEST = 5


@require_safe
@never_cache
@login_required
def audit_walk(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /audits/<pk>/walk/?place=&scan=: a place with its assets, a scanner, what the last scan meant."""
    shown = audit_for(request.user, pk, may=COUNT)
    if shown.status != AssetAudit.Status.OPEN:
        return redirect(shown)
    last = shown.sightings.for_rows().filter(pk=_key(request.GET.get("scan"))).first()
    return _walk(request, shown, _place(request.GET.get("place")) or _first_place(shown), last=last)


@require_POST
@login_required
def audit_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /audits/<pk>/scan/ (code, place, once): kept, and its meaning told at once."""
    shown = audit_for(request.user, pk, may=COUNT)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _walk(request, shown, _place(request.POST.get("place")), form=form)
    last = shown.scan(by=request.user, at=now(), **form.cleaned_data)
    if request.htmx:
        return _walk(request, shown, last.place, last=last)
    return redirect(f"{reverse('audit-walk', args=[pk])}?place={last.place_id}&scan={last.pk}")


@require_POST
@login_required
def audit_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /audits/<pk>/hand-in/: whatever is not seen is missing."""
    shown = audit_for(request.user, pk, may=COUNT)
    shown.hand_in(by=request.user, at=now())
    if missing := shown.lines.filter(result="missing").count():
        messages.warning(request, _("Handed in; %(count)d missing.") % {"count": missing})
        return redirect(shown)
    return answer(request, "", to=shown, message=_("Handed in. Somebody who did not scan closes it."))


def _walk(
    request: HttpRequest,
    shown: AssetAudit,
    place: Place | None,
    *,
    last: Sighting | None = None,
    form: ScanForm | None = None,
) -> HttpResponse:
    places = scanning.progress(shown)
    context = {
        "audit": shown,
        "place": place,
        "places": places,
        "all_places": Place.objects.all(),
        "is_elsewhere": place is not None and all(one.place.pk != place.pk for one in places),
        "progress": scanning.together(places),
        "lines": scanning.here(shown, place)[:MOST_LISTED],
        "last": last,
        "meaning": scanning.words(last) if last else "",
        "newest": shown.sightings.for_rows()[:NEWEST],
        "form": form,
        "ticket": ticket(form),
    }
    template = "supplies/_audit_walk.html" if request.htmx else "supplies/audit_walk.html"
    return render(request, template, context, status=422 if form else 200)


def _key(text: str | None) -> int | None:
    return asked.key(text)


def _place(text: str | None) -> Place | None:
    return Place.objects.filter(pk=_key(text)).first()


def _first_place(shown: AssetAudit) -> Place | None:
    """Where something is still to be seen; else where the first asset is."""
    line = shown.lines.unseen().for_rows().first() or shown.lines.for_rows().first()
    return line.place if line else None
