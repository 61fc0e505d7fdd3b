"""The store's counter: what is to be handed out, handing out, bringing back, calling the rest off."""

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pages.answers import answer
from pages.clock import now
from pages.exports import Column
from pages.lists import List
from sla.models import Timer

from ..forms.requisitions import HandOutForm, ReasonForm, TakeBackForm
from ..models import Requisition
from .requisitions import clocks_of, get_requisition, mistaken

COLUMNS = [
    Column("requester", gettext_lazy("For whom"), "requester.name", template="supplies/_queue_who.html"),
    Column("outstanding", gettext_lazy("Still to hand out"), template="supplies/_queue_items.html", width=40),
    Column("decided_at", gettext_lazy("Approved at"), sort=True),
    Column("due_at", gettext_lazy("Due"), sort=True, template="supplies/_queue_due.html"),
    Column("deed", "", lambda row: "", template="supplies/_queue_deed.html", export=False),
]

at_the_counter = permission_required("supplies.issue_requisition", raise_exception=True)


class Queue(List):
    """What was approved and not handed out, by when it is due."""

    def __init__(self, request: HttpRequest):
        timers = Timer.objects.running().filter(
            standard=Requisition.HANDING_OUT,
            subject_type=ContentType.objects.get_for_model(Requisition),
            subject_id=OuterRef("pk"),
        )
        found = Requisition.objects.to_hand_out().for_rows()
        super().__init__(
            request,
            found.annotate(due_at=Subquery(timers.values("due_at")[:1])),
            COLUMNS,
            name=_("To hand out"),
            search=Requisition.objects.matching,
            sort="due_at",
        )

    def with_clocks(self) -> "Queue":
        clocks = clocks_of(self.page.rows, Requisition.HANDING_OUT)
        for one in self.page.rows:
            one.clock = clocks.get(one.pk)
        return self


@require_safe
@login_required
@at_the_counter
def to_hand_out(request: HttpRequest) -> HttpResponseBase:
    """GET /supplies/requisitions/to-hand-out/."""
    return Queue(request).with_clocks().answer("supplies/requisitions_to_hand_out.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@at_the_counter
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /supplies/requisitions/<pk>/hand-out/."""
    found = get_requisition(request, pk)
    form = HandOutForm(request.POST or None, lines=found.rows)
    if not form.is_bound or not form.is_valid():
        context = {"requisition": found, "form": form}
        return render(request, "supplies/hand_out.html", context, status=422 if form.is_bound else 200)
    posting = found.hand_out(form.parts, by=request.user, at=now(), once=form.cleaned_data["once"])
    message = _("Handed out: stock document %(number)s.") % {"number": posting}
    return answer(request, "", to=found, message=message)


@require_POST
@login_required
@at_the_counter
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /supplies/requisitions/<pk>/call-off/ with `reason`."""
    found, form = get_requisition(request, pk), ReasonForm(request.POST, auto_id="call_off_%s")
    if not form.is_valid():
        return mistaken(request, found, call_off_form=form)
    found.call_off(form.cleaned_data["reason"], by=request.user, at=now())
    return answer(
        request, "", to=found, message=_("The rest of %(number)s is called off.") % {"number": found}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@at_the_counter
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /supplies/requisitions/<pk>/take-back/."""
    found = get_requisition(request, pk)
    form = TakeBackForm(request.POST or None, lines=found.rows)
    if not form.is_bound or not form.is_valid():
        context = {"requisition": found, "form": form}
        return render(request, "supplies/take_back.html", context, status=422 if form.is_bound else 200)
    posting = found.take_back(form.parts, by=request.user, at=now(), once=form.cleaned_data["once"])
    message = _("Brought back: stock document %(number)s.") % {"number": posting}
    return answer(request, "", to=found, message=message)
