import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.models import Thesis, ThesisVersion

LIST = "/mein/haltungen/"
CHANGED = "Fassung geändert, bitte noch einmal ansehen"


def changed(thesis: Thesis, number: int, *, substantial: bool) -> None:
    Thesis.objects.filter(pk=thesis.pk).update(version=number)
    ThesisVersion.objects.create(
        thesis=thesis, number=number, sentence="Neu", reason="Weil", substantial=substantial, at=timezone.now(),
        fingerprint=f"sha256:{number}",
    )  # fmt: skip


def test_who_answered_an_earlier_wording_is_asked_to_look_again(client: Client, cast: Cast) -> None:
    theses = ThesisFactory.create_batch(4)
    for thesis in theses:
        StanceFactory.create(thesis=thesis, person=cast.stakeholder)
    substantial, small, closed, _same = theses
    changed(substantial, 2, substantial=True)
    changed(substantial, 3, substantial=False)
    changed(small, 2, substantial=False)
    changed(closed, 2, substantial=True)
    Thesis.objects.filter(pk=closed.pk).update(state=Thesis.State.CLOSED)
    client.force_login(cast.stakeholder)
    html = client.get(LIST).content.decode()
    assert html.count(CHANGED) == 1
    assert html.index(substantial.sentence) < html.index(CHANGED) < html.index(small.sentence)


def test_a_stance_on_the_newest_wording_asks_for_nothing(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create()
    changed(thesis, 2, substantial=True)
    StanceFactory.create(thesis=thesis, person=cast.stakeholder, version=2)
    client.force_login(cast.stakeholder)
    html = client.get(LIST).content.decode()
    assert thesis.sentence in html
    assert CHANGED not in html


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_many_stances(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    StanceFactory.create_batch(number, person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    client.get(LIST)
    with django_assert_num_queries(4):
        assert client.get(LIST).status_code == 200


def test_stances_are_listed_to_the_person_alone(client: Client, cast: Cast) -> None:
    stance = StanceFactory.create(person=cast.stakeholder)
    assert client.get(LIST)["Location"].startswith(reverse("account_login"))
    client.force_login(cast.outsider)
    html = client.get(LIST).content.decode()
    assert stance.thesis.sentence not in html
    assert "Sie haben noch zu keiner These Haltung bezogen." in html
