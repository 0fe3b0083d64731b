import pytest
from django.utils import timezone

from stakeholders.models import Activity, Stakeholder
from tests.cast import Cast
from tests.factories.workshops import WorkshopFactory
from workshops.domain.invitation import invite
from workshops.domain.registration import cancel, register

pytestmark = pytest.mark.django_db


def told(person: Stakeholder) -> list[tuple[str, str]]:
    return list(Activity.objects.filter(person=person).order_by("kind").values_list("kind", "key"))


def test_inviting_registering_and_cancelling_are_told(cast: Cast) -> None:
    workshop = WorkshopFactory.create(title="Werkstatt Robotik")
    key = f"workshop:{workshop.pk}"
    invite(workshop=workshop, people=[cast.stakeholder, cast.colleague], actor=cast.project_office)
    assert told(cast.stakeholder) == told(cast.colleague) == [("invited", key)]
    registration = register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    assert told(cast.stakeholder) == [("invited", key), ("registered", key)]
    row = Activity.objects.get(kind="registered")
    assert (row.label, row.address) == ("Werkstatt Robotik", workshop.get_absolute_url())
    cancel(registration=registration, actor=cast.stakeholder)
    assert told(cast.stakeholder) == [("invited", key)]


def test_only_registering_makes_active(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    invite(workshop=workshop, people=[cast.stakeholder, cast.colleague], actor=cast.project_office)
    register(workshop=workshop, person=cast.stakeholder, actor=cast.project_office)
    active = Stakeholder.objects.filter(last_active_at__lte=timezone.now())
    assert list(active) == [cast.stakeholder]
