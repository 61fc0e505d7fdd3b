"""How an outside system shows who it is: its token in the header `Authorization: Bearer …`."""

import logging
import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security.base import AuthBase
from ninja.throttling import BaseThrottle

from pages.clock import now

from .models import ApiClient

logger = logging.getLogger(__name__)


class Token(AuthBase):
    """Lets in clients whose token holds `scope`; the client is then `request.auth`.

    Ninja's own HttpBearer writes headers it does not understand into the log; no token may stand there.
    """

    openapi_type, openapi_scheme = "http", "bearer"

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> ApiClient:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        client = ApiClient.named_in(token.strip()) if scheme.lower() == "bearer" else None
        if client is None or not client.recognises(token.strip()):
            _refuse(request, client, "unknown token" if client is None or client.enabled else "revoked")
            raise AuthenticationError(message=_("This token is not known here. Ask for a new one."))
        if self.scope not in client.scopes:
            _refuse(request, client, f"no scope {self.scope}")
            raise AuthorizationError(message=_("This token does not include that."))
        client.note_use(at=now())
        return client


class Pace(BaseThrottle):
    """At most `per_minute` requests from one client; while the cache is away nobody is held up."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute

    def allow_request(self, request: HttpRequest) -> bool:
        key = f"api-pace:{request.auth.pk}:{int(time.time()) // 60}"
        if cache.add(key, 1, timeout=120):
            return True
        try:
            return cache.incr(key) <= self.per_minute
        except ValueError:  # thrown out of the cache in between
            return True

    def wait(self) -> float:
        return 60 - time.time() % 60


def _refuse(request: HttpRequest, client: ApiClient | None, why: str) -> None:
    """A refused token leaves a line in the log, never itself."""
    logger.warning(
        "API token refused (%s): client %s, from %s, %s",
        why,
        client.pk if client else "-",
        request.META.get("REMOTE_ADDR", "-"),
        request.path,
    )
