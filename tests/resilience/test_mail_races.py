"""Several workers drain the same outbox, each in its own database session."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from stakeholders.domain.delivery import claim_due, deliver_due
from stakeholders.domain.outbox import withdraw
from stakeholders.models import OutgoingMail, Stakeholder
from tests.at_once import at_once
from tests.factories.outbox import posted, posted_many
from tests.factories.stakeholders import StakeholderFactory
from tests.mail_server import running

pytestmark = pytest.mark.django_db(transaction=True)
State = OutgoingMail.State


def test_workers_at_once_deliver_each_mail_once(settings: Settings) -> None:
    settings.OUTBOX_BATCH = 5
    posted_many(60)
    with running() as server:
        server.delay = 0.005
        settings.EMAIL_URL = server.url
        sent = at_once(*[deliver_due] * 3)
    assert sum(sent) == 60
    assert min(sent) > 0
    assert set(Counter(server.recipients).values()) == {1}
    assert OutgoingMail.objects.filter(state=State.SENT).count() == 60


def test_claim_passes_over_what_another_session_holds() -> None:
    held = [posted(1), posted(2)]
    free = [posted(3), posted(4)]
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(OutgoingMail.objects.select_for_update().filter(pk__in=[mail.pk for mail in held]))
            locked.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert locked.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    try:
        assert claim_due().rows == [mail.pk for mail in free]
    finally:
        done.set()
        other.join()
        connection.close()


def test_withdrawn_mail_is_either_sent_or_withdrawn(settings: Settings) -> None:
    """The office withdraws while a worker drains: whatever the order, state and mailbox agree."""
    office: Stakeholder = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    mails = [posted(number) for number in range(1, 21)]
    settings.OUTBOX_BATCH = 1

    def withdraw_last() -> None:
        for mail in reversed(mails[10:]):
            withdraw(mail=mail, actor=office)

    with running() as server:
        settings.EMAIL_URL = server.url
        at_once(deliver_due, withdraw_last)
    sent = set(OutgoingMail.objects.filter(state=State.SENT).values_list("recipient", flat=True))
    assert sent == set(server.recipients)
    assert len(server.recipients) == len(sent)
    assert sent | set(OutgoingMail.objects.filter(state=State.CANCELLED).values_list("recipient", flat=True)) == {
        mail.recipient for mail in mails
    }
