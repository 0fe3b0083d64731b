import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.measures import AssessmentRoundFactory, MeasureFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import WorkshopFactory

QUERIES = 6


def furnish(rows: int) -> None:
    for _row in range(rows):
        measure = MeasureFactory.create()
        ThesisFactory.create(measure=measure)
        WorkshopFactory.create()
        AssessmentRoundFactory.create()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_home_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    furnish(rows)
    with django_assert_num_queries(QUERIES):
        assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_home_shows_what_is_open_and_leaves_out_drafts(client: Client) -> None:
    furnish(1)
    hidden = WorkshopFactory.create(title="Geheimer Entwurf", state="draft")
    page = client.get("/").content.decode()
    assert "Runde" in page
    assert "Maßnahme" in page
    assert hidden.title not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "step"),
    [("proposed", "Prüfung"), ("prioritised", "Priorisierung"), ("concept", "Konzepte"), ("done", "Umsetzung")],
)
def test_the_process_stands_where_the_most_advanced_measure_stands(client: Client, status: str, step: str) -> None:
    MeasureFactory.create(status="proposed")
    MeasureFactory.create(status=status)
    now = [row for row in client.get("/").context["process"] if row.now]
    assert [str(row.name) for row in now] == [step]
