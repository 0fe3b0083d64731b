from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from stakeholders.domain.mime import as_mime
from stakeholders.mails import Message
from stakeholders.models import OutgoingMail
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, WorkshopFactory
from workshops import mails
from workshops.models import Workshop

START = datetime(2027, 3, 9, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))
WAITING, CANCELLED = "waiting", "cancelled"
MAILS: list[tuple[str, str, str, str | None]] = [
    ("registration_confirmed", "confirmed", "Anmeldung bestätigt: Fügen & Schweißen", "REQUEST"),
    ("registration_waiting", WAITING, "Warteliste: Fügen & Schweißen", None),
    ("registration_moved_up", "confirmed", "Sie haben einen Platz: Fügen & Schweißen", "REQUEST"),
    ("registration_changed", "confirmed", "Anmeldung geändert: Fügen & Schweißen", "REQUEST"),
    ("registration_changed", WAITING, "Anmeldung geändert: Fügen & Schweißen", None),
    ("registration_requested", "requested", "Anfrage eingegangen: Fügen & Schweißen", None),
    ("registration_refused", "refused", "Anmeldung nicht möglich: Fügen & Schweißen", None),
    ("registration_offered", "offered", "Bitte bestätigen Sie Ihren Platz: Fügen & Schweißen", None),
    ("registration_lapsed", "cancelled", "Platz verfallen: Fügen & Schweißen", None),
    ("registration_cancelled", "confirmed", "Abgemeldet: Fügen & Schweißen", "CANCEL"),
    ("registration_cancelled", WAITING, "Abgemeldet: Fügen & Schweißen", None),
    ("workshop_changed", "confirmed", "Neuer Termin oder Ort: Fügen & Schweißen", "REQUEST"),
    ("workshop_changed", WAITING, "Neuer Termin oder Ort: Fügen & Schweißen", None),
    ("workshop_cancelled", "confirmed", "Abgesagt: Fügen & Schweißen", "CANCEL"),
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return WorkshopFactory.create(
        title="Fügen & Schweißen",
        starts_at=START,
        place="Bürgerhaus",
        address="Gasse 1, Görlitz",
        online_url="https://konferenz.example/zugang",
    )


def check(message: Message, subject: str, method: str | None) -> None:
    assert message.subject == subject
    for body in (message.text, message.html):
        assert "Dienstag, 9. März 2027, 18:30" in body
        assert "21:30 Uhr" in body
        assert "Bürgerhaus, Gasse 1, Görlitz" in body
        assert "http://127.0.0.1:8000/veranstaltungen/" in body
    assert "Fügen & Schweißen" in message.text
    assert "Fügen &amp; Schweißen" in message.html
    assert "\n\n\n" not in message.text
    entries = [attachment for attachment in message.attachments if not attachment.cid]
    assert [entry.content_type for entry in entries] == ([f"text/calendar; method={method}"] if method else [])
    for attachment in entries:
        assert Calendar.from_ical(attachment.content)["METHOD"] == method


@pytest.mark.parametrize(("kind", "state", "subject", "method"), MAILS)
def test_mail_says_what_when_and_where(
    kind: str, state: str, subject: str, method: str | None, workshop: Workshop
) -> None:
    registration = RegistrationFactory.create(workshop=workshop, state=state)
    message = mails.message(kind, registration)
    check(message, subject, method)
    if kind != "workshop_cancelled":
        link = f"http://127.0.0.1:8000/anmeldung/{registration.pk}."
        assert link in message.text
        assert link in message.html


@pytest.mark.parametrize(
    ("kind", "state", "shown"),
    [
        ("registration_confirmed", "confirmed", True),
        ("registration_moved_up", "confirmed", True),
        ("registration_waiting", WAITING, False),
        ("workshop_changed", WAITING, False),
        ("workshop_changed", "confirmed", True),
    ],
)
def test_only_who_holds_a_place_learns_the_online_address(
    kind: str, state: str, shown: bool, workshop: Workshop
) -> None:
    message = mails.message(kind, RegistrationFactory.create(workshop=workshop, state=state))
    everything = message.text + message.html + "".join(attachment.content for attachment in message.attachments)
    assert ("konferenz.example/zugang" in everything.replace("\r\n ", "")) is shown


def test_invitation_has_its_link_and_a_calendar_entry(workshop: Workshop) -> None:
    workshop.registration_closes_at = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
    invitation = InvitationFactory.create(workshop=workshop)
    message = mails.message("invitation", invitation)
    check(message, "Einladung: Fügen & Schweißen", "REQUEST")
    assert f"http://127.0.0.1:8000/einladung/{invitation.pk}." in message.text
    assert "Montag, 1. März 2027, 12:00 Uhr" in message.text
    assert "konferenz.example" not in message.text + message.attachments[0].content


def test_mail_is_in_the_language_of_the_person(workshop: Workshop) -> None:
    workshop.title_en = "Joining & Welding"
    message = mails.message("invitation", InvitationFactory.create(workshop=workshop, person__language="en"))
    assert "Joining & Welding" in message.subject
    assert "Tuesday, 9 March 2027" in message.text
    assert "http://127.0.0.1:8000/en/" in message.text
    assert "Joining & Welding" in message.attachments[0].content


def test_keys_tell_facts_apart(workshop: Workshop) -> None:
    one, other = (RegistrationFactory.create(workshop=workshop, person=StakeholderFactory.create()) for _ in range(2))
    keys = [mails.message(kind, row).key for row in (one, other) for kind in dict.fromkeys(entry[0] for entry in MAILS)]
    assert len(set(keys)) == len(keys)


def test_mail_goes_through_the_mail_builder_with_the_method(workshop: Workshop) -> None:
    message = mails.message("registration_confirmed", RegistrationFactory.create(workshop=workshop))
    row = OutgoingMail(
        key=message.key,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        html=message.html,
        attachments=[vars(attachment) for attachment in message.attachments],
    )
    parts = {part.get_content_type(): part for part in as_mime(row).walk()}
    calendar = parts["text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_filename() == "termin.ics"
    assert Calendar.from_ical(calendar.get_content()).events[0]["SUMMARY"] == "Fügen & Schweißen"
