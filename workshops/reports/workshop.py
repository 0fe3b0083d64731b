"""What the page of an event tells beside its own fields, in a number of queries that does not depend on how much."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from measures.models import AssessmentRound, Measure
from stakeholders.models import Stakeholder, Topic
from theses.models import AgendaItem, Thesis
from workshops.models import Invitation, Registration, SessionPlace, Workshop
from workshops.reports.pitch import Ballot, ballot
from workshops.reports.programme import Day, programme

OTHER_DATES = 10
"""So many dates of a series stand on the page of one of them; the page of the series has all."""


@dataclass(frozen=True)
class About:
    """What belongs to an event and may be seen by this visitor."""

    days: list[Day]
    ballot: Ballot | None
    measures: list[Measure]
    theses: list[Thesis]
    topics: list[Topic]
    round: AssessmentRound | None
    agenda_items: list[AgendaItem]
    other_dates: list[Workshop]


@dataclass(frozen=True)
class Own:
    """What somebody has to do with an event; nothing for visitors without an account."""

    invited: bool = False
    registration: Registration | None = None
    sessions: set[int] = field(default_factory=set)


def own(slug: str, user: Stakeholder | AnonymousUser) -> Own:
    if not user.is_authenticated:
        return Own()
    # Who was not admitted reads why instead of asking again; who gave up the place may come back.
    rows = Registration.objects.filter(workshop__slug=slug, person=user)
    registration = rows.exclude(state=Registration.State.CANCELLED).first()
    chosen = SessionPlace.objects.filter(registration=registration) if registration else SessionPlace.objects.none()
    return Own(
        invited=Invitation.objects.standing().filter(workshop__slug=slug, person=user).exists(),
        registration=registration,
        sessions=set(chosen.values_list("session", flat=True)),
    )


def about(workshop: Workshop, user: Stakeholder | AnonymousUser, mine: Own) -> About:
    sessions = list(workshop.sessions.with_places_left())
    return About(
        days=programme(sessions),
        ballot=ballot(workshop, sessions, mine.registration),
        measures=list(workshop.measures.visible_to(user).named()),
        theses=list(workshop.theses.visible_to(user).named()),
        topics=list(workshop.topics.all()),
        round=AssessmentRound.objects.visible_to(user).filter(workshops=workshop).first(),
        agenda_items=agenda_items(workshop),
        other_dates=other_dates(workshop),
    )


def agenda_items(workshop: Workshop) -> list[AgendaItem]:
    if workshop.agenda_id is None:
        return []
    return list(AgendaItem.objects.filter(agenda=workshop.agenda_id).select_related("thesis"))


def other_dates(workshop: Workshop) -> list[Workshop]:
    """What is coming in the same series."""
    if workshop.series_id is None:
        return []
    rows = Workshop.objects.upcoming().filter(series=workshop.series_id).exclude(pk=workshop.pk)
    return list(rows.listed().select_related("district")[:OTHER_DATES])
