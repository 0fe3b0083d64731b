from django.db import transaction

from portal.domain.personal_data import erase_everywhere
from stakeholders.domain.audit import record
from stakeholders.models import Stakeholder
from stakeholders.verbs import StakeholderVerb


@transaction.atomic
def decline_account(*, person: Stakeholder) -> bool:
    """Somebody whom the office recorded or imported wants none of it: everything about them goes at once.

    False when the account was taken over meanwhile, in another window: then it is ended in the ordinary way. The audit
    log keeps that an entry was deleted, by number.
    """
    locked = Stakeholder.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if locked is None:
        return True
    if locked.is_claimed:
        return False
    record(StakeholderVerb.ACCOUNT_ERASED, actor=None, target=locked, facts={"origin": locked.origin})
    erase_everywhere(locked)
    return True
