from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail_server import MailServer, running


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    with running() as server:
        settings.EMAIL_URL = server.url
        yield server
