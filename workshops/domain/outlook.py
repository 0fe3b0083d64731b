"""What an event asks, and what registering would bring now: looked at without the lock, so told and not promised."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from stakeholders.models import Mandate, Stakeholder
from workshops.domain.place import free_places
from workshops.models import Place, Question, Registration, Session, Workshop


@dataclass(frozen=True)
class Outlook:
    """For one kind of place: how many are `left` (None: no limit), and how many people stand in `line` already."""

    kind: Place
    left: int | None
    line: int
    asks: bool

    @property
    def gives_place(self) -> bool:
        return not self.asks and not self.line and (self.left is None or self.left > 0)

    @property
    def waits(self) -> bool:
        return not self.asks and not self.gives_place

    @property
    def position(self) -> int:
        return self.line + 1


def outlooks(workshop: Workshop, *, entitled: bool) -> list[Outlook]:
    """For each kind of place of the event, the usual one first. Entitled: with an invitation, or by the office."""
    return [_outlook(workshop, kind, entitled=entitled) for kind in workshop.kinds]


def _outlook(workshop: Workshop, kind: Place, *, entitled: bool) -> Outlook:
    free = free_places(workshop, kind)
    left = free.entitled if entitled else free.others
    line = Registration.objects.filter(workshop=workshop, kind=kind).waiting()
    if entitled:
        line = line.filter(is_entitled=True)
    return Outlook(kind, left, line.count(), workshop.needs_approval and not entitled)


@dataclass(frozen=True)
class Asks:
    """What may have to be asked beside the kind of place and companions; what is not need not be looked for."""

    questions: bool = True
    sessions: bool = True
    mandates: bool = True


def asking(workshops: QuerySet[Workshop], person: Stakeholder) -> QuerySet[Workshop]:
    """With what `asks_of` reads, in the same query."""
    return workshops.annotate(
        asks_questions=Exists(Question.objects.filter(workshop=OuterRef("pk"))),
        asks_sessions=Exists(Session.objects.filter(workshop=OuterRef("pk"), own_registration=True)),
        asks_mandates=Exists(Mandate.objects.valid().filter(person=person)),
    )


def asks_of(workshop: Workshop) -> Asks:
    """Of a row asked for with `asking`."""
    found = {name: bool(getattr(workshop, f"asks_{name}")) for name in ("questions", "sessions", "mandates")}
    return Asks(**found)


def at_the_same_time(workshop: Workshop, person: Stakeholder) -> QuerySet[Registration]:
    """Other current registrations of this person whose event overlaps in time and takes place."""
    others = Registration.objects.filter(person=person, workshop__state=Workshop.State.PUBLISHED).current()
    overlapping = others.filter(workshop__starts_at__lt=workshop.ends_at, workshop__ends_at__gt=workshop.starts_at)
    return overlapping.exclude(workshop=workshop).select_related("workshop").order_by("workshop__starts_at", "pk")
