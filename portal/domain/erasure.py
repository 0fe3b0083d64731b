"""Deleting an account for good, across all apps, in one transaction."""

from collections.abc import Collection

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal.domain.personal_data import erase_everywhere
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.role import refuse_last_of_office
from stakeholders.mails import Message, render_message_to
from stakeholders.models import Stakeholder
from stakeholders.verbs import StakeholderVerb
from workshops.privacy import upcoming

FAREWELL = "account_erased"
"""Kind of the last mail to an address; the row is deleted soon after it was sent, see `retention`."""


def lock_person(person: Stakeholder) -> Stakeholder | None:
    """None when the person is gone. Without the key, so that rows which point at the person never wait for us."""
    rows = Stakeholder.objects.select_for_update(no_key=True, of=("self",))
    locked: Stakeholder | None = rows.filter(pk=person.pk).first()
    return locked


@transaction.atomic
def erase_account(*, person: Stakeholder, released: Collection[int] = (), reason: str = "asked") -> bool:
    """False when the account was already gone, as after a second click.

    `released` are the registrations of coming events that the person knows to be given up. `reason` is "asked" or the
    purpose of the retention table; only its own wish is answered by a mail. Raises Refusal for the last account of the
    project office and for a place that was not released.
    """
    if person.role == Stakeholder.Role.PROJECT_OFFICE:
        refuse_last_of_office(person)
    locked = lock_person(person)
    if locked is None:
        return False
    refuse_unreleased(locked, released)
    farewell = _farewell(locked) if reason == "asked" and locked.mail_address else None
    facts: dict[str, object] = {"person": locked.pk, "reason": reason}
    record(StakeholderVerb.ACCOUNT_ERASED, actor=locked if reason == "asked" else None, target=locked, facts=facts)
    erase_everywhere(locked)
    if farewell:
        post(farewell)
    return True


def refuse_unreleased(person: Stakeholder, released: Collection[int]) -> None:
    held = [row for row in upcoming(person) if row.pk not in released]
    if held:
        events = ", ".join(f"„{row.workshop}“" for row in held)
        text = _("Sie sind noch angemeldet: %(events)s. Bitte bestätigen Sie, dass Ihr Platz frei wird.")
        raise Refusal(text % {"events": events})


def _farewell(person: Stakeholder) -> Message:
    """Without the name and without a link to the person: only the address stands in it until it is sent."""
    with translation.override(person.language):
        return render_message_to(
            "portal/account_erased",
            key=f"account_erased:{person.pk}",
            kind=FAREWELL,
            recipient=person.mail_address,
            language=person.language,
            context={},
        )
