from functools import partial

import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.at_once import at_once
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory
from tests.factories.stakeholders import StakeholderFactory
from theses.domain.helpful import forget_marks, mark_helpful, unmark
from theses.models import Contribution, HelpfulMark, Thesis


def count(row: Contribution) -> int:
    row.refresh_from_db()
    return row.helpful_count


def test_marks_count_once_and_can_be_taken_back(cast: Cast) -> None:
    row = ContributionFactory.create()
    for person in (cast.stakeholder, cast.stakeholder, cast.colleague):
        mark_helpful(contribution=row, person=person)
    assert count(row) == 2
    for _click in range(2):
        unmark(contribution=row, person=cast.stakeholder)
    assert (count(row), HelpfulMark.objects.count()) == (1, 1)
    assert not AuditEntry.objects.exists()


def test_what_cannot_be_marked_says_why(cast: Cast) -> None:
    own = ContributionFactory.create(author=cast.stakeholder)
    gone = ContributionFactory.create(state=Contribution.State.WITHDRAWN)
    closed = ContributionFactory.create(thesis__state=Thesis.State.CLOSED)
    cases = (
        (own, cast.stakeholder, "Den eigenen Beitrag"),
        (own, cast.project_office, "Haltung beziehen können"),
        (own, cast.ministry, "Haltung beziehen können"),
        (own, StakeholderFactory.create(group=None), "Haltung beziehen können"),
        (closed, cast.stakeholder, "Haltung beziehen können"),
        (gone, cast.stakeholder, "steht nicht mehr da"),
    )
    for row, person, words in cases:
        with pytest.raises(Refusal) as caught:
            mark_helpful(contribution=row, person=person)
        assert words in caught.value.sentence
        assert count(row) == 0


def test_forgetting_a_person_counts_anew(cast: Cast) -> None:
    rows = ContributionFactory.create_batch(2)
    for row in rows:
        mark_helpful(contribution=row, person=cast.stakeholder)
    mark_helpful(contribution=rows[0], person=cast.colleague)
    forget_marks(person=cast.stakeholder)
    assert [count(row) for row in rows] == [1, 0]
    assert HelpfulMark.objects.get().person == cast.colleague


@pytest.mark.django_db(transaction=True)
def test_marks_at_once_are_all_counted_and_clicks_of_one_person_once() -> None:
    for _round in range(3):
        row, people = ContributionFactory.create(), StakeholderFactory.create_batch(3)
        clicks = [*people, people[0]]
        at_once(*[partial(mark_helpful, contribution=row, person=person) for person in clicks])
        assert count(row) == row.helpful_marks.count() == 3
