import pytest
from pytest_django import DjangoAssertNumQueries

from publishing.tables import Suppressed
from stakeholders.models import Stakeholder
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.models import Stance, Thesis
from theses.reports.opinions import build

Value = Stance.Value


def answer(thesis: Thesis, group: str | None, value: Stance.Value, number: int) -> None:
    declared = StakeholderGroupFactory.create(key=group) if group else None
    for person in StakeholderFactory.create_batch(number, group=declared):
        StanceFactory.create(thesis=thesis, person=person, value=value)


@pytest.mark.django_db
def test_build_shows_shares_by_group_and_hides_small_ones() -> None:
    thesis = ThesisFactory.create()
    answer(thesis, "a", Value.AGREE, 6)
    answer(thesis, "a", Value.DISAGREE, 2)
    answer(thesis, "b", Value.DISAGREE, 4)
    answer(ThesisFactory.create(), "b", Value.AGREE, 9)
    result = build(thesis)
    assert result.table is not None
    assert (result.total, result.agreement) == (8, 0.75)
    everybody, first, second = result.table.rows
    assert everybody[:3] == ("Alle gezeigten Gruppen", 8, 0.75)
    assert first[:3] == ("Gruppe a", 8, 0.75)
    assert second == ("Gruppe b", *(Suppressed(5),) * 3)
    assert result.chart is not None
    assert result.chart.chart.table("c", "c").rows[2][1] == Suppressed(5)


@pytest.mark.django_db
def test_build_names_people_without_a_group_and_gives_them_no_equal_voice() -> None:
    thesis = ThesisFactory.create()
    answer(thesis, "a", Value.AGREE, 10)
    answer(thesis, None, Value.DISAGREE, 10)
    result = build(thesis)
    assert result.table is not None
    assert [row[0] for row in result.table.rows] == ["Alle zusammen", "Gruppe a", "ohne Angabe"]
    assert result.equal_voice is None


@pytest.mark.django_db
def test_build_counts_only_active_people_of_the_process() -> None:
    thesis = ThesisFactory.create()
    answer(thesis, "a", Value.AGREE, 5)
    StanceFactory.create(thesis=thesis, person__role=Stakeholder.Role.MINISTRY)
    StanceFactory.create(thesis=thesis, person__is_active=False)
    assert build(thesis).total == 5


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 4])
def test_build_shows_nothing_below_five_answers(number: int) -> None:
    thesis = ThesisFactory.create()
    answer(thesis, "a", Value.AGREE, number)
    result = build(thesis)
    assert (result.total, result.agreement, result.chart, result.table) == (0, None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_build_asks_the_database_twice(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thesis = ThesisFactory.create()
    answer(thesis, "a", Value.AGREE, number)
    with django_assert_num_queries(2):
        build(thesis)
