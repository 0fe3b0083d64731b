from django.db import models
from django.utils.translation import gettext as _

from stakeholders.models import AuditEntry, Stakeholder


def record(
    verb: models.TextChoices,
    *,
    actor: Stakeholder | None,
    target: models.Model | None = None,
    label: str | None = None,
    facts: dict[str, object] | None = None,
) -> AuditEntry:
    """Write down who did what; called inside the transaction of the fact. `actor` None: the portal itself.

    Entries outlive the erasure of a person and cannot be changed, so `facts` must not name people but by number, and a
    target whose name is what somebody wrote needs a `label` that does not repeat it.
    """
    name = _label(target) if label is None else label
    return AuditEntry.objects.create(verb=verb.value, actor=actor, target=target, target_label=name, facts=facts or {})


def _label(target: models.Model | None) -> str:
    if target is None:
        return ""
    if isinstance(target, Stakeholder):
        return _("Person %(number)s") % {"number": target.pk}
    return str(target)[:200]
