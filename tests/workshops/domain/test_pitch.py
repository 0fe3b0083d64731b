from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from workshops.domain.pitch import vote
from workshops.models import PitchVote, Registration, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def slam(cast: Cast) -> Workshop:
    """It has just begun, and the stakeholder is there."""
    workshop = WorkshopFactory.create(starts_at=timezone.now() - timedelta(minutes=5))
    RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    return workshop


def pitch(workshop: Workshop) -> int:
    return SessionFactory.create(workshop=workshop, is_pitch=True).pk


def test_last_vote_counts_and_the_same_again_changes_nothing(cast: Cast, slam: Workshop) -> None:
    one, other = pitch(slam), pitch(slam)
    for number in (one, other, other):
        vote(workshop=slam, pitch=number, person=cast.stakeholder)
    assert PitchVote.objects.get().session_id == other
    entries = AuditEntry.objects.filter(verb="pitch_voted")
    assert entries.count() == 2
    assert not any(str(other) in str(entry.facts) for entry in entries)


def test_votes_begin_and_end_with_the_event(cast: Cast, slam: Workshop) -> None:
    number = pitch(slam)
    with pytest.raises(Refusal, match="beginnt mit der Veranstaltung"):
        vote(workshop=slam, pitch=number, person=cast.stakeholder, now=slam.starts_at - timedelta(seconds=1))
    with pytest.raises(Refusal, match="beendet"):
        vote(workshop=slam, pitch=number, person=cast.stakeholder, now=slam.ends_at)
    vote(workshop=slam, pitch=number, person=cast.stakeholder, now=slam.starts_at)
    vote(workshop=slam, pitch=number, person=cast.stakeholder, now=slam.ends_at - timedelta(seconds=1))


@pytest.mark.parametrize("state", [Workshop.State.CANCELLED, Workshop.State.POSTPONED, Workshop.State.DRAFT])
def test_nobody_votes_where_nothing_takes_place(state: Workshop.State, cast: Cast, slam: Workshop) -> None:
    number = pitch(slam)
    Workshop.objects.update(state=state)
    with pytest.raises(Refusal, match="findet nicht statt"):
        vote(workshop=slam, pitch=number, person=cast.stakeholder)


@pytest.mark.parametrize("state", [state for state in Registration.State if state != Registration.State.CONFIRMED])
def test_only_who_holds_a_place_votes(state: Registration.State, cast: Cast, slam: Workshop) -> None:
    number = pitch(slam)
    RegistrationFactory.create(workshop=slam, person=cast.colleague, state=state)
    for person in (cast.colleague, cast.outsider):
        with pytest.raises(Refusal, match="bestätigten Platz"):
            vote(workshop=slam, pitch=number, person=person)
    assert not PitchVote.objects.exists()


def test_only_pitches_of_this_event_are_voted_for(cast: Cast, slam: Workshop) -> None:
    talk = SessionFactory.create(workshop=slam).pk
    elsewhere = pitch(WorkshopFactory.create(starts_at=slam.starts_at))
    for number in (talk, elsewhere, 0):
        with pytest.raises(Refusal, match="einen der Beiträge") as refused:
            vote(workshop=slam, pitch=number, person=cast.stakeholder)
        assert refused.value.field == "pitch"
