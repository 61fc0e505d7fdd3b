"""The channels (通知渠道): added, changed, tried out, switched off; secrets go in and never come out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices.forms import ChannelForm
from notices.models import Channel
from notices.trial import try_out
from pages.answers import answer


def current_channel(pk: int) -> Channel:
    return get_object_or_404(Channel.objects.current(), pk=pk)


@require_safe
@login_required
@permission_required("notices.view_channel", raise_exception=True)
def channels(request: HttpRequest) -> HttpResponse:
    """GET /channels/ → every channel and how it fares."""
    addable = [(kind.value, kind.label) for kind in Channel.Kind if kind != Channel.Kind.EMAIL]
    context = {"channels": Channel.objects.current().with_troubles(), "kinds": addable}
    return render(request, "notices/channel_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("notices.add_channel", raise_exception=True)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """GET, POST /channels/new/<kind>/ → the form of a robot or webhook."""
    if kind not in Channel.Kind.values or kind == Channel.Kind.EMAIL:
        raise Http404
    return _edited(request, Channel(kind=kind, per_minute=Channel.PER_MINUTE[kind]), _("Channel added."))


@require_http_methods(["GET", "POST"])
@login_required
@permission_required("notices.change_channel", raise_exception=True)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST /channels/<pk>/edit/."""
    return _edited(request, current_channel(pk), _("Channel changed."))


def _edited(request: HttpRequest, channel: Channel, done: str) -> HttpResponse:
    form = ChannelForm(request.POST or None, instance=channel)
    if request.method == "POST" and form.is_valid():
        form.instance.change(by=request.user)
        messages.success(request, done)
        return redirect("channels")
    context = {"form": form, "channel": channel}
    return render(request, "notices/channel_form.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
@permission_required("notices.change_channel", raise_exception=True)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """POST on=1 or on=0 → in use or not."""
    channel, on = current_channel(pk), request.POST.get("on") == "1"
    if on:
        channel.enable(by=request.user)
    else:
        channel.disable(by=request.user)
    done = _("Switched on.") if on else _("Switched off.")
    return answer(request, "notices/_channel.html", {"channel": channel}, to="channels", message=done)


@require_POST
@login_required
@permission_required("notices.change_channel", raise_exception=True)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """POST → a real message is sent now; the outcome stands beside the channel."""
    channel = current_channel(pk)
    trouble = try_out(channel, by=request.user)
    context = {"channel": channel, "trouble": trouble, "tried": True}
    return answer(request, "notices/_channel.html" if request.htmx else "notices/channel_test.html", context)


@require_POST
@login_required
@permission_required("notices.delete_channel", raise_exception=True)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """POST → gone with its secrets (the button asks first); its log stays."""
    current_channel(pk).remove(by=request.user)
    messages.success(request, _("Channel removed."))
    return redirect("channels")
