"""One time a duty came: done with what has to be shown, left out, handed over, put right, or done anew."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization.person_field import suggestions
from pages import clock, uploads
from pages.answers import answer

from .. import evidence
from ..duty_access import visible_occurrences
from ..duty_words import declared, going, how_it_ended, value_words, whose
from ..forms.occurrence import CorrectionForm, EvidenceForm, HandOverForm, ReasonForm
from ..models import Occurrence

Verb = Callable[[HttpRequest, int], HttpResponse]


def occurrence_for(user, pk: int, *, to_do: bool = False) -> Occurrence:
    """The occurrence, if `user` may see it (else 404) and, where it is to be done, may do it (else 403)."""
    known = visible_occurrences(user).select_related("duty__calendar", "person", "ended_by")
    occurrence = get_object_or_404(known, pk=pk)
    if to_do and not user.has_perm("sla.do_occurrence", occurrence):
        raise PermissionDenied
    return occurrence


def posted(verb: Verb) -> Verb:
    """For verbs: whoever comes to the address otherwise, from signing in anew, finds the page it is about."""

    @wraps(verb)
    def answered(request: HttpRequest, pk: int) -> HttpResponse:
        return verb(request, pk) if request.method == "POST" else redirect("occurrence", pk)

    return require_http_methods(["GET", "POST"])(login_required(answered))


@require_safe
@login_required
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /occurrences/<pk>/"""
    return _page(request, occurrence_for(request.user, pk))


