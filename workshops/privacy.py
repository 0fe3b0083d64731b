"""What events know about a person; the portal puts the parts of all apps together."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.personal_data import Fact, rows_of
from stakeholders.models import Stakeholder
from workshops.domain.deputy import forget_deputy
from workshops.domain.registration import forget_registrations
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

MODELS = (CalendarAddress, Invitation, InvitationWave, PitchVote, Registration)


def collect(person: Stakeholder) -> dict[str, object]:
    return {
        "registrations": rows_of(Registration.objects.filter(person=person)),
        "invitations": rows_of(Invitation.objects.filter(person=person)),
        "answers": rows_of(Answer.objects.filter(registration__person=person)),
        "session_places": rows_of(SessionPlace.objects.filter(registration__person=person)),
        "calendar_address": rows_of(CalendarAddress.objects.filter(person=person)),
        "pitch_votes": rows_of(PitchVote.objects.filter(person=person)),
        "invitation_waves": rows_of(InvitationWave.objects.filter(created_by=person), leave_out=("protocol",)),
        "theses_at_workshops": rows_of(Workshop.theses.through.objects.filter(thesis__author=person)),
    }


def upcoming(person: Stakeholder) -> QuerySet[Registration]:
    """Places, also those on a waiting list, at events that have not begun and take place."""
    rows = Registration.objects.filter(person=person, workshop__state=Workshop.State.PUBLISHED).current()
    return (
        rows.filter(workshop__starts_at__gt=timezone.now()).select_related("workshop").order_by("workshop__starts_at")
    )


def statement(person: Stakeholder) -> list[Fact]:
    registrations = Registration.objects.filter(person=person).count()
    invitations = Invitation.objects.filter(person=person).count()
    return [
        Fact(False, _("Ihre Anmeldungen zu Veranstaltungen werden gelöscht, auch zu vergangenen."), registrations),
        Fact(False, _("Einladungen und Ihre Antworten darauf werden gelöscht."), invitations),
        Fact(False, _("Ihre Stimmen bei InnoSlams werden gelöscht."), PitchVote.objects.filter(person=person).count()),
    ]


def erase(person: Stakeholder) -> None:
    """Deletes both; a place that becomes free goes to the next on the waiting list."""
    withdrawn = Invitation.objects.filter(deputy_of__person=person, answer=Invitation.Answer.OPEN)
    withdrawn.update(answer=Invitation.Answer.WITHDRAWN, answered_at=timezone.now())
    forget_deputy(person=person)
    Invitation.objects.filter(person=person).delete()
    InvitationWave.objects.filter(created_by=person).update(created_by=None)
    PitchVote.objects.filter(person=person).delete()
    CalendarAddress.objects.filter(person=person).delete()
    forget_registrations(person=person)
