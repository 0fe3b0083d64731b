import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.contributions import ContributionFactory
from theses.models import Contribution

LIST = reverse("admin:theses_contribution_changelist")


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.project_office)
    return client


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_with_one_and_thirty(
    desk: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ContributionFactory.create_batch(number)
    with django_assert_num_queries(8):
        assert desk.get(LIST).status_code == 200


def test_the_office_finds_what_waits_for_an_answer(desk: Client, cast: Cast) -> None:
    answered, waiting = ContributionFactory.create_batch(2)
    ContributionFactory.create(thesis=answered.thesis, parent=answered, kind=Contribution.Kind.ANSWER, is_official=True)
    for wanted, row in (("nein", waiting), ("ja", answered)):
        assert list(desk.get(LIST, {"beantwortet": wanted}).context["cl"].result_list) == [row]
    assert desk.get(LIST, {"q": "Nummer", "state": "shown"}).status_code == 200


def test_the_page_leads_to_where_one_answers(desk: Client) -> None:
    row = ContributionFactory.create(text="<b>fett</b>")
    text = desk.get(reverse("admin:theses_contribution_change", args=[row.pk])).content.decode()
    assert f'href="{row.get_absolute_url()}"' in text
    assert "&lt;b&gt;fett" in text


def test_nobody_else_reads_it_there(client: Client, cast: Cast) -> None:
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.get(LIST).status_code == 302
