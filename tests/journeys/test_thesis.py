from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack

pytestmark = pytest.mark.browser

ADMIN = "/verwaltung/theses/thesis/"


def submit(author: Visitor, sentence: str) -> None:
    author.go("/thesen/einreichen/?massnahme=innoslam")
    author.page.get_by_label("These", exact=True).fill(sentence)
    author.page.get_by_label("Begründung", exact=True).fill("Weil Betriebe und Hochschulen sich sonst nicht treffen.")
    author.press("These einreichen")
    author.sees(sentence)


def decide(office: Visitor, sentence: str, decision: str, answer: str = "") -> None:
    office.go(ADMIN)
    office.page.get_by_role("link", name=sentence).click()
    office.look()
    office.page.get_by_label(decision, exact=True).check()
    office.page.get_by_label("Begründung:", exact=True).fill(answer)
    office.press("Entscheidung senden")


def test_a_thesis_is_submitted_published_and_answered(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    sentence = "InnoSlams gehören auf die Marktplätze der Kreisstädte."
    author = signed_in(new_visitor(), STAKEHOLDER)
    submit(author, sentence)
    address = author.page.url
    other = signed_in(new_visitor(), SECOND)
    hidden = other.go(address)
    assert hidden is not None
    assert hidden.status == 404

    office = signed_in(new_visitor(), OFFICE)
    decide(office, sentence, "Veröffentlichen")
    stack.wait_for_mail(STAKEHOLDER, "veröffentlicht", sentence)

    other.go("/thesen/")
    other.page.get_by_role("link", name=sentence).click()
    other.look()
    other.press("Ich stimme zu")
    other.sees("Ihre Haltung ist gespeichert: Zustimmung")
    other.press("Neutral")
    other.sees("Ihre Haltung ist gespeichert: neutral")
    other.press("Ich lehne ab")
    other.sees("Ihre Haltung ist gespeichert: Ablehnung")


def test_a_thesis_is_returned_with_a_reason_and_comes_back(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    sentence = "Alles muss besser werden, und zwar sofort."
    author = signed_in(new_visitor(), STAKEHOLDER)
    submit(author, sentence)
    office = signed_in(new_visitor(), OFFICE)
    decide(
        office, sentence, "Zur Überarbeitung zurückgeben", "Bitte nennen Sie eine Sache, der man widersprechen kann."
    )
    stack.wait_for_mail(STAKEHOLDER, "überarbeiten", "eine Sache, der man widersprechen kann.")

    author.go("/mein/")
    author.page.locator("main").get_by_role("link", name=sentence).click()
    author.look()
    author.sees("Bitte nennen Sie eine Sache, der man widersprechen kann.")
    author.follow("überarbeiten")
    author.page.get_by_label("These", exact=True).fill("InnoSlams brauchen eine Fachjury aus der Industrie.")
    author.page.locator("main form button[type=submit]").last.click()
    author.page.wait_for_load_state()
    author.look()
    author.sees("eingereicht")


def test_a_refused_thesis_keeps_what_was_typed(new_visitor: Callable[[], Visitor]) -> None:
    author = signed_in(new_visitor(), STAKEHOLDER)
    author.go("/thesen/einreichen/")
    author.page.get_by_label("Begründung", exact=True).fill("Diese Begründung darf nicht verloren gehen.")
    author.press("These einreichen")
    assert (
        author.page.get_by_label("Begründung", exact=True).input_value()
        == "Diese Begründung darf nicht verloren gehen."
    )
    assert author.page.get_by_role("alert").count() == 1
