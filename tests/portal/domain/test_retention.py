"""What ends when; time passes by passing `now`."""

from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.domain import retention
from portal.domain.calendar import calendar
from portal.domain.erasure import erase_account
from portal.domain.inactivity import erase_inactive, erase_unclaimed, inactive_staff
from portal.domain.retention import PURPOSES, apply_retention, period_text
from stakeholders.domain.subscription import confirm, end, request_subscription
from stakeholders.models import (
    AuditEntry,
    ConsentEvent,
    ContentReport,
    Enquiry,
    OutgoingMail,
    Stakeholder,
    Subscription,
)
from tests.cast import Cast
from tests.factories.newsletter import SubscriptionFactory
from tests.factories.outbox import posted
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import QuestionFactory, RegistrationFactory, WorkshopFactory
from theses.models import ThesisDraft
from workshops.models import Answer

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=3 * 365)
DAY = timedelta(days=1)
START = timezone.now()
State = OutgoingMail.State


def inactive(**values: object) -> Stakeholder:
    person: Stakeholder = StakeholderFactory.create(last_login=START, **values)
    Stakeholder.objects.filter(pk=person.pk).update(date_joined=START - YEARS)
    return person


def run(after: timedelta, deliver: bool = True) -> int:
    erased = erase_inactive(now=START + after)
    if deliver:
        OutgoingMail.objects.filter(state=State.QUEUED).update(state=State.SENT)
    return erased


def warnings() -> list[str]:
    return sorted(mail.key.split(":")[2] for mail in OutgoingMail.objects.filter(kind="inactive"))


def test_unused_account_is_warned_twice_and_then_erased() -> None:
    person = inactive()
    assert (run(YEARS - 31 * DAY), warnings()) == (0, [])
    for _run in range(2):
        assert (run(YEARS - 30 * DAY), warnings()) == (0, ["first"])
    assert (run(YEARS - 8 * DAY), warnings()) == (0, ["first"])
    for _run in range(2):
        assert (run(YEARS - 7 * DAY), warnings()) == (0, ["first", "last"])
    assert run(YEARS - DAY) == 0
    assert run(YEARS) == 1
    assert run(YEARS) == 0
    assert not Stakeholder.objects.filter(pk=person.pk).exists()
    assert AuditEntry.objects.get(verb="account_erased").facts["reason"] == "inactive_accounts"
    assert not OutgoingMail.objects.exists()


def test_nobody_is_erased_unwarned_however_long_nothing_ran() -> None:
    inactive()
    late = YEARS + 400 * DAY
    assert (run(late), warnings()) == (0, ["first"])
    assert run(late + 22 * DAY) == 0
    assert (run(late + 23 * DAY), warnings()) == (0, ["first", "last"])
    assert run(late + 29 * DAY) == 0
    assert run(late + 30 * DAY) == 1


def test_a_warning_that_never_went_out_warns_nobody() -> None:
    inactive()
    for after in (YEARS - 30 * DAY, YEARS - 7 * DAY, YEARS, YEARS + 90 * DAY):
        assert run(after, deliver=False) == 0
    assert warnings() == ["first"]


def test_signing_in_stops_it_and_a_later_absence_warns_anew() -> None:
    person = inactive()
    run(YEARS - 30 * DAY)
    run(YEARS - 7 * DAY)
    Stakeholder.objects.filter(pk=person.pk).update(last_login=START + YEARS - DAY)
    assert run(YEARS) == 0
    assert run(2 * YEARS - 31 * DAY) == 0
    assert warnings() == ["first", "first", "last"]


def test_who_is_registered_for_an_event_is_not_erased() -> None:
    person = inactive()
    for after in (YEARS - 30 * DAY, YEARS - 7 * DAY):
        run(after)
    RegistrationFactory.create(person=person, workshop=WorkshopFactory.create())
    assert run(YEARS) == 0
    assert Stakeholder.objects.filter(pk=person.pk).exists()


