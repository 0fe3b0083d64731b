"""What the clock does with rounds: opening, reminder and end, each once and never too late."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from measures.domain.assessment import rate
from measures.domain.round import close_round
from measures.domain.round_mail import announce, close_due, invited, open_due, remind, remind_due
from measures.models import AssessmentRound
from measures.tasks import look_at_rounds
from measures.verbs import MeasureVerb
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry, OutgoingMail, Selection, Stakeholder, StakeholderGroup
from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

HOUR = timedelta(hours=1)
State = AssessmentRound.State


@pytest.fixture
def group(db: None) -> StakeholderGroup:
    found: StakeholderGroup = StakeholderGroupFactory.create(key="kammern")
    return found


def selection(group: StakeholderGroup) -> Selection:
    return Selection.objects.create(name="Industrie", criteria={"gruppe": [group.key]})


def invited_round(group: StakeholderGroup, **values: Any) -> AssessmentRound:
    return fitting_round(audience=selection(group), **values)


def people(group: StakeholderGroup, number: int, **values: Any) -> list[Stakeholder]:
    return StakeholderFactory.create_batch(number, group=group, **values)


def recipients(kind: str) -> set[str]:
    return set(OutgoingMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_who_is_invited_is_told_once_that_a_round_has_opened(group: StakeholderGroup) -> None:
    inside = people(group, 3)
    StakeholderFactory.create(group=StakeholderGroupFactory.create(key="forschung"))
    row = invited_round(group)
    assert [open_due(), open_due()] == [3, 0]
    assert recipients("round_opened") == {person.email for person in inside}
    row.refresh_from_db()
    assert row.announced_at
    entry = AuditEntry.objects.get(verb=MeasureVerb.ROUND_ANNOUNCED)
    assert (entry.actor, entry.facts) == (None, {"people": 3})
    told = Activity.objects.filter(kind="invited", key=f"round:{row.pk}")
    assert set(told.values_list("person", flat=True)) == {person.pk for person in inside}


def test_nobody_is_told_of_a_round_without_a_selection(group: StakeholderGroup) -> None:
    people(group, 2)
    row = fitting_round(remind_at=timezone.now() - HOUR)
    assert (open_due(), remind_due()) == (0, 0)
    assert not invited(row).exists()
    assert not OutgoingMail.objects.exists()


def test_mail_goes_to_active_stakeholders_with_an_address(group: StakeholderGroup, cast: Cast) -> None:
    for person in (cast.project_office, cast.ministry):
        Stakeholder.objects.filter(pk=person.pk).update(group=group)
    people(group, 1, is_active=False)
    people(group, 1, email=None, origin="office")
    (reached,) = people(group, 1)
    invited_round(group, remind_at=timezone.now() + HOUR)
    open_due()
    assert recipients("round_opened") == {reached.email}
    remind_due(now=timezone.now() + 2 * HOUR)
    assert recipients("round_reminder") == {reached.email}


def test_only_who_has_answered_nothing_is_reminded_and_once(group: StakeholderGroup) -> None:
    diligent, silent = people(group, 2)
    row = invited_round(group, remind_at=timezone.now() + HOUR)
    open_due()
    measure = row.measures.all()[0]
    rate(assessment_round=row, measure=measure, rater=diligent, grades={"need": None})
    other = fitting_round()
    rate(assessment_round=other, measure=other.measures.all()[0], rater=silent, grades={"need": 1})
    assert remind_due() == 0
    later = timezone.now() + 2 * HOUR
    assert [remind_due(now=later), remind_due(now=later + HOUR)] == [1, 0]
    assert recipients("round_reminder") == {silent.email}
    row.refresh_from_db()
    assert row.reminded_at == later
    assert AuditEntry.objects.get(verb=MeasureVerb.ROUND_REMINDED).facts == {"people": 1}


def test_a_clock_that_stood_still_for_an_hour_does_everything_once(group: StakeholderGroup) -> None:
    people(group, 2)
    now = timezone.now()
    invited_round(group, opens_at=now + HOUR, closes_at=now + 10 * HOUR, remind_at=now + 5 * HOUR)
    assert (open_due(now=now + HOUR - timedelta(seconds=1)), remind_due(now=now)) == (0, 0)
    assert open_due(now=now + 2 * HOUR) == 2
    assert remind_due(now=now + 5 * HOUR - timedelta(seconds=1)) == 0
    assert remind_due(now=now + 6 * HOUR) == 2
    assert (open_due(now=now + 7 * HOUR), remind_due(now=now + 7 * HOUR)) == (0, 0)
    assert close_due(now=now + 11 * HOUR) == 1
    assert OutgoingMail.objects.count() == 4


def test_who_is_told_late_is_not_reminded_at_the_same_time(group: StakeholderGroup) -> None:
    people(group, 1)
    now = timezone.now()
    invited_round(group, opens_at=now - 3 * HOUR, closes_at=now + HOUR, remind_at=now - HOUR)
    assert (open_due(), remind_due(), remind_due(now=now + HOUR / 2)) == (1, 0, 0)
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_no_mail_about_a_round_that_is_not_running(group: StakeholderGroup, state: str) -> None:
    people(group, 1)
    now = timezone.now()
    invited_round(group, state=state, remind_at=now)
    over: dict[str, Any] = {"opens_at": now - 3 * HOUR, "closes_at": now - HOUR, "remind_at": now - 2 * HOUR}
    fitting_round(audience=Selection.objects.get(), **over)
    look_at_rounds()
    assert not OutgoingMail.objects.exists()


def test_two_clocks_at_once_tell_once(group: StakeholderGroup) -> None:
    """Both have found the round before one of them had told."""
    people(group, 1)
    now = timezone.now()
    row = invited_round(group, remind_at=now + HOUR)
    assert (announce(row, now), announce(row, now)) == (1, 0)
    assert (remind(row, now), remind(row, now + HOUR), remind(row, now + HOUR)) == (0, 1, 0)
    gone = AssessmentRoundFactory.create()
    AssessmentRound.objects.filter(pk=gone.pk).delete()
    assert announce(gone, now) == 0


def test_a_round_that_was_announced_before_a_crash_posts_no_mail_twice(group: StakeholderGroup) -> None:
    people(group, 2)
    row = invited_round(group)
    open_due()
    AssessmentRound.objects.filter(pk=row.pk).update(announced_at=None)
    open_due()
    assert OutgoingMail.objects.count() == 2


def test_the_clock_closes_a_round_to_the_second_and_it_is_on_record(group: StakeholderGroup) -> None:
    row = fitting_round()
    assert close_due(now=row.closes_at - timedelta(seconds=1)) == 0
    assert [close_due(now=row.closes_at), close_due(now=row.closes_at + HOUR)] == [1, 0]
    closed = AssessmentRound.objects.get()
    assert (closed.state, closed.closes_at) == (State.CLOSED, row.closes_at)
    entry = AuditEntry.objects.get(verb=MeasureVerb.ROUND_CLOSED)
    assert (entry.actor, entry.facts) == (None, {"closes_at": row.closes_at.isoformat()})


def test_the_office_may_close_what_the_clock_has_closed(cast: Cast) -> None:
    row = fitting_round()
    close_due(now=row.closes_at)
    assert close_round(assessment_round=row, actor=cast.project_office).state == State.CLOSED
    assert AuditEntry.objects.filter(verb=MeasureVerb.ROUND_CLOSED).count() == 1


def test_a_selection_that_no_longer_holds_stops_its_own_round_alone(
    group: StakeholderGroup, caplog: pytest.LogCaptureFixture
) -> None:
    people(group, 1)
    gone = Selection.objects.create(name="Vergangen", criteria={"gruppe": ["aufgeloest"]})
    broken = fitting_round(audience=gone, remind_at=timezone.now() - HOUR)
    invited_round(group)
    assert open_due() == 1
    assert remind_due() == 0
    broken.refresh_from_db()
    assert (broken.announced_at, broken.reminded_at) == (None, None)
    assert "aufgeloest" in caplog.text
    with pytest.raises(Refusal, match="gibt es bei „Akteursgruppe“ nicht"):
        announce(broken, timezone.now())
    Selection.objects.filter(pk=gone.pk).update(criteria={"gruppe": [group.key]})
    assert open_due() == 1


@pytest.mark.parametrize(
    ("opens_at", "shown"),
    [
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "Sonntag, 28. März 2027, 03:00 Uhr"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "Sonntag, 31. Oktober 2027, 02:30 Uhr"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "Sonntag, 31. Oktober 2027, 02:30 Uhr"),
    ],
)
def test_rounds_open_and_close_to_the_second_while_clocks_are_changed(
    group: StakeholderGroup, opens_at: datetime, shown: str
) -> None:
    """In the night to summer time the hour after 2 is missing, in the other it comes twice: the second one is meant by
    whoever stored it so."""
    people(group, 1)
    second = timedelta(seconds=1)
    day = invited_round(group, opens_at=opens_at, closes_at=opens_at + 24 * HOUR)
    assert open_due(now=opens_at - second) == 0
    assert open_due(now=opens_at) == 1
    assert close_due(now=opens_at + 24 * HOUR - second) == 0
    assert close_due(now=opens_at + 24 * HOUR) == 1
    ending = fitting_round(audience=day.audience, opens_at=opens_at - 24 * HOUR, closes_at=opens_at)
    assert announce(ending, opens_at - second) == 1
    assert shown in OutgoingMail.objects.get(key__startswith=f"round_opened:{ending.pk}:").text


def test_the_mails_say_until_when_where_and_how_to_stop(group: StakeholderGroup) -> None:
    people(group, 1, first_name="Ada", last_name="Muster")
    row = invited_round(group, title="Runde <eins> & zwei", remind_at=timezone.now() + HOUR)
    open_due()
    remind_due(now=timezone.now() + 2 * HOUR)
    for kind, subject in (
        ("round_opened", "Bitte bewerten Sie mit: Runde <eins> & zwei"),
        ("round_reminder", "Ihre Bewertung fehlt noch: Runde <eins> & zwei"),
    ):
        mail = OutgoingMail.objects.get(kind=kind)
        assert mail.subject == subject
        assert "Guten Tag Ada Muster," in mail.text
        assert "Runde &lt;eins&gt; &amp; zwei" in mail.html
        for words in (f"http://127.0.0.1:8000{row.get_absolute_url()}", "http://127.0.0.1:8000/kontakt/"):
            assert words in mail.text
            assert words in mail.html
        assert "Möchten Sie keine Einladungen zu Bewertungsrunden mehr?" in mail.text
    assert "einzige Erinnerung" in mail.text
