import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.card import offer, previous
from theses.domain.stance import take
from theses.models import Stance, Thesis

Value = Stance.Value


def test_offer_gives_every_open_thesis_once_and_never_the_own(cast: Cast) -> None:
    theses = {thesis.pk for thesis in ThesisFactory.create_batch(5)}
    ThesisFactory.create(author=cast.stakeholder)
    for state in set(Thesis.State) - {Thesis.State.PUBLISHED}:
        ThesisFactory.create(state=state)
    seen = set()
    for left in (5, 4, 3, 2, 1):
        offered = offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=())
        assert offered.left == left
        again = offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=())
        assert offered == again
        assert offered.thesis is not None
        seen.add(offered.thesis)
        take(thesis=Thesis.objects.get(pk=offered.thesis), person=cast.stakeholder, value=Value.PASS)
    assert seen == theses
    assert offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=()).thesis is None


def test_offer_leaves_out_what_was_skipped_and_says_so(cast: Cast) -> None:
    theses = ThesisFactory.create_batch(3)
    skipped: list[int] = []
    for _number in theses:
        offered = offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=skipped)
        assert offered.thesis is not None
        assert offered.skipped == len(skipped)
        skipped.append(offered.thesis)
    assert sorted(skipped) == sorted(thesis.pk for thesis in theses)
    last = offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=skipped)
    assert (last.thesis, last.left, last.skipped) == (None, 3, 3)


def test_offer_prefers_what_few_of_the_own_group_have_answered(cast: Cast) -> None:
    """Twenty people of the group have answered one of two theses: it is drawn 41 times less often than the other."""
    known, fresh = ThesisFactory.create(), ThesisFactory.create()
    for person in StakeholderFactory.create_batch(20, group=cast.stakeholder.group):
        take(thesis=known, person=person, value=Value.AGREE)
    newcomers = StakeholderFactory.create_batch(30, group=cast.stakeholder.group)
    offered = [offer(person=person, theses=Thesis.objects.all(), skipped=()).thesis for person in newcomers]
    assert offered.count(fresh.pk) >= 26


@pytest.mark.parametrize("number", [1, 30])
def test_offer_asks_the_same_however_much_there_is(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for thesis in ThesisFactory.create_batch(number):
        StanceFactory.create_batch(2, thesis=thesis)
    with django_assert_num_queries(3):  # open theses, answers of the group, own answers
        offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=())
    with django_assert_num_queries(2):  # the answers of the group are remembered
        offer(person=cast.stakeholder, theses=Thesis.objects.all(), skipped=())


def test_previous_goes_back_step_by_step_over_open_theses(cast: Cast) -> None:
    first, closed, second = ThesisFactory.create_batch(3)
    for thesis in (first, closed, second):
        take(thesis=thesis, person=cast.stakeholder, value=Value.AGREE)
    Thesis.objects.filter(pk=closed.pk).update(state=Thesis.State.CLOSED)
    assert previous(person=cast.stakeholder, before=None) == second.pk
    assert previous(person=cast.stakeholder, before=second.pk) == first.pk
    assert previous(person=cast.stakeholder, before=first.pk) is None
    assert previous(person=cast.outsider, before=None) is None
