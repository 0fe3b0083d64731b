from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as LostConnectionError
from redis.exceptions import TimeoutError as TooSlowError

log = structlog.get_logger()


class ForgivingRedisCache(RedisCache):
    """Remembers nothing while the server is out of reach, instead of refusing every page that wants to remember.

    It holds the counts of attempts to sign in: without it people still sign in, and attempts are not limited until it
    is back. `/readyz` tells the operators.
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._unless_gone(super().add, True, *args, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._unless_gone(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._unless_gone(super().set, None, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._unless_gone(super().delete, False, *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._unless_gone(super().incr, 0, *args, **kwargs))

    def _unless_gone(self, action: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return action(*args, **kwargs)
        except (LostConnectionError, TooSlowError) as fault:
            log.warning("cache out of reach", answer=str(fault))
            return otherwise
