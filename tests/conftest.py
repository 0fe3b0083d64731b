import pytest
from django.test import Client

from stakeholders.models import Stakeholder
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def sign_in(client: Client):  # noqa: ANN201
    """sign_in(person) -> a client that browses as this person."""

    def as_person(person: Stakeholder) -> Client:
        client.force_login(person)
        return client

    return as_person
