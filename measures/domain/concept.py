"""Concept, partners and milestones of a measure: when something became known, and what cannot be."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import ImplementationConcept, Milestone
from stakeholders.domain.refusal import Refusal


def refuse_future_day(*, day: date | None, field: str) -> None:
    """Nothing was reached or confirmed on a day that is still to come."""
    if day and day > timezone.localdate():
        raise Refusal(_("Dieser Tag liegt in der Zukunft. Bitte tragen Sie ihn ein, sobald es so weit ist."), field)


def note_published(concept: ImplementationConcept) -> None:
    """Fills in when the concept was published for the first time; the caller saves it."""
    if concept.state == ImplementationConcept.State.PUBLISHED and concept.published_at is None:
        concept.published_at = timezone.now()


def note_done(milestone: Milestone) -> None:
    """Fills in since when the milestone is known to be done, and forgets it when it is not; the caller saves it."""
    if milestone.done_on is None:
        milestone.noted_at = None
    elif milestone.noted_at is None:
        milestone.noted_at = timezone.now()