def test_staff_are_listed_and_never_erased(cast: Cast) -> None:
    run(YEARS + 400 * DAY)
    run(YEARS + 800 * DAY)
    staff = {cast.project_office, cast.ministry, cast.office_without_second_factor}
    assert set(inactive_staff(now=START + YEARS + DAY)) == staff
    assert set(inactive_staff(now=START)) == set()
    assert not OutgoingMail.objects.filter(person__in=staff).exists()


def test_contact_that_never_used_the_portal_is_erased_after_two_years() -> None:
    contact = StakeholderFactory.create(origin=Stakeholder.Origin.IMPORT)
    claimed = StakeholderFactory.create(origin=Stakeholder.Origin.IMPORT, claimed_at=START)
    asked = StakeholderFactory.create(origin=Stakeholder.Origin.OFFICE, last_active_at=START + 700 * DAY)
    assert erase_unclaimed(now=START + 729 * DAY) == 0
    assert erase_unclaimed(now=START + 731 * DAY) == 1
    assert not Stakeholder.objects.filter(pk=contact.pk).exists()
    assert Stakeholder.objects.filter(pk__in=(claimed.pk, asked.pk)).count() == 2
    assert not OutgoingMail.objects.exists()


def test_subscriptions_end_by_their_state() -> None:
    request_subscription(email="offen@example.org", language="de")
    SubscriptionFactory.create(email="bleibt@example.org")
    ended = SubscriptionFactory.create(email="ende@example.org")
    end(subscription=ended)
    assert retention.delete_unconfirmed(START + 29 * DAY) == 0
    assert retention.delete_unconfirmed(timezone.now() + 30 * DAY) == 1
    assert retention.delete_ended(START + YEARS - DAY) == 0
    assert retention.delete_ended(timezone.now() + YEARS) == 1
    assert [row.email for row in Subscription.objects.all()] == ["bleibt@example.org"]
    assert not ConsentEvent.objects.exists()


def test_proof_of_an_ended_subscription_outlives_a_second_request() -> None:
    request_subscription(email="gast@example.org", language="de")
    row = Subscription.objects.get()
    confirm(subscription=row)
    end(subscription=row)
    request_subscription(email="gast@example.org", language="de")
    assert retention.delete_unconfirmed(timezone.now() + 30 * DAY) == 0
    row.refresh_from_db()
    assert row.state == Subscription.State.ENDED
    assert ConsentEvent.objects.count() == 2


def test_texts_of_sent_mails_go_and_the_keys_stay(cast: Cast) -> None:
    posted(1, person=cast.stakeholder)
    posted(2)
    posted(3, person=cast.stakeholder)
    OutgoingMail.objects.exclude(key="invitation:3").update(state=State.SENT)
    assert retention.empty_mails(START + 364 * DAY) == 0
    assert retention.empty_mails(timezone.now() + 365 * DAY) == 2
    assert retention.empty_mails(timezone.now() + 365 * DAY) == 0
    assert {mail.key: bool(mail.text) for mail in OutgoingMail.objects.all()} == {
        "invitation:1": False,
        "invitation:3": True,
    }


def test_farewell_goes_once_it_is_sent_and_after_a_week_in_any_case(cast: Cast) -> None:
    for person in (cast.stakeholder, cast.outsider):
        erase_account(person=person)
    OutgoingMail.objects.filter(recipient=cast.stakeholder.email).update(state=State.SENT)
    assert retention.forget_farewells(timezone.now()) == 1
    assert OutgoingMail.objects.get().recipient == cast.outsider.email
    assert retention.forget_farewells(timezone.now() + 7 * DAY) == 1


def test_reports_and_enquiries_go_two_years_after_the_end() -> None:
    for decided_at in (START, None):
        ContentReport.objects.create(
            key="x", label="x", address="/", reason="other", explanation="x", decided_at=decided_at
        )
    for state in ("closed", "answered"):
        Enquiry.objects.create(topic="other", email="a@example.org", subject=state, state=state)
    for after, left in ((729, 2), (731, 1), (2000, 1)):
        retention.delete_reports(START + after * DAY)
        retention.delete_enquiries(START + after * DAY)
        assert (ContentReport.objects.count(), Enquiry.objects.count()) == (left, left)


