"""What stays of somebody's answers when the account is deleted: those of rounds that are over, as anonymous figures."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from measures.models import Assessment, AssessmentRound, FormerRater
from stakeholders.models import Stakeholder


def rounds_kept(person: Stakeholder) -> QuerySet[AssessmentRound]:
    """In which the person rated and nobody can rate any more, frozen or not; none for those who do not count: staff,
    and who was locked out."""
    if not Stakeholder.objects.taking_part().filter(pk=person.pk).exists():
        return AssessmentRound.objects.none()
    over = Q(state=AssessmentRound.State.CLOSED) | Q(closes_at__lte=timezone.now())
    rated = Assessment.objects.filter(rater=person).values("round")
    return AssessmentRound.objects.published().filter(over, pk__in=rated).order_by("pk")


@transaction.atomic
def leave_answers(*, person: Stakeholder) -> None:
    """Only for erasing the person. Locks each round, so that freezing sees the answers before or after, never between.

    Answers of running rounds go, and those of people who did not count.
    """
    for assessment_round in rounds_kept(person).select_for_update(of=("self",)):
        former = FormerRater.objects.create(
            round=assessment_round,
            group_id=person.group_id,
            district_id=person.district_id,
            organisation_id=person.organisation_id if _has_colleagues(person, assessment_round) else None,
        )
        answers = Assessment.objects.filter(round=assessment_round, rater=person)
        answers.update(rater=None, former=former)
    Assessment.objects.filter(rater=person).delete()


def _has_colleagues(person: Stakeholder, assessment_round: AssessmentRound) -> bool:
    """Whether somebody else of the organisation rated in this round: only then does it decide how an answer counts."""
    if person.organisation_id is None:
        return False
    same = Q(rater__organisation=person.organisation_id) | Q(former__organisation=person.organisation_id)
    return Assessment.objects.filter(same, round=assessment_round).exclude(rater=person).exists()
