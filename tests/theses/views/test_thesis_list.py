from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import Topic
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory
from tests.factories.theses import ThesisFactory
from tests.theses.answers import answer, people_of
from theses.domain.evaluation import refresh_results
from theses.models import Thesis

URL = reverse("theses:thesis_list")


def shown(client: Client, **query: str) -> list[Thesis]:
    response = client.get(URL, query)
    assert response.status_code == 200
    return list(response.context["page_obj"])


@pytest.mark.django_db
def test_list_shows_public_theses_newest_first(client: Client) -> None:
    first = ThesisFactory.create(published_at=timezone.now() - timedelta(days=2))
    second = ThesisFactory.create(state=Thesis.State.CLOSED)
    for state in (Thesis.State.SUBMITTED, Thesis.State.RETURNED, Thesis.State.DECLINED):
        ThesisFactory.create(state=state)
    assert shown(client) == [second, first]


@pytest.mark.django_db
def test_list_filters_by_measure_and_by_field_with_its_measures(client: Client) -> None:
    field = FieldOfActionFactory.create(slug="transfer", title="Transfer")
    measure = MeasureFactory.create(field_of_action=field)
    on_measure = ThesisFactory.create(measure=measure)
    on_field = ThesisFactory.create(measure=None, field_of_action=field)
    ThesisFactory.create()
    assert shown(client, massnahme=measure.slug) == [on_measure]
    assert shown(client, handlungsfeld="transfer") == [on_field, on_measure]


@pytest.mark.django_db
def test_list_filters_by_topic_which_the_page_of_the_thesis_names(client: Client) -> None:
    topic = Topic.objects.create(key="wasserstoff", name="Wasserstoff")
    hit = ThesisFactory.create(topic=topic)
    ThesisFactory.create()
    assert shown(client, thema="wasserstoff") == [hit]
    assert "?thema=wasserstoff" in client.get(hit.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_list_finds_inflected_words_in_sentence_and_reason(client: Client) -> None:
    hit = ThesisFactory.create(sentence="Der Mittelstand braucht Maschinen.", reason="Weil Werkbänke fehlen.")
    ThesisFactory.create(sentence="Ganz etwas anderes.", reason="Ohne Bezug.")
    assert shown(client, q="Maschine") == [hit]
    assert shown(client, q="Werkbank\x00") == [hit]
    assert shown(client, q="Zitrone") == []
    assert shown(client, q="a" * 10_000) == []


@pytest.mark.django_db
def test_list_sorts_by_number_of_stances(client: Client) -> None:
    loved, newer = ThesisFactory.create(stance_count=2), ThesisFactory.create()
    assert shown(client) == [newer, loved]
    assert shown(client, sortierung="haltungen") == [loved, newer]


@pytest.mark.django_db
def test_list_tells_as_many_stances_as_give_nobody_away(client: Client) -> None:
    thesis = ThesisFactory.create()
    answer(thesis, people_of("a", 6), agree=6)
    answer(thesis, people_of("b", 4), agree=4)
    assert "Haltungen: unter 5" in client.get(URL).content.decode()
    refresh_results()
    page = client.get(URL).content.decode()
    assert "Haltungen: 6" in page
    assert "Haltungen: 10" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "rows"),
    [("2", 1), ("0", 1), ("99", 1), ("-1", 1), ("zwei", 20), ("9" * 5000, 20), ("1\x00", 20)],
)
def test_list_shows_the_nearest_page(client: Client, page: str, rows: int) -> None:
    ThesisFactory.create_batch(21)
    assert len(shown(client, page=page)) == rows


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", [{"massnahme": "fehlt"}, {"handlungsfeld": "\x00"}, {"thema": "fehlt"}, {"sortierung": "bunt"}]
)
def test_list_of_something_unknown_is_not_found(client: Client, query: dict[str, str]) -> None:
    assert client.get(URL, query).status_code == 404


@pytest.mark.django_db
def test_list_says_why_it_is_empty(client: Client) -> None:
    assert "Noch ist keine These veröffentlicht." in client.get(URL).content.decode()
    assert "Keine These passt zu Ihrer Auswahl." in client.get(URL, {"q": "Zitrone"}).content.decode()


@pytest.mark.django_db
def test_list_escapes_what_people_write_and_marks_its_language(client: Client) -> None:
    ThesisFactory.create(sentence="<script>alert(1)</script>", text_language="hsb")
    page = client.get(URL).content.decode()
    assert 'lang="hsb">&lt;script&gt;alert(1)&lt;/script&gt;</a>' in page
    assert "<script>alert" not in page


@pytest.mark.django_db
def test_list_takes_no_post(client: Client) -> None:
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("number", [1, 30])
def test_list_costs_the_same_with_one_and_thirty(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    topic = Topic.objects.create(key="wasserstoff", name="Wasserstoff")
    ThesisFactory.create_batch(number, topic=topic)
    ThesisFactory.create_batch(number, author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    client.force_login(cast.stakeholder)
    with django_assert_num_queries(8):
        client.get(URL)


def test_list_shows_unpublished_theses_to_their_author_only(client: Client, cast: Cast) -> None:
    ThesisFactory.create(author=cast.stakeholder, sentence="Noch geheim.", state=Thesis.State.RETURNED)
    client.force_login(cast.stakeholder)
    page = client.get(URL).content.decode()
    assert "Noch geheim." in page
    assert "zur Überarbeitung zurückgegeben" in page
    client.force_login(cast.outsider)
    assert "Noch geheim." not in client.get(URL).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "day"), [("de", "Sonntag, 7. März 2027"), ("en", "Sunday, 7 March 2027")])
def test_list_writes_dates_as_its_readers_do(client: Client, language: str, day: str) -> None:
    ThesisFactory.create(published_at=datetime(2027, 3, 7, 12, tzinfo=UTC))
    with translation.override(language):
        address = reverse("theses:thesis_list")
    assert f">{day}</time>" in client.get(address).content.decode()
