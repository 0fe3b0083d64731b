from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from stakeholders.domain.refusal import Refusal
from tests.factories.workshops import InvitationFactory, RegistrationFactory, ReminderFactory, WorkshopFactory
from workshops.models import Workshop
from workshops.reminder_mails import check_placeholders, message

START = datetime(2027, 3, 9, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    row: Workshop = WorkshopFactory.create(
        title="Fügen & Schweißen", starts_at=START, place="Bürgerhaus", online_url="https://konferenz.example/zugang"
    )
    return row


@pytest.mark.parametrize(
    ("audience", "subject", "link", "shown"),
    [
        ("registered", "Erinnerung: Fügen & Schweißen", "/anmeldung/", True),
        ("waiting", "Warteliste: Fügen & Schweißen", "/anmeldung/", False),
        ("unanswered", "Ihre Antwort fehlt noch: Fügen & Schweißen", "/einladung/", False),
        ("attended", "Danke für Ihre Teilnahme: Fügen & Schweißen", "/anmeldung/", False),
    ],
)
def test_each_audience_has_a_standard_text_with_date_place_and_link(
    audience: str, subject: str, link: str, shown: bool, workshop: Workshop
) -> None:
    maker = InvitationFactory if audience == "unanswered" else RegistrationFactory
    found = message(ReminderFactory.create(workshop=workshop, audience=audience), maker.create(workshop=workshop))
    assert found.subject == subject
    for body in (found.text, found.html):
        assert "Dienstag, 9. März 2027, 18:30" in body
        assert "Bürgerhaus" in body
        assert f"http://127.0.0.1:8000{link}" in body
        assert ("konferenz.example" in body) is shown


def test_an_own_text_is_filled_in_and_cannot_break_the_page(workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop, person__first_name="Hanna", person__last_name="<Wolf>")
    reminder = ReminderFactory.create(
        workshop=workshop,
        subject="Bitte mitbringen: {titel}",
        text="Liebe {name}, am {termin} in {ort}:\n{link}\n<b>Gruß</b>",
    )
    found = message(reminder, row)
    assert found.subject == "Bitte mitbringen: Fügen & Schweißen"
    assert "Liebe Hanna <Wolf>, am Dienstag, 9. März 2027, 18:30 Uhr" in found.text
    assert "in Bürgerhaus:" in found.text
    assert f"http://127.0.0.1:8000/anmeldung/{row.pk}." in found.text
    assert "Hanna &lt;Wolf&gt;" in found.html
    assert "&lt;b&gt;Gruß&lt;/b&gt;" in found.html


def test_it_is_written_in_the_language_of_the_person(workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop, person__language="en")
    assert "Tuesday, 9 March 2027" in message(ReminderFactory.create(workshop=workshop), row).text


@pytest.mark.parametrize("text", ["{vorname}", "{ name }", "{}", "{name.__class__}"])
def test_an_unknown_placeholder_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"gibt es nicht\. Möglich sind \{name\}, \{titel\}, \{termin\}"):
        check_placeholders(f"Hallo {text}", "text")
