"""Belonging to another group: at once before the first rating, with the office's confirmation after it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import group_change_decided
from stakeholders.models import Activity, GroupChange, Stakeholder, StakeholderGroup
from stakeholders.permissions import is_project_office
from stakeholders.verbs import StakeholderVerb

State = GroupChange.State
REASON_LENGTH = 500


def has_rated(person: Stakeholder) -> bool:
    return Activity.objects.filter(person=person, kind=Activity.Kind.ASSESSED).exists()


def waiting_group(person: Stakeholder) -> StakeholderGroup | None:
    """The group the person wants to belong to and does not yet."""
    waiting = person.group_changes.waiting().select_related("wanted").first()
    return waiting.wanted if waiting else None


def declare_group(*, person: Stakeholder, wanted: StakeholderGroup) -> None:
    """Sets the group on `person`, whose row the caller has locked and saves; after a rating only asks for it.

    Naming the same wish again is harmless; a third group is refused until the waiting wish is withdrawn or decided.
    """
    if person.group_id == wanted.pk:
        return
    waiting = waiting_group(person)
    if waiting == wanted:
        return
    if waiting:
        sentence = _("Ihr Wechsel zu „%(group)s“ wartet noch auf Bestätigung. Ziehen Sie ihn zuerst zurück.")
        raise Refusal(sentence % {"group": waiting}, "group")
    before = person.group
    if before is not None and has_rated(person):
        GroupChange.objects.create(person=person, before=before, wanted=wanted)
        note_group(StakeholderVerb.GROUP_CHANGE_REQUESTED, person, before, wanted, actor=person)
        return
    person.group = wanted
    if before is not None:
        note_group(StakeholderVerb.GROUP_CHANGED, person, before, wanted, actor=person)


@transaction.atomic
def withdraw(*, change: GroupChange, person: Stakeholder) -> None:
    """The wish is taken back by whoever had it; the second click changes nothing."""
    row = _locked(change)
    if row.person_id != person.pk:
        raise Refusal(_("Einen Wechsel kann nur zurückziehen, wer ihn beantragt hat."))
    if row.state == State.WITHDRAWN:
        return
    if row.state != State.WAITING:
        raise Refusal(what_happened(row))
    _decide(row, State.WITHDRAWN, None, "")
    note_group(StakeholderVerb.GROUP_CHANGE_WITHDRAWN, row.person, row.before, row.wanted, actor=person)


@transaction.atomic
def confirm(*, change: GroupChange, actor: Stakeholder, reason: str = "") -> None:
    """From now on the person counts in the wanted group."""
    row = _undecided(change, actor)
    _decide(row, State.CONFIRMED, actor, reason)
    Stakeholder.objects.filter(pk=row.person_id).update(group=row.wanted, profile_version=F("profile_version") + 1)
    note_group(StakeholderVerb.GROUP_CHANGE_CONFIRMED, row.person, row.before, row.wanted, actor=actor)
    post(group_change_decided(row))


@transaction.atomic
def refuse(*, change: GroupChange, actor: Stakeholder, reason: str) -> None:
    """The person counts as before and is told why."""
    if not reason.strip():
        raise Refusal(_("Bitte begründen Sie die Ablehnung. Die Begründung geht an die Person."), "reason")
    row = _undecided(change, actor)
    _decide(row, State.REFUSED, actor, reason)
    note_group(StakeholderVerb.GROUP_CHANGE_REFUSED, row.person, row.before, row.wanted, actor=actor)
    post(group_change_decided(row))


def check_undecided(change: GroupChange) -> None:
    """Raises Refusal that tells whoever comes second what happened before."""
    if change.state != State.WAITING:
        raise Refusal(what_happened(change))


def what_happened(change: GroupChange) -> str:
    sentences: dict[str, str] = {
        State.CONFIRMED: _("Dieser Wechsel wurde inzwischen bereits bestätigt."),
        State.REFUSED: _("Dieser Wechsel wurde inzwischen bereits abgelehnt."),
        State.WITHDRAWN: _("Dieser Wechsel wurde inzwischen zurückgezogen."),
    }
    return sentences[change.state] + " " + _("Was Sie gerade gesendet haben, wurde nicht übernommen.")


def note_group(
    verb: StakeholderVerb,
    person: Stakeholder,
    before: StakeholderGroup | None,
    after: StakeholderGroup | None,
    *,
    actor: Stakeholder,
) -> None:
    """Groups by their keys, which stay when a group is renamed."""
    facts: dict[str, object] = {"group": [before.key if before else None, after.key if after else None]}
    record(verb, actor=actor, target=person, facts=facts)


def _locked(change: GroupChange) -> GroupChange:
    """The person first, as in `save_profile`, so that the two never wait for each other."""
    Stakeholder.objects.select_for_update(of=("self",)).only("pk").get(pk=change.person_id)
    rows = GroupChange.objects.select_for_update(of=("self",)).select_related("person", "before", "wanted")
    return rows.get(pk=change.pk)


def _undecided(change: GroupChange, actor: Stakeholder) -> GroupChange:
    if not is_project_office(actor):
        raise Refusal(_("Über den Wechsel der Akteursgruppe entscheidet das Projektbüro."))
    row = _locked(change)
    check_undecided(row)
    if row.person_id == actor.pk:
        raise Refusal(_("Über den eigenen Wechsel entscheidet eine andere Person des Projektbüros."))
    return row


def _decide(row: GroupChange, state: str, actor: Stakeholder | None, reason: str) -> None:
    row.state = state
    row.decided_by = actor
    row.decided_at = timezone.now()
    row.decision_reason = reason.strip()[:REASON_LENGTH]
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
