"""The catalogue: list, filter, search, order and files."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from measures.domain.catalogue import load_catalogue
from measures.domain.ranking import freeze
from measures.models import FieldOfAction, Measure, Ranking
from stakeholders.models import Topic
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory, rated_round
from tests.factories.stakeholders import DistrictFactory

LIST = "measures:measure_list"


def listed(client: Client, **query: str) -> list[str]:
    """Titles in the order of the page."""
    response = client.get(f"{reverse(LIST)}?{urlencode(query)}")
    assert response.status_code == 200
    return [str(measure) for measure in response.context["page_obj"]]


@pytest.mark.django_db
def test_list_shows_the_starting_catalogue_by_field(client: Client) -> None:
    load_catalogue()
    page = client.get(reverse(LIST)).content.decode()
    assert "12 Maßnahmen" in page
    first, second = page.rindex("Stärkung der Innovationspotenziale"), page.rindex("Intensivierung des Transfers")
    assert first < page.index("InnoCamps Saxony</a>") < second < page.index("Software Service Cloud</a>")
    assert "vorgeschlagen" in page


@pytest.mark.django_db
def test_list_is_filtered_by_the_address(client: Client) -> None:
    other = FieldOfActionFactory.create(slug="transfer", title="Transfer")
    MeasureFactory.create(title="Eins")
    MeasureFactory.create(title="Zwei", field_of_action=other, status=Measure.Status.CONCEPT)
    assert listed(client, field="transfer") == ["Zwei"]
    assert listed(client, status="concept") == ["Zwei"]
    assert listed(client, status="proposed", field="transfer") == []
    assert sorted(listed(client, status="", field="")) == ["Eins", "Zwei"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"), [("Gründerzentrum", "tgz-4-0"), ("innoslm", "innoslam"), ("Cloud", "software-service-cloud")]
)
def test_list_finds_by_stem_and_in_spite_of_a_slip(client: Client, words: str, found: str) -> None:
    load_catalogue()
    response = client.get(f"{reverse(LIST)}?{urlencode({'q': words})}")
    assert response.context["page_obj"][0].slug == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 5000},
        {"q": "\x00"},
        {"q": "'; DROP"},
        {"field": "nirgends"},
        {"status": "9"},
        {"page": "9" * 40},
        {"page": "x"},
    ],
)
def test_list_survives_any_address(client: Client, query: dict[str, str]) -> None:
    MeasureFactory.create_batch(2)
    assert client.get(f"{reverse(LIST)}?{urlencode(query)}").status_code == 200


@pytest.mark.django_db
def test_list_says_what_to_do_when_nothing_fits(client: Client) -> None:
    page = client.get(f"{reverse(LIST)}?q=xqxqxq").content.decode()
    assert "Keine Maßnahme passt" in page
    assert "Alle Maßnahmen ansehen" in page


@pytest.mark.django_db
def test_list_has_pages_of_twenty(client: Client) -> None:
    MeasureFactory.create_batch(21)
    assert len(listed(client)) == 20
    assert len(listed(client, page="2")) == 1
    assert len(listed(client, page="99")) == 1


ALL_AT_ONCE = "?q=Maßnahme&field=innovationspotenziale&status=proposed&topic=wald&district=14523000&sort=standing"


@pytest.mark.parametrize(
    ("query", "queries"), [("", 5), ("?q=Maßnahme", 6), ("?status=proposed", 5), ("?page=2", 5), (ALL_AT_ONCE, 7)]
)
def test_list_takes_the_same_queries_at_12_and_at_1000_measures(
    cast: Cast, client: Client, django_assert_num_queries: Any, query: str, queries: int
) -> None:
    client.force_login(cast.outsider)
    freeze(assessment_round=rated_round(), actor=cast.project_office)
    Ranking.objects.update(published=True)
    field, topic = FieldOfActionFactory.create(), Topic.objects.create(key="wald", name="Wald")
    DistrictFactory.create(key="14523000")
    Measure.objects.all().update(field_of_action=field)
    for wanted in (12, 1000):
        fill_catalogue(wanted, field, topic)
        caches["frame"].clear()
        caches["default"].clear()
        with django_assert_num_queries(queries):
            assert client.get(reverse(LIST) + query).status_code == 200


def fill_catalogue(wanted: int, field: FieldOfAction, topic: Topic) -> None:
    """Up to so many measures, all of this topic."""
    numbers = range(Measure.objects.count(), wanted)
    new = (MeasureFactory.build(slug=f"m-{n}", title=f"Maßnahme {n}", field_of_action=field) for n in numbers)
    Measure.objects.bulk_create(new)
    topic.measures.set(Measure.objects.all())
    assert Measure.objects.count() == wanted


@pytest.mark.django_db
def test_list_is_filtered_by_topic_and_district(client: Client) -> None:
    vogtland, zwickau = DistrictFactory.create(key="14523000"), DistrictFactory.create(key="14524000")
    forest = Topic.objects.create(key="wald", name="Wald")
    everywhere, there = MeasureFactory.create(title="Überall"), MeasureFactory.create(title="Vogtland")
    MeasureFactory.create(title="Zwickau").districts.add(zwickau)
    there.districts.add(vogtland)
    there.topics.add(forest)
    assert listed(client, topic="wald") == ["Vogtland"]
    assert sorted(listed(client, district="14523000")) == ["Vogtland", "Überall"]
    assert listed(client, district="14523000", topic="wald") == ["Vogtland"]
    assert listed(client, district="14524000", topic="wald") == []
    there.districts.add(zwickau)
    assert sorted(listed(client, district="14523000")) == ["Vogtland", str(everywhere)]


@pytest.mark.django_db
def test_list_is_sorted_as_the_address_says(client: Client) -> None:
    first = MeasureFactory.create(title="Zebra", title_en="Animal", position=1)
    MeasureFactory.create(title="Öl", position=2)
    MeasureFactory.create(title="Maus", position=3)
    assert listed(client) == ["Zebra", "Öl", "Maus"]
    assert listed(client, sort="title") == ["Maus", "Öl", "Zebra"]
    first.save()
    assert listed(client, sort="changed")[0] == "Zebra"
    assert "geändert am" in client.get(f"{reverse(LIST)}?sort=changed").content.decode()
    assert listed(client, sort="title", q="Maus") == ["Maus"]
    english = client.get("/en/measures/?sort=title").context["page_obj"]
    assert [row.title for row in english] == ["Zebra", "Maus", "Öl"]


def test_list_is_sorted_by_the_latest_published_ranking(cast: Cast, client: Client) -> None:
    other = MeasureFactory.create(title="Nie bewertet")
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    catalogue = listed(client)
    assert listed(client, sort="standing") == catalogue
    assert (
        "Noch ist keine Priorisierung veröffentlicht" in client.get(f"{reverse(LIST)}?sort=standing").content.decode()
    )
    Ranking.objects.update(published=True)
    response = client.get(f"{reverse(LIST)}?sort=standing")
    ranked = [entry["key"] for entry in ranking.result["measures"]]
    assert [row.slug for row in response.context["page_obj"]] == [*ranked, other.slug]
    page = response.content.decode()
    assert page.index("Rang 1<") < page.index("Rang 2<") < page.index("Nie bewertet")
    assert ranking.get_absolute_url() in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("Gründerzentrum", ["Gründerzentren"]),
        ("grunderzentren", ["Gründerzentren"]),
        ("Gruenderzentren", ["Gründerzentren"]),
        ("Gründerzentrem", ["Gründerzentren"]),
        ("Plattform -Forum", ["Plattformen"]),
        ("IT-Sicherheit", ["Sicherheit"]),
    ],
)
def test_list_marks_the_words_that_were_found(client: Client, words: str, marked: list[str]) -> None:
    MeasureFactory.create(title="Die Gründerzentren", summary="Orte und Plattformen für IT-Sicherheit & <b>mehr</b>.")
    page = client.get(f"{reverse(LIST)}?{urlencode({'q': words})}").content.decode()
    for word in marked:
        assert f"<mark>{word}</mark>" in page
    assert "&amp; &lt;b&gt;mehr&lt;/b&gt;" in page
    assert "<mark>" not in client.get("/massnahmen/").content.decode()


@pytest.mark.django_db
def test_list_never_marks_what_the_visitor_excluded_or_wrote_as_markup(client: Client) -> None:
    MeasureFactory.create(title="Wald und Holz", summary="<script>alert(1)</script> im Wald.")
    page = client.get(f"{reverse(LIST)}?{urlencode({'q': 'Wald script'})}").content.decode()
    assert "<mark>Wald</mark>" in page
    assert "&lt;<mark>script</mark>&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<mark>Holz" not in client.get(f"{reverse(LIST)}?{urlencode({'q': 'Wald -Holz'})}").content.decode()


@pytest.mark.django_db
def test_list_hands_on_its_address_and_leads_back_one_filter_at_a_time(client: Client) -> None:
    MeasureFactory.create(title="Eins")
    shown = client.get(f"{reverse(LIST)}?q=Eins&status=proposed&field=nirgends&page=7").content.decode()
    assert f'value="{settings.SITE_URL}{reverse(LIST)}?q=Eins&amp;status=proposed"' in shown
    page = client.get(f"{reverse(LIST)}?q=Zwei&status=done").content.decode()
    assert page.count('href="?status=done"') == page.count('href="?q=Zwei"') == 2
    assert "ohne Stand: umgesetzt" in page
    assert "ohne Suchbegriff: „Zwei“" in page
    assert "einen kürzeren oder anderen Begriff" in client.get(f"{reverse(LIST)}?q=Zwei").content.decode()
    assert "Noch ist keine Maßnahme so eingeordnet" in client.get(f"{reverse(LIST)}?status=done").content.decode()


@pytest.mark.django_db
def test_list_without_any_measure_says_so(client: Client) -> None:
    assert "Noch ist keine Maßnahme veröffentlicht" in client.get(reverse(LIST)).content.decode()


@pytest.mark.django_db
def test_download_holds_what_the_list_shows_in_its_order(client: Client) -> None:
    other = FieldOfActionFactory.create(slug="transfer", title="Transfer")
    MeasureFactory.create(title="Zebra")
    MeasureFactory.create(title="=Öl", source="Bericht")
    MeasureFactory.create(title="Fort", field_of_action=other)
    MeasureFactory.create(title="Geheim", published=False)
    query = "?field=innovationspotenziale&sort=title"
    answer = client.get(reverse("measures:measure_download", args=["csv"]) + query)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="massnahmen.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["title"] for row in rows] == ["'=Öl", "Zebra"]
    assert rows[1]["address"] == settings.SITE_URL + Measure.objects.get(title="Zebra").get_absolute_url()
    told = client.get(reverse("measures:measure_download", args=["json"]) + query).json()
    assert [row["title"] for row in told["tables"]["measures"]["rows"]] == ["=Öl", "Zebra"]
    book = client.get(reverse("measures:measure_download", args=["xlsx"]) + query)
    assert book.content[:2] == b"PK"


def test_download_refuses_other_formats_and_takes_the_same_queries_at_two_sizes(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    assert client.get(reverse("measures:measure_download", args=["exe"])).status_code == 404
    assert client.post(reverse("measures:measure_download", args=["csv"])).status_code == 405
    MeasureFactory.create(title="Geheim", published=False)
    client.force_login(cast.outsider)
    for more in (2, 30):
        MeasureFactory.create_batch(more)
        with django_assert_num_queries(5):
            answer = client.get(reverse("measures:measure_download", args=["csv"]))
        assert b"Geheim" not in answer.content


@pytest.mark.django_db
def test_list_in_english_says_which_texts_are_german(client: Client) -> None:
    MeasureFactory.create(title="Nur deutsch", summary="Auch deutsch.")
    MeasureFactory.create(title="Beides", title_en="Both", summary="Kurz.", summary_en="Short.")
    page = client.get("/en/measures/").content.decode()
    assert 'lang="de">Nur deutsch</a>' in page
    assert 'lang="de">Auch deutsch.</p>' in page
    assert ">Both</a>" in page
    assert 'lang="de">Both' not in page
    assert 'lang="de">Nur deutsch' not in client.get("/massnahmen/").content.decode()
