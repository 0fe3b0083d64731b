import pytest
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.stance import recount_stances, take, withdraw_all
from theses.models import Stance, StanceChange, Thesis
from theses.tasks import recount_stances as run_recount

Value = Stance.Value


def number_of(thesis: Thesis) -> int:
    return Thesis.objects.get(pk=thesis.pk).stance_count


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
        (Thesis.State.MERGED, "zusammengeführt"),
    ],
)
def test_take_is_refused_unless_published(cast: Cast, state: str, sentence: str) -> None:
    thesis = ThesisFactory.create(state=state)
    with pytest.raises(Refusal, match=sentence):
        take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    assert (Stance.objects.count(), StanceChange.objects.count()) == (0, 0)


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
    with django_assert_num_queries(8):  # savepoint, lock, activity, own, insert, count, history, release
        take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    with django_assert_num_queries(8):  # savepoint, lock, activity, own, change, moment, history, release
        take(thesis=thesis, person=cast.stakeholder, value=Value.DISAGREE)
    with django_assert_num_queries(5):  # savepoint, lock, activity, own, release
        take(thesis=thesis, person=cast.stakeholder, value=Value.DISAGREE)


def test_take_writes_history_only_when_answer_or_wording_changed(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for value in (Value.AGREE, Value.AGREE, Value.DISAGREE, Value.DISAGREE):
        take(thesis=thesis, person=cast.stakeholder, value=value)
    Thesis.objects.filter(pk=thesis.pk).update(version=2)
    for value in (Value.DISAGREE, Value.DISAGREE, Value.AGREE):
        take(thesis=thesis, person=cast.stakeholder, value=value)
    history = list(StanceChange.objects.values_list("value", "version"))
    assert history == [(Value.AGREE, 1), (Value.DISAGREE, 1), (Value.DISAGREE, 2), (Value.AGREE, 2)]
    stance = Stance.objects.get()
    assert (stance.value, stance.version, number_of(thesis)) == (Value.AGREE, 2, 1)


def test_take_asks_the_locked_row_and_not_the_copy_for_the_version(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    Thesis.objects.filter(pk=thesis.pk).update(version=3)
    take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    assert Stance.objects.get().version == 3


def test_the_first_stance_of_a_person_counts_and_a_change_does_not(cast: Cast) -> None:
    thesis, other = ThesisFactory.create(), ThesisFactory.create()
    for value in (Value.AGREE, Value.PASS, Value.PASS):
        take(thesis=thesis, person=cast.stakeholder, value=value)
    take(thesis=thesis, person=cast.colleague, value=Value.NEUTRAL)
    assert (number_of(thesis), number_of(other)) == (2, 0)
    assert recount_stances() == 0


def test_withdraw_all_takes_a_person_out_of_every_count(cast: Cast) -> None:
    first, second = ThesisFactory.create(), ThesisFactory.create()
    for thesis in (first, second):
        take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    take(thesis=second, person=cast.colleague, value=Value.AGREE)
    withdraw_all(person=cast.stakeholder)
    assert (number_of(first), number_of(second)) == (0, 1)
    assert [stance.person for stance in Stance.objects.all()] == [cast.colleague]
    assert [change.person for change in StanceChange.objects.all()] == [cast.colleague]


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Stakeholder.Role.MINISTRY}])
def test_recount_follows_who_leaves_the_process_and_who_comes_back(cast: Cast, change: dict[str, object]) -> None:
    thesis, other = ThesisFactory.create(), ThesisFactory.create()
    for person in (cast.stakeholder, cast.colleague):
        take(thesis=thesis, person=person, value=Value.AGREE)
    take(thesis=other, person=cast.colleague, value=Value.AGREE)
    person = Stakeholder.objects.filter(pk=cast.stakeholder.pk)
    before = {name: getattr(cast.stakeholder, name) for name in change}
    for values, number in ((change, 1), (before, 2)):
        person.update(**values)
        assert run_recount() == 1
        assert (number_of(thesis), number_of(other)) == (number, 1)
