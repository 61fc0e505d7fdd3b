"""Systems that may talk to the office: let in, given a new token, shut out. A token is shown once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.forms import ApiClientForm
from organization.models import ApiClient
from pages.clock import now

may_see = permission_required("organization.view_apiclient", raise_exception=True)
may_let_in = permission_required("organization.add_apiclient", raise_exception=True)
may_change = permission_required("organization.change_apiclient", raise_exception=True)


@require_safe
@login_required
@may_see
def api_clients(request: HttpRequest) -> HttpResponse:
    """GET /api-clients/: who is let in, and when they were last here."""
    clients = ApiClient.objects.select_related("created_by", "revoked_by")
    return render(request, "organization/api_clients.html", {"clients": clients})


@require_safe
@login_required
@may_see
def api_client(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /api-clients/<pk>/."""
    return render(request, "organization/api_client.html", {"client": get_object_or_404(ApiClient, pk=pk)})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
@may_let_in
@sensitive_variables("token")
def api_client_new(request: HttpRequest) -> HttpResponse:
    """GET, POST /api-clients/new/ → the token, this once."""
    form = ApiClientForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        client, token = form.save(at=now())
        return _shown_once(request, client, token)
    status = 422 if form.errors else 200
    return render(request, "organization/api_client_form.html", {"form": form}, status=status)


@require_POST
@never_cache
@login_required
@may_change
@sensitive_variables("token")
def api_client_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /api-clients/<pk>/rotate/ → the new token, this once."""
    client = get_object_or_404(ApiClient, pk=pk)
    token = client.rotate(by=request.user, at=now())
    return _shown_once(request, client, token)


@require_POST
@login_required
@may_change
def api_client_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /api-clients/<pk>/revoke/ (the button asks first)."""
    client = get_object_or_404(ApiClient, pk=pk)
    client.revoke(by=request.user, at=now())
    messages.success(request, _("%(name)s is shut out.") % {"name": client.name})
    return redirect("api-clients")


def _shown_once(request: HttpRequest, client: ApiClient, token: str) -> HttpResponse:
    return render(request, "organization/api_client.html", {"client": client, "token": token})
