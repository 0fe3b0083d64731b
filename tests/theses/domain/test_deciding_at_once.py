"""Two real transactions on two connections: whoever comes second is told, and nothing happens twice."""

import pytest

from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.at_once import refused_at_once
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.stance import take
from theses.domain.thesis import Draft, decline, publish, submit
from theses.models import Stance, Thesis


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_moderators_is_told() -> None:
    office = StakeholderFactory.create_batch(2, role=Stakeholder.Role.PROJECT_OFFICE)
    for _round in range(5):
        thesis = ThesisFactory.create(state=Thesis.State.SUBMITTED, published_at=None)
        refused = refused_at_once(
            lambda: publish(thesis=thesis, actor=office[0]),  # noqa: B023 run at once
            lambda: decline(thesis=thesis, actor=office[1], reason="Kein Bezug."),  # noqa: B023 run at once
        )
        thesis.refresh_from_db()
        words = {"published": "veröffentlicht", "declined": "abgelehnt"}
        assert len(refused) == 1
        assert f"bereits {words[thesis.state]}" in refused[0]
        assert AuditEntry.objects.filter(target_id=thesis.pk).count() == 1
        assert OutgoingMail.objects.filter(person=thesis.author).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_submits_once() -> None:
    author, measure = StakeholderFactory.create(), MeasureFactory.create()
    draft = Draft(sentence="Zweimal geklickt.", reason="Aus Ungeduld.", measure=measure)
    refused = refused_at_once(*[lambda: submit(author=author, draft=draft)] * 4)
    assert (refused, Thesis.objects.count(), OutgoingMail.objects.count()) == ([], 1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_person_has_one_stance_however_often_they_click() -> None:
    thesis, person = ThesisFactory.create(), StakeholderFactory.create()
    refused = refused_at_once(*[lambda: take(thesis=thesis, person=person, value=Stance.Value.AGREE)] * 4)
    assert (refused, Stance.objects.count()) == ([], 1)
