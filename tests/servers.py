"""Pytest plugin: gives the session a private PostgreSQL and Valkey before Django's settings are read.

With DATABASE_URL and REDIS_URL set, those servers are used. Workers of pytest-xdist inherit the environment and start
nothing. Everything lives in one temporary folder that is gone afterwards.
"""

import atexit
import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from embedded.environment import given_servers, placeholders
from embedded.home import Home, open_home
from embedded.places import outside
from embedded.refusal import Refusal
from embedded.servers import shared_servers


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """A wrapper runs before pytest-django's own hook, which reads the settings."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        try:
            _set_environment()
        except Refusal as refusal:
            raise pytest.UsageError(str(refusal)) from None
    return (yield)


def _set_environment() -> None:
    given = given_servers(os.environ)
    cleanup = contextlib.ExitStack()
    # Also after Ctrl-C; after a kill the guard of the servers stops them.
    atexit.register(cleanup.close)
    home = _temporary_home()
    cleanup.callback(_remove, home)
    if given is None:
        servers = cleanup.enter_context(shared_servers(home, durable=False))
        given = servers.database_url, servers.redis_url
    os.environ.update(placeholders())
    os.environ.update(
        DATABASE_URL=given[0], REDIS_URL=given[1], PORTAL_HOME=str(home.path), EMAIL_URL=home.mail.as_uri()
    )
    for name in ("PORTAL_DEMO", "DEBUG", "ALLOWED_HOSTS", "LOG_LEVEL"):
        os.environ.pop(name, None)


def _temporary_home() -> Home:
    # Not mkdtemp: as root the account of the database must be able to pass through.
    return open_home(Path(tempfile.gettempdir()) / f"zwi-test-{secrets.token_hex(8)}")


def _remove(home: Home) -> None:
    for folder in (home.path, outside(home)):
        shutil.rmtree(folder, ignore_errors=True)
