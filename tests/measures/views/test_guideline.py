"""Guidelines, recommendations and their measures: the starting data, the page, and the project office's form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from measures.domain.catalogue import load_catalogue
from measures.domain.guideline import load_guidelines
from measures.models import Guideline, Measure, Recommendation
from tests.cast import Cast
from tests.factories.measures import MeasureFactory


def recommendation(number: int, *measures: Measure) -> Recommendation:
    row = Recommendation.objects.create(
        slug=f"e-{number}", title=f"Empfehlung {number}", text="Text.", source="Bericht"
    )
    row.measures.set(measures)
    return row


@pytest.mark.django_db
def test_starting_data_lead_from_guidelines_to_all_measures() -> None:
    load_catalogue()
    assert load_guidelines() == 6
    named = Measure.objects.filter(recommendations__guidelines__slug="zukunftsfaehige-wertschoepfung")
    assert named.count() == 12
    assert all(row.source and row.text_en and row.title_en for row in Guideline.objects.all())
    assert all(row.source and row.text_en and row.title_en for row in Recommendation.objects.all())
    assert Recommendation.objects.get(slug="agendaprozess").measures.count() == 0


@pytest.mark.django_db
def test_starting_data_overwrite_nothing() -> None:
    load_catalogue()
    load_guidelines()
    changed = Recommendation.objects.get(slug="transfer-intensivieren")
    changed.measures.clear()
    Recommendation.objects.filter(pk=changed.pk).update(text="Neu geschrieben.")
    Guideline.objects.get(slug="beschaeftigung").delete()
    assert load_guidelines() == 1
    changed.refresh_from_db()
    assert (changed.text, changed.measures.count()) == ("Neu geschrieben.", 0)


@pytest.mark.django_db
def test_page_shows_the_chain_with_sources(client: Client) -> None:
    load_catalogue()
    load_guidelines()
    page = client.get(reverse("measures:guideline_list")).content.decode()
    assert page.index("Zukunftsfähige Wertschöpfung</h3>") < page.index(
        "Innovationspotenziale in den Industrieregionen"
    )
    assert 'href="#leitlinie-zukunftsfaehige-wertschoepfung"' in page
    assert 'id="leitlinie-zukunftsfaehige-wertschoepfung"' in page
    assert Measure.objects.get(slug="tgz-4-0").get_absolute_url() in page
    assert "vom 12. November 2018" in page
    assert "Dazu steht noch keine Maßnahme im Katalog" in page
    with override("en"):
        english = client.get(reverse("measures:guideline_list")).content.decode()
    assert "Value creation with a future" in english
    assert '<span lang="de">Medieninformation' in english


@pytest.mark.django_db
def test_page_without_rows_says_so(client: Client) -> None:
    page = client.get(reverse("measures:guideline_list")).content.decode()
    assert "Noch ist keine Leitlinie eingetragen" in page
    assert "Noch ist keine Empfehlung eingetragen" in page


def test_page_takes_the_same_queries_at_two_sizes_and_hides_drafts_from_the_outsider(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(cast.outsider)
    hidden = MeasureFactory.create(title="Im Entwurf", published=False)
    for numbers in (range(1), range(1, 20)):
        for number in numbers:
            recommendation(number, hidden, *MeasureFactory.create_batch(2))
            Guideline.objects.create(slug=f"l-{number}", title="Leitlinie", text="<b>fett</b>", source="Bericht")
        with django_assert_num_queries(6):
            page = client.get(reverse("measures:guideline_list")).content.decode()
        assert "Im Entwurf" not in page
        assert "&lt;b&gt;fett" in page
    assert client.post(reverse("measures:guideline_list")).status_code == 405
    client.force_login(cast.project_office)
    assert "Im Entwurf" in client.get(reverse("measures:guideline_list")).content.decode()


def test_project_office_links_a_recommendation_in_the_administration(cast: Cast, client: Client) -> None:
    client.force_login(cast.project_office)
    measure = MeasureFactory.create()
    address = reverse("admin:measures_recommendation_add")
    values = {"title": "Neu", "slug": "neu", "position": "1", "text": "Text.", "source": "Bericht"}
    assert client.post(address, {**values, "source": ""}).status_code == 200
    assert not Recommendation.objects.exists()
    client.post(address, {**values, "measures": [measure.pk]})
    assert list(Recommendation.objects.get().measures.all()) == [measure]
    client.force_login(cast.outsider)
    assert client.get(address).status_code in {302, 403, 404}
