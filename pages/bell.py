"""The bell in the top bar: how many notices wait unread, fresh within a breath."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
@login_required
def bell(request: HttpRequest) -> HttpResponse:
    """GET /bell/ → the fragment that the pulse's topic "inbox" refreshes."""
    return render(request, "pages/_bell.html")
