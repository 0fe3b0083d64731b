"""How others rate a measure: quartiles, hidden groups, and the own answer beside them."""

from collections.abc import Sequence

import pytest
from django.core.cache import cache

from measures.domain.round_spread import Spread, spreads
from measures.models import Assessment, AssessmentRound, Criterion, Measure
from measures.reports.others import OthersOnQuestion, build
from publishing.tables import Suppressed
from stakeholders.models import Stakeholder
from tests.factories.measures import fitting_round
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

pytestmark = pytest.mark.django_db
OWN: dict[str, int | None] = {"need": 3, "impact": 3, "feasibility": None, "fit": 3}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def parts() -> tuple[AssessmentRound, Measure, list[Criterion]]:
    row = fitting_round(measures=2, shows_aggregates=True)
    return row, row.measures.order_by("slug")[0], list(row.criteria.all())


def answered(
    row: AssessmentRound, measure: Measure, key: str, group: str, grades: Sequence[int | None], **person: object
) -> None:
    criterion = row.criteria.get(key=key)
    place = StakeholderGroupFactory.create(key=group, name=group)
    for grade in grades:
        rater: Stakeholder = StakeholderFactory.create(group=place, **person)
        Assessment.objects.create(
            round=row, measure=measure, criterion=criterion, rater=rater, grade=grade, first_grade=grade
        )


def built(row: AssessmentRound, measure: Measure, criteria: list[Criterion]) -> dict[str, OthersOnQuestion]:
    found = build(row, measure, criteria, OWN)
    return {criterion.key: question for criterion, question in zip(criteria, found, strict=True)}


def test_quartiles_are_steps_that_somebody_chose() -> None:
    row, measure, criteria = parts()
    answered(row, measure, "need", "kammern", [1, 2, 2, 4, 5, 5, None])
    answered(row, measure, "need", "forschung", [5, 5])
    answered(row, measure, "need", "kammern", [1, 1, 1], is_active=False)
    answered(row, measure, "need", "kammern", [1, 1, 1], role=Stakeholder.Role.MINISTRY)
    answered(row, row.measures.exclude(pk=measure.pk)[0], "need", "kammern", [1, 1, 1])
    answered(fitting_round(), measure, "need", "kammern", [1])
    need = criteria[0]
    found = spreads(row, measure)
    assert found.everybody == {need.pk: Spread(8, 2, 4, 5)}
    by_name = {StakeholderGroupFactory.create(key=key).pk: key for key in ("kammern", "forschung")}
    groups = {by_name[group]: spread for group, spread in found.groups[need.pk].items()}
    assert groups == {"kammern": Spread(6, 2, 2, 5), "forschung": Spread(2, 5, 5, 5)}


def test_the_sentence_tells_median_middle_half_and_number() -> None:
    row, measure, criteria = parts()
    answered(row, measure, "need", "kammern", [1, 2, 2, 4, 5])
    answered(row, measure, "impact", "kammern", [4] * 6)
    found = built(row, measure, criteria)
    assert found["need"].sentence == (
        "Die mittlere Antwort ist „wenig“, die mittlere Hälfte antwortet „wenig“ bis „ziemlich“ (5 Personen)."
    )
    assert (found["need"].own, found["need"].outside) == ("mittelmäßig", False)
    assert found["impact"].sentence.endswith("die mittlere Hälfte antwortet „ziemlich“ (6 Personen).")
    assert found["impact"].outside


def test_who_cannot_judge_lies_outside_of_nothing() -> None:
    row, measure, criteria = parts()
    answered(row, measure, "feasibility", "kammern", [5] * 6)
    found = built(row, measure, criteria)["feasibility"]
    assert (found.own, found.outside) == ("kann ich nicht beurteilen", False)


@pytest.mark.parametrize(("number", "shown"), [(0, False), (1, False), (4, False), (5, True)])
def test_too_few_answers_tell_nothing(number: int, shown: bool) -> None:
    row, measure, criteria = parts()
    answered(row, measure, "need", "kammern", [5] * number)
    found = built(row, measure, criteria)["need"]
    assert (bool(found.sentence), found.outside, found.table is not None) == (shown, shown, shown)


def test_a_small_group_is_hidden_with_another_from_which_it_could_be_computed() -> None:
    row, measure, criteria = parts()
    answered(row, measure, "need", "kammern", [3] * 4)
    answered(row, measure, "need", "forschung", [4] * 6)
    answered(row, measure, "need", "industrie", [2] * 9)
    table = built(row, measure, criteria)["need"].table
    assert table
    rows = {line[0]: line[1:] for line in table.rows}
    assert rows["kammern"] == (Suppressed(5),) * 3
    assert rows["forschung"] == (Suppressed(None),) * 3
    assert rows["industrie"] == (9, "wenig", "„wenig“")


def test_what_others_answer_may_be_a_minute_old() -> None:
    row, measure, criteria = parts()
    answered(row, measure, "need", "kammern", [5] * 5)
    before = built(row, measure, criteria)["need"]
    answered(row, measure, "need", "kammern", [1] * 20)
    assert built(row, measure, criteria)["need"] == before
    cache.clear()
    assert "(25 Personen)" in built(row, measure, criteria)["need"].sentence
