from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from pytest_django import Settings

from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import WorkshopFactory
from workshops.calendar_file import Method, Participation, personal_calendar, public_calendar
from workshops.models import Workshop

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2027, 3, 9, 18, 30, tzinfo=BERLIN)
pytestmark = pytest.mark.django_db


def read(text: str) -> tuple[Any, list[Any]]:
    """Parses strictly: lines end with CRLF, and a component with errors is a failure."""
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar: Any = Calendar.from_ical(text)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    return calendar, calendar.events


def workshop(**fields: Any) -> Workshop:
    values: dict[str, Any] = {
        "title": "Zukunft; Fügen, Schweißen",
        "starts_at": START,
        "place": "Halle 3",
        "address": "Gasse 1, Görlitz",
    }
    return WorkshopFactory.create(**{**values, **fields})


def test_public_entry_carries_everything_a_client_needs() -> None:
    row = workshop(calendar_sequence=3)
    calendar, [event] = read(public_calendar([row], name="Alle"))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    assert str(event["UID"]) == f"workshop-{row.pk}@127.0.0.1"
    assert event["SEQUENCE"] == 3
    assert str(event["SUMMARY"]) == "Zukunft; Fügen, Schweißen"
    assert str(event["LOCATION"]) == "Halle 3, Gasse 1, Görlitz"
    assert str(event["URL"]).endswith(f"/veranstaltungen/{row.slug}/")
    assert "Wir prüfen die Maßnahmen." in str(event["DESCRIPTION"])
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTSTART"].dt == START
    assert event["DTEND"].dt == START + timedelta(hours=3)


def test_time_zone_rules_agree_with_the_zone_database() -> None:
    calendar, _events = read(public_calendar([workshop()], name="Alle"))
    zone = calendar.timezones[0].to_tz(lookup_tzid=False)
    for year in (2018, 2027, 2030):
        for month in range(1, 13):
            moment = datetime(year, month, 30 if month != 2 else 28, 12)  # noqa: DTZ001
            assert zone.utcoffset(moment) == BERLIN.utcoffset(moment)


def test_whole_days_are_dates_and_end_on_the_day_after() -> None:
    end = datetime(2027, 3, 10, 23, 59, tzinfo=BERLIN)
    _calendar, [event] = read(public_calendar([workshop(whole_day=True, ends_at=end)], name="Alle"))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 3, 9), date(2027, 3, 11))
    assert event["DTSTART"].params["VALUE"] == "DATE"


def test_files_of_the_same_event_differ_only_in_their_stamp() -> None:
    row = workshop()
    one, other = (public_calendar([row], name="Alle").splitlines() for _ in range(2))
    assert {line[:7] for line in set(one) ^ set(other)} <= {"DTSTAMP"}


def test_uid_stays_when_the_event_changes() -> None:
    row = workshop()
    before = read(public_calendar([row], name="Alle"))[1][0]["UID"]
    row.title, row.slug, row.calendar_sequence = "Anders", "anders", 9
    assert read(public_calendar([row], name="Alle"))[1][0]["UID"] == before


def test_cancelled_event_is_marked() -> None:
    [event] = read(public_calendar([workshop(state=Workshop.State.CANCELLED)], name="Alle"))[1]
    assert event["STATUS"] == "CANCELLED"


def test_public_file_does_not_tell_where_to_meet_online() -> None:
    row = workshop(online_url="https://konferenz.example/geheim", place="", address="")
    text = public_calendar([row], name="Alle")
    assert "geheim" not in text
    assert str(read(text)[1][0]["LOCATION"]) == "online"


@pytest.mark.parametrize(("method", "status"), [(Method.REQUEST, "CONFIRMED"), (Method.CANCEL, "CANCELLED")])
def test_personal_entry_names_organizer_and_person(method: Method, status: str, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Werkstatt <werkstatt@portal.example>"
    person = StakeholderFactory.create(first_name="Zoë", last_name="Müller; Groß", email="zoe@example.org")
    text = personal_calendar(workshop(), person, method=method, participation=Participation.ACCEPTED, note="Link: x")
    calendar, [event] = read(text)
    assert (calendar["METHOD"], event["STATUS"]) == (method, status)
    assert event["ORGANIZER"] == "mailto:werkstatt@portal.example"
    assert event["ATTENDEE"] == "mailto:zoe@example.org"
    assert event["ATTENDEE"].params["CN"] == "Zoë Müller; Groß"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(event["DESCRIPTION"]).startswith("Link: x")


def test_control_characters_in_texts_do_not_break_the_file() -> None:
    row = workshop(summary="Zeile 1\nEND:VEVENT\nBEGIN:VEVENT\r\nX-EVIL:1")
    assert len(read(public_calendar([row], name="Alle"))[1]) == 1
