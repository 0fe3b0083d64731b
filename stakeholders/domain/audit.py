from django.db import models

from stakeholders.models import AuditEntry, Stakeholder


def record(
    verb: models.TextChoices,
    *,
    actor: Stakeholder | None,
    target: models.Model | None = None,
    facts: dict[str, object] | None = None,
) -> AuditEntry:
    """Write down who did what; called inside the transaction of the fact. `actor` None: the portal itself."""
    return AuditEntry.objects.create(
        verb=verb.value, actor=actor, target=target, target_label=str(target)[:200] if target else "", facts=facts or {}
    )
