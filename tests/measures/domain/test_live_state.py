"""What has come in to a round: the counts agree with what the ranking will count."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from measures.domain.former_rater import leave_answers
from measures.domain.live_state import LiveState, live_state
from measures.domain.prioritisation import prioritise
from measures.domain.round_ratings import read_round
from measures.models import Assessment, AssessmentRound
from stakeholders.models import Channel, Organisation, Stakeholder
from tests.factories.measures import rated_round
from tests.factories.stakeholders import OrganisationFactory

pytestmark = pytest.mark.django_db


def colleagues(row: AssessmentRound, *, size: int) -> list[Organisation]:
    """Every `size` raters of a group become colleagues; the last organisation was merged into the first."""
    houses = []
    for group in Stakeholder.objects.filter(assessments__round=row).values_list("group", flat=True).distinct():
        people = list(Stakeholder.objects.filter(assessments__round=row, group=group).distinct().order_by("pk"))
        for start in range(0, len(people) - size, size):
            houses.append(OrganisationFactory.create())
            for person in people[start : start + size]:
                Stakeholder.objects.filter(pk=person.pk).update(organisation=houses[-1])
    Organisation.objects.filter(pk=houses[-1].pk).update(merged_into=houses[0])
    return houses


def voices(state: LiveState) -> dict[tuple[int, int, int], int]:
    return {(row.measure, row.criterion, row.group): row.voices for row in state.answers}


@pytest.mark.parametrize("cap", [False, True])
def test_voices_are_those_the_ranking_counts(cap: bool) -> None:
    row = rated_round(measures=3, people=(11, 9, 7), cap_organisations=cap)
    colleagues(row, size=3)
    state = live_state(row)
    enough = {
        (measure, group)
        for measure, group in {(answer.measure, answer.group) for answer in state.answers}
        if all(
            voices(state).get((measure, criterion.pk, group), 0) >= row.min_raters for criterion in row.criteria.all()
        )
    }
    data = read_round(row).data
    result = prioritise(data)
    assert len(result.measures) == sum(
        len([group for found, group in enough if found == measure.pk]) >= row.min_groups
        for measure in row.measures.all()
    )
    people = sum(voices(state).values())
    assert people == (len(data.rating) if not cap else people)
    assert (people < len(data.rating)) == cap


def test_capped_voices_are_distinct_organisations_and_single_people() -> None:
    row = rated_round(measures=2, people=(10, 8, 6), cap_organisations=True)
    colleagues(row, size=4)
    expected: dict[tuple[int, int, int], set[object]] = {}
    for answer in Assessment.objects.filter(round=row, grade__isnull=False).select_related("rater__organisation"):
        person = answer.rater
        assert person is not None
        house = person.organisation and (person.organisation.merged_into_id or person.organisation_id)
        key = (answer.measure_id, answer.criterion_id, person.group_id or 0)
        expected.setdefault(key, set()).add(("house", house) if house else ("person", person.pk))
    assert voices(live_state(row)) == {key: len(found) for key, found in expected.items()}


def test_answers_are_counted_by_grade_and_those_without() -> None:
    row = rated_round(measures=2, people=(6, 5, 0))
    state = live_state(row)
    stored = Counter(Assessment.objects.values_list("measure", "criterion", "rater__group", "grade"))
    assert sum(stored.values()) == sum(answer.given for answer in state.answers) == 88
    for answer in state.answers:
        where = (answer.measure, answer.criterion, answer.group)
        assert answer.grades == tuple(stored[(*where, grade)] for grade in range(1, 6))
        assert answer.given == sum(answer.grades) + stored[(*where, None)]


def test_people_are_counted_once_on_their_first_day_and_by_the_way_they_took() -> None:
    row = rated_round(measures=2, people=(4, 3, 2))
    first, second = Stakeholder.objects.filter(assessments__round=row).distinct().order_by("pk")[:2]
    Assessment.objects.filter(rater=first, criterion__key="need").update(
        created_at=timezone.now() - timedelta(days=3), channel=Channel.LETTER
    )
    Assessment.objects.filter(rater=first, criterion__key="fit").update(channel=Channel.EMAIL)
    Assessment.objects.filter(rater=second).update(channel=Channel.PHONE)
    state = live_state(row)
    assert sum(part.count for part in state.raters) == 9
    today = timezone.localdate()
    days = Counter[object]()
    ways = Counter[str]()
    for part in state.raters:
        days[part.day] += part.count
        ways[part.channel] += part.count
    assert days == {today: 8, today - timedelta(days=3): 1}
    assert ways == {"web": 7, "email": 1, "phone": 1}


def test_closed_accounts_staff_and_other_rounds_are_left_out() -> None:
    row = rated_round(measures=2, people=(4, 0, 0))
    rated_round(measures=2, people=(3, 0, 0))
    gone, office = Stakeholder.objects.filter(assessments__round=row).distinct().order_by("pk")[:2]
    Stakeholder.objects.filter(pk=gone.pk).update(is_active=False)
    Stakeholder.objects.filter(pk=office.pk).update(role=Stakeholder.Role.PROJECT_OFFICE)
    state = live_state(row)
    assert sum(part.count for part in state.raters) == 2
    assert {answer.given for answer in state.answers} == {2}


def test_round_without_answers_has_empty_counts() -> None:
    state = live_state(rated_round(people=(0, 0, 0)))
    assert (state.answers, state.raters) == ((), ())


def test_former_raters_count_as_before() -> None:
    row = rated_round(measures=2, people=(5, 4, 3))
    before = live_state(row)
    person = Stakeholder.objects.filter(assessments__round=row).distinct().order_by("pk")[0]
    leave_answers(person=person)
    after = live_state(row)
    assert sorted(map(repr, after.answers)) == sorted(map(repr, before.answers))
    assert sorted(map(repr, after.raters)) == sorted(map(repr, before.raters))
    assert sum(part.count for part in after.raters) == 12
