from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.subscription import confirm, end, request_subscription, subscribe, subscriptions_of
from stakeholders.models import AuditEntry, Channel, ConsentEvent, OutgoingMail, Subscription
from stakeholders.subscription_links import CONFIRM_WITHIN, confirm_link, end_link, find_to_confirm, find_to_end
from tests.cast import Cast

pytestmark = pytest.mark.django_db

State = Subscription.State


def asked(email: str = "gast@example.org") -> Subscription:
    request_subscription(email=email, language="de")
    return Subscription.objects.get(email__iexact=email)


def token(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[-1]


def later(subscription: Subscription, by: timedelta) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(requested_at=subscription.requested_at - by)


def test_address_counts_only_after_confirmation() -> None:
    row = asked("Gast@Example.org")
    assert (row.email, row.state) == ("gast@example.org", State.PENDING)
    confirm(subscription=row)
    confirm(subscription=row)
    row.refresh_from_db()
    assert row.state == State.CONFIRMED
    assert [(event.purpose, event.given) for event in ConsentEvent.objects.all()] == [("newsletter", True)]
    entry = AuditEntry.objects.get()
    assert (entry.target_label, entry.actor) == (f"Abonnement {row.pk}", None)


def test_asking_twice_at_once_sends_one_mail_and_later_another() -> None:
    row = asked()
    old = token(confirm_link(row))
    asked()
    assert OutgoingMail.objects.count() == 1
    later(row, timedelta(minutes=11))
    asked()
    assert OutgoingMail.objects.count() == 2
    assert find_to_confirm(old) is None


def test_known_address_gets_a_mail_without_a_link_to_confirm() -> None:
    row = asked()
    confirm(subscription=row)
    for _time in range(2):
        asked()
    known = OutgoingMail.objects.get(kind="newsletter_known")
    assert "/rundbrief/abbestellen/" in known.text
    assert "/rundbrief/bestaetigen/" not in known.text


def test_ending_is_noted_once_with_its_channel() -> None:
    row = asked()
    confirm(subscription=row)
    for _time in range(2):
        end(subscription=row, channel=Channel.EMAIL)
    row.refresh_from_db()
    assert row.state == State.ENDED
    events = ConsentEvent.objects.order_by("pk")
    assert [(event.given, event.channel) for event in events] == [(True, "web"), (False, "email")]


def test_an_old_link_does_not_bring_back_what_was_ended() -> None:
    row = asked()
    link = token(confirm_link(row))
    confirm(subscription=row)
    end(subscription=row)
    assert find_to_confirm(link) is None
    with pytest.raises(Refusal):
        confirm(subscription=row)
    assert asked().state == State.PENDING


def test_links_are_bound_to_their_purpose_and_expire(monkeypatch: pytest.MonkeyPatch) -> None:
    row = asked()
    to_confirm, to_end = token(confirm_link(row)), token(end_link(row))
    assert find_to_confirm(to_confirm) == find_to_end(to_end) == row
    assert find_to_confirm(to_end) is None
    assert find_to_end(to_confirm) is None
    assert find_to_confirm(to_confirm[:-1]) is None
    over = (timezone.now() + CONFIRM_WITHIN + timedelta(minutes=1)).timestamp()
    monkeypatch.setattr("time.time", lambda: over)
    assert find_to_confirm(to_confirm) is None
    assert find_to_end(to_end) == row


def test_person_with_a_proved_address_subscribes_at_once(cast: Cast) -> None:
    person = cast.stakeholder
    assert subscribe(person=person) is False
    assert OutgoingMail.objects.get().kind == "newsletter_confirm"
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for _time in range(2):
        assert subscribe(person=person) is True
    assert [(row.state, row.person) for row in subscriptions_of(person)] == [(State.CONFIRMED, person)]
    assert ConsentEvent.objects.get().person == person


def test_guest_address_of_an_account_belongs_to_it_after_confirmation(cast: Cast) -> None:
    person = cast.stakeholder
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    row = asked(person.mail_address.upper())
    confirm(subscription=row)
    row.refresh_from_db()
    assert row.person == person
    assert subscriptions_of(cast.outsider) == []
