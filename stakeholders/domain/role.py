from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.verbs import StakeholderVerb


@transaction.atomic
def change_role(*, person: Stakeholder, role: str, is_superuser: bool, actor: Stakeholder) -> None:
    """Only a superuser hands out rights, and nobody gives up the highest one alone: somebody must keep the key."""
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
