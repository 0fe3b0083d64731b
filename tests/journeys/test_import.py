"""A list of contacts: uploaded, tried, confirmed; then somebody of it comes and takes the account over."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload

from tests.factories.contacts import csv_file
from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, signed_in
from tests.journeys.stack import Stack, plain_text, wait_for
from tests.journeys.test_registration import PASSWORD, code_in

pytestmark = pytest.mark.browser

HEADER = ("E-Mail", "Nachname", "Vorname", "Funktion", "Organisation", "Gruppe", "Kreis", "Schlagwörter")
LIST = csv_file(
    ("robin.liste@demo.example", "Liste", "Robin", "Leitung", "Listenwerk", "industrie", "Mittelsachsen", "Konferenz"),
    ("kim.gehen@demo.example", "Gehen", "Kim", "", "", "", "", ""),
    ("akteur@demo.example", "Anders", "Andreas", "Chef", "", "", "", "Konferenz"),
    ("keine-adresse", "Ohne", "Adresse", "", "", "", "", ""),
    ("formel@demo.example", "=1+1", "Formel", "", "", "", "", ""),
    header=HEADER,
)


def sign_in_by_code(visitor: Visitor, stack: Stack, email: str) -> None:
    visitor.go("/konto/login/code/")
    visitor.page.get_by_label("E-Mail", exact=True).fill(email)
    before = len(stack.mails_to(email))
    visitor.press("Code anfordern")
    mail = wait_for(lambda: stack.mails_to(email)[before:], "the login code")[-1]
    visitor.page.get_by_label("Code").fill(code_in(plain_text(mail)))
    visitor.press("Code bestätigen")


def import_the_list(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/akteure/import/")
    file = FilePayload(name="konferenz.csv", mimeType="text/csv", buffer=LIST)
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_label("Woher stammen die Angaben?").fill("Teilnehmerliste der Konferenz 2018")
    page.get_by_label("öffentliche Aufgabe").check()
    visitor.press("Hochladen und prüfen")
    # No click and no reload: the page asks for itself.
    page.get_by_role("button", name="3 Zeilen übernehmen").wait_for(timeout=30_000)
    visitor.look()
    visitor.sees("beginnt wie eine Formel")
    visitor.sees("nutzt ihren Zugang selbst")
    page.get_by_label("Ergebnis").select_option("refused")
    visitor.press("Anzeigen")
    visitor.sees("keine E-Mail-Adresse")
    assert "robin.liste@demo.example" not in page.locator("main").inner_text()
    visitor.press("3 Zeilen übernehmen")
    page.get_by_text("Die Namen der Liste sind aus dem Import entfernt.").wait_for(timeout=30_000)
    visitor.look()


def test_a_list_is_imported_and_people_take_over_or_go(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    import_the_list(signed_in(new_visitor(), OFFICE))

    robin = new_visitor()
    sign_in_by_code(robin, stack, "robin.liste@demo.example")
    assert robin.page.url.endswith("/mein/uebernehmen/")
    for told in ("Teilnehmerliste der Konferenz 2018", "öffentliche Aufgabe", "Listenwerk", "Konferenz"):
        robin.sees(told)
    robin.go("/thesen/einreichen/")
    assert "/mein/uebernehmen/" in robin.page.url
    robin.page.get_by_label("Ich habe die Datenschutzhinweise").check()
    robin.press("Zugang übernehmen")
    robin.sees("Der Zugang gehört jetzt Ihnen")
    robin.press("Profil speichern")
    assert robin.page.url.endswith("/thesen/einreichen/")

    kim = new_visitor()
    sign_in_by_code(kim, stack, "kim.gehen@demo.example")
    kim.page.get_by_label("Ja, alle Angaben über mich").check()
    kim.press("Alles löschen")
    kim.sees("Alle Angaben über Sie sind gelöscht.")


def test_registering_with_an_imported_address_ends_at_the_same_place(
    new_visitor: Callable[[], Visitor], stack: Stack
) -> None:
    office = signed_in(new_visitor(), OFFICE)
    page = office.page
    office.go("/akteure/erfassen/")
    page.get_by_label("per Brief").check()
    page.get_by_label("Vorname").fill("Toni")
    page.get_by_label("Nachname").fill("Briefwechsel")
    page.get_by_label("Akteursgruppe").select_option(label="Industrie- und Handelskammern")
    page.get_by_label("Kreis oder kreisfreie Stadt").select_option(label="Zwickau")
    page.get_by_label("E-Mail-Adresse").fill("toni.brief@demo.example")
    office.press("Person erfassen")
    office.sees("Toni Briefwechsel ist erfasst.")
    office.follow("These aufschreiben")
    office.go(page.url)

    toni = new_visitor()
    toni.go("/konto/signup/")
    toni.page.get_by_label("E-Mail", exact=True).fill("toni.brief@demo.example")
    toni.page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    toni.page.get_by_label("Passwort (Wiederholung)").fill(PASSWORD)
    toni.page.get_by_label("Ich habe die Datenschutzhinweise").check()
    toni.press("Registrieren")
    mail = stack.wait_for_mail("toni.brief@demo.example", "bereits ein Konto")
    assert "/konto/login/code/" in plain_text(mail)
    sign_in_by_code(toni, stack, "toni.brief@demo.example")
    assert toni.page.url.endswith("/mein/uebernehmen/")
    toni.sees("auf eigenen Wunsch, per Brief")
