from collections.abc import Iterator

import pytest
from pytest_django import Settings

from stakeholders.domain.starting_data import load_groups_and_districts, load_topics
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.mail_server import MailServer, running


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    with running() as server:
        settings.EMAIL_URL = server.url
        yield server


@pytest.fixture
def office(cast: Cast) -> Stakeholder:
    """Somebody of the project office, with the groups, districts and topics every portal starts with."""
    load_groups_and_districts()
    load_topics()
    return cast.project_office
