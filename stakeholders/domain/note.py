from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Note, Organisation, Stakeholder
from stakeholders.verbs import StakeholderVerb

DOUBLE_SUBMIT = timedelta(minutes=10)
"""The same words from the same author within this time are a second click and no second note."""


@transaction.atomic
def write_note(*, about: Stakeholder | Organisation, text: str, author: Stakeholder) -> Note:
    """An internal remark; the person it is about reads it in their data export."""
    type(about)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=about.pk)
    person = about if isinstance(about, Stakeholder) else None
    organisation = about if isinstance(about, Organisation) else None
    since = timezone.now() - DOUBLE_SUBMIT
    rows = Note.objects.filter(person=person, organisation=organisation, author=author, text=text, at__gt=since)
    twin = rows.first()
    if twin is not None:
        return twin
    note = Note.objects.create(person=person, organisation=organisation, text=text, author=author)
    record(StakeholderVerb.NOTE_WRITTEN, actor=author, target=about, facts={"note": note.pk})
    return note


@transaction.atomic
def delete_note(*, note: Note, actor: Stakeholder) -> None:
    """Everybody deletes their own, and what was left by somebody who is gone. A second click changes nothing.

    Raises Refusal for somebody else's note.
    """
    row = Note.objects.select_for_update(of=("self",)).filter(pk=note.pk).first()
    if row is None:
        return
    if row.author_id not in (actor.pk, None):
        raise Refusal(_("Eine Notiz löscht, wer sie geschrieben hat."))
    record(StakeholderVerb.NOTE_DELETED, actor=actor, target=row.person or row.organisation, facts={"note": row.pk})
    row.delete()
