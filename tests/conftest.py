from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from stakeholders.models import Stakeholder
from tests.cast import Cast, assemble


def pytest_configure() -> None:
    """Pages name their static files as they lie in the tree: the hashed names need a collected folder."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def german() -> None:
    """A request leaves its language behind in the thread; every test starts in the public language."""
    translation.activate("de")


@pytest.fixture(autouse=True)
def nothing_drawn_before() -> None:
    """Parts of pages that a process keeps (navigation, filters, figures) would carry rows from test to test."""
    caches["frame"].clear()


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
