from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, note_activities, subject
from stakeholders.domain.audit import record
from stakeholders.domain.coverage_gap import could_fill, open_gaps
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import people_of
from stakeholders.domain.writing import post_outlines
from stakeholders.models import District, Selection, Stakeholder, StakeholderGroup
from workshops import mails, permissions
from workshops.domain.place import lock
from workshops.domain.registration import cancel, register
from workshops.domain.reply import note_reply
from workshops.models import Invitation, Registration, Workshop
from workshops.verbs import WorkshopVerb

BATCH = 500


@dataclass(frozen=True)
class Invited:
    """What inviting did: `known` were invited or registered before and got no second mail."""

    invited: int
    known: int


def audience(
    *,
    selection: Selection | None = None,
    groups: Collection[StakeholderGroup] = (),
    districts: Collection[District] = (),
    interests: Collection[str] = (),
    gaps: bool = False,
) -> QuerySet[Stakeholder]:
    """Stakeholders of any of the groups, in any of the districts, with any of the interests; empty: no restriction.

    Interests are the names of the fields `wants_...`. Out of a saved selection everybody counts, also who has not used
    the portal yet or has no e-mail address; raises Refusal when its criteria no longer hold. Without one only complete
    profiles with an address: it has been confirmed, and they can be counted by group and district. `gaps`: only whoever
    could fill a gap of the coverage.
    """
    wanted = Q()
    for interest in interests:
        wanted |= Q(**{interest: True})
    with_profile: QuerySet[Stakeholder] = Stakeholder.objects.taking_part().with_complete_profile()
    people = people_of(selection) if selection else with_profile.filter(email__isnull=False)
    people = people.filter(wanted)
    if groups:
        people = people.filter(group__in=groups)
    if districts:
        people = people.filter(district__in=districts)
    return people.filter(could_fill(open_gaps())) if gaps else people


def not_reached_yet(people: QuerySet[Stakeholder], workshop: Workshop) -> QuerySet[Stakeholder]:
    """Without those who have an invitation to this event or are registered for it; a deputy who is no longer wanted
    has none."""
    invited = Invitation.objects.filter(workshop=workshop).exclude(answer=Invitation.Answer.WITHDRAWN).values("person")
    registered = Registration.objects.filter(workshop=workshop).current().values("person")
    return people.exclude(pk__in=invited).exclude(pk__in=registered)


@transaction.atomic
def invite(*, workshop: Workshop, people: Iterable[Stakeholder], actor: Stakeholder) -> Invited:
    """Invite everybody who is neither invited nor registered yet; the lock keeps two desks from inviting twice."""
    locked = lock(workshop)
    if not permissions.may_invite(locked):
        raise Refusal(_("Einladen geht nur zu veröffentlichten Veranstaltungen, deren Anmeldung noch offen ist."))
    chosen = {person.pk: person for person in people}
    new = not_reached_yet(Stakeholder.objects.filter(pk__in=chosen), locked).values_list("pk", flat=True)
    rows = [Invitation(workshop=locked, person=chosen[pk]) for pk in new]
    if rows:
        forget_withdrawn(locked, [row.person_id for row in rows])
        Invitation.objects.bulk_create(rows, batch_size=BATCH)
        about = subject("workshop", locked)
        note_activities(people=[row.person_id for row in rows], kind=Kind.INVITED, **about)
        record(WorkshopVerb.INVITATIONS_SENT, actor=actor, target=locked, facts={"invited": len(rows)})
        post_outlines(mails.outline("invitation", row) for row in rows)
    return Invited(invited=len(rows), known=len(chosen) - len(rows))


def forget_withdrawn(workshop: Workshop, people: Collection[int]) -> None:
    """Who was once wanted as a deputy is now invited in person; the old link no longer holds."""
    Invitation.objects.filter(workshop=workshop, person__in=people, answer=Invitation.Answer.WITHDRAWN).delete()


@transaction.atomic
def answer(*, invitation: Invitation, accept: bool, reason: str = "") -> Registration | None:
    """Accepting registers, or puts on the waiting list: see the state of what comes back. Declining frees the place.

    Minds may change: accepting until registration closes, declining until the event begins. The same answer again
    changes nothing but the reason.
    """
    locked = lock(invitation.workshop)
    current = Invitation.objects.select_related("person").get(pk=invitation.pk)
    refuse_closed(current)
    if accept:
        if current.deputy_of_id and current.answer == Invitation.Answer.DECLINED:
            raise Refusal(_("Sie haben die Vertretung schon abgesagt. Bitte wenden Sie sich an das Projektbüro."))
        registration = register(workshop=locked, person=current.person, actor=current.person)
        note_reply(current, Invitation.Answer.ACCEPTED)
        return registration
    if not permissions.may_free_place(locked):
        raise Refusal(_("Die Veranstaltung hat begonnen oder ist abgesagt. Eine Antwort ist nicht mehr nötig."))
    held = Registration.objects.filter(workshop=locked, person=current.person).current().first()
    if held:
        cancel(registration=held, actor=current.person)
    note_reply(current, Invitation.Answer.DECLINED, reason=reason)
    return None


def refuse_closed(invitation: Invitation) -> None:
    """Raises Refusal where there is nothing left to answer."""
    if invitation.answer == Invitation.Answer.WITHDRAWN:
        raise Refusal(_("Diese Einladung ist zurückgezogen. Eine Antwort ist nicht mehr nötig."))
    if invitation.answer == Invitation.Answer.DEPUTISED:
        raise Refusal(_("Ihre Vertretung hat zugesagt und kommt für Sie. Eine Antwort ist nicht mehr nötig."))
