"""The page between choosing items and posting them: one line for each, then one stock document."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from organization.person_field import suggestions
from pages import asked
from pages.clock import now
from pages.refusals import Refused

from ..forms.stock import BY_HAND, PostingForm
from ..models import Item, Posting

MOST_LINES = 100


def view(model_admin: Any) -> Callable[..., HttpResponse]:
    """GET, POST /admin/supplies/item/post/<kind>/?ids=1,2."""

    def posting(request: HttpRequest, kind: str) -> HttpResponse:
        if not model_admin.has_post_permission(request):
            raise PermissionDenied
        if kind not in BY_HAND:
            raise Http404
        form = PostingForm(request.POST or None, kind=kind, items=_chosen(request))
        if form.is_bound and form.is_valid():
            try:
                posted = form.post(by=request.user, at=now())
            except Refused as refusal:
                form.head.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(number)s is posted.") % {"number": posted})
                return redirect(posted)
        return render(request, "admin/supplies/item/post.html", _context(model_admin, request, form))

    return posting


def _chosen(request: HttpRequest) -> list[Item]:
    """The items of `ids`, in the order of their numbers."""
    keys = asked.keys(request.GET.get("ids", "").split(","))
    found = Item.objects.filter(pk__in=keys[:MOST_LINES]).select_related("place").order_by("code")
    if not found:
        raise Http404
    return list(found)


def _context(model_admin: Any, request: HttpRequest, form: PostingForm) -> dict[str, Any]:
    title = Posting.Kind(form.kind).label
    return model_admin.admin_site.each_context(request) | {
        "title": title,
        "opts": Item._meta,
        "form": form,
        "people": suggestions() if "person" in form.head.fields else [],
    }
