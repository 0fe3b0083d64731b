"""What an event asks, and what registering would bring now: looked at without the lock, so told and not promised."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

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


def asks_of(workshop: Workshop, person: Stakeholder) -> Asks:
    """One statement. Which of somebody's mandates are valid is looked at where one is chosen."""
    with connection.cursor() as cursor:
        cursor.execute(ASKS, {"workshop": workshop.pk, "person": person.pk})
        return Asks(*cursor.fetchone())


ASKS = f"""
    SELECT
        EXISTS (SELECT FROM {Question._meta.db_table} WHERE workshop_id = %(workshop)s),
        EXISTS (SELECT FROM {Session._meta.db_table} WHERE workshop_id = %(workshop)s AND own_registration),
        EXISTS (SELECT FROM {Mandate._meta.db_table} WHERE person_id = %(person)s)
"""  # noqa: S608  (names of tables only)


def at_the_same_time(workshop: Workshop, person: Stakeholder) -> QuerySet[Registration]:
    """Other current registrations of this person whose event overlaps in time and takes place."""
    others = Registration.objects.filter(person=person, workshop__state=Workshop.State.PUBLISHED).current()
    overlapping = others.filter(workshop__starts_at__lt=workshop.ends_at, workshop__ends_at__gt=workshop.starts_at)
    return overlapping.exclude(workshop=workshop).select_related("workshop").order_by("workshop__starts_at", "pk")
