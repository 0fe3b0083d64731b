from typing import Any, NotRequired, TypedDict, Unpack

import pgtrigger
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from stakeholders.models import AuditEntry, Stakeholder
from stakeholders.verbs import StakeholderVerb

REDACTED = "[geschwärzt]"


class Deed(TypedDict):
    """Who did it, to what, and what there is to know of it."""

    actor: Stakeholder | None
    target: NotRequired[models.Model | None]
    label: NotRequired[str | None]
    facts: NotRequired[dict[str, object] | None]


def record(verb: models.TextChoices, **deed: Unpack[Deed]) -> AuditEntry:
    """Write down who did what; called inside the transaction of the fact. `actor` None: the portal itself.

    Entries outlive the erasure of a person and cannot be changed, so `facts` must not name people but by number, and a
    target whose name is what somebody wrote needs a `label` that does not repeat it.
    """
    written = entry(verb, **deed)
    written.save()
    return written


def entry(
    verb: models.TextChoices,
    *,
    actor: Stakeholder | None,
    target: models.Model | None = None,
    label: str | None = None,
    facts: dict[str, object] | None = None,
) -> AuditEntry:
    """What `record` would write, not stored yet: for many at once."""
    name = _label(target) if label is None else label
    return AuditEntry(verb=verb.value, actor=actor, target=target, target_label=name, facts=facts or {})


@transaction.atomic
def redact(person: Stakeholder) -> int:
    """Take the name and the address of an erased person out of entries, where they slipped in; how many were changed.

    The only change that the triggers of the log let pass, and itself an entry, which names the numbers of the others.
    Entries by or about the person lose single names too; in those of others a single name may be somebody else's.
    """
    whole, single = _words(person)
    about = ContentType.objects.get_for_model(Stakeholder)
    own = models.Q(actor=person) | models.Q(target_type=about, target_id=person.pk)
    entries = AuditEntry.objects.annotate(facts_text=Cast("facts", models.TextField()))
    changed = [
        *_redact(entries.filter(_containing(whole)), whole),
        *_redact(entries.filter(own & _containing(single)), single),
    ]
    if changed:
        record(StakeholderVerb.ENTRY_REDACTED, actor=None, facts={"entries": sorted(set(changed))})
    return len(set(changed))


def _redact(entries: models.QuerySet[AuditEntry], words: list[str]) -> list[int]:
    rows = list(entries) if words else []
    for row in rows:
        row.target_label = _without(row.target_label, words)
        row.facts = _without(row.facts, words)
    with pgtrigger.ignore("stakeholders.AuditEntry:append_only"):
        for row in rows:
            AuditEntry.objects.filter(pk=row.pk).update(target_label=row.target_label, facts=row.facts)
    return [row.pk for row in rows]


def _containing(words: list[str]) -> models.Q:
    found = models.Q(pk__in=[])
    for word in words:
        found |= models.Q(target_label__icontains=word) | models.Q(facts_text__icontains=word)
    return found


def _without(value: Any, words: list[str]) -> Any:
    """Texts that contain one of the words are replaced as a whole, at any depth, also as the name of a value."""
    if isinstance(value, str):
        return REDACTED if any(word.casefold() in value.casefold() for word in words) else value
    if isinstance(value, list):
        return [_without(part, words) for part in value]
    if isinstance(value, dict):
        return {_without(key, words): _without(part, words) for key, part in value.items()}
    return value


def _words(person: Stakeholder) -> tuple[list[str], list[str]]:
    """What names this person alone, and what may name others too."""
    first, last = person.first_name, person.last_name
    names = [f"{first} {last}", f"{last}, {first}", f"{last} {first}"] if first and last else []
    return [word for word in (person.email, *names) if word], [name for name in (first, last) if name]


def _label(target: models.Model | None) -> str:
    if target is None:
        return ""
    if isinstance(target, Stakeholder):
        return _("Person %(number)s") % {"number": target.pk}
    return str(target)[:200]