def test_a_draft_nobody_continues_goes_after_half_a_year(cast: Cast) -> None:
    for person, days in ((cast.stakeholder, 0), (cast.colleague, 100)):
        draft = ThesisDraft.objects.create(author=person, fields={"sentence": "Angefangen."})
        ThesisDraft.objects.filter(pk=draft.pk).update(saved_at=START + days * DAY)
    assert calendar(cast.stakeholder)[0].what == "Ihr Entwurf einer These"
    assert calendar(cast.stakeholder)[0].at == START + 180 * DAY
    assert retention.delete_drafts(START + 180 * DAY - timedelta(seconds=1)) == 0
    assert retention.delete_drafts(START + 180 * DAY) == 1
    assert ThesisDraft.objects.get().author == cast.colleague


def test_answers_go_after_the_event_and_sensitive_ones_soon(cast: Cast) -> None:
    workshop = WorkshopFactory.create(title="Werkstatt", starts_at=START - DAY, ends_at=START)
    row = RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    for purpose in ("catering", "general"):
        question = QuestionFactory.create(workshop=workshop, purpose=purpose)
        Answer.objects.create(question=question, registration=row, value="vegan")
    told = {ending.what: ending.at for ending in calendar(cast.stakeholder)}
    assert told["Ihre Angaben zu Barrierefreiheit und Verpflegung für „Werkstatt“"] == START + 14 * DAY
    assert told["Ihre Antworten zur Anmeldung für „Werkstatt“"] == START + 180 * DAY
    left = {}
    for days in (13, 14, 179, 180):
        apply_retention(now=START + days * DAY)
        left[days] = sorted(Answer.objects.values_list("question__purpose", flat=True))
    assert left == {13: ["catering", "general"], 14: ["general"], 179: ["general"], 180: []}


def test_sessions_that_ran_out_go_with_their_address(cast: Cast) -> None:
    for key, days in (("old", 1), ("new", 5)):
        Session.objects.create(session_key=key, session_data="", expire_date=START + days * DAY)
        UserSession.objects.create(user=cast.stakeholder, session_key=key, ip="192.0.2.1", user_agent="x")
    assert retention.delete_sessions(START + 2 * DAY) == 1
    assert UserSession.objects.get().session_key == "new"


def test_every_period_is_applied_and_told(cast: Cast) -> None:
    SubscriptionFactory.create(state=Subscription.State.PENDING)
    counts = apply_retention(now=timezone.now() + 40 * DAY)
    assert set(counts) == {purpose.key for purpose in PURPOSES}
    assert AuditEntry.objects.get(verb="retention_applied").facts == {"unconfirmed_subscriptions": 1}
    apply_retention(now=timezone.now() + 40 * DAY)
    assert AuditEntry.objects.filter(verb="retention_applied").count() == 1
    warnings_only = {"inactive_first_warning", "inactive_last_warning"}
    assert set(settings.RETENTION) == {purpose.key for purpose in PURPOSES} | warnings_only


def test_a_fault_in_one_purpose_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    SubscriptionFactory.create(state=Subscription.State.PENDING)

    def broken(_now: datetime) -> int:
        raise ValueError("kaputt")

    first = retention.Purpose("inactive_accounts", PURPOSES[0].what, PURPOSES[0].why, PURPOSES[0].starts, broken)
    monkeypatch.setattr(retention, "PURPOSES", (first, *PURPOSES[1:]))
    with pytest.raises(ExceptionGroup):
        apply_retention(now=timezone.now() + 40 * DAY)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "sofort"), (1, "1 Tag"), (7, "7 Tage"), (30, "30 Tage"), (365, "12 Monate"), (1095, "36 Monate")],
)
def test_period_is_told_in_days_or_months(days: int, words: str) -> None:
    assert period_text(days) == words


def test_calendar_names_what_ends_when_earliest_first(cast: Cast) -> None:
    person = cast.stakeholder
    request_subscription(email=person.mail_address, language="de")
    posted(1, person=person)
    OutgoingMail.objects.filter(key="invitation:1").update(state=State.SENT)
    endings = calendar(person)
    assert [round((ending.at - START) / DAY) for ending in endings] == [30, 365, 1095]
    assert calendar(cast.project_office) == []
