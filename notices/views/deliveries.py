"""The delivery log (送达记录): what was sent through which channel, and why something did not arrive."""

import logging

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from notices.filters import DeliveryFilter
from notices.models import Delivery
from pages.answers import answer
from pages.exports import Column
from pages.lists import List

log = logging.getLogger("security")

COLUMNS = [
    Column("created", gettext_lazy("Told at"), "notice.created_at"),
    Column("recipient", gettext_lazy("Recipient"), "notice.recipient.name"),
    Column("notice", gettext_lazy("Notice"), "notice.title"),
    Column("channel", gettext_lazy("Channel"), "channel.name"),
    Column("state", gettext_lazy("State"), template="notices/_delivery_state.html"),
    Column("attempts", gettext_lazy("Attempts"), sort=True),
    Column("sent_at", gettext_lazy("Sent at")),
    Column("next_try_at", gettext_lazy("Next attempt"), export=False, template="notices/_delivery_next.html"),
    Column("error", gettext_lazy("Reason"), template="notices/_delivery_error.html"),
]


@require_safe
@login_required
@permission_required("notices.view_delivery", raise_exception=True)
def deliveries(request: HttpRequest) -> HttpResponse:
    """GET /deliveries/ → newest first."""
    listing = List(
        request,
        Delivery.objects.with_news(),
        COLUMNS,
        name=_("Deliveries"),
        search=Delivery.objects.search,
        filters=DeliveryFilter,
        sort="-pk",
    )
    return listing.answer("notices/delivery_list.html")


@require_POST
@login_required
@permission_required("notices.retry_delivery", raise_exception=True)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """POST → the delivery waits again, and is sent within a second or two."""
    delivery = get_object_or_404(Delivery.objects.with_news(), pk=pk)
    delivery.retry(by=request.user)
    context = {"row": delivery, "user": request.user}
    return answer(
        request,
        "notices/_delivery_error.html",
        context,
        to="deliveries",
        message=_("Will be sent again at once."),
        trigger="deliveries-changed",
    )
