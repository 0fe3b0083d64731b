import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.theses import ThesisFactory
from theses.domain.similar import MOST, nearly_the_same, similar
from theses.models import Thesis

SENTENCE = "Gründerzentren brauchen mehr Werkstattplätze für junge Betriebe."


@pytest.fixture
def thesis(db: None) -> Thesis:
    ThesisFactory.create(sentence="Der Nahverkehr auf dem Land muss abends fahren.", reason="Wegen der Schichten.")
    return ThesisFactory.create(sentence=SENTENCE)


@pytest.mark.parametrize(
    "typed",
    [
        SENTENCE,
        "Gründerzentren brauchen mehr Werkstattplätze",
        "gruenderzentren brauchen mehr werkstatplätze für junge betriebe",
        "Junge Betriebe brauchen Gründerzentren mit Werkstattplatz.",
        "Ein Gründerzentrum braucht Werkstattplätze!",
    ],
)
def test_similar_finds_the_same_thought_in_other_words(thesis: Thesis, typed: str) -> None:
    assert similar(typed) == [thesis]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Gründer",
        "\x00",
        "Zitronen wachsen auch in Kamenz sehr gut.",
        "und auch der die das sind",
        "or or or or or",
    ],
)
def test_similar_finds_nothing_in_what_is_begun_or_different(thesis: Thesis, typed: str) -> None:
    assert similar(typed) == []


@pytest.mark.parametrize(
    "typed", ["a" * 10_000, "\x00".join("Werkstatt" * 9), '"-( & | ! :* <-> \\', "\u202e\u200b" * 20]
)
def test_similar_bears_whatever_is_typed(thesis: Thesis, typed: str) -> None:
    assert similar(typed) in ([], [thesis])


@pytest.mark.django_db
def test_similar_shows_five_theses_that_take_stances(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for state in Thesis.State.values:
        ThesisFactory.create(sentence=SENTENCE, state=state)
    assert [thesis.state for thesis in similar(SENTENCE)] == ["published"]
    ThesisFactory.create_batch(10, sentence=SENTENCE)
    with django_assert_num_queries(1):
        assert len([thesis.get_absolute_url() for thesis in similar(SENTENCE)]) == MOST


def test_nearly_the_same_is_the_sentence_and_not_the_thought(thesis: Thesis) -> None:
    assert nearly_the_same("Gründerzentren brauchen mehr Werkstattplätze für junge Firmen.") == [thesis]
    assert nearly_the_same("Junge Betriebe brauchen Gründerzentren mit Werkstattplatz.") == []
