import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, signed_in
from tests.journeys.stack import Stack, link_in, plain_text
from tests.journeys.test_registration import code_in

pytestmark = pytest.mark.browser

EMAIL = "person003@demo.example"
"""Somebody of the demonstration who has theses, ratings and a place at a coming event, and no password."""


def signed_in_by_code(visitor: Visitor, stack: Stack) -> Visitor:
    visitor.go("/konto/login/")
    visitor.follow("Ohne Passwort: Code per E-Mail")
    visitor.page.get_by_label("E-Mail", exact=True).fill(EMAIL)
    visitor.press("Code anfordern")
    visitor.page.get_by_label("Code").fill(code_in(plain_text(stack.wait_for_mail(EMAIL, "Anmeldecode"))))
    visitor.press("Code bestätigen")
    return visitor


def test_a_person_reads_downloads_and_deletes_what_is_stored(
    new_visitor: Callable[[], Visitor], stack: Stack, tmp_path: Path
) -> None:
    visitor = signed_in_by_code(new_visitor(), stack)
    visitor.go("/mein/")
    visitor.follow("Meine Daten")
    visitor.sees("36 Monate ohne Anmeldung und Mitwirkung")
    visitor.press("Rundbrief bestellen")
    visitor.sees("Sie bekommen den Rundbrief.")
    visitor.press("Auskunft anfordern")
    page = visitor.page
    with page.expect_download() as started:
        page.get_by_role("link", name="Auskunft herunterladen (ZIP)").click(timeout=60_000)
    file = tmp_path / "auskunft.zip"
    started.value.save_as(file)
    visitor.look()
    assert "bereit" in plain_text(stack.wait_for_mail(EMAIL, "Ihre Auskunft liegt bereit"))
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)
    assert json.loads((tmp_path / "data.json").read_text())["stakeholders"]["person"]["email"] == EMAIL

    visitor.follow("Konto löschen")
    visitor.sees("Wird gelöscht")
    visitor.sees("Bleibt ohne Ihren Namen")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    visitor.press("Konto endgültig löschen")
    visitor.sees("Ihr Konto ist gelöscht.")
    assert "gelöscht" in plain_text(stack.wait_for_mail(EMAIL, "Ihr Konto ist gelöscht"))
    visitor.go("/mein/daten/")
    assert "/konto/login" in page.url

    offline = new_visitor()
    offline.page.context.set_offline(True)
    offline.page.goto((tmp_path / "data.html").as_uri())
    offline.look()
    offline.sees("Auskunft über meine Daten")
    offline.sees(EMAIL)


def test_the_newsletter_from_order_to_end(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    email = "leserin@demo.example"
    guest = new_visitor()
    guest.go("/rundbrief/")
    guest.page.get_by_label("E-Mail-Adresse").fill(email)
    guest.press("Rundbrief bestellen")
    guest.sees("Wir haben Ihnen eine E-Mail geschickt.")
    guest.go(link_in(stack.wait_for_mail(email, "Bitte bestätigen Sie den Rundbrief"), "/rundbrief/"))
    guest.press("Ja, Rundbrief bestellen")
    guest.sees("bestellt und bestätigt")

    office = signed_in(new_visitor(), OFFICE)
    office.go("/verwaltung/stakeholders/newsletter/add/")
    office.page.get_by_label("Betreff:", exact=True).fill("Was im Herbst geschah")
    office.page.get_by_label("Text:", exact=True).fill("Ein **Termin** im November.")
    office.press("Sichern und weiter bearbeiten")
    office.page.get_by_role("link", name="Ansehen und senden").click()
    office.look()
    office.press("Jetzt an alle senden")
    office.sees("Der Rundbrief geht an")

    issue = stack.wait_for_mail(email, "Was im Herbst geschah")
    assert str(issue["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(issue["List-Unsubscribe"]) == f"<{link_in(issue, '/rundbrief/abbestellen/')}>"
    guest.go(link_in(issue, "/rundbrief/abbestellen/"))
    guest.press("Rundbrief abbestellen")
    guest.sees("ist abbestellt")
