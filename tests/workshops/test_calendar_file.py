from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from pytest_django import Settings

from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, SessionFactory, WorkshopFactory
from tests.workshops.strict_calendar import NotACalendar, Part, events, parse, unfolded
from workshops.calendar_file import Method, Participation, own_calendar, personal_calendar, public_calendar
from workshops.models import Registration, SessionPlace, Workshop

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2027, 3, 9, 18, 30, tzinfo=BERLIN)
ACCEPTED = Participation.ACCEPTED
pytestmark = pytest.mark.django_db


def workshop(**fields: Any) -> Workshop:
    values: dict[str, Any] = {
        "title": "Zukunft; Fügen, Schweißen",
        "starts_at": START,
        "place": "Halle 3",
        "address": "Gasse 1, Görlitz",
    }
    return WorkshopFactory.create(**{**values, **fields})


def public(row: Workshop) -> Part:
    """As its page offers it: the calendar is named like the event."""
    [event] = events(parse(public_calendar([row], name=str(row))))
    return event


def own(registration: Registration) -> Part:
    [event] = events(parse(own_calendar(registration.person, [registration])))
    return event


def test_public_entry_carries_everything_a_client_needs() -> None:
    row = workshop(calendar_sequence=3, room="Saal 2")
    event = public(row)
    assert event.one("UID").value == f"workshop-{row.pk}@127.0.0.1"
    assert event.sequence == 3
    assert event.text("SUMMARY") == "Zukunft; Fügen, Schweißen"
    assert event.text("LOCATION") == "Halle 3, Raum Saal 2, Gasse 1, Görlitz"
    assert event.one("URL").value.endswith(f"/veranstaltungen/{row.slug}/")
    assert "Wir prüfen die Maßnahmen." in event.text("DESCRIPTION")
    assert event.one("STATUS").value == "CONFIRMED"
    assert event.one("DTSTART").parameters["TZID"] == "Europe/Berlin"
    assert event.one("LAST-MODIFIED").value == f"{row.entry_changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert (event.start, event.end) == (START, START + timedelta(hours=3))


def test_time_zone_rules_agree_with_the_zone_database() -> None:
    calendar: Any = Calendar.from_ical(public_calendar([workshop()], name="Alle"))
    zone = calendar.timezones[0].to_tz(lookup_tzid=False)
    for year in (2018, 2027, 2030):
        for month in range(1, 13):
            moment = datetime(year, month, 30 if month != 2 else 28, 12)  # noqa: DTZ001
            assert zone.utcoffset(moment) == BERLIN.utcoffset(moment)


def test_whole_days_are_dates_and_end_on_the_day_after() -> None:
    event = public(workshop(whole_day=True, ends_at=datetime(2027, 3, 10, 23, 59, tzinfo=BERLIN)))
    assert (event.start, event.end) == (date(2027, 3, 9), date(2027, 3, 11))
    assert event.one("DTSTART").parameters["VALUE"] == "DATE"


def test_event_without_length_has_no_end() -> None:
    event = public(workshop(ends_at=START))
    assert event.start == START
    assert "DTEND" not in event.properties


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # The night in which 2 to 3 o'clock does not occur, and the one in which it occurs twice.
        (datetime(2027, 3, 27, 18, tzinfo=BERLIN), datetime(2027, 3, 28, 12, tzinfo=BERLIN)),
        (datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN), datetime(2027, 3, 28, 3, 15, tzinfo=BERLIN)),
        (datetime(2027, 10, 30, 18, tzinfo=BERLIN), datetime(2027, 10, 31, 12, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN), datetime(2027, 10, 31, 4, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=BERLIN), datetime(2027, 10, 31, 4, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 2, 45, tzinfo=BERLIN), datetime(2027, 10, 31, 2, 15, fold=1, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 1, tzinfo=BERLIN), datetime(2027, 10, 31, 2, fold=1, tzinfo=BERLIN)),
    ],
)
def test_moments_around_a_change_of_clocks_are_exact(start: datetime, end: datetime) -> None:
    row = workshop(starts_at=start, ends_at=end)
    row.refresh_from_db()
    event = public(row)
    assert (event.start, event.end) == (start.astimezone(UTC), end.astimezone(UTC))


