"""The vote of the audience at an InnoSlam."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from workshops import permissions
from workshops.domain.place import lock
from workshops.models import PitchVote, Registration, Session, Workshop
from workshops.verbs import WorkshopVerb

FIELD = "pitch"


@transaction.atomic
def vote(*, workshop: Workshop, pitch: int, person: Stakeholder, now: datetime | None = None) -> PitchVote:
    """One vote per person with a place, for one pitch by its number, as long as the event runs; the last one counts.

    That somebody has voted is recorded, for whom is not.
    """
    locked = lock(workshop)
    check_voting(locked, person, now or timezone.now())
    session = Session.objects.filter(workshop=locked, is_pitch=True, pk=pitch).first()
    if session is None:
        raise Refusal(_("Bitte wählen Sie einen der Beiträge."), field=FIELD)
    before = PitchVote.objects.filter(workshop=locked, person=person).first()
    if before and before.session_id == session.pk:
        return before
    row = before or PitchVote(workshop=locked, person=person)
    row.session = session
    row.save()
    record(WorkshopVerb.PITCH_VOTED, actor=person, target=locked)
    return row


def check_voting(workshop: Workshop, person: Stakeholder, now: datetime) -> None:
    """Raises Refusal with the reason why nobody, or not this person, can vote now."""
    if workshop.state != Workshop.State.PUBLISHED:
        raise Refusal(_("Die Veranstaltung findet nicht statt. Abgestimmt wird nicht."))
    if now < workshop.starts_at:
        raise Refusal(_("Die Abstimmung beginnt mit der Veranstaltung."))
    if not permissions.is_running(workshop, now):
        raise Refusal(_("Die Abstimmung ist beendet."))
    if not Registration.objects.confirmed().filter(workshop=workshop, person=person).exists():
        raise Refusal(_("Abstimmen kann, wer einen bestätigten Platz hat."))
