from collections.abc import Callable

import psycopg2
import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack

pytestmark = pytest.mark.browser

ORGANISATION = "Beispielwerk Maschinenbau"
SENTENCE = "Maschinenbauer brauchen gemeinsame Prüfstände."


def ask(visitor: Visitor) -> None:
    """The demonstration's request is taken back first, so that the story begins at its beginning."""
    visitor.go("/mein/")
    visitor.follow("Meine Mandate")
    visitor.press(f"Antrag zurückziehen – {ORGANISATION}")
    visitor.sees("Der Antrag ist zurückgezogen.")
    visitor.page.get_by_label("Organisation", exact=True).fill("Gibt es nirgends")
    visitor.page.get_by_label("Ihre Aufgabe in der Organisation").fill("Leitung der Entwicklung")
    visitor.press("Mandat beantragen")
    visitor.sees("Diese Organisation kennt das Portal noch nicht.")
    visitor.page.get_by_label("Organisation", exact=True).fill(ORGANISATION)
    visitor.press("Mandat beantragen")
    visitor.sees("Ihr Antrag ist gestellt.")


def confirm(visitor: Visitor, stack: Stack) -> None:
    stack.wait_for_mail(STAKEHOLDER, "Antrag auf ein Mandat", "Leitung der Entwicklung")
    visitor.go("/mein/mandate/")
    visitor.sees(f"Andreas Beispiel möchte für {ORGANISATION} sprechen")
    visitor.press("Mandat bestätigen")
    visitor.sees("Das Mandat ist bestätigt.")


def submit(visitor: Visitor) -> None:
    visitor.go("/thesen/einreichen/?massnahme=innoslam")
    visitor.page.get_by_label("These", exact=True).fill(SENTENCE)
    visitor.page.get_by_label("Begründung", exact=True).fill("Weil sich das für einzelne Betriebe nicht lohnt.")
    visitor.page.get_by_label(f"für {ORGANISATION}").check()
    visitor.press("These einreichen")


def let_the_mandate_end(stack: Stack) -> None:
    connection = psycopg2.connect(stack.database)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stakeholders_mandate SET starts_on = '2020-01-01', ends_on = '2020-12-31' "
            "WHERE state = 'confirmed' AND person_id = (SELECT id FROM stakeholders_stakeholder WHERE email = %s)",
            (SECOND,),
        )
        assert cursor.rowcount == 1
    connection.close()


def test_somebody_speaks_for_an_organisation_until_the_mandate_ends(
    new_visitor: Callable[[], Visitor], stack: Stack
) -> None:
    speaker, colleague = signed_in(new_visitor(), SECOND), signed_in(new_visitor(), STAKEHOLDER)
    ask(speaker)
    confirm(colleague, stack)
    stack.wait_for_mail(SECOND, "ist bestätigt", ORGANISATION)
    colleague.go(f"/organisationen/{ORGANISATION.lower().replace(' ', '-')}/")
    colleague.sees("Andreas Beispiel")
    colleague.follow("Angaben ändern")
    colleague.page.get_by_label("Größenklasse").select_option(label="50 bis 249 Beschäftigte")
    colleague.press("Angaben speichern")
    colleague.sees("50 bis 249 Beschäftigte")

    submit(speaker)
    thesis = speaker.page.url
    speaker.sees(f"Andreas Beispiel für {ORGANISATION} (Mandat)")
    let_the_mandate_end(stack)
    speaker.go("/thesen/einreichen/")
    assert speaker.page.get_by_text("Ich spreche").count() == 0
    speaker.go(thesis)
    speaker.sees(f"Andreas Beispiel für {ORGANISATION} (Mandat)")
    speaker.follow(f"für {ORGANISATION}")
    assert "Andreas Beispiel" not in speaker.page.locator("main").inner_text()


def test_a_deputy_is_named_and_ended(new_visitor: Callable[[], Visitor]) -> None:
    speaker = signed_in(new_visitor(), STAKEHOLDER)
    speaker.go("/mein/mandate/")
    speaker.page.locator("summary").filter(has_text=f"Stellvertretung für {ORGANISATION}").click()
    speaker.look()
    speaker.page.get_by_label("E-Mail-Adresse").fill("person003@demo.example")
    speaker.press("Stellvertretung benennen")
    speaker.sees("Wenn zu dieser Adresse ein Konto gehört")
    speaker.sees("Wer sonst für diese Organisationen spricht")
    speaker.page.get_by_role("button", name=f"Mandat beenden – {ORGANISATION},").last.click()
    speaker.page.wait_for_load_state()
    speaker.sees("Das Mandat ist beendet.")
