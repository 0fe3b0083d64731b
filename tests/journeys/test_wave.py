"""The office draws a wave by quotas, looks it through, sends it, and reminds who has not answered."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.event import create_event, moment, open_event, open_tool, take_step
from tests.journeys.people import OFFICE, signed_in
from tests.journeys.stack import Stack, link_in, wait_for

pytestmark = pytest.mark.browser

TITLE = "Dialog Wasserstoff"


def draw(office: Visitor) -> None:
    """First with a quota that nobody can meet; what was typed stays."""
    open_event(office, TITLE)
    office.sees("Noch keine.")
    open_tool(office, TITLE, "Einladen")
    office.press("Zahlen ansehen")
    page = office.page
    assert page.get_by_label("Zahl der Plätze:", exact=True).input_value() == "4"
    quota = page.get_by_label(re.compile("^Mindestens aus: Sächsische Industrieunternehmen"))
    quota.fill("3999")
    page.get_by_label("Startwert der Auslosung:", exact=True).fill("7")
    office.press("Entwurf auslosen")
    office.sees("Diese Quoten lassen sich nicht erfüllen. Die kleinste Änderung, mit der es geht")
    assert page.get_by_label("Startwert der Auslosung:", exact=True).input_value() == "7"
    assert quota.input_value() == "3999"
    quota.fill("1")
    office.press("Entwurf auslosen")
    office.sees("Entwurf: Niemand hat bisher davon erfahren.")
    office.sees("Startwert der Auslosung: 7.")


def arrived(stack: Stack, subject: str, number: int) -> dict[str, EmailMessage]:
    """Recipient -> the mail with this subject, once there are so many."""

    def all_there() -> dict[str, EmailMessage] | None:
        found = [mail for mail in stack.mails_to("@") if str(mail["Subject"]) == subject]
        assert len(found) <= number
        return {str(mail["To"]): mail for mail in found} if len(found) == number else None

    return wait_for(all_there, f"{number} mails »{subject}«")


def test_a_wave_is_drawn_looked_through_sent_and_reminded_of(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office = signed_in(new_visitor(), OFFICE)
    fields: dict[str, str | bool] = {
        "Ort:": "Beispielhalle, Görlitz",
        "Plätze:": "4",
        "Anmeldung für alle offen": False,
    }
    create_event(office, TITLE, moment(days=2), fields=fields)
    take_step(office, TITLE, "publish")
    draw(office)
    wave = office.page.url.split("#")[0]

    office.page.get_by_role("link", name="Einladungen verschicken").click()
    office.look()
    office.sees("4 Nachrichten gehen sofort hinaus")
    office.press("Jetzt verschicken")
    office.sees("4 Personen sind eingeladen.")

    invited = arrived(stack, f"Einladung: {TITLE}", 4)
    first, *others = sorted(invited)
    guest = new_visitor()
    guest.go(link_in(invited[first], "/einladung/"))
    guest.press("Zusagen")
    guest.sees("Sie haben einen Platz.")

    office.go(wave)
    office.sees("4 von 4 Nachrichten gesendet.")
    office.page.get_by_role("link", name="An offene Antworten erinnern").click()
    office.look()
    office.press("Jetzt erinnern")
    office.sees("3 Personen werden erinnert.")
    assert sorted(arrived(stack, f"Bitte antworten Sie noch: {TITLE}", 3)) == others
    office.page.get_by_role("link", name="Nächste Welle vorbereiten (3 Plätze vorgeschlagen)").click()
    office.look()
