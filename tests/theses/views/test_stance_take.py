import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from tests.theses.answers import answer, strangers
from theses.models import Stance, Thesis


def address(thesis: Thesis) -> str:
    return reverse("theses:stance_take", args=[thesis.pk, thesis.slug])


def test_a_click_is_kept_and_leads_back_to_the_panel(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create()
    client.force_login(cast.stakeholder)
    response = client.post(address(thesis), {"value": "-1"})
    assert response["Location"] == f"{thesis.get_absolute_url()}#haltung"
    assert "Ihre Haltung ist gespeichert: Ablehnung." in client.get(thesis.get_absolute_url()).content.decode()
    client.post(address(thesis), {"value": "2"})
    assert Stance.objects.get().value == Stance.Value.PASS


@pytest.mark.parametrize("value", ["", "3", "ja", "1\x00", "9" * 5000])
def test_an_unknown_answer_is_refused_with_a_sentence(client: Client, cast: Cast, value: str) -> None:
    thesis = ThesisFactory.create()
    client.force_login(cast.stakeholder)
    response = client.post(address(thesis), {"value": value}, follow=True)
    assert "Bitte wählen Sie eine der vier Antworten." in response.content.decode()
    assert Stance.objects.count() == 0


def test_a_stance_on_a_closed_thesis_is_refused_with_a_sentence(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.CLOSED)
    client.force_login(cast.stakeholder)
    assert "nicht mehr möglich" in client.post(address(thesis), {"value": "1"}, follow=True).content.decode()
    assert Stance.objects.count() == 0


def test_a_stance_is_only_posted(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    assert client.get(address(ThesisFactory.create())).status_code == 405


def test_a_program_that_answers_in_somebodys_name_is_stopped(client: Client, cast: Cast) -> None:
    """A new minute may begin meanwhile, and then another sixty are accepted."""
    theses = ThesisFactory.create_batch(2)
    client.force_login(cast.stakeholder)
    answers = [client.post(address(theses[n % 2]), {"value": "1"}) for n in range(300)]
    codes = [answer.status_code for answer in answers]
    assert codes[:60] == [302] * 60
    assert codes.count(429) >= 180
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert "Das waren zu viele Versuche" in refused.content.decode()
    assert client.get(theses[0].get_absolute_url()).status_code == 200
    other = Client()
    other.force_login(cast.colleague)
    assert other.post(address(theses[0]), {"value": "1"}).status_code == 302


@pytest.mark.parametrize("number", [10, 300])
def test_a_stance_costs_the_same_beside_ten_and_three_hundred(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, thesis = ThesisFactory.create_batch(2)
    for asked in (first, thesis):
        answer(asked, strangers(number), agree=number // 2, disagree=number // 4)
    client.force_login(cast.stakeholder)
    client.post(address(first), {"value": "1"})
    with django_assert_num_queries(11):
        assert client.post(address(thesis), {"value": "1"}).status_code == 302
    assert Stance.objects.filter(thesis=thesis).count() == number + 1


@pytest.mark.django_db
def test_a_guest_signs_in_and_comes_back_to_the_thesis(client: Client) -> None:
    thesis = ThesisFactory.create()
    response = client.post(address(thesis), {"value": "1"})
    assert response["Location"] == f"{reverse('account_login')}?next={thesis.get_absolute_url()}"
    assert Stance.objects.count() == 0


def test_an_outsider_finds_no_waiting_thesis_to_answer(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    client.force_login(cast.outsider)
    assert client.post(address(thesis), {"value": "1"}).status_code == 404
    assert Stance.objects.count() == 0
