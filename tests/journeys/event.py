"""What the project office does in the administration with an event of its own."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from tests.journeys.browser import Visitor
from tests.journeys.stack import Stack
from tests.workshops.strict_calendar import Part, events, parse

ADMIN = "/verwaltung/workshops/workshop/"
BERLIN = ZoneInfo("Europe/Berlin")


def moment(*, days: int = 0, hours: int = 0, minutes: int = 0) -> datetime:
    """So far from now, to the minute, by the clock in Saxony."""
    now = datetime.now(BERLIN).replace(second=0, microsecond=0)
    return now + timedelta(days=days, hours=hours, minutes=minutes)


def typed(at: datetime) -> str:
    """As an input of date and time takes it."""
    return f"{at:%Y-%m-%dT%H:%M}"


def create_event(
    office: Visitor, title: str, start: datetime, *, end: datetime | None = None, fields: Mapping[str, str | bool] = {}
) -> None:
    """A draft of two hours; `fields` are further ones by their labels, boxes with True or False."""
    office.go(f"{ADMIN}add/")
    usual: dict[str, str | bool] = {
        "Titel:": title,
        "Kurzfassung:": "Wir besprechen, was als Nächstes ansteht.",
        "Beginn:": typed(start),
        "Ende:": typed(end or start + timedelta(hours=2)),
        "Ort:": "Beispielhalle, Plauen",
    }
    fill(office, usual | dict(fields))
    office.press("Speichern")
    office.sees(title)


def fill(office: Visitor, fields: Mapping[str, str | bool]) -> None:
    for label, value in fields.items():
        field = office.page.get_by_label(label, exact=True)
        if isinstance(value, bool):
            field.set_checked(value)
        else:
            field.fill(value)


def open_event(office: Visitor, title: str) -> None:
    """Its form, found by its title."""
    find_event(office, title)
    office.page.get_by_role("row", name=title).get_by_role("link", name=title).click()
    office.page.wait_for_load_state()
    office.look()


def open_tool(office: Visitor, title: str, tool: str) -> None:
    """One of the tools that stand at its form."""
    open_event(office, title)
    office.page.get_by_role("link", name=tool, exact=True).click()
    office.page.wait_for_load_state()
    office.look()


def find_event(office: Visitor, title: str) -> None:
    office.go(f"{ADMIN}?q={title.replace(' ', '+')}")
    assert office.page.locator("#result_list tbody tr").count() == 1


def take_step(office: Visitor, title: str, action: str) -> None:
    """Publish, postpone or call off: tick it in the list, choose what to do, carry it out."""
    find_event(office, title)
    office.page.get_by_role("row", name=title).get_by_role("checkbox").check()
    office.page.get_by_label("Aktion:").select_option(value=action)
    office.press("Ausführen")


def public_address(office: Visitor, title: str) -> str:
    """Where everybody finds the event."""
    open_event(office, title)
    slug = office.page.locator("#id_slug")
    text = slug.input_value() if slug.count() else office.page.locator(".field-slug .readonly").inner_text()
    return f"/veranstaltungen/{text.strip()}/"


def subjects(stack: Stack, email: str, title: str) -> list[str]:
    """What an address was told about an event, oldest first, without its title."""
    found = [str(mail["Subject"]) for mail in stack.mails_to(email)]
    return [subject.removesuffix(f": {title}") for subject in found if subject.endswith(f": {title}")]


def calendar_of(mail: EmailMessage) -> tuple[str, Part] | None:
    """METHOD and event of the calendar file that comes with a mail; None without one."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            # Reading a mail makes each end of a line a single sign.
            calendar = parse(re.sub(r"\r?\n", "\r\n", part.get_content()))
            [event] = events(calendar)
            return calendar.one("METHOD").value, event
    return None
