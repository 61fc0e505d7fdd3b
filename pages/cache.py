"""A cache that may be away: while the broker's machine is down, the office goes on taking calls."""

import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

TRY_AGAIN_SECONDS = 5.0

_away_until: dict[str, float] = {}  # monotonic, per server: it is away for the whole process


def _forgiving(name: str, answer):
    original = getattr(RedisCache, name)

    def method(self, *args, **kwargs):
        server = str(self._servers)
        if time.monotonic() < _away_until.get(server, 0):
            return answer(args, kwargs)
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            _away_until[server] = time.monotonic() + TRY_AGAIN_SECONDS
            logger.warning("Cache is away (%s): %s", name, error)
            return answer(args, kwargs)

    method.__name__ = name
    return method


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, an empty one while the server cannot be reached.

    A server that does not answer is left alone for 5 s: nobody waits for its time-out twice in a page.
    """

    get = _forgiving("get", lambda args, kwargs: kwargs.get("default", args[1] if args[1:] else None))
    get_many = _forgiving("get_many", lambda args, kwargs: {})
    set = _forgiving("set", lambda args, kwargs: None)
    set_many = _forgiving("set_many", lambda args, kwargs: [])
    add = _forgiving("add", lambda args, kwargs: True)
    touch = _forgiving("touch", lambda args, kwargs: False)
    delete = _forgiving("delete", lambda args, kwargs: False)
    delete_many = _forgiving("delete_many", lambda args, kwargs: None)
    has_key = _forgiving("has_key", lambda args, kwargs: False)
    incr = _forgiving("incr", lambda args, kwargs: 1)

    def clear(self) -> bool:
        """Only what this office put there: broker and cache may share one server."""
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(f"{self.key_prefix}:*", count=1000):
            client.delete(key)
        return True
