"""Steps of the office on the way to an event, shared by the stories about events."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import icalendar

from tests.journeys.browser import Visitor

ADMIN = "/verwaltung/workshops/workshop/"


def create_event(
    office: Visitor, title: str, *, days: int, place: str, capacity: int | None = None, by_invitation: bool = False
) -> None:
    """A draft for so many days from now."""
    start = datetime.now(ZoneInfo("Europe/Berlin")).replace(minute=0) + timedelta(days=days)
    office.go(f"{ADMIN}add/")
    page = office.page
    page.get_by_label("Titel:", exact=True).fill(title)
    page.get_by_label("Kurzfassung:", exact=True).fill("Wir besprechen, was die Region braucht.")
    page.get_by_label("Beginn:", exact=True).fill(f"{start:%Y-%m-%dT%H:%M}")
    page.get_by_label("Ende:", exact=True).fill(f"{start + timedelta(hours=3):%Y-%m-%dT%H:%M}")
    page.get_by_label("Ort:", exact=True).fill(place)
    if capacity is not None:
        page.get_by_label("Plätze:", exact=True).fill(str(capacity))
    if by_invitation:
        page.get_by_label("Anmeldung für alle offen", exact=True).uncheck()
    office.press("Speichern")
    office.sees(title)


def publish_event(office: Visitor, title: str) -> None:
    """On the list of events, where the office is after saving one."""
    office.page.get_by_role("row", name=title).get_by_role("checkbox").check()
    office.page.get_by_label("Aktion:").select_option(value="publish")
    office.press("Ausführen")


def open_desk(office: Visitor, title: str, tool: str) -> None:
    """From the list to the event, and from there to one of its tools."""
    office.page.get_by_role("link", name=title).click()
    office.look()
    office.page.get_by_role("link", name=tool, exact=True).click()
    office.look()


def calendar_entry(mail: EmailMessage) -> icalendar.Component:
    """The one entry for the calendar that comes with a mail."""
    parts = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [entry] = [entry for text in parts for entry in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    return entry
