import pytest
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.stance import take
from theses.models import Stance, Thesis

Value = Stance.Value


def test_take_keeps_one_stance_per_person_and_leaves_others_alone(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    take(thesis=thesis, person=cast.colleague, value=Value.NEUTRAL)
    for value in Value:
        take(thesis=thesis, person=cast.stakeholder, value=value)
    stances = {stance.person: stance for stance in Stance.objects.all()}
    assert {person: stance.value for person, stance in stances.items()} == {
        cast.colleague: Value.NEUTRAL,
        cast.stakeholder: Value.PASS,
    }
    mine = stances[cast.stakeholder]
    assert mine.changed_at > mine.created_at


def test_take_is_not_audited(cast: Cast) -> None:
    take(thesis=ThesisFactory.create(), person=cast.stakeholder, value=Value.AGREE)
    assert AuditEntry.objects.count() == 0


def test_take_on_the_own_thesis_counts_like_any_other(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    assert Stance.objects.counted().count() == 1


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (Thesis.State.SUBMITTED, "nicht veröffentlicht"),
        (Thesis.State.RETURNED, "nicht veröffentlicht"),
        (Thesis.State.DECLINED, "nicht veröffentlicht"),
        (Thesis.State.CLOSED, "abgeschlossen"),
    ],
)
def test_take_is_refused_unless_published(cast: Cast, state: str, sentence: str) -> None:
    thesis = ThesisFactory.create(state=state)
    with pytest.raises(Refusal, match=sentence):
        take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    assert Stance.objects.count() == 0


def test_take_is_refused_to_those_who_conduct_the_process(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for person in (cast.project_office, cast.ministry):
        with pytest.raises(Refusal, match="keine Haltung"):
            take(thesis=thesis, person=person, value=Value.AGREE)


@pytest.mark.django_db
def test_take_needs_a_declared_group() -> None:
    with pytest.raises(Refusal, match="Profil"):
        take(thesis=ThesisFactory.create(), person=StakeholderFactory.create(group=None), value=Value.AGREE)


@pytest.mark.parametrize("others", [0, 30])
def test_take_costs_the_same_however_many_answered(
    cast: Cast, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thesis = ThesisFactory.create()
    StanceFactory.create_batch(others, thesis=thesis)
    with django_assert_num_queries(4):  # savepoint, lock, upsert, release
        take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
