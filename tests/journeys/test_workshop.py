from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in, plain_text

pytestmark = pytest.mark.browser

ADMIN = "/verwaltung/workshops/workshop/"
TITLE = "Werkstatt Lieferketten"


def create_workshop(office: Visitor) -> None:
    """A draft for tomorrow with a single place."""
    start = datetime.now(ZoneInfo("Europe/Berlin")).replace(minute=0) + timedelta(hours=24)
    office.go(f"{ADMIN}add/")
    page = office.page
    page.get_by_label("Titel:", exact=True).fill(TITLE)
    page.get_by_label("Kurzfassung:", exact=True).fill("Wir besprechen, was Lieferketten in der Region brauchen.")
    page.get_by_label("Beginn:", exact=True).fill(f"{start:%Y-%m-%dT%H:%M}")
    page.get_by_label("Ende:", exact=True).fill(f"{start + timedelta(hours=3):%Y-%m-%dT%H:%M}")
    page.get_by_label("Ort:", exact=True).fill("Beispielhalle, Chemnitz")
    page.get_by_label("Plätze:", exact=True).fill("1")
    office.press("Speichern")
    office.sees(TITLE)


def publish(office: Visitor) -> None:
    office.page.get_by_role("row", name=TITLE).get_by_role("checkbox").check()
    office.page.get_by_label("Aktion:").select_option(value="publish")
    office.press("Ausführen")


def invite(office: Visitor) -> None:
    office.page.get_by_role("link", name=TITLE).click()
    office.look()
    office.page.get_by_role("link", name="Einladen", exact=True).click()
    office.look()
    office.page.get_by_label("Sächsische Industrieunternehmen").check()
    office.page.get_by_label("an Veranstaltungen teilnehmen").check()
    office.press("Zahlen ansehen")
    office.page.get_by_role("button", name="jetzt einladen").click()
    office.page.wait_for_load_state()
    office.look()


def write_to_all(office: Visitor) -> None:
    """Everybody registered hears of it, after a look at what it says; who waits does not."""
    office.go(ADMIN)
    office.page.get_by_role("link", name=TITLE).click()
    office.look()
    office.page.get_by_role("link", name="Nachricht schreiben", exact=True).click()
    office.look()
    office.page.get_by_label("Betreff").fill("Eingang über den Hof")
    office.page.get_by_label("Text", exact=False).last.fill("Guten Tag {name}, bitte kommen Sie über den Hof.")
    office.press("Ansehen")
    office.sees("Das ist zurzeit 1 Person.")
    office.press("Jetzt senden")
    office.sees("Verschickt am")


def accept(visitor: Visitor, stack: Stack, email: str) -> None:
    """By the personal link, without signing in; only pressing the button changes anything."""
    invitation = stack.wait_for_mail(email, f"Einladung: {TITLE}")
    calendar = next(part for part in invitation.walk() if part.get_content_type() == "text/calendar")
    event = icalendar.Calendar.from_ical(calendar.get_content()).walk("VEVENT")[0]
    assert event["SUMMARY"] == TITLE
    visitor.go(link_in(invitation, "/einladung/"))
    visitor.sees("Kommen Sie?")
    visitor.press("Zusagen")


def test_a_workshop_from_invitation_to_moving_up(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office = signed_in(new_visitor(), OFFICE)
    create_workshop(office)
    publish(office)
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