@posted
def occurrence_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /occurrences/<pk>/complete/ (a box for each ask, remark); sent twice, it is done once."""
    shown = occurrence_for(request.user, pk, to_do=True)
    if shown.state == Occurrence.State.DONE and shown.ended_by == request.user:
        return _done(request, shown, _("You had done this already; what you showed first stands."))
    form = EvidenceForm(request.POST, request.FILES, **_asked(shown))
    if not form.is_valid():
        return _page(request, shown, complete=form)
    shown.complete(by=request.user, at=clock.now(), **form.shown)
    return _done(request, shown, _("Done, thank you."))


@posted
def occurrence_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /occurrences/<pk>/skip/ (reason)."""
    shown = occurrence_for(request.user, pk, to_do=True)
    form = ReasonForm(request.POST, auto_id="skip-%s")
    if not form.is_valid():
        return _page(request, shown, skip=form)
    shown.skip(reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    return _done(request, shown, _("Skipped; the reason stands in the history."))


@posted
def occurrence_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /occurrences/<pk>/hand-over/ (to, reason)."""
    shown = occurrence_for(request.user, pk, to_do=True)
    form = HandOverForm(request.POST, auto_id="hand-over-%s")
    if not form.is_valid():
        return _page(request, shown, hand_over=form)
    to = form.cleaned_data["to"]
    shown.hand_over(to=to, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    return _done(request, shown, _("%(person)s is responsible now.") % {"person": to})


@posted
def occurrence_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /occurrences/<pk>/correct/ (a box for each text and number, reason)."""
    shown = occurrence_for(request.user, pk, to_do=True)
    form = CorrectionForm(request.POST, asks=_written(shown))
    if not form.is_valid():
        return _page(request, shown, correct=form)
    shown.correct(answers=form.answers, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    return _done(request, shown, _("Put right; what stood there before is in the history."))


@posted
def occurrence_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /occurrences/<pk>/reopen/ (reason)."""
    shown = occurrence_for(request.user, pk, to_do=True)
    form = ReasonForm(request.POST, auto_id="reopen-%s")
    if not form.is_valid():
        return _page(request, shown, reopen=form)
    shown.reopen(reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    return _done(request, shown, _("It is to be done again."))


@require_safe
@login_required
def occurrence_file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """GET /occurrences/<pk>/files/<file>/: to save, never to run; photos show on our own page alone."""
    shown = get_object_or_404(occurrence_for(request.user, pk).files, pk=file)
    return uploads.send(shown.file, shown.filename, shown.content_type)


def _done(request: HttpRequest, shown: Occurrence, message: str) -> HttpResponse:
    fresh = occurrence_for(request.user, shown.pk)
    context = _context(request, fresh, {}) if request.htmx else {}
    return answer(request, "sla/_occurrence.html", context, to=fresh, message=message)


def _page(request: HttpRequest, shown: Occurrence, **bound: Any) -> HttpResponse:
    """The page, or for htmx its body; with a form that came back, mistakes stand at their fields."""
    template = "sla/_occurrence.html" if request.htmx else "sla/occurrence_detail.html"
    return answer(request, template, _context(request, shown, bound), status=422 if bound else 200)


def _context(request: HttpRequest, shown: Occurrence, bound: dict[str, Any]) -> dict[str, Any]:
    at, user = clock.now(), request.user
    may_do = user.has_perm("sla.do_occurrence", shown)
    timer = shown.timers.order_by("-pk").first()
    return {
        "occurrence": shown,
        "at": at,
        "standard": declared(shown.duty),
        "whose": whose(shown),
        "going": going(shown, at),
        "ended": how_it_ended(shown, beside_clock=timer is not None),
        "timer": timer,
        "may_do": may_do,
        "people": suggestions() if may_do and shown.is_ahead else [],
        "shown": _shown(shown),
        "drawn": uploads.SHOWN,
        **(_forms(shown) | bound if may_do else {}),
    }


def _forms(shown: Occurrence) -> dict[str, Any]:
    """The forms for what may be done now."""
    if shown.is_ahead:
        return {
            "complete": EvidenceForm(**_asked(shown)),
            "skip": ReasonForm(auto_id="skip-%s"),
            "hand_over": HandOverForm(auto_id="hand-over-%s"),
        }
    done = shown.state == Occurrence.State.DONE
    correct = CorrectionForm(asks=_written(shown), shown=shown.answers) if done and _written(shown) else None
    return {"correct": correct, "reopen": ReasonForm(auto_id="reopen-%s")}


def _asked(shown: Occurrence) -> dict[str, Any]:
    """What is asked for, and what is there of it already where it is to be done again."""
    asks = _asks(shown)
    there = dict(shown.answers)
    for ask in asks:
        if ask.kind == evidence.Kind.ATTENDANCE:
            there[ask.name] = list(shown.attendances.values_list("person_id", flat=True))
    kept = Counter(shown.files.values_list("name", flat=True)) if any(ask.has_files for ask in asks) else {}
    return {"asks": asks, "shown": there, "kept": kept}


def _asks(shown: Occurrence) -> list[evidence.Ask]:
    return evidence.load_asks(shown.duty.evidence)


def _written(shown: Occurrence) -> list[evidence.Ask]:
    """What can be put right: what was asked for in words or numbers, also where it is no longer asked for."""
    asks = [ask for ask in _asks(shown) if ask.is_answered_in_words]
    known = {ask.name for ask in asks}
    former = [
        evidence.Ask(evidence.Kind.TEXT, name, required=False)
        for name, value in shown.answers.items()
        if name not in known and isinstance(value, str)
    ]
    return asks + former


def _shown(shown: Occurrence) -> list[dict[str, Any]]:
    """What was shown, in the order in which it was asked for: the name, and words, files or people."""
    files = list(shown.files.select_related("added_by"))
    people = [one.person for one in shown.attendances.select_related("person").order_by("person__name")]
    asks = _asks(shown)
    names = dict.fromkeys([ask.name for ask in asks] + list(shown.answers) + [file.name for file in files])
    attendance = next((ask.name for ask in asks if ask.kind == evidence.Kind.ATTENDANCE), _("Who was there"))
    lines = [
        {
            "name": name,
            "words": value_words(shown.answers.get(name)),
            "files": [file for file in files if file.name == name],
            "people": people if name == attendance else [],
        }
        for name in (names if not people else dict.fromkeys([*names, attendance]))
    ]
    return [line for line in lines if line["words"] or line["files"] or line["people"]]
