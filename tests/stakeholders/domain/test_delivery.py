"""One worker, one transaction around each test; races and killed workers are in tests/resilience."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from stakeholders.domain.delivery import PAUSES_MINUTES, claim_due, deliver_due, release_expired_claims
from stakeholders.domain.outbox import post
from stakeholders.domain.transport import Letter, SmtpTransport
from stakeholders.mails import Attachment
from stakeholders.models import OutgoingMail
from stakeholders.tasks import deliver_due_mail
from tests.factories.outbox import message, posted, posted_many
from tests.mail_server import CUT, MailServer

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def make_due() -> None:
    OutgoingMail.objects.update(due_at=timezone.now())


def test_due_mail_arrives_and_is_noted(mail_server: MailServer) -> None:
    mail = posted(html="<p>Guten Tag</p>", attachments=(Attachment("termin.ics", "text/calendar", "BEGIN:VCALENDAR"),))

    assert deliver_due_mail() == 1

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.claim, mail.claimed_until) == (State.SENT, 1, None, None)
    assert mail.sent_at is not None
    assert mail_server.recipients == ["guest1@example.org"]
    assert mail_server.message()["Subject"] == "Einladung 1"
    assert [part.get_filename() for part in mail_server.message().iter_attachments()] == ["termin.ics"]


def test_sent_mail_is_not_sent_again(mail_server: MailServer) -> None:
    posted()
    deliver_due()
    post(message(1, subject="Die gleiche Tatsache"))
    assert deliver_due() == 0
    assert len(mail_server.received) == 1


def test_drafts_and_later_mail_wait(mail_server: MailServer) -> None:
    post(message(1), draft=True)
    post(message(2), due_at=timezone.now() + timedelta(hours=1))
    assert deliver_due() == 0
    assert states() == [State.DRAFT, State.QUEUED]


def test_earlier_due_mail_goes_first(mail_server: MailServer) -> None:
    post(message(1))
    post(message(2), due_at=timezone.now() - timedelta(minutes=10))
    deliver_due()
    assert mail_server.recipients == ["guest2@example.org", "guest1@example.org"]


def test_batch_shares_one_connection(mail_server: MailServer, settings: Settings) -> None:
    settings.OUTBOX_BATCH = 3
    posted_many(7)
    assert deliver_due() == 7
    assert mail_server.connections == 1


@pytest.mark.parametrize("answer", [CUT, "421 4.7.0 One message each"])
def test_server_that_hangs_up_after_each_message_is_called_again(mail_server: MailServer, answer: str) -> None:
    mail_server.at_next = answer
    posted_many(4)
    assert deliver_due() == 4
    assert mail_server.connections == 4
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_server_that_has_enough_for_now_is_believed(mail_server: MailServer) -> None:
    mail_server.at_next = "450 Too much"
    posted_many(2)
    assert deliver_due() == 1
    assert by_attempts() == [(State.SENT, 1), (State.QUEUED, 1)]
    assert mail_server.connections == 1


def test_server_that_goes_away_between_two_messages_postpones_the_rest(mail_server: MailServer) -> None:
    mail_server.at_next, mail_server.is_closing = CUT, True
    posted_many(3)
    assert deliver_due() == 1
    assert by_attempts() == [(State.SENT, 1), (State.QUEUED, 1), (State.QUEUED, 1)]


def by_attempts() -> list[tuple[str, int]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", "attempts"))


def test_line_with_a_single_dot_arrives(mail_server: MailServer) -> None:
    posted(text="eins\n.\n..zwei\n")
    deliver_due()
    assert mail_server.message().get_content() == "eins\r\n.\r\n..zwei\r\n"


@pytest.mark.parametrize("at", ["at_rcpt", "at_text"])
@pytest.mark.parametrize("answer", ["450 4.2.1 Greylisted", "421 4.3.2 Shutting down"])
def test_temporary_fault_is_tried_again_later(mail_server: MailServer, at: str, answer: str) -> None:
    mail = posted(1)
    posted(2)
    setattr(mail_server, at, {mail.recipient: [answer]})

    assert deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (State.QUEUED, 1, answer)
    assert timedelta(seconds=50) < mail.due_at - timezone.now() <= timedelta(minutes=1)
    assert deliver_due() == 0

    make_due()
    assert deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (State.SENT, 2, "")
    assert mail_server.recipients == ["guest2@example.org", "guest1@example.org"]


def test_pauses_grow_until_a_human_decides(mail_server: MailServer) -> None:
    mail = posted()
    mail_server.at_rcpt = {mail.recipient: ["451 Try later"] * 9}
    pauses = []
    for _attempt in PAUSES_MINUTES:
        make_due()
        deliver_due()
        mail.refresh_from_db()
        pauses.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
    assert pauses == list(PAUSES_MINUTES) == sorted(pauses)

    make_due()
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.FAILED, len(PAUSES_MINUTES) + 1)
    assert OutgoingMail.objects.needing_human().count() == 1


@pytest.mark.parametrize("at", ["at_rcpt", "at_text"])
def test_permanent_fault_is_recorded_and_holds_up_nobody(mail_server: MailServer, at: str) -> None:
    mail = posted(1)
    posted(2)
    setattr(mail_server, at, {mail.recipient: ["550 5.1.1 No such user"]})

    assert deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.FAILED, "550 5.1.1 No such user")
    assert list(OutgoingMail.objects.needing_human()) == [mail]
    assert mail_server.recipients == ["guest2@example.org"]
    assert mail_server.connections == 1


def test_cut_before_the_text_is_tried_again(mail_server: MailServer) -> None:
    mail = posted(1)
    posted(2)
    mail_server.at_rcpt = {mail.recipient: [CUT]}

    assert deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)
    assert mail_server.connections == 2
    make_due()
    deliver_due()
    assert sorted(mail_server.recipients) == ["guest1@example.org", "guest2@example.org"]


def test_cut_after_the_text_waits_for_a_human(mail_server: MailServer) -> None:
    mail = posted(1)
    posted(2)
    mail_server.at_text = {mail.recipient: [CUT]}

    assert deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.in_flight) == (State.SENDING, 1, False)
    assert mail.last_error.startswith("Die Verbindung brach ab, nachdem der Text übergeben war")
    assert list(OutgoingMail.objects.needing_human()) == [mail]
    make_due()
    assert deliver_due() == 0
    assert mail_server.attempts[mail.recipient] == 1


def test_server_out_of_reach_postpones_all_and_loses_none(mail_server: MailServer, settings: Settings) -> None:
    address = settings.EMAIL_URL
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    posted_many(3)
    OutgoingMail.objects.filter(key="invitation:3").update(attempts=len(PAUSES_MINUTES))

    assert deliver_due() == 0
    assert states() == [State.QUEUED, State.QUEUED, State.FAILED]
    assert list(OutgoingMail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 1, 7]
    assert "refused" in OutgoingMail.objects.earliest("pk").last_error

    settings.EMAIL_URL = address
    make_due()
    assert deliver_due() == 2


@pytest.mark.parametrize(
    "changes",
    [{"recipient": "nobody"}, {"recipient": "ä@example.org"}, {"headers": {"Bcc\n": "x"}}],
)
def test_row_that_is_no_message_fails_alone(mail_server: MailServer, changes: dict[str, object]) -> None:
    mail = posted(1, **changes)
    posted(2)
    assert deliver_due() == 1
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert mail.last_error.startswith("Die Nachricht lässt sich nicht zusammensetzen")


def test_expired_claim_falls_back_and_a_fresh_one_stays(mail_server: MailServer) -> None:
    now = timezone.now()
    for number, until in ((1, now - timedelta(seconds=1)), (2, now + timedelta(seconds=30))):
        posted(number)
        OutgoingMail.objects.filter(key=f"invitation:{number}").update(
            state=State.CLAIMED, claim=uuid4(), claimed_until=until
        )
    assert deliver_due() == 1
    assert mail_server.recipients == ["guest1@example.org"]
    assert states() == [State.SENT, State.CLAIMED]


def test_row_in_sending_is_never_released() -> None:
    mail = posted()
    OutgoingMail.objects.update(state=State.SENDING, claim=uuid4(), claimed_until=timezone.now() - timedelta(days=1))
    assert release_expired_claims() == 0
    assert claim_due().rows == []
    assert list(OutgoingMail.objects.needing_human()) == [mail]


def test_row_in_flight_needs_no_human_yet() -> None:
    posted()
    OutgoingMail.objects.update(state=State.SENDING, claim=uuid4(), claimed_until=timezone.now() + timedelta(minutes=1))
    assert not OutgoingMail.objects.needing_human().exists()


@pytest.fixture
def thief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another worker takes the second message while the first one is on its way."""
    send = SmtpTransport.send

    def send_and_lose(self: SmtpTransport, letter: Letter) -> None:
        OutgoingMail.objects.filter(key="invitation:2").update(claim=uuid4())
        send(self, letter)

    monkeypatch.setattr(SmtpTransport, "send", send_and_lose)


