"""Parts of an erasure: what names a person besides the rows that belong to them. Called inside its transaction."""

import contextlib
import json
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils import translation
from django.utils.html import escape

from stakeholders.models import ContactImport, DataExport, OutgoingMail, Stakeholder
from stakeholders.models.former import FORMER


def address_of(person: Stakeholder) -> Q:
    """Rows of the person, and of an address that is theirs, for models with `person` and `email`."""
    return Q(person=person) | Q(email__iexact=person.email) if person.email else Q(person=person)


def reported_by(person: Stakeholder) -> Q:
    return Q(reporter=person) | Q(reporter_email__iexact=person.email) if person.email else Q(reporter=person)


def mails_to(person: Stakeholder) -> QuerySet[OutgoingMail]:
    own = Q(person=person) | Q(recipient__iexact=person.email) if person.email else Q(person=person)
    return OutgoingMail.objects.filter(own)


def names_of(person: Stakeholder) -> list[str]:
    """What identifies a person in a text: the address and the whole name. A single name alone is many people's."""
    return [words for words in (person.email or "", _whole_name(person)) if words]


def forget_mails(person: Stakeholder) -> None:
    """Mails to the person go. In mails to others, such as to the office, the name is replaced."""
    mails_to(person).delete()
    with translation.override(settings.LANGUAGE_CODE):
        # A subject has 250 characters at most, and a longer name in place of a shorter one must not break it.
        instead = {"subject": "…", "text": str(FORMER), "html": str(FORMER)}
    for words in names_of(person):
        for written in {words, escape(words)}:
            for field, stand_in in instead.items():
                naming = OutgoingMail.objects.filter(**{f"{field}__contains": written})
                naming.update(**{field: Replace(F(field), Value(written), Value(stand_in))})


def forget_traces(person: Stakeholder) -> None:
    """The administration's log repeats names, and an unfinished import would bring the person back."""
    about = Q(content_type=ContentType.objects.get_for_model(Stakeholder), object_id=str(person.pk))
    for words in names_of(person):
        about |= Q(object_repr__icontains=words) | Q(change_message__icontains=words)
    LogEntry.objects.filter(about).delete()
    for row in ContactImport.objects.select_for_update(of=("self",)).exclude(rows=[]):
        lines = {entry.get("line") for entry in row.rows if _names(entry, person)}
        row.rows = [entry for entry in row.rows if entry.get("line") not in lines]
        row.outcomes = [entry for entry in row.outcomes if entry.get("line") not in lines]
        row.save(update_fields=["rows", "outcomes"])


def end_sessions(person: Stakeholder) -> None:
    """Everywhere; a session holds the address, too."""
    keys = UserSession.objects.filter(user=person).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


def forget_export_files(person: Stakeholder) -> None:
    """The rows go with the person; the files once that is certain."""
    paths = [Path(row.file.path) for row in DataExport.objects.filter(person=person) if row.file]

    def remove() -> None:
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    transaction.on_commit(remove)


def _names(entry: Any, person: Stakeholder) -> bool:
    text = json.dumps(entry, ensure_ascii=False).casefold()
    parts = [part.casefold() for part in (person.first_name, person.last_name) if part]
    return bool(person.email and person.email.casefold() in text) or bool(parts and all(part in text for part in parts))


def _whole_name(person: Stakeholder) -> str:
    return person.get_full_name() if person.first_name and person.last_name else ""
