"""The audience of an InnoSlam votes while it runs, changes its mind, and everybody sees the result in the end."""

from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.event import create_event, moment, open_event, public_address, take_step, typed
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack

pytestmark = pytest.mark.browser

TITLE = "Slam der Werkbänke"
FIRST, OTHER = "Roboter aus dem Baukasten", "Wärme aus der Gießerei"


def show_programme(office: Visitor) -> None:
    office.page.locator("#sessions-group summary").click()


def add_pitches(office: Visitor) -> None:
    """One ends before it begins; that is said at its field, and nothing that was typed is lost."""
    open_event(office, TITLE)
    page = office.page
    page.get_by_label("Format:", exact=True).select_option(label="InnoSlam")
    show_programme(office)
    for number, title in enumerate((FIRST, OTHER)):
        page.get_by_role("button", name="Programmpunkt hinzufügen").click()
        own = f"#id_sessions-{number}-"
        page.locator(f"{own}title").fill(title)
        page.locator(f"{own}starts_at").fill(typed(moment(hours=5)))
        page.locator(f"{own}ends_at").fill(typed(moment(hours=6 if number else 4)))
        page.locator(f"{own}is_pitch").check()
    office.look()
    office.press("Sichern und weiter bearbeiten")
    office.sees("Das Ende muss nach dem Beginn liegen.")
    assert page.locator("#id_sessions-1-title").input_value() == OTHER
    page.locator("#id_sessions-0-ends_at").fill(typed(moment(hours=6)))
    office.press("Sichern und weiter bearbeiten")
    assert page.locator("#id_sessions-1-is_pitch").is_checked()


def register(visitor: Visitor, address: str) -> None:
    visitor.go(address)
    visitor.sees("Während der Veranstaltung stimmt das Publikum hier über die Beiträge ab.")
    visitor.follow("Anmelden")
    visitor.press("Verbindlich anmelden")


def move(office: Visitor, start: int, end: int) -> None:
    """Begin and end of the event in minutes from now; the pitches are the first hour."""
    open_event(office, TITLE)
    office.page.locator("#id_starts_at").fill(typed(moment(minutes=start)))
    office.page.locator("#id_ends_at").fill(typed(moment(minutes=end)))


def let_it_begin(office: Visitor) -> None:
    """The office corrects when it began; its pitches with it."""
    move(office, -120, 60)
    show_programme(office)
    for number in range(2):
        office.page.locator(f"#id_sessions-{number}-starts_at").fill(typed(moment(minutes=-100)))
        office.page.locator(f"#id_sessions-{number}-ends_at").fill(typed(moment(minutes=-40)))
    office.press("Speichern")


def let_it_end(office: Visitor) -> None:
    move(office, -120, -1)
    office.press("Speichern")


def vote(visitor: Visitor, title: str, button: str) -> None:
    visitor.page.get_by_label(title).check()
    visitor.press(button)
    visitor.sees("Ihre Stimme zählt.")
    assert visitor.page.get_by_label(title).is_checked()


def test_the_audience_votes_and_sees_the_result(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office, guest = signed_in(new_visitor(), OFFICE), new_visitor()
    create_event(office, TITLE, moment(hours=5))
    add_pitches(office)
    take_step(office, TITLE, "publish")
    address = public_address(office, TITLE)
    voter, second = signed_in(new_visitor(), STAKEHOLDER), signed_in(new_visitor(), SECOND)
    register(voter, address)
    register(second, address)

    let_it_begin(office)
    guest.go(address)
    guest.sees("Gerade stimmt das Publikum ab. Abstimmen kann, wer einen bestätigten Platz hat.")
    assert guest.page.get_by_label(FIRST).count() == 0
    voter.go(address)
    vote(voter, FIRST, "Abstimmen")
    vote(voter, OTHER, "Stimme ändern")
    second.go(address)
    vote(second, OTHER, "Abstimmen")
    assert second.page.get_by_role("table", name="Ergebnis der Abstimmung").count() == 0

    let_it_end(office)
    guest.go(address)
    guest.sees("2 Stimmen wurden abgegeben.")
    rows = guest.page.get_by_role("table", name="Ergebnis der Abstimmung").locator("tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows] == [[OTHER, "2"], [FIRST, "0"]]
    voter.go(address)
    voter.sees("Diese Veranstaltung ist vorbei.")
    assert voter.page.get_by_role("button", name="Stimme ändern").count() == 0
