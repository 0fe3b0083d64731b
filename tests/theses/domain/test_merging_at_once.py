"""A thesis submitted for an organisation while the office merges it is not left behind, and nobody waits for ever."""

import pytest

from stakeholders.domain.mandate import end
from stakeholders.domain.organisation_merge import merge
from stakeholders.models import Stakeholder
from tests.at_once import refused_at_once
from tests.factories.mandates import MandateFactory
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory
from theses.domain.thesis import Draft, submit
from theses.models import Thesis

ROUNDS = 8


@pytest.mark.django_db(transaction=True)
def test_a_thesis_submitted_during_a_merging_follows() -> None:
    office, measure = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE), MeasureFactory.create()
    for number in range(ROUNDS):
        source, target = OrganisationFactory.create(), OrganisationFactory.create()
        mandate = MandateFactory.create(organisation=source, person__organisation=source)
        draft = Draft(sentence=f"Satz {number}.", reason="Weil.", measure=measure, mandate=mandate)
        refused = refused_at_once(
            lambda: submit(author=mandate.person, draft=draft),  # noqa: B023 run at once
            lambda: merge(source=source, target=target, actor=office),  # noqa: B023 run at once
        )
        assert refused == []
        assert Thesis.objects.get(mandate=mandate).organisation == target


@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_under_a_mandate_that_has_ended() -> None:
    measure = MeasureFactory.create()
    for number in range(ROUNDS):
        mandate = MandateFactory.create()
        draft = Draft(sentence=f"Satz {number}.", reason="Weil.", measure=measure, mandate=mandate)
        refused_at_once(
            lambda: submit(author=mandate.person, draft=draft),  # noqa: B023 run at once
            lambda: end(mandate=mandate, actor=mandate.person),  # noqa: B023 run at once
        )
        mandate.refresh_from_db()
        assert mandate.ended_at
        said = Thesis.objects.filter(mandate=mandate).first()
        assert said is None or said.submitted_at <= mandate.ended_at
