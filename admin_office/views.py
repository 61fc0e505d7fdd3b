"""What machines ask the office."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import health


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the office works as promised, else 503; `?only=web` leaves the sweep out.

    The web container asks with `only=web`: it is not made healthier by a restart when beat is at fault.
    """
    parts = health.examine(timezone.now())
    if request.GET.get("only") == "web":
        del parts["sweep"]
    ok = all(part["ok"] for part in parts.values())
    answer = JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)
    answer._has_been_logged = True  # asked every few seconds: whoever asks raises the alarm, not our log
    return answer
