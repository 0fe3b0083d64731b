"""What this app knows about a person, and how it forgets."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from stakeholders.models import Stakeholder
from theses.domain.stance import withdraw_all
from theses.models import Stance, Thesis

MODELS: tuple[type[models.Model], ...] = (Thesis, Stance)


def collect(person: Stakeholder) -> dict[str, object]:
    theses = Thesis.objects.filter(author=person).select_related(
        "measure", "field_of_action", "district", "organisation"
    )
    stances = Stance.objects.filter(person=person).select_related("thesis").order_by("pk")
    return {
        "theses": [_thesis(thesis) for thesis in theses],
        "stances": [
            {
                "thesis": stance.thesis.sentence,
                "value": stance.Value(stance.value).name.lower(),
                "created_at": stance.created_at.isoformat(),
                "changed_at": stance.changed_at.isoformat(),
            }
            for stance in stances
        ],
    }


def erase(person: Stakeholder) -> None:
    """Stances go, and so does what was never public, also from the administration's log, which repeats its text. A
    public thesis stays without its author, because others have answered it: what was said under a mandate as the word
    of the organisation, what was said personally without one."""
    withdraw_all(person=person)
    unpublished = Thesis.objects.unpublished_of(person)
    numbers = [str(pk) for pk in unpublished.values_list("pk", flat=True)]
    LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Thesis), object_id__in=numbers).delete()
    unpublished.delete()
    public = Thesis.objects.filter(author=person)
    public.filter(mandate__isnull=True).update(organisation=None)
    public.update(author=None)


def _thesis(thesis: Thesis) -> dict[str, object]:
    return {
        "sentence": thesis.sentence,
        "reason": thesis.reason,
        "language": thesis.text_language,
        "measure": _name(thesis.measure),
        "field_of_action": _name(thesis.field_of_action),
        "district": _name(thesis.district),
        "organisation": _name(thesis.organisation),
        "mandate": thesis.mandate_id is not None,
        "state": thesis.state,
        "decision_reason": thesis.decision_reason,
        "submitted_at": thesis.submitted_at.isoformat(),
        "decided_at": thesis.decided_at.isoformat() if thesis.decided_at else None,
        "published_at": thesis.published_at.isoformat() if thesis.published_at else None,
    }


def _name(row: models.Model | None) -> str | None:
    return str(row) if row else None
