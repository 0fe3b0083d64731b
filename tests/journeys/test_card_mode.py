from collections.abc import Callable

import pytest

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.people import SECOND, signed_in

pytestmark = pytest.mark.browser

CARD = "/thesen/haltung/"


def left(person: Visitor) -> int:
    return int(person.page.locator(".stance-card .preline").inner_text().split()[1])


def press_key(person: Visitor, key: str) -> None:
    """The card that follows has the focus again."""
    with person.page.expect_navigation():
        person.page.keyboard.press(key)
    person.page.wait_for_function("document.activeElement.matches('[data-stance-card]')")


def test_theses_are_answered_by_keyboard_on_a_phone(new_visitor: Callable[[], Visitor]) -> None:
    person = signed_in(new_visitor(), SECOND)
    person.go(CARD)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    person.page.reload()
    number = left(person)
    answered = person.page.locator("h1").inner_text()
    press_key(person, "3")
    assert left(person) == number - 1
    assert person.page.locator("h1").inner_text() != answered

    passed_over = person.page.locator("h1").inner_text()
    person.page.get_by_role("link", name="Überspringen").focus()
    press_key(person, "Enter")
    assert left(person) == number - 1
    assert person.page.locator("h1").inner_text() != passed_over

    person.page.get_by_role("link", name="Zurück zur vorigen").focus()
    press_key(person, "Enter")
    person.look()
    assert person.page.locator("h1").inner_text() == answered
    person.sees("Gespeichert: Ablehnung.")
    press_key(person, "1")
    assert left(person) == number - 1
    person.go("/mein/haltungen/")
    row = person.page.locator(".row-list__item").filter(has_text=answered)
    assert "Zustimmung" in row.inner_text()


def test_keys_do_nothing_outside_the_card(new_visitor: Callable[[], Visitor]) -> None:
    person = signed_in(new_visitor(), SECOND)
    person.go(CARD)
    shown = person.page.locator("h1").inner_text()
    person.page.get_by_role("link", name="Startseite").focus()
    person.page.keyboard.press("1")
    person.page.wait_for_timeout(300)
    assert person.page.locator("h1").inner_text() == shown


def test_the_answers_lie_under_the_thumb(new_visitor: Callable[[], Visitor]) -> None:
    person = signed_in(new_visitor(), SECOND)
    person.go(CARD)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for label in ("Ich stimme zu", "Neutral", "Ich lehne ab", "Weiß nicht"):
        box = person.page.get_by_role("button", name=label, exact=True).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], f"{label} ends below the window"
        assert box["y"] > PHONE["height"] / 2, f"{label} is out of reach"
        assert box["height"] >= 56
