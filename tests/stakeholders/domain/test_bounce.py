"""Addresses that mail servers refuse: marked by genuine reports only, left alone until somebody says they are right."""

from pathlib import Path

import pytest
from pytest_django import Settings

from stakeholders.domain.bounce import Outcome, confirm_address, note_report, note_reports
from stakeholders.domain.bounce_folder import LARGEST, read_folder
from stakeholders.domain.delivery import deliver_due
from stakeholders.domain.delivery_report import read_reports
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from stakeholders.privacy import collect
from stakeholders.tasks import read_bounces
from tests.cast import Cast
from tests.factories.outbox import posted
from tests.factories.stakeholders import StakeholderFactory
from tests.mail_server import MailServer
from tests.stakeholders.reports_of_delivery import report

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


@pytest.fixture
def mail(cast: Cast, mail_server: MailServer) -> OutgoingMail:
    """Sent to the stakeholder."""
    row = posted(1, person=cast.stakeholder, recipient=cast.stakeholder.mail_address)
    assert deliver_due() == 1
    row.refresh_from_db()
    return row


def told(content: bytes) -> list[Outcome]:
    return [note_report(row) for row in read_reports(content)]


def marked(person: Stakeholder) -> bool:
    person.refresh_from_db()
    return person.mail_bounced_at is not None


def test_a_genuine_permanent_report_marks_the_address_once(cast: Cast, mail: OutgoingMail) -> None:
    assert told(report(mail)) == told(report(mail)) == [Outcome.MARKED]
    assert marked(cast.stakeholder)
    assert "User unknown" in cast.stakeholder.mail_bounce_words
    mail.refresh_from_db()
    assert (mail.state, mail.bounced_at is None) == (State.SENT, False)
    entry = AuditEntry.objects.get(verb="address_bounced")
    assert (entry.actor, entry.target, entry.facts) == (None, cast.stakeholder, {"status": "5.1.1"})


def test_a_forged_report_marks_nothing(cast: Cast, mail: OutgoingMail) -> None:
    """Whoever knows an address and how messages are numbered still does not know their Message-ID."""
    assert told(report(mail, known=False)) == [Outcome.UNKNOWN]
    guessed = OutgoingMail(key="invitation:2", recipient=mail.recipient)
    assert told(report(guessed)) == [Outcome.UNKNOWN]
    assert not marked(cast.stakeholder)


def test_a_report_on_another_address_is_only_noted(cast: Cast, mail: OutgoingMail) -> None:
    """The message was passed on, or somebody who got one forges a report on another."""
    assert told(report(mail, recipient=cast.outsider.mail_address)) == [Outcome.NOTED]
    assert not marked(cast.stakeholder)
    assert not marked(cast.outsider)


@pytest.mark.parametrize(("status", "action"), [("4.2.2", "delayed"), ("4.4.7", "failed"), ("5.7.1", "failed")])
def test_what_may_pass_is_only_noted(status: str, action: str, cast: Cast, mail: OutgoingMail) -> None:
    assert told(report(mail, status=status, action=action)) == [Outcome.NOTED]
    assert not marked(cast.stakeholder)
    mail.refresh_from_db()
    assert mail.last_error.startswith(status)
    assert (mail.bounced_at is not None) == status.startswith("5.")


def test_who_has_another_address_meanwhile_is_not_marked(cast: Cast, mail: OutgoingMail) -> None:
    Stakeholder.objects.filter(pk=cast.stakeholder.pk).update(email="new@example.org")
    assert told(report(mail)) == [Outcome.NOTED]
    assert not marked(cast.stakeholder)


def test_the_server_that_refuses_at_once_marks_too(cast: Cast, mail_server: MailServer) -> None:
    for number, (person, words) in enumerate(
        [(cast.stakeholder, "550 5.1.1 No such user"), (cast.outsider, "550 5.7.1 Spam"), (cast.colleague, "550 No")], 1
    ):
        mail_server.at_rcpt[person.mail_address] = [words]
        posted(number, person=person, recipient=person.mail_address)
    deliver_due()
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.FAILED}
    assert [marked(person) for person in (cast.stakeholder, cast.outsider, cast.colleague)] == [True, False, False]
    assert OutgoingMail.objects.filter(bounced_at__isnull=False).count() == 1


