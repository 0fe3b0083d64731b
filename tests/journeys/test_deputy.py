"""The office invites into a gap of the coverage; whoever is invited names a deputy, who comes."""

from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.event import calendar_of, create_event, moment, open_tool, take_step
from tests.journeys.people import OFFICE, signed_in
from tests.journeys.stack import Stack, link_in, plain_text

pytestmark = pytest.mark.browser

TITLE = "Gespräch in der Kammer"
INVITED, DEPUTY = "erika.luecke@demo.example", "vera.vertretung@demo.example"
GROUP, DISTRICT = "Kammern und Verbände", "Landkreis Görlitz"


def record_person(office: Visitor) -> None:
    """Somebody who wrote a letter and has not been active on the portal."""
    office.go("/akteure/erfassen/")
    page = office.page
    page.get_by_label("Vorname").fill("Erika")
    page.get_by_label("Nachname").fill("Lücke")
    page.get_by_label("Akteursgruppe").select_option(index=2)
    page.get_by_label("Kreis").select_option(index=3)
    page.get_by_label("E-Mail-Adresse").fill(INVITED)
    page.get_by_label("per Brief").check()
    office.press("Person erfassen")
    office.sees("Erika Lücke")


def aim_at(office: Visitor, target: str) -> None:
    """For every group and district the same, so that wherever nobody is active there is a gap."""
    office.go("/akteure/abdeckung/ziele/")
    for field in office.page.locator(".grid-table input").all():
        field.fill(target)
    office.press("Ziele speichern")


def invite_the_gap(office: Visitor) -> None:
    open_tool(office, TITLE, "Einladen")
    office.page.get_by_label("Lücken der Abdeckung").check()
    office.press("Zahlen ansehen")
    assert office.page.get_by_text("Diese Lücken sind offen").is_visible()
    office.page.get_by_role("button", name="jetzt einladen").click()
    office.page.wait_for_load_state()
    office.look()


def name_a_deputy(invited: Visitor) -> None:
    """The own address is refused and what was typed stays."""
    page = invited.page
    page.get_by_label("Vorname").fill("Vera")
    page.get_by_label("Nachname").fill("Vertretung")
    page.get_by_label("E-Mail-Adresse").fill(INVITED)
    invited.press("Vertretung einladen")
    assert page.get_by_label("Vorname").input_value() == "Vera"
    page.get_by_label("E-Mail-Adresse").fill(DEPUTY)
    invited.press("Vertretung einladen")
    invited.sees(f"Sie haben {DEPUTY} als Vertretung benannt")


def test_a_gap_is_invited_and_a_deputy_comes(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office = signed_in(new_visitor(), OFFICE)
    record_person(office)
    aim_at(office, "2")
    try:
        create_event(office, TITLE, moment(days=9), fields={"Ort:": "Beispielhaus, Zittau"})
        take_step(office, TITLE, "publish")
        invite_the_gap(office)
    finally:
        aim_at(office, "")

    invitation = stack.wait_for_mail(INVITED, f"Einladung: {TITLE}")
    invited = new_visitor()
    invited.go(link_in(invitation, "/einladung/"))
    invited.press("Zusagen")
    stack.wait_for_mail(INVITED, f"Anmeldung bestätigt: {TITLE}")
    name_a_deputy(invited)

    asked = stack.wait_for_mail(DEPUTY, f"Einladung als Vertretung von Erika Lücke: {TITLE}")
    assert "Erika Lücke" in plain_text(asked)
    deputy = new_visitor()
    deputy.go(link_in(asked, "/einladung/"))
    deputy.press("Zusagen")
    confirmed = stack.wait_for_mail(DEPUTY, f"Anmeldung bestätigt: {TITLE}")
    invited.go(invited.page.url)
    invited.sees("Vertretung")
    assert "Vera Vertretung" in plain_text(stack.wait_for_mail(INVITED, f"Ihre Vertretung kommt: {TITLE}"))
    found = calendar_of(confirmed)
    assert found
    assert found[1].one("SUMMARY").value == TITLE

    guest = new_visitor()
    guest.go("/veranstaltungen/monat/")
    guest.go("/veranstaltungen/")
    guest.follow(TITLE)
    guest.sees("Beispielhaus, Zittau")
