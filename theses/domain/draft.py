"""What somebody types into the form of a new thesis is kept while they type, so that nothing is lost."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Stakeholder
from theses.domain.thesis import DOUBLE_SUBMIT
from theses.models import Thesis, ThesisDraft

FIELDS = (
    "sentence",
    "reason",
    "measure",
    "field_of_action",
    "topic",
    "district",
    "mandate",
    "text_language",
    "evidence_url",
    "evidence_label",
)
LONGEST = 20_000
"""Characters of one field; what is longer is no thesis, and is cut."""


@transaction.atomic
def save_draft(*, author: Stakeholder, typed: Mapping[str, str]) -> ThesisDraft | None:
    """Keeps the words as typed, valid or not; the last save counts. Nothing is kept of a form without a text, nor of
    what was sent a moment ago: a save may arrive after the thesis."""
    fields = {name: typed[name].replace("\x00", "")[:LONGEST] for name in FIELDS if typed.get(name)}
    if not (fields.get("sentence", "").strip() or fields.get("reason", "").strip()):
        return None
    sent = Thesis.objects.filter(author=author, submitted_at__gt=timezone.now() - DOUBLE_SUBMIT)
    if sent.filter(sentence=" ".join(fields.get("sentence", "").split())).exists():
        return None
    return ThesisDraft.objects.update_or_create(author=author, defaults={"fields": fields})[0]


def discard_draft(*, author: Stakeholder) -> None:
    ThesisDraft.objects.filter(author=author).delete()
