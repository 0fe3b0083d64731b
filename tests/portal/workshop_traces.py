"""The rows of events that lead to a person (see `traces`)."""

from collections.abc import Callable
from datetime import timedelta

from django.db import models
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import (
    InvitationFactory,
    InvitationWaveFactory,
    QuestionFactory,
    RegistrationFactory,
    SessionFactory,
    WorkshopFactory,
)
from workshops.models import (
    Answer,
    CalendarAddress,
    Invitation,
    InvitationWave,
    PitchVote,
    Registration,
    SessionPlace,
    Workshop,
)


def _pitch_vote(person: Stakeholder, word: str) -> None:
    session = SessionFactory.create(title=word, is_pitch=True)
    PitchVote.objects.create(session=session, workshop=session.workshop, person=person)


def _calendar_address(person: Stakeholder, word: str) -> None:
    """A row without any text; its day tells it apart."""
    row = CalendarAddress.objects.create(person=person)
    CalendarAddress.objects.filter(pk=row.pk).update(renewed_at=timezone.now() + timedelta(days=2000 + int(word[1:3])))


def _at_workshop(person: Stakeholder, word: str) -> None:
    WorkshopFactory.create(title=word).theses.add(ThesisFactory.create(author=person))


MAKERS: dict[type[models.Model], Callable[[Stakeholder, str], object]] = {
    InvitationWave: lambda person, word: InvitationWaveFactory.create(created_by=person, quotas=[{"group": word}]),
    Answer: lambda person, word: Answer.objects.create(
        question=QuestionFactory.create(), registration=RegistrationFactory.create(person=person), value=word
    ),
    PitchVote: _pitch_vote,
    CalendarAddress: _calendar_address,
    SessionPlace: lambda person, word: SessionPlace.objects.create(
        session=SessionFactory.create(title=word), registration=RegistrationFactory.create(person=person)
    ),
    Workshop.theses.through: _at_workshop,
    Invitation: lambda person, word: InvitationFactory.create(person=person, answer_reason=word),
    Registration: lambda person, word: RegistrationFactory.create(
        person=person, workshop=WorkshopFactory.create(title=word)
    ),
}
