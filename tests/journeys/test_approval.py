"""Where the project office decides who takes part: one person is admitted, another is not and reads why."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.journeys.browser import Visitor
from tests.journeys.event import calendar_of, create_event, moment, open_event, public_address, subjects, take_step
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in, plain_text

pytestmark = pytest.mark.browser

TITLE = "Klausur Halbleiter"
REASON = "Die Klausur ist für Unternehmen der Halbleiterindustrie gedacht."


def ask(visitor: Visitor, address: str) -> None:
    visitor.go(address)
    visitor.sees("Das Projektbüro entscheidet über jede Anmeldung")
    visitor.follow("Teilnahme anfragen")
    visitor.press("Anfrage abschicken")
    visitor.sees("Ihre Anfrage ist eingegangen.")


def name_of(visitor: Visitor, link: str) -> str:
    """As the person's own page says it."""
    visitor.go(link)
    words: str = visitor.page.locator("main .preline").first.inner_text()
    return words.removeprefix("Anmeldung von ")


def decide(office: Visitor, admitted: str, refused: str) -> None:
    """The link in the event's tools says how many ask; a blank is no reason."""
    open_event(office, TITLE)
    office.page.get_by_role("link", name="2 Anfragen", exact=True).click()
    office.look()
    office.sees("noch 5 Plätze frei")
    section(office, admitted).get_by_role("button", name="Annehmen").click()
    office.look()
    office.sees(f"{admitted} hat einen Platz.")
    section(office, refused).get_by_label("Grund der Ablehnung").fill(" ")
    section(office, refused).get_by_role("button", name="Ablehnen").click()
    office.look()
    office.sees("Bitte nennen Sie einen Grund. Die Person liest ihn.")
    section(office, refused).get_by_label("Grund der Ablehnung").fill(REASON)
    section(office, refused).get_by_role("button", name="Ablehnen").click()
    office.look()
    office.sees(f"{refused} ist nicht zugelassen.")
    office.sees("Zurzeit ist nichts zu entscheiden.")


def section(office: Visitor, name: str) -> Locator:
    return office.page.locator("section.module").filter(has_text=name)


def test_the_office_admits_one_and_refuses_another(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office = signed_in(new_visitor(), OFFICE)
    fields: dict[str, str | bool] = {"Das Projektbüro bestätigt jede Anmeldung": True, "Plätze:": "5"}
    create_event(office, TITLE, moment(days=5), fields=fields)
    take_step(office, TITLE, "publish")
    address = public_address(office, TITLE)
    first, second = signed_in(new_visitor(), STAKEHOLDER), signed_in(new_visitor(), SECOND)
    links = {}
    for person, email in ((first, STAKEHOLDER), (second, SECOND)):
        ask(person, address)
        links[email] = link_in(stack.wait_for_mail(email, f"Anfrage eingegangen: {TITLE}"), "/anmeldung/")
    by_link, other = new_visitor(), new_visitor()
    names = name_of(by_link, links[STAKEHOLDER]), name_of(other, links[SECOND])
    by_link.sees("Ihre Anfrage liegt dem Projektbüro vor.")
    assert by_link.page.get_by_role("link", name="Eintrittskarte").count() == 0
    decide(office, *names)

    confirmed = stack.wait_for_mail(STAKEHOLDER, f"Anmeldung bestätigt: {TITLE}")
    found = calendar_of(confirmed)
    assert found
    assert (found[0], found[1].text("SUMMARY")) == ("REQUEST", TITLE)
    by_link.go(links[STAKEHOLDER])
    by_link.sees("Sie haben einen Platz.")
    by_link.follow("Eintrittskarte")
    refused = stack.wait_for_mail(SECOND, f"Anmeldung nicht möglich: {TITLE}")
    assert f"Der Grund: {REASON}" in plain_text(refused)
    assert calendar_of(refused) is None
    other.go(links[SECOND])
    other.sees(f"Grund: {REASON}")
    assert other.page.get_by_role("button").filter(has_text="anmelden").count() == 0
    second.go(address)
    second.sees(f"Grund: {REASON}")
    assert second.page.get_by_role("link", name="Teilnahme anfragen").count() == 0
    by_link.follow("Zur Anmeldung")
    by_link.press("Platz freigeben")
    stack.wait_for_mail(STAKEHOLDER, f"Abgemeldet: {TITLE}")
    assert subjects(stack, STAKEHOLDER, TITLE) == ["Anfrage eingegangen", "Anmeldung bestätigt", "Abgemeldet"]
    assert subjects(stack, SECOND, TITLE) == ["Anfrage eingegangen", "Anmeldung nicht möglich"]