def test_lost_claim_is_not_sent(mail_server: MailServer, thief: None) -> None:
    posted_many(3)
    assert deliver_due() == 2
    assert mail_server.recipients == ["guest1@example.org", "guest3@example.org"]
    assert states() == [State.SENT, State.CLAIMED, State.SENT]


def test_slow_server_does_not_cost_the_claim(mail_server: MailServer, settings: Settings) -> None:
    settings.OUTBOX_LEASE_SECONDS = 1
    mail_server.delay = 0.3
    posted_many(5)
    assert deliver_due() == 5
    assert states() == [State.SENT] * 5
    assert mail_server.connections == 1


def test_time_limit_gives_the_rest_back(mail_server: MailServer) -> None:
    mail_server.delay = 0.3
    posted_many(5)
    assert 1 <= deliver_due(seconds=0.4) < 5
    assert set(states()) == {State.SENT, State.QUEUED}


def test_queries_per_message_are_constant(mail_server: MailServer) -> None:
    counts = []
    for count in (2, 12):
        OutgoingMail.objects.all().delete()
        posted_many(count)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert deliver_due() == count
        counts.append(len(queries))
    assert counts[1] - counts[0] == 10


def test_login_data_of_the_server_never_reach_the_row(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://portal:geheim@127.0.0.1:1"
    mail = posted()
    deliver_due()
    mail.refresh_from_db()
    assert mail.last_error
    assert "geheim" not in mail.last_error
