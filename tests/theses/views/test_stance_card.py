import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import Topic
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.stance import take
from theses.models import Stance, Thesis

CARD = "/thesen/haltung/"


def page(client: Client, address: str = CARD) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def link(html: str, label: str) -> str:
    found = re.search(rf'href="([^"]*)"[^>]*>{label}</a>', html)
    assert found, label
    return CARD + found[1].replace("&amp;", "&")


def shown(html: str) -> int:
    found = re.search(r'name="these" value="(\d+)"', html)
    assert found
    return int(found[1])


def test_one_thesis_after_another_is_answered_until_none_is_left(client: Client, cast: Cast) -> None:
    theses = ThesisFactory.create_batch(2)
    client.force_login(cast.stakeholder)
    html = page(client)
    assert "Noch 2 Thesen" in html
    assert html.count("stance__button--") == 4
    for _thesis in theses:
        response = client.post(CARD, {"these": shown(page(client)), "value": "-1"})
        assert response["Location"].rstrip("?") == CARD
    assert Stance.objects.filter(person=cast.stakeholder, value=-1).count() == 2
    end = page(client)
    assert "zu allen offenen Thesen" in end
    assert reverse("theses:evaluation") in end


def test_skipping_stores_nothing_and_offers_another(client: Client, cast: Cast) -> None:
    ThesisFactory.create_batch(2)
    client.force_login(cast.stakeholder)
    html = page(client)
    other = page(client, link(html, "Überspringen"))
    assert shown(other) != shown(html)
    end = page(client, link(other, "Überspringen"))
    assert "Sie haben 2 Thesen übersprungen" in end
    assert page(client, link(end, "Übersprungene noch einmal ansehen")).count("stance__button--") == 4
    assert Stance.objects.count() == 0


def test_going_back_shows_the_answer_and_changes_it(client: Client, cast: Cast) -> None:
    first, _second = ThesisFactory.create_batch(2)
    take(thesis=first, person=cast.stakeholder, value=Stance.Value.AGREE)
    client.force_login(cast.stakeholder)
    back = link(page(client), "Zurück zur vorigen")
    html = page(client, back)
    assert shown(html) == first.pk
    assert "Gespeichert: Zustimmung." in html
    response = client.post(back, {"these": first.pk, "value": "0"})
    assert "these=" not in response["Location"]
    assert Stance.objects.get(thesis=first).value == Stance.Value.NEUTRAL


def test_a_topic_or_a_measure_narrows_the_choice(client: Client, cast: Cast) -> None:
    topic = Topic.objects.create(key="fachkraefte", name="Fachkräfte")
    about, measured = ThesisFactory.create(topic=topic), ThesisFactory.create()
    client.force_login(cast.stakeholder)
    html = page(client, f"{CARD}?thema=fachkraefte")
    assert ("Noch 1 These" in html, shown(html)) == (True, about.pk)
    assert measured.measure is not None
    html = page(client, f"{CARD}?massnahme={measured.measure.slug}")
    assert shown(html) == measured.pk
    answered = client.post(f"{CARD}?massnahme={measured.measure.slug}", {"these": measured.pk, "value": "1"})
    assert answered["Location"] == f"{CARD}?massnahme={measured.measure.slug}"


@pytest.mark.parametrize(
    "query",
    [
        "thema=gibt-es-nicht",
        "massnahme=gibt-es-nicht",
        "these=" + "9" * 30,
        "these=99999999",
        "these=x",
        "ueber=1,2",
        "ueber=" + "9" * 40,
        "ueber=" + "1-" * 600 + "1",
        "massnahme=a%00b",
    ],
)
def test_an_address_that_means_nothing_is_not_found(client: Client, cast: Cast, query: str) -> None:
    client.force_login(cast.stakeholder)
    assert client.get(f"{CARD}?{query}").status_code == 404


@pytest.mark.parametrize("value", ["", "3", "1\x00"])
def test_an_unknown_answer_is_refused_with_a_sentence(client: Client, cast: Cast, value: str) -> None:
    thesis = ThesisFactory.create()
    client.force_login(cast.stakeholder)
    response = client.post(CARD, {"these": thesis.pk, "value": value}, follow=True)
    assert "Bitte wählen Sie eine der vier Antworten." in response.content.decode()
    assert Stance.objects.count() == 0


def test_a_thesis_that_was_closed_meanwhile_is_refused_with_a_sentence(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.CLOSED)
    client.force_login(cast.stakeholder)
    response = client.post(CARD, {"these": thesis.pk, "value": "1"}, follow=True)
    assert "nicht mehr möglich" in response.content.decode()
    assert Stance.objects.count() == 0


@pytest.mark.parametrize("number", [1, 30])
def test_a_card_costs_the_same_however_many_theses(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ThesisFactory.create_batch(number)
    client.force_login(cast.stakeholder)
    page(client)
    with django_assert_num_queries(6):  # session, person, open theses, own answers, the thesis, the one before
        page(client)


def test_cards_are_for_those_whose_stance_counts(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    for who in (cast.project_office, cast.ministry):
        client.force_login(who)
        assert "Projektbüro und Ministerium beziehen keine Haltung" in page(client)
    client.force_login(StakeholderFactory.create(group=None))
    assert client.get(CARD)["Location"].startswith(reverse("stakeholders:profile"))
    client.logout()
    assert client.get(CARD)["Location"].startswith(reverse("account_login"))
    client.force_login(cast.outsider)
    assert client.post(CARD, {"these": thesis.pk, "value": "1"}).status_code == 404
    assert "zu allen offenen Thesen" in page(client)
    assert Stance.objects.count() == 0
