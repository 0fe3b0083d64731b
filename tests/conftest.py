from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.utils import translation

from stakeholders import limits
from stakeholders.models import Stakeholder
from tests.cast import Cast, assemble


def pytest_configure() -> None:
    """Pages name their static files as they lie in the tree: the hashed names need a collected folder."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests() -> Iterator[None]:
    """Tests with transactions of their own are cleaned up by TRUNCATE, which the audit log refuses."""
    empty = DatabaseOperations.execute_sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", ignoring(empty))
        yield


def ignoring(empty: Callable[..., None]) -> Callable[..., None]:
    def flush(*args: Any, **kwargs: Any) -> None:
        with pgtrigger.ignore("stakeholders.AuditEntry:not_emptied"):
            empty(*args, **kwargs)

    return flush


@pytest.fixture(autouse=True)
def german() -> None:
    """A request leaves its language behind in the thread; every test starts in the public language."""
    translation.activate("de")


@pytest.fixture(autouse=True)
def nothing_kept_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of attempts and drawn parts of pages would carry over from test to test, and from process to process; and
    an hour of the clock that begins in the middle of a test would count anew."""
    caches["frame"].clear()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    monkeypatch.setattr(caches["default"], "key_prefix", uuid4().hex)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def sign_in(client: Client) -> Callable[[Stakeholder], Client]:
    """sign_in(person) -> a client that browses as this person."""

    def as_person(person: Stakeholder) -> Client:
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    """The browser of the project office."""
    client.force_login(cast.project_office)
    return client
