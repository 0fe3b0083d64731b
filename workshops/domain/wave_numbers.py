"""What the project office reads about waves: answers, how far sending has come, how many to invite next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from stakeholders.models import OutgoingMail
from workshops.models import Invitation, InvitationWave, Workshop

Answer = Invitation.Answer
State = OutgoingMail.State


@dataclass(frozen=True)
class Sending:
    """Mails of a wave by how far they are. `waiting` also counts what is handed over or tried again, `stuck` needs a
    decision in the outbox, `bounced` came back because nobody has the address, whether at once or later."""

    sent: int
    waiting: int
    stuck: int
    withdrawn: int
    unwritten: int = 0
    bounced: int = 0

    @property
    def total(self) -> int:
        return self.under_way + self.sent + self.stuck + self.bounced + self.withdrawn

    @property
    def settled(self) -> int:
        return self.total - self.under_way

    @property
    def under_way(self) -> int:
        """What changes by itself."""
        return self.unwritten + self.waiting


def with_answers(waves: QuerySet[InvitationWave]) -> QuerySet[Any]:
    """Adds `people`, and by answer `accepted`, `declined`, `deputised` and `unanswered`."""
    return waves.defer("protocol").annotate(
        people=Count("invitations"),
        accepted=Count("invitations", filter=Q(invitations__answer=Answer.ACCEPTED)),
        declined=Count("invitations", filter=Q(invitations__answer=Answer.DECLINED)),
        deputised=Count("invitations", filter=Q(invitations__answer=Answer.DEPUTISED)),
        unanswered=Count("invitations", filter=Q(invitations__answer=Answer.OPEN)),
    )


def sending_of(wave: InvitationWave, kind: str = "invitation") -> Sending:
    """By the keys of `workshops.mails`; one query, however large the wave is."""
    stem = Value(f"{kind.replace('_', '-')}:")
    keys = wave.invitations.order_by().annotate(mail_key=Concat(stem, Cast("pk", CharField()))).values("mail_key")
    mails = OutgoingMail.objects.filter(kind=kind, key__in=keys).order_by()
    arrived = Q(bounced_at__isnull=True)
    lost = Q(state=State.FAILED) | Q(state=State.SENDING, claimed_until__isnull=True)
    lost |= Q(state=State.SENDING, claimed_until__lte=timezone.now())
    waiting = Q(state__in=(State.DRAFT, State.QUEUED, State.CLAIMED, State.SENDING))
    counted = mails.aggregate(
        unwritten=Count("pk", filter=Q(state=State.UNWRITTEN)),
        waiting=Count("pk", filter=waiting & ~lost),
        sent=Count("pk", filter=Q(state=State.SENT) & arrived),
        stuck=Count("pk", filter=lost & arrived),
        bounced=Count("pk", filter=~arrived & (lost | Q(state=State.SENT))),
        withdrawn=Count("pk", filter=Q(state=State.CANCELLED)),
    )
    return Sending(**counted)


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
