"""The people every test knows: a stakeholder, a colleague (same organisation), an outsider, office, ministry,
and somebody of the office who has not set up a second factor yet."""

from dataclasses import dataclass

from stakeholders.models import Stakeholder
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory


@dataclass(frozen=True)
class Cast:
    stakeholder: Stakeholder
    colleague: Stakeholder
    outsider: Stakeholder
    project_office: Stakeholder
    ministry: Stakeholder
    office_without_second_factor: Stakeholder


def assemble() -> Cast:
    organisation = OrganisationFactory.create()
    return Cast(
        stakeholder=StakeholderFactory.create(email="stakeholder@example.org", organisation=organisation),
        colleague=StakeholderFactory.create(email="colleague@example.org", organisation=organisation),
        outsider=StakeholderFactory.create(email="outsider@example.org"),
        project_office=StakeholderFactory.create(email="office@example.org", role=Stakeholder.Role.PROJECT_OFFICE),
        ministry=StakeholderFactory.create(email="ministry@example.org", role=Stakeholder.Role.MINISTRY),
        office_without_second_factor=StakeholderFactory.create(
            email="new-office@example.org", role=Stakeholder.Role.PROJECT_OFFICE, second_factor=False
        ),
    )
