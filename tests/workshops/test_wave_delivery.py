"""A wave over a mail server that refuses, delays and hangs up: nobody gets two, nobody is lost, the page is right."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from stakeholders.domain.delivery import deliver_due
from stakeholders.domain.outbox import requeue
from stakeholders.domain.writing import write_due
from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import WorkshopFactory
from tests.mail_server import CUT, MailServer, running
from workshops.domain.wave import draft_wave, remind_wave, send_wave
from workshops.domain.wave_numbers import Sending, sending_of
from workshops.models import InvitationWave

pytestmark = pytest.mark.django_db
PEOPLE = 48
State = OutgoingMail.State


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    settings.OUTBOX_BATCH = 10
    with running() as server:
        settings.EMAIL_URL = server.url
        yield server


@pytest.fixture
def wave(cast: Cast) -> InvitationWave:
    """Sent to 48 people, nothing delivered yet."""
    for number in range(PEOPLE):
        StakeholderFactory.create(email=f"p{number:02d}@example.org", first_name="Kim", last_name=f"Nummer {number}")
    people = Stakeholder.objects.filter(email__startswith="p", email__endswith="@example.org", role="stakeholder")
    people = people.filter(last_name__startswith="Nummer")
    row = draft_wave(workshop=WorkshopFactory.create(), people=people, actor=cast.project_office)
    assert send_wave(wave=row, actor=cast.project_office) == PEOPLE
    row.refresh_from_db()
    return row


def p(*numbers: int) -> list[str]:
    return [f"p{number:02d}@example.org" for number in numbers]


def drain() -> None:
    """Until nothing moves by itself any more; pauses between attempts are skipped."""
    write_due()
    for _turn in range(12):
        OutgoingMail.objects.filter(state=State.QUEUED).update(due_at=timezone.now())
        deliver_due()
        if not OutgoingMail.objects.filter(state__in=(State.QUEUED, State.UNWRITTEN, State.CLAIMED)).exists():
            return
    raise AssertionError("Mails still move.")


def spoil(server: MailServer) -> None:
    """Where the server hangs up before the final dot, a short text is on its way as a whole all the same: the sender
    cannot tell this from a cut after the dot, and leaves both to a human."""
    server.at_rcpt |= {address: ["450 4.2.1 Try later"] for address in p(3, 4)}
    server.at_rcpt |= {address: ["421 4.3.2 Closing"] for address in p(11)}
    server.at_rcpt |= {address: [CUT] for address in p(12)}
    server.at_rcpt |= {address: ["550 5.1.1 No such user"] * 3 for address in p(20, 21)}
    server.at_text |= {address: ["451 4.3.0 Later", "452 4.3.1 Later"] for address in p(5)}
    server.at_text |= {address: ["554 5.7.1 Refused"] for address in p(22)}
    server.at_text |= {address: [CUT] for address in p(30, 31, 47)}
    server.within_text |= {address: [CUT] for address in p(0, 13, 33)}


def test_a_wave_survives_a_bad_server(
    cast: Cast, client: Client, wave: InvitationWave, mail_server: MailServer
) -> None:
    spoil(mail_server)
    drain()
    lost, unsure = p(20, 21, 22), p(30, 31, 47, 0, 13, 33)
    expected = sorted(set(p(*range(PEOPLE))) - {*lost, *unsure})
    assert sorted(mail_server.recipients) == expected
    assert sending_of(wave) == Sending(sent=PEOPLE - 9, waiting=0, stuck=7, withdrawn=0, unwritten=0, bounced=2)
    marked = Stakeholder.objects.filter(mail_bounced_at__isnull=False).values_list("email", flat=True)
    assert sorted(marked) == p(20, 21)
    client.force_login(cast.project_office)
    text = client.get(reverse("admin:workshops_wave", args=[wave.workshop_id, wave.number])).content.decode()
    assert f"{PEOPLE - 9} von {PEOPLE} Nachrichten gesendet." in text
    assert "Nicht zugestellt: 7." in text
    assert "2 Adressen gibt es nicht mehr." in text
    assert "hx-get" not in text


def test_what_a_human_sends_once_more_arrives_once(cast: Cast, wave: InvitationWave, mail_server: MailServer) -> None:
    """Both messages carry one Message-ID, should the first have arrived after all."""
    spoil(mail_server)
    drain()
    for mail in OutgoingMail.objects.needing_human().exclude(bounced_at__isnull=False):
        requeue(mail=mail, actor=cast.project_office)
    drain()
    assert set(Counter(mail_server.recipients).values()) == {1}
    assert sending_of(wave) == Sending(sent=PEOPLE - 2, waiting=0, stuck=0, withdrawn=0, unwritten=0, bounced=2)
    ids = [mail_server.message(place)["Message-ID"] for place in range(len(mail_server.received))]
    assert len(set(ids)) == len(ids) == PEOPLE - 2


def test_a_reminder_goes_to_nobody_whose_address_is_gone(
    cast: Cast, wave: InvitationWave, mail_server: MailServer
) -> None:
    spoil(mail_server)
    drain()
    mail_server.received.clear()
    assert remind_wave(wave=wave, actor=cast.project_office) == PEOPLE
    drain()
    assert sorted(mail_server.recipients) == sorted(set(p(*range(PEOPLE))) - {*p(20, 21)})
    reminding = sending_of(wave, "invitation_reminder")
    assert reminding == Sending(sent=PEOPLE - 2, waiting=0, stuck=0, withdrawn=2, unwritten=0, bounced=0)


def test_a_server_that_is_away_costs_nobody_the_invitation(wave: InvitationWave, settings: Settings) -> None:
    write_due()
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    assert deliver_due() == 0
    assert sending_of(wave).under_way == PEOPLE
    with running() as server:
        settings.EMAIL_URL = server.url
        drain()
        assert Counter(server.recipients) == Counter(p(*range(PEOPLE)))
