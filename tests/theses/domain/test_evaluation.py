import json
from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import StakeholderGroup, Topic
from tests.factories.theses import StanceFactory, ThesisFactory
from tests.theses.answers import answer, people_of
from theses.domain.evaluation import refresh_results
from theses.models import OpinionResult, Stance, Thesis
from theses.tasks import refresh_groups as run_refresh_groups
from theses.tasks import refresh_results as run_refresh

pytestmark = pytest.mark.django_db


def row_of(thesis: Thesis, scope: str = "all") -> dict[str, Any]:
    rows = OpinionResult.objects.get(scope=scope).result["theses"]
    return next(row for row in rows if row["thesis"] == thesis.pk)


def cells_of(thesis: Thesis) -> dict[str, Any]:
    result = OpinionResult.objects.get(scope="all").result
    keys = [StakeholderGroup.objects.get(pk=pk).key for pk in result["groups"]]
    return dict(zip([*keys, "none", "small"], row_of(thesis)["cells"], strict=True))


def test_refresh_tells_what_connects_and_what_divides() -> None:
    connects, divides = ThesisFactory.create(), ThesisFactory.create(state=Thesis.State.CLOSED)
    first, second = people_of("a", 20), people_of("b", 20)
    answer(connects, [*first], agree=20)
    answer(connects, [*second], agree=19)
    answer(divides, first, agree=20)
    answer(divides, second, agree=0, disagree=20)
    assert refresh_results() == 1
    result = OpinionResult.objects.get().result
    assert (result["bridges"], result["divides"], result["people"]) == ([connects.pk], [divides.pk], 40)
    assert row_of(connects)["label"] == "consensus_agree"
    assert row_of(connects)["equal_voice"] == pytest.approx(0.975)
    assert row_of(connects)["floor"] == pytest.approx(0.80399, abs=0.0001)
    apart = row_of(divides)["between"]
    assert apart["value"] == 1.0
    assert row_of(divides)["label"] == "divided_between"


def test_refresh_stores_no_small_cell_and_no_total_that_gives_it_away() -> None:
    thesis = ThesisFactory.create()
    answer(thesis, people_of("a", 12), agree=7)
    answer(thesis, people_of("b", 4), agree=4)
    refresh_results()
    row = row_of(thesis)
    cells = cells_of(thesis)
    known, small = cells["a"], cells["b"]
    assert known == {**known, "agree": 7, "passed": 5, "disagree": 0}
    assert (small, cells["none"], cells["small"]) == ("small", None, None)
    assert (row["answers"], row["per_head"]) == (12, pytest.approx(7 / 12))
    assert Thesis.objects.get().told_count == 12
    answer(thesis, people_of("c", 3), agree=0)
    refresh_results()
    together = cells_of(thesis)["small"]
    assert together == {**together, "agree": 4, "passed": 3}
    assert Thesis.objects.get().told_count == 19


def test_refresh_computes_only_what_has_changed() -> None:
    topic, other = Topic.objects.create(key="eins", name="Eins"), Topic.objects.create(key="zwei", name="Zwei")
    theses = ThesisFactory.create_batch(3, topic=topic)
    ThesisFactory.create_batch(2, topic=other)
    for thesis in theses:
        StanceFactory.create(thesis=thesis)
    assert run_refresh() == 2
    assert set(OpinionResult.objects.values_list("scope", flat=True)) == {"all", "topic:eins"}
    assert refresh_results() == 0
    StanceFactory.create(thesis=ThesisFactory.create())
    assert refresh_results() == 1
    Stance.objects.filter(thesis=theses[0]).update(value=Stance.Value.DISAGREE)
    assert refresh_results() == 2
    Thesis.objects.filter(pk=theses[1].pk).update(topic=None)
    refresh_results()
    assert set(OpinionResult.objects.values_list("scope", flat=True)) == {"all"}


def test_refresh_shows_opinion_groups_only_when_they_are_no_chance() -> None:
    chance = np.random.default_rng(7)
    theses = ThesisFactory.create_batch(8)
    one, two = people_of("a", 30), people_of("b", 30)
    for place, thesis in enumerate(theses):
        for people, agrees in ((one, place < 4), (two, place >= 4)):
            mixed = [people[number] for number in chance.permutation(len(people))]
            answer(thesis, mixed, agree=27 if agrees else 3, disagree=3 if agrees else 27)
    assert run_refresh_groups()
    assert not run_refresh_groups()
    found = OpinionResult.objects.get(scope="groups").result
    assert (found["doubt"], found["p"]) == (None, 1 / 100)  # of 99 shuffles none separates as well
    assert found["stability"] >= 0.8
    assert sorted(group["size"] for group in found["groups"]) == [30, 30]
    declared = sorted(sorted(group["declared"]) for group in found["groups"])
    assert declared == [[0, 0, 0, 0, 30]] * 2
    assert all(len(group["typical"]) == 3 for group in found["groups"])
    assert not {str(person.pk) for person in (*one, *two)} & set(json.dumps(found["groups"]))


def test_refresh_of_nothing_is_an_empty_result() -> None:
    assert refresh_results() == 1
    result = OpinionResult.objects.get().result
    assert (result["theses"], result["bridges"], result["people"]) == ([], [], 0)
    assert run_refresh_groups()
    assert OpinionResult.objects.get(scope="groups").result == {
        "doubt": "too_few_people",
        "p": None,
        "stability": None,
        "groups": [],
    }
    assert refresh_results() == 0
    assert OpinionResult.objects.count() == 2


@pytest.mark.parametrize("number", [1, 30])
def test_refresh_asks_the_same_however_many_theses(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for thesis in ThesisFactory.create_batch(number):
        StanceFactory.create(thesis=thesis)
    refresh_results()
    with django_assert_num_queries(12):
        assert refresh_results() == 0
