"""What theses show together: read in both themes, downloaded, and made into an agenda."""

from collections.abc import Callable
from contextlib import closing
from typing import Literal

import psycopg2
import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, signed_in
from tests.journeys.stack import Stack

pytestmark = pytest.mark.browser
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def test_a_guest_reads_and_downloads_the_evaluation(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    for theme in THEMES:
        guest.page.emulate_media(color_scheme=theme)
        guest.go("/thesen/auswertung/")
    guest.sees("Was verbindet")
    drawings = guest.page.locator("main svg[role=img]")
    assert drawings.count() >= 2
    for place in range(drawings.count()):
        assert drawings.nth(place).locator("title").text_content()
        assert drawings.nth(place).locator("desc").text_content()
    assert guest.page.locator("main table").count() >= drawings.count()
    for extension in ("csv", "json"):
        link = guest.page.get_by_role("link", name=extension.upper()).first.get_attribute("href")
        found = guest.page.request.get(f"{guest.address}{link}")
        assert found.ok
        assert "Zustimmung" in found.text() or "consensus" in found.text()


def test_a_guest_reads_and_downloads_the_stances_on_a_thesis(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    guest.go("/thesen/auswertung/")
    guest.page.locator("#anteile a, main table a").first.click()
    guest.page.wait_for_load_state()
    for theme in THEMES:
        guest.page.emulate_media(color_scheme=theme)
        guest.go(guest.page.url)
    guest.sees("Was andere denken")
    link = guest.page.get_by_role("link", name="JSON", exact=True).get_attribute("href")
    assert guest.page.request.get(f"{guest.address}{link}").json()["tables"]["haltungen"]["rows"]
    guest.follow("Was aus der These wurde")


BRIDGED = """
    SELECT thesis.measure_id, thesis.sentence FROM theses_opinionresult result
    CROSS JOIN jsonb_array_elements_text(result.result -> 'bridges') WITH ORDINALITY AS bridge (key, place)
    JOIN theses_thesis thesis ON thesis.id = bridge.key::bigint
    WHERE result.scope = 'all' AND thesis.state = 'published' AND thesis.measure_id IS NOT NULL
    ORDER BY bridge.place LIMIT 1
"""


def test_the_office_gets_an_agenda_proposed(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    with closing(psycopg2.connect(stack.database)) as connection, connection.cursor() as cursor:
        cursor.execute(BRIDGED)
        ((measure, sentence),) = cursor.fetchall()
    office = signed_in(new_visitor(), OFFICE)
    office.go("/verwaltung/theses/agenda/add/")
    office.page.get_by_role("button", name="Sichern").first.click()
    office.look()
    office.sees("Wählen Sie ein Thema oder eine Maßnahme.")
    office.page.locator("select[name=measure]").select_option(str(measure))
    office.page.get_by_role("button", name="Sichern").first.click()
    office.page.wait_for_load_state()
    office.look()
    assert office.page.locator("[name=items-0-title]").input_value() == sentence
    assert office.page.locator("[name=items-0-why]").input_value().startswith("verbindet: In jeder Gruppe")
