"""What the project office reads about waves: answers, how far sending has come, how many to invite next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from stakeholders.models import OutgoingMail
from workshops.models import Invitation, InvitationWave, Workshop

Answer = Invitation.Answer
State = OutgoingMail.State


@dataclass(frozen=True)
class Sending:
    """Mails of a wave; `under_way` also counts what is tried again, `stuck` waits for a decision in the outbox."""

    sent: int
    under_way: int
    stuck: int
    withdrawn: int

    @property
    def total(self) -> int:
        return self.sent + self.under_way + self.stuck + self.withdrawn


def with_answers(waves: QuerySet[InvitationWave]) -> QuerySet[Any]:
    """Adds `people`, and by answer `accepted`, `declined` and `unanswered`."""
    return waves.defer("protocol").annotate(
        people=Count("invitations"),
        accepted=Count("invitations", filter=Q(invitations__answer=Answer.ACCEPTED)),
        declined=Count("invitations", filter=Q(invitations__answer=Answer.DECLINED)),
        unanswered=Count("invitations", filter=Q(invitations__answer=Answer.OPEN)),
    )


def sending_of(wave: InvitationWave, kind: str = "invitation") -> Sending:
    """By the keys of `workshops.mails`; one query, however large the wave is."""
    stem = Value(f"{kind.replace('_', '-')}:")
    keys = wave.invitations.order_by().annotate(mail_key=Concat(stem, Cast("pk", CharField()))).values("mail_key")
    mails = OutgoingMail.objects.filter(kind=kind, key__in=keys).order_by()
    by_state: dict[str, int] = dict(mails.values_list("state").annotate(number=Count("pk")))
    sent, withdrawn = by_state.pop(State.SENT, 0), by_state.pop(State.CANCELLED, 0)
    stuck = by_state.pop(State.FAILED, 0)
    return Sending(sent=sent, under_way=sum(by_state.values()), stuck=stuck, withdrawn=withdrawn)


def suggested_places(workshop: Workshop) -> int | None:
    """As many as declined or did not answer in the last wave that was sent, less those of drafts that wait.

    Before the first wave the places of the event; None where nothing suggests itself.
    """
    waves = with_answers(workshop.waves.order_by("number"))
    rows = list(waves)
    free = [wave.declined + wave.unanswered for wave in rows if wave.sent_at]
    if not free:
        return workshop.capacity
    drafted = sum(wave.people for wave in rows if not wave.sent_at)
    return max(free[-1] - drafted, 0) or None
