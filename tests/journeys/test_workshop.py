from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.event import calendar_of, create_event, moment, open_tool, take_step
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in, plain_text

pytestmark = pytest.mark.browser

TITLE = "Werkstatt Lieferketten"


def invite(office: Visitor) -> None:
    open_tool(office, TITLE, "Einladen")
    office.page.get_by_label("Sächsische Industrieunternehmen").check()
    office.page.get_by_label("an Veranstaltungen teilnehmen").check()
    office.press("Zahlen ansehen")
    office.page.get_by_role("button", name="jetzt einladen").click()
    office.page.wait_for_load_state()
    office.look()


def write_to_all(office: Visitor) -> None:
    """Everybody registered hears of it, after a look at what it says; who waits does not."""
    open_tool(office, TITLE, "Nachricht schreiben")
    office.page.get_by_label("Betreff").fill("Eingang über den Hof")
    office.page.get_by_label("Text", exact=False).last.fill("Guten Tag {name}, bitte kommen Sie über den Hof.")
    office.press("Ansehen")
    office.sees("Das ist zurzeit 1 Person.")
    office.press("Jetzt senden")
    office.sees("Verschickt am")


def accept(visitor: Visitor, stack: Stack, email: str) -> None:
    """By the personal link, without signing in; only pressing the button changes anything."""
    invitation = stack.wait_for_mail(email, f"Einladung: {TITLE}")
    found = calendar_of(invitation)
    assert found
    assert found[1].one("SUMMARY").value == TITLE
    visitor.go(link_in(invitation, "/einladung/"))
    visitor.sees("Kommen Sie?")
    visitor.press("Zusagen")


def test_a_workshop_from_invitation_to_moving_up(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office = signed_in(new_visitor(), OFFICE)
    fields = {"Ort:": "Beispielhalle, Chemnitz", "Plätze:": "1"}
    create_event(office, TITLE, moment(days=1), fields=fields)
    take_step(office, TITLE, "publish")
    invite(office)

    first = new_visitor()
    accept(first, stack, STAKEHOLDER)
    confirmation = stack.wait_for_mail(STAKEHOLDER, f"Anmeldung bestätigt: {TITLE}")
    second = new_visitor()
    accept(second, stack, SECOND)
    second.sees("Warteliste")
    stack.wait_for_mail(SECOND, f"Warteliste: {TITLE}")

    write_to_all(office)
    assert "Beispielhalle" in plain_text(stack.wait_for_mail(STAKEHOLDER, "Eingang über den Hof"))

    first.go(link_in(confirmation, "/anmeldung/"))
    first.press("Platz freigeben")
    stack.wait_for_mail(STAKEHOLDER, f"Abgemeldet: {TITLE}")
    moved_up = stack.wait_for_mail(SECOND, f"Sie haben einen Platz: {TITLE}")
    second.go(link_in(moved_up, "/anmeldung/"))
    second.sees("Sie haben einen Platz.")
    assert [mail for mail in stack.mails_to(SECOND) if "Eingang" in str(mail["Subject"])] == []
    assert len([mail for mail in stack.mails_to(STAKEHOLDER) if "Eingang" in str(mail["Subject"])]) == 1


def test_a_tampered_invitation_says_what_to_do(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    response = guest.go("/einladung/1.gefaelscht/")
    assert response is not None
    assert response.status == 404
    guest.sees("Link")
