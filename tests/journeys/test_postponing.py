"""An event is postponed, gets another date and is called off in the end; everybody is told each of it once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.event import (
    calendar_of,
    create_event,
    moment,
    open_event,
    public_address,
    subjects,
    take_step,
    typed,
)
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in, plain_text
from tests.workshops.strict_calendar import Part, events, parse

pytestmark = pytest.mark.browser

TITLE = "Runde zur Wärmeplanung"


def register(visitor: Visitor, address: str, link: str, button: str) -> None:
    visitor.go(address)
    visitor.follow(link)
    visitor.press(button)


def told(stack: Stack, email: str, subject: str) -> tuple[str, Part]:
    """METHOD and event of the calendar file of the mail with this subject."""
    found = calendar_of(stack.wait_for_mail(email, f"{subject}: {TITLE}"))
    assert found
    return found


def postpone(office: Visitor) -> None:
    """Only after a question that says how many people hear of it."""
    take_step(office, TITLE, "postpone")
    office.sees("2 Personen bekommen Bescheid")
    office.press("Verschieben und allen Bescheid geben")
    office.sees(f"„{TITLE}“ ist verschoben.")


def give_new_date(office: Visitor, start: datetime) -> None:
    """A date in the past is refused at its field."""
    open_event(office, TITLE)
    office.page.get_by_role("link", name="Neuer Termin", exact=True).click()
    office.look()
    office.sees("2 Personen bekommen sofort Bescheid.")
    office.page.get_by_label("Neuer Beginn").fill(typed(moment(hours=-1)))
    office.press("Neuen Termin festlegen")
    office.sees("Der neue Beginn muss in der Zukunft liegen.")
    office.page.get_by_label("Neuer Beginn").fill(typed(start))
    office.press("Neuen Termin festlegen")
    office.sees("Der neue Termin steht:")


def call_off(office: Visitor) -> None:
    take_step(office, TITLE, "call_off")
    office.sees("eine Absage lässt sich nicht zurücknehmen")
    office.press("Absagen und allen Bescheid geben")
    office.sees(f"„{TITLE}“ ist abgesagt.")


def test_an_event_is_postponed_gets_a_date_and_is_called_off(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office, guest = signed_in(new_visitor(), OFFICE), new_visitor()
    create_event(office, TITLE, moment(days=3), fields={"Plätze:": "1"})
    take_step(office, TITLE, "publish")
    address = public_address(office, TITLE)
    person, waiting = signed_in(new_visitor(), STAKEHOLDER), signed_in(new_visitor(), SECOND)
    register(person, address, "Anmelden", "Verbindlich anmelden")
    register(waiting, address, "Auf die Warteliste", "Auf die Warteliste setzen")
    method, first = told(stack, STAKEHOLDER, "Anmeldung bestätigt")
    assert method == "REQUEST"

    postpone(office)
    method, struck = told(stack, STAKEHOLDER, "Verschoben")
    assert (method, struck.text("UID")) == ("CANCEL", first.text("UID"))
    assert calendar_of(stack.wait_for_mail(SECOND, f"Verschoben: {TITLE}")) is None
    guest.go(address)
    guest.sees("Diese Veranstaltung ist verschoben. Der neue Termin steht noch nicht fest.")
    person.go(address)
    person.sees("Sie haben einen Platz, auch am neuen Termin.")

    start = moment(days=30).replace(hour=14, minute=30)
    give_new_date(office, start)
    method, again = told(stack, STAKEHOLDER, "Neuer Termin")
    assert (method, again.text("UID")) == ("REQUEST", first.text("UID"))
    assert (again.start, again.end) == (start, start + timedelta(hours=2))
    news = stack.wait_for_mail(STAKEHOLDER, f"Neuer Termin: {TITLE}")
    assert f"{start:%d}.".lstrip("0") in plain_text(news)
    assert "14:30 Uhr" in plain_text(news)
    waiting.go(link_in(stack.wait_for_mail(SECOND, f"Neuer Termin: {TITLE}"), "/anmeldung/"))
    waiting.sees("Sie stehen auf Platz 1 der Warteliste.")
    guest.go(address)
    guest.sees("14:30 Uhr")
    assert "verschoben" not in guest.page.locator("main").inner_text()

    call_off(office)
    method, struck = told(stack, STAKEHOLDER, "Abgesagt")
    assert (method, struck.text("UID"), struck.text("STATUS")) == ("CANCEL", first.text("UID"), "CANCELLED")
    assert struck.sequence > again.sequence > first.sequence
    stack.wait_for_mail(SECOND, f"Abgesagt: {TITLE}")
    guest.go(address)
    guest.sees("Diese Veranstaltung ist abgesagt.")
    assert "noch 30 Tage" not in guest.page.locator("main").inner_text()
    public = events(parse(guest.page.request.get(f"{guest.address}{address}kalender.ics").text()))
    assert [event.one("STATUS").value for event in public] == ["CANCELLED"]
    person.go(link_in(news, "/anmeldung/"))
    person.sees("Diese Veranstaltung ist abgesagt. Sie müssen nichts tun.")
    assert person.page.get_by_role("button", name="Platz freigeben").count() == 0
    changes = ["Verschoben", "Neuer Termin", "Abgesagt"]
    assert subjects(stack, STAKEHOLDER, TITLE) == ["Anmeldung bestätigt", *changes]
    assert subjects(stack, SECOND, TITLE) == ["Warteliste", *changes]
