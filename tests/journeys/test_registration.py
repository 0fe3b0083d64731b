import re
from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.stack import Stack, plain_text, wait_for

pytestmark = pytest.mark.browser

PASSWORD = "ein-langes-kennwort-42"


def code_in(text: str) -> str:
    """The one-time code of a mail: a line of its own, letters and digits in groups."""
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)
    assert found, text
    return found.group(1)


def register(visitor: Visitor, stack: Stack, email: str, last_name: str, *, group: str, district: str) -> None:
    """From the home page to the own area: address, code, name, group, district, organisation, interests."""
    page = visitor.page
    visitor.go("/konto/signup/")
    page.get_by_label("E-Mail", exact=True).fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_label("Passwort (Wiederholung)").fill(PASSWORD)
    page.get_by_label("Ich habe die Datenschutzhinweise").check()
    visitor.press("Registrieren")
    code = code_in(plain_text(stack.wait_for_mail(email, "")))
    page.get_by_label("Code").fill(code)
    visitor.press("Code bestätigen")
    page.get_by_label("Vorname").fill("Robin")
    page.get_by_label("Nachname").fill(last_name)
    page.get_by_label("Akteursgruppe", exact=True).select_option(label=group)
    page.get_by_label("Kreis oder kreisfreie Stadt").select_option(label=district)
    page.get_by_role("combobox", name="Organisation").fill("Neues Musterwerk")
    page.get_by_label("Themen und Thesen einbringen").check()
    page.get_by_label("An Veranstaltungen teilnehmen").check()
    visitor.press("Profil speichern")
    visitor.sees("Ihr Profil ist gespeichert.")


def test_a_person_registers_and_comes_back_by_code(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    email = "robin.neu@demo.example"
    visitor = new_visitor()
    visitor.go("/")
    register(visitor, stack, email, "Neu", group="Bildungs- und Forschungseinrichtungen", district="Mittelsachsen")
    visitor.sees("Guten Tag, Robin Neu.")
    visitor.sees("Neues Musterwerk")
    visitor.follow("Abmelden")
    visitor.press("Abmelden")

    visitor.go("/konto/login/")
    visitor.follow("Ohne Passwort: Code per E-Mail")
    visitor.page.get_by_label("E-Mail", exact=True).fill(email)
    before = len(stack.mails_to(email))
    visitor.press("Code anfordern")
    mail = wait_for(lambda: stack.mails_to(email)[before:], "the login code")[-1]
    visitor.page.get_by_label("Code").fill(code_in(plain_text(mail)))
    visitor.press("Code bestätigen")
    visitor.sees("Guten Tag, Robin Neu.")


def test_registering_a_known_address_reveals_nothing(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    visitor = new_visitor()
    visitor.go("/konto/signup/")
    visitor.page.get_by_label("E-Mail", exact=True).fill("akteurin@demo.example")
    visitor.page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    visitor.page.get_by_label("Passwort (Wiederholung)").fill(PASSWORD)
    visitor.page.get_by_label("Ich habe die Datenschutzhinweise").check()
    visitor.press("Registrieren")
    visitor.sees("Code")
    visitor.page.get_by_label("Code").fill("ABC123")
    visitor.press("Code bestätigen")
    visitor.sees("Code")
    assert stack.wait_for_mail("akteurin@demo.example", "")