def test_nothing_but_account_mails_goes_to_a_marked_address(
    cast: Cast, mail: OutgoingMail, mail_server: MailServer
) -> None:
    told(report(mail))
    posted(2, person=cast.stakeholder, recipient=mail.recipient)
    posted(3, person=cast.stakeholder, recipient=mail.recipient, kind="account:login_code")
    posted(4, person=cast.outsider, recipient=cast.outsider.mail_address)
    assert deliver_due() == 2
    assert mail_server.recipients == [mail.recipient, mail.recipient, cast.outsider.email]
    row = OutgoingMail.objects.get(key="invitation:2")
    assert row.state == State.CANCELLED
    assert "als unzustellbar gemeldet" in row.last_error


def test_confirming_lets_mails_go_out_again(cast: Cast, mail: OutgoingMail, mail_server: MailServer) -> None:
    told(report(mail))
    assert [confirm_address(person=cast.stakeholder, actor=cast.project_office) for _click in range(2)] == [True, False]
    assert not marked(cast.stakeholder)
    assert AuditEntry.objects.get(verb="address_confirmed").actor == cast.project_office
    posted(2, person=cast.stakeholder, recipient=mail.recipient)
    assert deliver_due() == 1


def test_a_new_address_is_not_marked_whoever_writes_it(cast: Cast, mail: OutgoingMail) -> None:
    told(report(mail))
    stale = Stakeholder.objects.get(pk=cast.stakeholder.pk)
    stale.last_name = "Anders"
    stale.save()
    assert marked(stale)
    stale.email = "new@example.org"
    stale.save()
    assert not marked(stale)
    assert stale.mail_bounce_words == ""


def test_the_person_reads_it_in_their_data(cast: Cast, mail: OutgoingMail) -> None:
    told(report(mail))
    cast.stakeholder.refresh_from_db()
    person = collect(cast.stakeholder)["person"]
    assert isinstance(person, dict)
    assert person["mail_bounced_at"]
    assert "User unknown" in str(person["mail_bounce_words"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_the_folder_is_read_file_by_file_and_nothing_blocks(
    cast: Cast, mail: OutgoingMail, folder: Path, settings: Settings
) -> None:
    (folder / "new" / "1.broken").write_bytes(b"Content-Type: message/delivery-status\n\nAction: failed\n")
    (folder / "new" / "2.huge").write_bytes(b"x" * (LARGEST + 1))
    (folder / "new" / "3.answer").write_bytes(b"Subject: Abwesend\n\nIch bin im Urlaub.\n")
    (folder / "new" / "4.report").write_bytes(report(mail))
    (folder / "new" / "5.link").symlink_to("/etc/passwd")
    settings.BOUNCE_FOLDER = str(folder)
    assert read_bounces() == 4
    assert marked(cast.stakeholder)
    assert sorted(path.name for path in (folder / "aside").iterdir()) == ["1.broken", "2.huge"]
    assert sorted(path.name for path in (folder / "cur").iterdir()) == ["3.answer:2,S", "4.report:2,S"]
    assert [path.name for path in (folder / "new").iterdir()] == ["5.link"]
    assert read_folder(folder) == 0


def test_without_a_folder_there_is_nothing_to_read(settings: Settings, tmp_path: Path) -> None:
    settings.BOUNCE_FOLDER = ""
    assert read_bounces() == 0
    assert read_folder(tmp_path / "not there") == 0


def test_many_reports_are_counted_by_outcome(cast: Cast, mail: OutgoingMail) -> None:
    stranger = OutgoingMail(key="x", recipient=StakeholderFactory.create().mail_address)
    rows = [*read_reports(report(mail)), *read_reports(report(stranger))]
    assert note_reports(rows) == {"marked": 1, "noted": 0, "unknown": 1}
