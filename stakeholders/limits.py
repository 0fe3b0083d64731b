"""How often one visitor may send a form that anybody can reach."""

import time
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stakeholders.permissions import View

HOUR = 3600
MINUTE = 60


def limited(action: str, *, per_hour: int, method: str = "POST") -> Callable[[View], View]:
    """Answers 429 to whoever posts more often than that in an hour of the clock; other methods are free.

    Counted by the address of the visitor, which is kept as a hash until the hour is over. Without the cache nobody is
    refused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == method and count(action, request) > per_hour:
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def limited_per_person(action: str, *, per_minute: int) -> Callable[[View], View]:
    """Answers 429 to an account that posts more often than that in a minute of the clock; reading is free.

    Guests pass: the view sends them to sign in. Without the cache nobody is refused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            posts = request.method == "POST" and request.user.is_authenticated
            if posts and _counted(action, f"person {request.user.pk}", MINUTE) > per_minute:
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def count(action: str, request: HttpRequest) -> int:
    """How often this visitor has sent it in this hour, this time included."""
    return _counted(action, get_adapter(request).get_client_ip(request), HOUR)


def _counted(action: str, visitor: str, seconds: int) -> int:
    key = "limit:" + sha256(f"{action} {visitor} {int(time.time()) // seconds}".encode()).hexdigest()
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # The time ended between the two lines.
        return 1
