"""The project office registers several people in one go."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, Stakeholder
from workshops.domain.registration import register
from workshops.domain.wish import Wish
from workshops.models import Registration, Workshop

MOST = 100
"""People in one go, so that nobody waits for the page."""


@dataclass(frozen=True)
class Recorded:
    """What became of one person; `told` says it, `is_new` whether anything happened now."""

    person: Stakeholder
    told: str
    is_new: bool


def register_several(
    *, workshop: Workshop, people: Iterable[Stakeholder], actor: Stakeholder, channel: Channel, kind: str = ""
) -> list[Recorded]:
    """One after the other, each in a transaction of its own: a refusal for one stops nobody else.

    Doing it again finds everybody registered. Raises Refusal for too many people at once.
    """
    chosen = list(people)
    if len(chosen) > MOST:
        text = _("Bitte melden Sie höchstens %(most)d Personen auf einmal an. Ausgewählt sind %(n)d.")
        raise Refusal(text % {"most": MOST, "n": len(chosen)}, field="people")
    known = set(Registration.objects.filter(workshop=workshop).current().values_list("person", flat=True))
    return [_record(workshop, person, actor, channel, kind, is_known=person.pk in known) for person in chosen]


def _record(
    workshop: Workshop, person: Stakeholder, actor: Stakeholder, channel: Channel, kind: str, *, is_known: bool
) -> Recorded:
    try:
        row = register(workshop=workshop, person=person, actor=actor, channel=channel, wish=Wish(kind=kind))
    except Refusal as refusal:
        return Recorded(person, refusal.sentence, is_new=False)
    texts = {
        Registration.State.CONFIRMED: _("angemeldet"),
        Registration.State.WAITING: _("auf der Warteliste"),
    }
    state = texts.get(Registration.State(row.state), row.get_state_display())
    if is_known:
        return Recorded(person, _("war schon vorher da: %(state)s") % {"state": row.get_state_display()}, is_new=False)
    return Recorded(person, state, is_new=True)
