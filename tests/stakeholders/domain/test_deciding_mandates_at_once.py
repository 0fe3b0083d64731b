"""Real transactions on connections of their own: whoever comes second is told, and nothing happens twice."""

import pytest

from stakeholders.domain.mandate import confirm, end, name_deputy, refuse, request_mandate, usual_end
from stakeholders.domain.organisation_merge import merge
from stakeholders.models import AuditEntry, Mandate, OutgoingMail, Stakeholder
from tests.at_once import refused_at_once
from tests.factories.mandates import MandateFactory, MandateRequestFactory
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

ROUNDS = 5


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_deciders_is_told() -> None:
    office = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    speaker = MandateFactory.create()
    for _round in range(ROUNDS):
        asked = MandateRequestFactory.create(organisation=speaker.organisation)
        refused = refused_at_once(
            lambda: confirm(mandate=asked, actor=speaker.person, ends_on=usual_end()),  # noqa: B023 run at once
            lambda: refuse(mandate=asked, actor=office, reason="Nein."),  # noqa: B023 run at once
        )
        asked.refresh_from_db()
        words = {"confirmed": "bereits bestätigt", "refused": "bereits abgelehnt"}
        assert len(refused) == 1
        assert words[asked.state] in refused[0]
        assert AuditEntry.objects.filter(facts__person=asked.person_id).count() == 1
        assert OutgoingMail.objects.filter(person=asked.person).count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_many_times_at_once_asks_once() -> None:
    speaker, person = MandateFactory.create(), StakeholderFactory.create()
    verb = lambda: request_mandate(person=person, organisation=speaker.organisation, reason="Werkleitung")  # noqa: E731
    assert refused_at_once(*[verb] * 4) == []
    assert Mandate.objects.filter(person=person).count() == OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_stops_speaking_names_nobody_any_more() -> None:
    """Either the deputy was named before and ended along, or the naming is refused."""
    for _round in range(ROUNDS):
        speaker, deputy = MandateFactory.create(), StakeholderFactory.create()
        refused_at_once(
            lambda: end(mandate=speaker, actor=speaker.person),  # noqa: B023 run at once
            lambda: name_deputy(actor=speaker.person, organisation=speaker.organisation, email=deputy.mail_address),  # noqa: B023
        )
        assert not Mandate.objects.valid().filter(organisation=speaker.organisation).exists()


@pytest.mark.django_db(transaction=True)
def test_a_mandate_decided_while_its_organisation_is_merged_moves_along() -> None:
    office = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    for _round in range(ROUNDS):
        asked, target = MandateRequestFactory.create(), OrganisationFactory.create()
        source = asked.organisation
        refused = refused_at_once(
            lambda: confirm(mandate=asked, actor=office, ends_on=usual_end()),  # noqa: B023 run at once
            lambda: merge(source=source, target=target, actor=office),  # noqa: B023 run at once
        )
        asked.refresh_from_db()
        assert (refused, asked.state, asked.organisation) == ([], "confirmed", target)
