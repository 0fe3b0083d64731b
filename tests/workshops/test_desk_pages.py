"""Pages of the desk beside the forms of the administration: each does one thing for one event."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories.workshops import WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.registration import register
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def page(name: str, workshop: Workshop, *more: object) -> str:
    return reverse(f"admin:workshops_workshop_{name}", args=[workshop.pk, *more])


def test_a_new_date_says_how_many_are_told_and_tells_them(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    assert "1 Person bekommt sofort Bescheid." in office.get(page("new_date", workshop)).content.decode()
    day = timezone.localtime() + timedelta(days=30)
    after = office.post(page("new_date", workshop), {"starts_at": f"{day:%Y-%m-%d}T10:00"}, follow=True)
    assert "Der neue Termin steht:" in after.content.decode()
    assert timezone.localtime(Workshop.objects.get().starts_at).strftime("%H:%M") == "10:00"
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_changed"]


@pytest.mark.parametrize(
    ("value", "sentence"), [("2020-01-01T10:00", "in der Zukunft"), ("", "errorlist"), ("morgen", "gültig")]
)
def test_a_date_that_cannot_be_is_refused_at_its_field(value: str, sentence: str, office: Client) -> None:
    workshop = WorkshopFactory.create()
    response = office.post(page("new_date", workshop), {"starts_at": value})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Workshop.objects.get().starts_at == workshop.starts_at


@pytest.mark.parametrize("name", ["new_date"])
def test_nobody_else_finds_these_pages(name: str, cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create()
    for person in (None, cast.ministry, cast.outsider):
        if person:
            client.force_login(person)
        assert client.get(page(name, workshop)).status_code == 302
        assert client.post(page(name, workshop)).status_code == 302
