from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack
from tests.journeys.test_thesis import decide, submit

pytestmark = pytest.mark.browser


def published(author: Visitor, office: Visitor, sentence: str) -> str:
    submit(author, sentence)
    decide(office, sentence, "Veröffentlichen")
    return author.page.url


def test_a_thesis_is_rewritten_merged_into_and_concluded(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    author, office = signed_in(new_visitor(), STAKEHOLDER), signed_in(new_visitor(), OFFICE)
    stays = published(author, office, "InnoSlams brauchen feste Orte in jeder Region.")
    goes = published(author, office, "Jede Region braucht einen Ort für InnoSlams.")

    author.go(stays)
    author.follow("Neue Fassung vorschlagen")
    sentence = "InnoSlams brauchen feste Bühnen in jeder Region."
    author.page.get_by_label("These", exact=True).fill(sentence)
    author.page.get_by_label("Was sich ändert", exact=True).fill("Es geht um Bühnen.")
    author.press("Neue Fassung vorschlagen")
    author.sees("Ihre neue Fassung wartet auf das Projektbüro.")
    office.go("/verwaltung/theses/versionproposal/")
    office.page.get_by_role("link", name="InnoSlams brauchen feste Orte").first.click()
    office.look()
    office.page.get_by_label("Veröffentlichen", exact=True).check()
    office.press("Senden")
    stack.wait_for_mail(STAKEHOLDER, "neue Fassung", sentence)

    office.go(goes)
    office.follow("Zusammenführen")
    office.page.get_by_label("Adresse oder Nummer der anderen These").fill(stays)
    office.page.get_by_label("Begründung", exact=True).fill("Beide sagen dasselbe.")
    office.press("Zusammenführen")
    office.sees("Diese These geht hier weiter:")
    stack.wait_for_mail(STAKEHOLDER, "zusammengeführt", "Beide sagen dasselbe.")

    office.follow(sentence)
    office.sees("Mit dieser These zusammengeführt")
    office.follow("Fazit schreiben")
    office.page.get_by_label("produktiver Dissens").check()
    office.page.get_by_label("Fazit und Begründung").fill("Über Bühnen sind wir uns einig, über das Geld nicht.")
    office.press("Fazit veröffentlichen")
    stack.wait_for_mail(STAKEHOLDER, "Fazit", "über das Geld nicht")

    guest = new_visitor()
    guest.go(stays)
    guest.sees("Über Bühnen sind wir uns einig, über das Geld nicht.")
    guest.follow("alle Fassungen ansehen")
    guest.sees("Fassung 2")
    guest.go(stays)
    guest.follow("Was aus der These wurde")
    for words in ("Die These wurde veröffentlicht.", "Fassung 2 veröffentlicht", "Fazit des Projektbüros"):
        guest.sees(words)


def test_the_office_assigns_and_splits(new_visitor: Callable[[], Visitor]) -> None:
    author, office = signed_in(new_visitor(), STAKEHOLDER), signed_in(new_visitor(), OFFICE)
    address = published(author, office, "InnoSlams brauchen Geld und Zeit.")
    office.go(address)
    office.follow("Zuweisen")
    office.press("Zuweisen")
    office.follow("Aufteilen")
    for number, sentence in ((1, "InnoSlams brauchen Geld."), (2, "InnoSlams brauchen Zeit.")):
        office.page.get_by_label(f"Teil {number}: These").fill(sentence)
        office.page.get_by_label(f"Teil {number}: Begründung").fill("Das eine ersetzt das andere nicht.")
    office.page.get_by_label("Begründung", exact=True).fill("Das sind zwei Fragen.")
    office.press("Aufteilen")
    office.sees("Aufgeteilt in")
    office.follow("InnoSlams brauchen Zeit.")
    office.sees("Vom Projektbüro abgeteilt von:")
