import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from workshops.models.workshop import RESERVED, check_slug
from workshops.urls import EVENTS


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_event_can_take_the_address_of_a_page(language: str) -> None:
    with translation.override(language):
        addresses = [str(row.pattern) for row in EVENTS]
    words = {found[1] for address in addresses if (found := re.match(r"([a-z-]+)/", address))}
    assert words
    assert words <= RESERVED


def test_address_of_a_page_is_refused_with_a_sentence() -> None:
    check_slug("werkstatt")
    with pytest.raises(ValidationError, match="Unter dieser Adresse steht schon eine Seite"):
        check_slug("monat")
