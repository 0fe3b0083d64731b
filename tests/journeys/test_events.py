"""From the list over month and series to an event, and from there into one's own calendar."""

from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import SECOND, signed_in
from tests.workshops.strict_calendar import events, parse

pytestmark = pytest.mark.browser

TOUR = "Tour durch die Regionen"
EVENT = "Regionaldialog in Zwickau"


def calendar(visitor: Visitor, address: str) -> dict[str, str]:
    """What a calendar program reads at this address: the status of each event."""
    response = visitor.page.request.get(address)
    assert response.ok
    return {event.text("SUMMARY"): event.one("STATUS").value for event in events(parse(response.text()))}


def test_a_guest_finds_an_event_by_month_and_by_series(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    guest.go("/veranstaltungen/")
    guest.page.get_by_label("Reihe", exact=True).select_option(label=TOUR)
    guest.press("Anzeigen")
    guest.sees("2 Veranstaltungen")
    guest.follow("Monat")
    for _month in range(4):
        if guest.page.locator("main table").get_by_role("link", name=EVENT).count():
            break
        guest.page.locator("a[rel^=next]").click()
        guest.look()
    guest.follow(EVENT)
    guest.sees("Raum: Großer Saal")
    assert guest.page.get_by_role("link", name="Auf der Karte ansehen").get_attribute("href") == (
        "https://www.openstreetmap.org/search?query=Beispielstra%C3%9Fe+8%2C+Zwickau"
    )
    guest.follow(TOUR)
    guest.sees("Regionaldialog in Bautzen")
    guest.go("/veranstaltungen/demo-konferenz-industrie/")
    guest.sees("Arbeitsgruppe Energie")
    guest.go("/veranstaltungen/demo-innoslam-lausitz/")
    guest.sees("Abstimmung des Publikums")


def test_a_stakeholder_has_the_own_events_in_the_own_calendar(new_visitor: Callable[[], Visitor]) -> None:
    person, program = signed_in(new_visitor(), SECOND), new_visitor()
    person.go("/veranstaltungen/demo-regionaldialog-zwickau/")
    person.follow("Anmelden")
    person.press("Verbindlich anmelden")
    person.go("/veranstaltungen/demo-regionaldialog-zwickau/")
    person.follow("Alle meine Veranstaltungen abonnieren")
    address = person.page.locator("main a[href$='.ics'][href^='http']").get_attribute("href")
    assert address
    assert calendar(program, address)[EVENT] == "CONFIRMED"
    person.press("Adresse erneuern")
    person.sees("Ihr Kalender hat eine neue Adresse.")
    assert program.page.request.get(address).status == 404
    newest = person.page.locator("main a[href$='.ics'][href^='http']").get_attribute("href")
    assert newest
    person.go("/veranstaltungen/demo-regionaldialog-zwickau/")
    person.press("Platz freigeben")
    assert EVENT not in calendar(program, newest)
