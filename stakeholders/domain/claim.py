"""Taking over an account that the project office made: recorded by hand, or imported from a list."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from stakeholders.domain.audit import record
from stakeholders.domain.consent import note_privacy_notice
from stakeholders.models import Stakeholder
from stakeholders.verbs import StakeholderVerb


def unproved_address(person: Stakeholder) -> EmailAddress:
    """Not saved yet. Whoever types the code that was sent there has proved it; without this row they would have to
    type a second one."""
    return EmailAddress(user=person, email=person.mail_address, verified=False, primary=True)


@transaction.atomic
def claim_account(*, person: Stakeholder) -> Stakeholder:
    """From now on the person speaks for themselves: lists and the office no longer fill in their profile.

    Called after the privacy notice was on the screen and ticked. Claiming twice is harmless.
    """
    locked: Stakeholder = Stakeholder.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if locked.is_claimed:
        return locked
    locked.claimed_at = timezone.now()
    locked.profile_version += 1
    locked.save(update_fields=["claimed_at", "profile_version"])
    note_privacy_notice(person=locked)
    record(StakeholderVerb.ACCOUNT_CLAIMED, actor=locked, target=locked)
    return locked
