import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.home import Home, home_path, open_home
from embedded.places import outside
from embedded.servers import Servers, shared_servers


@pytest.fixture
def home() -> Iterator[Home]:
    """A home of its own; not below `tmp_path`, which the account of the servers could not enter."""
    yield from _fresh_home()


@pytest.fixture(scope="module")
def module_home() -> Iterator[Home]:
    yield from _fresh_home()


@pytest.fixture(scope="module")
def servers(module_home: Home) -> Iterator[Servers]:
    """One running pair for tests that only look at it."""
    with shared_servers(module_home, durable=False) as running:
        yield running


@pytest.fixture
def bare_environment(home: Home) -> dict[str, str]:
    """The environment of a person who has set nothing but PORTAL_HOME."""
    taken = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "PORT", "HOST"}
    kept = {name: value for name, value in os.environ.items() if name not in taken}
    return {**kept, "PORTAL_HOME": str(home.path)}


def _fresh_home() -> Iterator[Home]:
    path = Path(tempfile.gettempdir()) / f"zwi-test-{secrets.token_hex(6)}"
    fresh = open_home(home_path({"PORTAL_HOME": str(path)}))
    yield fresh
    for folder in (path, outside(fresh)):
        shutil.rmtree(folder, ignore_errors=True)
