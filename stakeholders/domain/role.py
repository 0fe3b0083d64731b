from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.verbs import StakeholderVerb


def is_last_of_office(person: Stakeholder) -> bool:
    """Whether nobody of the project office who may sign in would be left without this person."""
    office = Stakeholder.objects.filter(role=Stakeholder.Role.PROJECT_OFFICE, is_active=True)
    return office.filter(pk=person.pk).exists() and not office.exclude(pk=person.pk).exists()


def refuse_last_of_office(person: Stakeholder) -> None:
    """Called inside the transaction that takes somebody out of the office, before it does.

    Locks the whole office in one order, so that of two who leave at once the second is refused.
    """
    office = Stakeholder.objects.filter(role=Stakeholder.Role.PROJECT_OFFICE, is_active=True)
    list(office.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if is_last_of_office(person):
        raise Refusal(
            _(
                "Dies ist das letzte Konto des Projektbüros. Geben Sie zuerst einer anderen Person diese Rolle, "
                "damit das Portal nicht ohne Projektbüro dasteht."
            )
        )


@transaction.atomic
def change_role(*, person: Stakeholder, role: str, is_superuser: bool, actor: Stakeholder) -> None:
    """Only a superuser hands out rights, and nobody gives up the highest one alone: somebody must keep the key."""
    if role != Stakeholder.Role.PROJECT_OFFICE:
        refuse_last_of_office(person)
    locked: Stakeholder = Stakeholder.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if (locked.role, locked.is_superuser) == (role, is_superuser):
        return
    if not actor.is_superuser:
        raise Refusal(_("Rollen vergibt nur die Administration des Portals. Bitte wenden Sie sich dorthin."))
    if locked == actor and not is_superuser:
        raise Refusal(_("Ihre eigenen Rechte kann Ihnen nur eine andere Person der Administration entziehen."))
    facts: dict[str, object] = {"role": [locked.role, role], "is_superuser": [locked.is_superuser, is_superuser]}
    locked.role = role
    locked.is_superuser = is_superuser
    locked.save(update_fields=["role", "is_superuser"])
    record(StakeholderVerb.ROLE_CHANGED, actor=actor, target=locked, facts=facts)


@transaction.atomic
def change_access(*, person: Stakeholder, is_active: bool, actor: Stakeholder) -> None:
    """Lock somebody out, or let them in again; what they did stays."""
    if not is_active:
        refuse_last_of_office(person)
    locked: Stakeholder = Stakeholder.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if locked.is_active == is_active:
        return
    if locked == actor:
        raise Refusal(_("Das eigene Konto kann man nicht sperren. Bitte wenden Sie sich an eine andere Person."))
    locked.is_active = is_active
    locked.save(update_fields=["is_active"])
    verb = StakeholderVerb.ACCOUNT_REACTIVATED if is_active else StakeholderVerb.ACCOUNT_DEACTIVATED
    record(verb, actor=actor, target=locked)
