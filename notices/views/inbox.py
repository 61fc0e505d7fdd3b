"""The inbox (收件箱): one's own notices, read and answered in one tap; another person's do not exist here."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices.filters import InboxFilter
from notices.models import Notice
from pages.answers import answer
from pages.exports import Column
from pages.lists import List

log = logging.getLogger("security")

COLUMNS = [
    Column("created_at", gettext_lazy("Told at")),
    Column("label", gettext_lazy("Kind")),
    Column("level", gettext_lazy("Level")),
    Column("title", gettext_lazy("Title")),
    Column("body", gettext_lazy("Text")),
    Column("read_at", gettext_lazy("Read at")),
    Column("acknowledged_at", gettext_lazy("Received at")),
]


def own_notice(request: HttpRequest, pk: int) -> Notice:
    """The notice, if it was told to who asks; anything else is logged and does not exist."""
    notice = Notice.objects.to(request.user).filter(pk=pk).first()
    if notice is None:
        log.warning("%s asked for notice %s, which is not theirs", request.user.get_username(), pk)
        raise Http404
    return notice


@require_safe
@never_cache
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """GET /inbox/ → one's notices, unread first."""
    listing = List(
        request,
        Notice.objects.to(request.user).select_related("told_by"),
        COLUMNS,
        name=_("Inbox"),
        search=Notice.objects.search,
        filters=InboxFilter,
        sort="-read_at",
    )
    unread = Notice.objects.to(request.user).unread().exists()
    return listing.answer("notices/inbox.html", {"unread": unread})


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """POST → read; a plain click on the title goes on to what the notice is about."""
    notice = own_notice(request, pk)
    notice.read(by=request.user)
    onward = notice.link if "follow" in request.POST and notice.link.startswith("/") else "inbox"
    return answer(request, "notices/_notice.html", {"notice": notice}, to=onward)


@require_POST
@login_required
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """POST → answered "received" (已收到)."""
    notice = own_notice(request, pk)
    notice.acknowledge(by=request.user)
    return answer(
        request, "notices/_notice.html", {"notice": notice}, to="inbox", message=_("Answered: received.")
    )


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """POST → everything is read (the button asks first)."""
    how_many = Notice.objects.to(request.user).read_all()
    words = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", how_many)
    messages.success(request, words % {"count": how_many})
    return redirect("inbox")
