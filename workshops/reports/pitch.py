from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from workshops import permissions
from workshops.models import PitchVote, Registration, Session, Workshop


@dataclass(frozen=True)
class Counted:
    session: Session
    votes: int


@dataclass(frozen=True)
class Ballot:
    """The vote of the audience as a visitor sees it: before, during or after the event."""

    pitches: list[Session]
    is_open: bool
    may_vote: bool
    own: int | None
    result: list[Counted]
    """Empty until the vote is over; the most votes first."""

    @property
    def votes(self) -> int:
        return sum(row.votes for row in self.result)


def ballot(workshop: Workshop, sessions: list[Session], registration: Registration | None) -> Ballot | None:
    """None where there is nothing to vote on."""
    pitches = [session for session in sessions if session.is_pitch]
    if not pitches or workshop.state != Workshop.State.PUBLISHED:
        return None
    is_open = permissions.is_running(workshop, timezone.now())
    holds_place = registration is not None and registration.state == Registration.State.CONFIRMED
    return Ballot(
        pitches=pitches,
        is_open=is_open,
        may_vote=is_open and holds_place,
        own=own_vote(workshop, registration.person_id) if is_open and registration else None,
        result=result(workshop, pitches) if workshop.is_over else [],
    )


def own_vote(workshop: Workshop, person: int) -> int | None:
    return PitchVote.objects.filter(workshop=workshop, person=person).values_list("session", flat=True).first()


def result(workshop: Workshop, pitches: list[Session]) -> list[Counted]:
    rows = PitchVote.objects.filter(workshop=workshop).order_by().values("session").annotate(votes=Count("pk"))
    votes = dict(rows.values_list("session", "votes"))
    counted = [Counted(pitch, votes.get(pitch.pk, 0)) for pitch in pitches]
    return sorted(counted, key=lambda row: -row.votes)
