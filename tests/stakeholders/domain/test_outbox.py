from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from stakeholders.domain.outbox import mark_sent, post, post_many, release, requeue, withdraw
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail
from stakeholders.verbs import StakeholderVerb
from tests.cast import Cast
from tests.factories.outbox import message, posted

pytestmark = pytest.mark.django_db
State = OutgoingMail.State
VERBS = {"requeue": requeue, "mark_sent": mark_sent, "withdraw": withdraw, "release": release}
ALLOWED = {
    "requeue": {State.FAILED: State.QUEUED, State.SENDING: State.QUEUED},
    "mark_sent": {State.FAILED: State.SENT, State.SENDING: State.SENT},
    "withdraw": dict.fromkeys((State.DRAFT, State.UNWRITTEN, State.QUEUED, State.FAILED), State.CANCELLED),
    "release": {State.DRAFT: State.QUEUED},
}
HARMLESS = {
    "requeue": (State.QUEUED, State.UNWRITTEN),
    "mark_sent": (State.SENT,),
    "withdraw": (State.CANCELLED,),
    "release": (State.QUEUED,),
}


def in_state(state: str) -> OutgoingMail:
    mail = posted()
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, attempts=3, last_error="550 No")
    mail.refresh_from_db()
    return mail


def test_known_key_changes_nothing() -> None:
    post(message(1))
    post(message(1, subject="Anders"))
    post_many([message(1), message(2), message(2)])
    assert list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)) == ["Einladung 1", "Einladung 2"]


def test_mail_shares_the_fate_of_its_fact() -> None:
    with transaction.atomic():
        post(message(1))
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("state", State.values)
def test_decision_is_possible_where_it_makes_sense(cast: Cast, name: str, state: str) -> None:
    mail = in_state(state)
    expected = ALLOWED[name].get(State(state))
    if expected is None and state not in HARMLESS[name]:
        with pytest.raises(Refusal):
            VERBS[name](mail=mail, actor=cast.project_office)
    else:
        VERBS[name](mail=mail, actor=cast.project_office)
    mail.refresh_from_db()
    assert mail.state == (expected or state)
    assert AuditEntry.objects.count() == (1 if expected else 0)


def test_decision_is_audited_once(cast: Cast) -> None:
    mail = in_state(State.FAILED)
    for _time in range(2):
        requeue(mail=mail, actor=cast.project_office)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.target) == (StakeholderVerb.MAIL_REQUEUED, cast.project_office, mail)
    assert entry.facts == {"from": "failed", "to": "queued"}


def test_requeued_mail_starts_anew(cast: Cast) -> None:
    mail = in_state(State.FAILED)
    requeue(mail=mail, actor=cast.project_office)
    mail.refresh_from_db()
    assert mail.attempts == 0
    assert mail.due_at <= timezone.now()


@pytest.mark.parametrize("verb", [requeue, mark_sent])
def test_mail_in_flight_is_left_alone(cast: Cast, verb: object) -> None:
    mail = in_state(State.SENDING)
    claim = uuid4()
    OutgoingMail.objects.update(claim=claim, claimed_until=timezone.now() + timedelta(minutes=1))
    with pytest.raises(Refusal, match="gerade übergeben"):
        verb(mail=mail, actor=cast.project_office)  # type: ignore[operator]
    mail.refresh_from_db()
    assert (mail.state, mail.claim) == (State.SENDING, claim)


def test_released_draft_keeps_its_time(cast: Cast) -> None:
    later = timezone.now() + timedelta(days=1)
    post(message(1), due_at=later, draft=True)
    mail = OutgoingMail.objects.get()
    release(mail=mail, actor=cast.project_office)
    mail.refresh_from_db()
    assert (mail.state, mail.due_at) == (State.QUEUED, later)


def test_withdrawn_fact_does_not_come_back(cast: Cast) -> None:
    mail = in_state(State.QUEUED)
    withdraw(mail=mail, actor=cast.project_office)
    post(message(1))
    assert list(OutgoingMail.objects.values_list("state", flat=True)) == [State.CANCELLED]
