"""Marks of contributions as helpful: one per person and contribution, counted exactly. Not audited, like stances."""

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.models import Contribution, HelpfulMark
from theses.permissions import may_mark_helpful


@transaction.atomic
def mark_helpful(*, contribution: Contribution, person: Stakeholder) -> Contribution:
    """The lock on the contribution keeps the count exact, and a second click from counting twice."""
    row = _locked(contribution)
    if not may_mark_helpful(person, row.thesis):
        raise Refusal(_("Als hilfreich markieren können alle, die zu dieser These Haltung beziehen können."))
    if row.author_id == person.pk:
        raise Refusal(_("Den eigenen Beitrag können Sie nicht als hilfreich markieren."))
    _mark, is_new = HelpfulMark.objects.get_or_create(contribution=row, person=person)
    return _counted(row, 1 if is_new else 0)


@transaction.atomic
def unmark(*, contribution: Contribution, person: Stakeholder) -> Contribution:
    row = _locked(contribution)
    gone, _by_model = HelpfulMark.objects.filter(contribution=row, person=person).delete()
    return _counted(row, -gone)


@transaction.atomic
def forget_marks(*, person: Stakeholder) -> None:
    """Only for erasing the person. Locked in the order of numbers, so that two erasures never wait for each other."""
    marked = HelpfulMark.objects.filter(person=person).values("contribution")
    rows = Contribution.objects.select_for_update(no_key=True).filter(pk__in=marked).order_by("pk")
    numbers = list(rows.values_list("pk", flat=True))
    HelpfulMark.objects.filter(person=person).delete()
    marks = HelpfulMark.objects.filter(contribution=OuterRef("pk")).order_by().values("contribution")
    counted = Subquery(marks.annotate(number=Count("pk")).values("number"))
    Contribution.objects.filter(pk__in=numbers).update(helpful_count=Coalesce(counted, 0))


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(no_key=True, of=("self",)).select_related("thesis")
    row = rows.shown().filter(pk=contribution.pk).first()
    if row is None:
        raise Refusal(_("Dieser Beitrag steht nicht mehr da."))
    return row


def _counted(row: Contribution, change: int) -> Contribution:
    if change:
        Contribution.objects.filter(pk=row.pk).update(helpful_count=F("helpful_count") + change)
        row.refresh_from_db(fields=("helpful_count",))
    return row