def test_whole_days_over_a_change_of_clocks_are_counted_as_days() -> None:
    start, end = datetime(2027, 10, 30, tzinfo=BERLIN), datetime(2027, 11, 1, 23, 59, tzinfo=BERLIN)
    event = public(workshop(starts_at=start, ends_at=end, whole_day=True))
    assert (event.start, event.end) == (date(2027, 10, 30), date(2027, 11, 2))


def test_files_of_the_same_event_differ_only_in_their_stamp() -> None:
    row = workshop()
    one, other = (public_calendar([row], name="Alle").splitlines() for _ in range(2))
    assert {line[:7] for line in set(one) ^ set(other)} <= {"DTSTAMP"}


@pytest.mark.parametrize("state", [Workshop.State.CANCELLED, Workshop.State.POSTPONED])
def test_event_that_does_not_take_place_is_cancelled(state: Workshop.State) -> None:
    assert public(workshop(state=state)).one("STATUS").value == "CANCELLED"


def test_public_file_does_not_tell_where_to_meet_online() -> None:
    row = workshop(online_url="https://konferenz.example/geheim", place="", address="")
    assert "geheim" not in public_calendar([row], name="Alle")
    assert public(row).text("LOCATION") == "online"


TEXTS = [
    "ä" * 60,
    "\U0001f3ed" * 40,
    "a" * 74 + "ß" * 80,
    "Komma, Semikolon; Schrägstrich \\ und \\n wörtlich",
    'Anführung "oben" und: Doppelpunkt',
    "Zeile 1\nZeile 2\r\nZeile 3",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nX-EVIL:1",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_any_text_keeps_the_file_strict_and_is_read_back(text: str, language: str) -> None:
    row = workshop(title=text[:190], summary=text * 3, place=text[:190], room=text[:100])
    event = public(row)
    assert event.text("SUMMARY") == text[:190].replace("\r\n", "\n")
    assert (text * 3).replace("\r\n", "\n") in event.text("DESCRIPTION")
    person = StakeholderFactory.create(first_name=text[:80], last_name='Müller; "Groß"', language=language)
    invitation = InvitationFactory.create(workshop=row, person=person)
    parse(personal_calendar(invitation, method=Method.REQUEST, participation=ACCEPTED, note=text))
    own(RegistrationFactory.create(workshop=row, person=person))


@pytest.mark.parametrize(("method", "status"), [(Method.REQUEST, "CONFIRMED"), (Method.CANCEL, "CANCELLED")])
def test_personal_entry_names_organizer_and_person(method: Method, status: str, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Werkstatt <werkstatt@portal.example>"
    person = StakeholderFactory.create(first_name="Zoë", last_name="Müller; Groß", email="zoe@example.org")
    row = RegistrationFactory.create(workshop=workshop(), person=person)
    root = parse(personal_calendar(row, method=method, participation=ACCEPTED, note="Link: x"))
    [event] = events(root)
    assert (root.one("METHOD").value, event.one("STATUS").value) == (method, status)
    assert event.one("ORGANIZER").value == "mailto:werkstatt@portal.example"
    assert event.one("ATTENDEE").value == "mailto:zoe@example.org"
    assert event.one("ATTENDEE").parameters["CN"] == "Zoë Müller; Groß"
    assert event.one("ATTENDEE").parameters["PARTSTAT"] == "ACCEPTED"
    assert event.text("DESCRIPTION").startswith("Link: x")


@pytest.mark.parametrize(
    ("state", "status"),
    [("confirmed", "CONFIRMED"), ("waiting", "TENTATIVE"), ("offered", "TENTATIVE"), ("requested", "TENTATIVE")],
)
def test_own_calendar_says_how_certain_a_place_is(state: str, status: str) -> None:
    row = RegistrationFactory.create(workshop=workshop(online_url="https://konferenz.example/geheim"), state=state)
    event = own(row)
    assert event.one("STATUS").value == status
    assert ("geheim" in event.text("DESCRIPTION")) == (state == "confirmed")
    assert f"/anmeldung/{row.pk}." in event.text("DESCRIPTION")
    assert "ATTENDEE" not in event.properties


def test_own_calendar_lists_the_chosen_sessions() -> None:
    session = SessionFactory.create(workshop=workshop(), title="Gießen", own_registration=True)
    row = RegistrationFactory.create(workshop=session.workshop)
    SessionPlace.objects.create(session=session, registration=row)
    assert "18:30 Uhr: Gießen" in own(row).text("DESCRIPTION")


def test_who_takes_part_online_is_not_sent_to_the_hall() -> None:
    hybrid = workshop(mode=Workshop.Mode.HYBRID)
    assert own(RegistrationFactory.create(workshop=hybrid, kind="online")).text("LOCATION") == "online"
    assert own(RegistrationFactory.create(workshop=hybrid)).text("LOCATION").startswith("Halle 3")


def test_control_characters_are_left_out() -> None:
    row = workshop(title="Fü\x0bgen\x07\x7f", summary="oben\runten\tweiter")
    event = public(row)
    assert event.text("SUMMARY") == "Fügen"
    assert "oben\nunten\tweiter" in event.text("DESCRIPTION")


FAULTS = [
    ("\r\n", "\n"),
    ("VERSION:2.0", "VERSION:3.0"),
    ("UID:workshop", "UID:a;b"),
    ("UID:workshop-", "SEQUENCE:0\r\nUID:workshop-"),
    ("DTSTART;TZID=Europe/Berlin:", "DTSTART:"),
    ("DTSTART;TZID=Europe/Berlin:", "DTSTART;TZID=Europe/Paris:"),
    ("DTSTART;TZID=Europe/Berlin:20270309T183000", "DTSTART;TZID=Europe/Berlin:20270328T023000"),
    ("DTSTART;TZID=Europe/Berlin:20270309T183000", "DTSTART;TZID=Europe/Berlin:20270309T213000"),
    ("DTSTART;TZID=Europe/Berlin:20270309T183000", "DTSTART;VALUE=DATE:20270309"),
    ("SEQUENCE:0", "SEQUENCE:eins"),
    ("SEQUENCE:0", "SEQUENCE:-1"),
    ("SEQUENCE:0\r\n", ""),
    ("STATUS:CONFIRMED", "STATUS:SURE"),
    ("METHOD:PUBLISH", "METHOD:REQUEST"),
    ("METHOD:PUBLISH", "METHOD:CANCEL"),
    ("DTSTAMP:2", "DTSTAMP;TZID=Europe/Berlin:2"),
    ("SUMMARY:Zukunft\\;", "SUMMARY:Zukunft;"),
    ("SUMMARY:", "SUMMARY:" + "x" * 80),
    ("SUMMARY:", "X-EVIL:"),
    ("END:VEVENT", "END:VTODO"),
    ("BEGIN:VEVENT", "BEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VALARM"),
    ("ORGANIZER;CN", "X-ORGANIZER;CN"),
]


@pytest.mark.parametrize(("right", "wrong"), FAULTS)
def test_strict_reader_refuses_what_is_wrong(right: str, wrong: str) -> None:
    text = public_calendar([workshop()], name="Alle")
    parse(text)
    assert right in text
    with pytest.raises(NotACalendar):
        parse(text.replace(right, wrong))


def test_strict_reader_refuses_a_character_torn_apart() -> None:
    with pytest.raises(NotACalendar, match="tears a character apart"):
        unfolded(b"SUMMARY:\xc3\r\n \xa4\r\n")
