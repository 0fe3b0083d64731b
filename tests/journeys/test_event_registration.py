from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in, plain_text

pytestmark = pytest.mark.browser

CONFERENCE = "/veranstaltungen/demo-konferenz-industrie/"
TITLE = "Konferenz: Industrie im Gespräch"


def fill_form(visitor: Visitor) -> None:
    """A question appears with the answer it depends on; what is refused loses nothing that was typed."""
    page = visitor.page
    seats = page.get_by_label("Wie viele Plätze in Ihrem Auto sind frei?")
    assert not seats.is_visible()
    page.get_by_label("mit dem Auto").check()
    seats.fill("drei")
    page.get_by_label("vor Ort (noch").check()
    page.get_by_label("Zahl der Begleitpersonen").fill("1")
    page.get_by_label("vegan").check()
    assert not page.get_by_label("Arbeitsgruppe Daten").is_enabled(), "all places are taken"
    for group in ("Arbeitsgruppe Energie", "Arbeitsgruppe Fachkräfte"):
        page.get_by_label(group).check()
    visitor.press("Verbindlich anmelden")
    visitor.sees("Bitte geben Sie eine Zahl ein")
    seats.fill("3")
    visitor.press("Verbindlich anmelden")
    visitor.sees("finden gleichzeitig statt")
    assert seats.input_value() == "3"
    page.get_by_label("Arbeitsgruppe Energie").uncheck()
    visitor.press("Verbindlich anmelden")
    visitor.sees("Sie haben einen Platz (vor Ort).")


def test_a_registration_from_the_form_to_the_ticket_and_back(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    person = signed_in(new_visitor(), STAKEHOLDER)
    person.go(CONFERENCE)
    person.follow("Anmelden")
    person.sees("14 Tage nach der Veranstaltung")
    fill_form(person)

    confirmation = stack.wait_for_mail(STAKEHOLDER, f"Anmeldung bestätigt: {TITLE}")
    assert "Begleitung: 1 Person" in plain_text(confirmation)
    assert {"image/png", "text/calendar"} <= {part.get_content_type() for part in confirmation.walk()}

    by_link = new_visitor()
    by_link.go(link_in(confirmation, "/anmeldung/"))
    by_link.sees("Arbeitsgruppe Fachkräfte")
    by_link.follow("Eintrittskarte")
    by_link.sees("und 1 Begleitperson")
    assert by_link.page.get_by_role("img", name="QR-Code der Eintrittskarte").is_visible()
    by_link.follow("Zur Anmeldung")

    by_link.follow("Anmeldung ändern")
    by_link.page.get_by_label("online (noch").check()
    by_link.page.get_by_label("Zahl der Begleitpersonen").fill("0")
    by_link.press("Änderungen speichern")
    by_link.sees("Sie haben einen Platz (online).")
    assert "Ihre Teilnahme: online" in plain_text(stack.wait_for_mail(STAKEHOLDER, f"Anmeldung geändert: {TITLE}"))

    person.go("/mein/")
    person.follow("Eintrittskarte")
    person.sees(TITLE)
    by_link.press("Platz freigeben")
    stack.wait_for_mail(STAKEHOLDER, f"Abgemeldet: {TITLE}")
    by_link.sees("Sie nehmen nicht teil")
    person.go(person.page.url)
    person.sees("solange Sie einen bestätigten Platz haben")
