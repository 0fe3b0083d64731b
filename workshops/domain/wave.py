"""Waves of invitations: drawn or taken whole, looked through as a draft, sent, reminded of once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, note_activities, subject
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import mails, permissions
from workshops.domain.draw_protocol import protocol_of
from workshops.domain.fair_selection import DrawImpossible, Person, Quota, Relaxation, draw, kinds_of, lottery
from workshops.domain.invitation import forget_withdrawn, not_reached_yet
from workshops.domain.place import lock
from workshops.models import Invitation, InvitationWave, Registration, Workshop
from workshops.verbs import WorkshopVerb

GROUP, DISTRICT, ORGANISATION = "group", "district", "organisation"
BATCH = 500
MOST_KINDS = 250
"""So many kinds of people are drawn from in two or three seconds, while the browser waits."""


@transaction.atomic
def draft_wave(
    *,
    workshop: Workshop,
    people: QuerySet[Stakeholder],
    actor: Stakeholder,
    places: int | None = None,
    quotas: Sequence[Quota] = (),
    seed: int = 1,
) -> InvitationWave:
    """Choose whom to invite next, and send nothing yet: all of them, or `places` drawn fairly under quotas.

    Nobody is chosen twice, also not by two desks at once. Where the event limits the people of one organisation, so
    does the draw, counting those already invited or registered. Raises Refusal where nobody is left, where there are
    fewer people than places, or with the smallest relaxation where the quotas cannot be met.
    """
    locked = lock(workshop)
    if not permissions.may_invite(locked):
        raise Refusal(_("Einladen geht nur zu veröffentlichten Veranstaltungen, deren Anmeldung noch offen ist."))
    pool = list(
        not_reached_yet(people, locked).select_related("group", "district", "organisation").order_by("pk").distinct()
    )
    if not pool:
        raise Refusal(_("Niemand ist neu einzuladen. Wählen Sie mehr Gruppen, Kreise oder Interessen."))
    chosen, protocol = (pool, None) if places is None else _drawn(locked, pool, places, quotas, seed)
    last = locked.waves.aggregate(last=Max("number"))["last"]
    wave = InvitationWave.objects.create(
        workshop=locked,
        number=(last or 0) + 1,
        places=places,
        quotas=[asdict(quota) for quota in quotas],
        seed=seed,
        protocol=protocol,
        created_by=actor,
    )
    rows = [Invitation(workshop=locked, person=person, wave=wave, is_draft=True) for person in chosen]
    forget_withdrawn(locked, [person.pk for person in chosen])
    Invitation.objects.bulk_create(rows, batch_size=BATCH)
    record(WorkshopVerb.WAVE_DRAFTED, actor=actor, target=wave, facts={"people": len(rows), "of": len(pool)})
    return wave


@transaction.atomic
def send_wave(*, wave: InvitationWave, actor: Stakeholder) -> int:
    """Post the invitations of a draft; how many. Sending again sends nothing.

    Who has registered since the draft was made has accepted without being asked, and gets no mail.
    """
    locked = lock(wave.workshop)
    current = InvitationWave.objects.get(pk=wave.pk)
    if current.sent_at:
        return 0
    if not permissions.may_invite(locked):
        raise Refusal(_("Einladen geht nur zu veröffentlichten Veranstaltungen, deren Anmeldung noch offen ist."))
    now = timezone.now()
    current.invitations.update(is_draft=False, invited_at=now)
    registered = Registration.objects.filter(workshop=locked).current().values("person")
    current.invitations.filter(person__in=registered).update(answer=Invitation.Answer.ACCEPTED, answered_at=now)
    rows = to_tell(current.invitations.exclude(person__in=registered), locked)
    current.sent_at = now
    current.save(update_fields=["sent_at"])
    note_activities(people=[row.person_id for row in rows], kind=Kind.INVITED, **subject("workshop", locked))
    record(WorkshopVerb.INVITATIONS_SENT, actor=actor, target=locked, facts={"wave": wave.number, "invited": len(rows)})
    post_outlines(mails.outline("invitation", row) for row in rows)
    return len(rows)


@transaction.atomic
def discard_wave(*, wave: InvitationWave, actor: Stakeholder) -> None:
    """Only a draft; nobody has heard of it. Discarding again does nothing."""
    lock(wave.workshop)
    current = InvitationWave.objects.filter(pk=wave.pk).first()
    if current is None:
        return
    if current.sent_at:
        raise Refusal(_("Diese Welle ist schon verschickt und lässt sich nicht mehr verwerfen."))
    record(WorkshopVerb.WAVE_DISCARDED, actor=actor, target=current.workshop, facts={"wave": current.number})
    current.delete()


@transaction.atomic
def remind_wave(*, wave: InvitationWave, actor: Stakeholder | None = None) -> int:
    """Remind those who have not answered, once; how many. Not before the wave is sent nor after registration closed."""
    locked = lock(wave.workshop)
    current = InvitationWave.objects.get(pk=wave.pk)
    if current.reminded_at:
        return 0
    if not current.sent_at:
        raise Refusal(_("Diese Welle ist noch nicht verschickt."))
    if not permissions.may_invite(locked):
        raise Refusal(_("Die Anmeldung ist geschlossen. Eine Erinnerung käme zu spät."))
    rows = to_tell(current.invitations.filter(answer=Invitation.Answer.OPEN), locked)
    current.reminded_at = timezone.now()
    current.save(update_fields=["reminded_at"])
    record(
        WorkshopVerb.INVITATIONS_REMINDED, actor=actor, target=locked, facts={"wave": wave.number, "people": len(rows)}
    )
    post_outlines(mails.outline("invitation_reminder", row) for row in rows)
    return len(rows)


def to_tell(invitations: QuerySet[Invitation], workshop: Workshop) -> list[Invitation]:
    """Only what the outline of a mail needs: thousands of people are told at once, while the browser waits."""
    rows = invitations.select_related("person").only("person__email", "workshop_id", "wave_id").order_by("pk")
    return [attached(row, workshop) for row in rows.iterator(chunk_size=2000)]


def attached(invitation: Invitation, workshop: Workshop) -> Invitation:
    invitation.workshop = workshop
    return invitation


def _drawn(
    workshop: Workshop, pool: list[Stakeholder], places: int, quotas: Sequence[Quota], seed: int
) -> tuple[list[Stakeholder], dict[str, Any]]:
    """Who is drawn, and the protocol. People are numbered by chance, so that a number tells nothing of an account."""
    if places > len(pool):
        text = _("Zur Auswahl stehen nur %(people)d Personen. Laden Sie alle ein oder vergeben Sie weniger Plätze.")
        raise Refusal(text % {"people": len(pool)}, field="places")
    order = Random(seed).sample(pool, len(pool))  # noqa: S311 an order, no secret
    people = [Person(number, _values(person)) for number, person in enumerate(order, start=1)]
    all_quotas = [*quotas, *_organisation_quotas(workshop, pool)]
    if len(kinds_of(people, all_quotas)) > MOST_KINDS:
        raise Refusal(
            _(
                "Diese Auslosung dauert zu lange: Zu viele Organisationen stellen mehr Personen, als eingeladen werden "
                "dürfen. Wählen Sie weniger Gruppen oder Kreise, oder erhöhen Sie bei der Veranstaltung die Grenze je "
                "Organisation."
            )
        )
    try:
        found = lottery(people, all_quotas, places)
    except DrawImpossible as impossible:
        raise Refusal(_relaxed(impossible.relaxations, _names(pool)), field="quotas") from impossible
    numbers = draw(found, seed)
    return [order[number - 1] for number in numbers], protocol_of(people, all_quotas, places, seed, found, numbers)


def _values(person: Stakeholder) -> dict[str, str]:
    return {
        GROUP: person.group.key if person.group else "",
        DISTRICT: person.district.key if person.district else "",
        ORGANISATION: str(person.organisation_id or ""),
    }


def _organisation_quotas(workshop: Workshop, pool: Iterable[Stakeholder]) -> list[Quota]:
    """Only of organisations from which too many could be drawn: each makes the draw take longer."""
    if workshop.organisation_quota is None:
        return []
    invited = Invitation.objects.filter(workshop=workshop).exclude(answer=Invitation.Answer.DECLINED)
    present = {*invited.values_list("person", "person__organisation")}
    present |= {*Registration.objects.filter(workshop=workshop).current().values_list("person", "person__organisation")}
    taken = Counter(organisation for _person, organisation in present)
    members = Counter(person.organisation_id for person in pool if person.organisation_id)
    left = {number: max(workshop.organisation_quota - taken[number], 0) for number in sorted(members)}
    return [Quota(ORGANISATION, str(number), 0, most) for number, most in left.items() if members[number] > most]


def _names(pool: Iterable[Stakeholder]) -> dict[tuple[str, str], str]:
    """What the values of quotas are called; of those that stand for somebody in the pool."""
    names: dict[tuple[str, str], str] = {}
    for person in pool:
        for category, row in ((GROUP, person.group), (DISTRICT, person.district)):
            if row:
                names[category, row.key] = str(row)
        if person.organisation:
            names[ORGANISATION, str(person.organisation_id)] = str(person.organisation)
    return names


def _relaxed(relaxations: Sequence[Relaxation], names: Mapping[tuple[str, str], str]) -> str:
    lines = [
        _("%(value)s: mindestens %(low)d, höchstens %(high)d statt mindestens %(was_low)d, höchstens %(was_high)d")
        % {
            "value": names.get((row.quota.category, row.quota.value), _("ohne Angabe")),
            "low": row.low,
            "high": row.high,
            "was_low": row.quota.low,
            "was_high": row.quota.high,
        }
        for row in relaxations
    ]
    return _("Diese Quoten lassen sich nicht erfüllen. Die kleinste Änderung, mit der es geht: %(changes)s.") % {
        "changes": "; ".join(lines)
    }
