from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.stakeholders import DistrictFactory
from tests.factories.workshops import RegistrationFactory, SeriesFactory, WorkshopFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
TOUR = "/veranstaltungen/reihe/tour/"


def page(client: Client, status: int = 200) -> str:
    response = client.get(TOUR)
    assert response.status_code == status
    return response.content.decode()


def test_series_lists_its_dates_in_order_with_district_and_state(client: Client) -> None:
    series = SeriesFactory.create(slug="tour", title="Tour durch die Regionen", summary="Überall zu Gast.")
    now = timezone.now()
    WorkshopFactory.create(title="Zweiter", series=series, capacity=0, district=DistrictFactory.create(name="Zwickau"))
    WorkshopFactory.create(title="Erster", series=series, starts_at=now - timedelta(days=9))
    WorkshopFactory.create(title="Offen", series=series, state=Workshop.State.POSTPONED)
    WorkshopFactory.create(title="Entwurf", series=series, state=Workshop.State.DRAFT)
    WorkshopFactory.create(title="Andere Reihe")
    text = page(client)
    assert text.index(">Erster<") < text.index(">Zweiter<")
    for shown in ("Überall zu Gast.", "Zwickau", "vorbei", "ausgebucht, Warteliste offen", "verschoben"):
        assert shown in text
    for hidden in (">Entwurf<", "Andere Reihe"):
        assert hidden not in text


def test_series_takes_the_same_queries_for_ten_dates_and_for_three_hundred(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    series = SeriesFactory.create(slug="tour")
    for rows in (10, 290):
        for workshop in WorkshopFactory.create_batch(rows, series=series, district=DistrictFactory.create())[:5]:
            RegistrationFactory.create(workshop=workshop)
        with django_assert_num_queries(3):
            page(client)


def test_series_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post(TOUR).status_code == 405


def test_series_of_drafts_is_known_to_the_project_office_only(cast: Cast, client: Client) -> None:
    page(client, 404)
    WorkshopFactory.create(series=SeriesFactory.create(slug="tour"), state=Workshop.State.DRAFT)
    page(client, 404)
    client.force_login(cast.project_office)
    page(client)
    client.force_login(cast.outsider)
    page(client, 404)
