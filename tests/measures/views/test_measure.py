"""The page of a measure."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from measures.domain.catalogue import change_status
from measures.domain.ranking import freeze
from measures.models import Assessment, Measure, Ranking, Recommendation
from publishing.numbers import date_text
from stakeholders.models import Topic
from tests.cast import Cast
from tests.factories.concepts import ConceptFactory, MilestoneFactory, PartnerFactory
from tests.factories.measures import FitAssessmentFactory, MeasureFactory, fitting_round, rated_round
from tests.factories.stakeholders import DistrictFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import WorkshopFactory
from tests.measures.views.test_measure_list import LIST, listed


@pytest.mark.django_db
def test_detail_shows_text_source_and_ways_on(client: Client) -> None:
    measure = MeasureFactory.create(
        description="Das ist **wichtig**. <script>alert(1)</script>",
        source="Medieninformation",
        source_url="https://example.org/m",
    )
    page = client.get(measure.get_absolute_url()).content.decode()
    assert "<strong>wichtig</strong>" in page
    assert "<script>alert" not in page
    assert 'href="https://example.org/m"' in page
    assert f"{reverse('theses:thesis_submit')}?massnahme={measure.slug}" in page
    assert "Zurzeit ist zu dieser Maßnahme keine Veranstaltung geplant" in page
    assert "noch kein veröffentlichtes Ergebnis" in page
    assert "ganz Sachsen" in page


@pytest.mark.django_db
def test_detail_leads_to_the_open_round(client: Client) -> None:
    assessment_round = fitting_round()
    measure = assessment_round.measures.all()[0]
    page = client.get(measure.get_absolute_url()).content.decode()
    assert reverse("measures:assessment_edit", args=[assessment_round.slug, measure.slug]) in page


def test_detail_sends_nobody_to_a_sheet_that_is_not_theirs(cast: Cast, client: Client) -> None:
    assessment_round = fitting_round()
    measure = assessment_round.measures.all()[0]
    form = reverse("measures:assessment_edit", args=[assessment_round.slug, measure.slug])
    for person, rates in ((cast.stakeholder, True), (cast.project_office, False), (cast.ministry, False)):
        client.force_login(person)
        page = client.get(measure.get_absolute_url()).content.decode()
        assert (form in page, assessment_round.get_absolute_url() + '"' in page) == (rates, not rates)


def test_detail_shows_the_standing_once_it_is_published(cast: Cast, client: Client) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    measure = Measure.objects.get(slug=ranking.result["measures"][0]["key"])
    assert "Rang unter 3 Maßnahmen" not in client.get(measure.get_absolute_url()).content.decode()
    Ranking.objects.update(published=True)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert "Rang unter 3 Maßnahmen" in page
    assert f"{ranking.result['measures'][0]['score']:.1f}".replace(".", ",") in page
    assert ranking.get_absolute_url() in page


def test_detail_of_a_hidden_measure_is_for_the_project_office(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create(published=False, title="Im Entwurf")
    client.force_login(cast.project_office)
    assert "nicht veröffentlicht" in client.get(measure.get_absolute_url()).content.decode()
    assert listed(client) == ["Im Entwurf"]
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(measure.get_absolute_url()).status_code == 404
        assert listed(client) == []
    client.logout()
    assert client.get(measure.get_absolute_url()).status_code == 404
    assert client.get(reverse("measures:measure_detail", args=["nirgends"])).status_code == 404
    assert client.post(reverse(LIST)).status_code == 405


def first_step(client: Client, measure: Measure) -> tuple[str, bool]:
    """The kind of the first step and whether it is done already; exactly one button of the page is the main one."""
    response = client.get(measure.get_absolute_url())
    step = response.context["steps"][0]
    assert response.content.decode().count("btn--primary") == 1
    return str(step.kind), step.done


def test_detail_names_the_next_thing_oneself_can_do(cast: Cast, client: Client) -> None:
    assessment_round = fitting_round()
    measure = assessment_round.measures.all()[0]
    elsewhere = MeasureFactory.create()
    assert (first_step(client, measure), first_step(client, elsewhere)) == (("rate", False), ("fit", False))
    client.force_login(cast.stakeholder)
    assert first_step(client, measure) == ("rate", False)
    criterion = assessment_round.criteria.all()[0]
    Assessment.objects.create(
        round=assessment_round, rater=cast.stakeholder, measure=measure, criterion=criterion, grade=3
    )
    assert first_step(client, measure) == ("fit", False)
    FitAssessmentFactory.create(measure=measure, rater=cast.stakeholder)
    assert first_step(client, measure) == ("thesis", False)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert page.index("These einreichen") < page.index("Bewertung ändern") < page.index("Passfähigkeit neu einschätzen")
    client.force_login(cast.outsider)
    assert first_step(client, measure) == ("rate", False)


def test_detail_shows_how_far_the_measure_is_and_since_when(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    page = client.get(measure.get_absolute_url()).content.decode()
    assert page.count("process__step--done") == 0
    assert "Verlauf mit Daten" not in page
    assert "seit " not in page[page.index("Auf einen Blick") : page.index("Gilt für")], (
        "Entered then, not proposed then"
    )
    change_status(measures=[measure], status="concept", actor=cast.project_office)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert page.count("process__step--done") == 3
    assert page.count('<li><time datetime="') == 2
    assert page.index("</time> vorgeschlagen") < page.index("</time> Konzept in Arbeit")
    assert f"seit {date_text(timezone.localdate(), 'de')}" in page
    change_status(measures=[measure], status="not_pursued", actor=cast.project_office)
    assert "Diese Maßnahme wird nicht weiterverfolgt" in client.get(measure.get_absolute_url()).content.decode()


def test_detail_leads_to_districts_topics_recommendations_and_related_measures(client: Client, cast: Cast) -> None:
    measure, other = MeasureFactory.create(), MeasureFactory.create(title="Nachbarin")
    hidden = MeasureFactory.create(title="Im Entwurf", published=False)
    measure.related.add(other, hidden)
    measure.districts.add(DistrictFactory.create(key="14523000", name="Vogtlandkreis"))
    measure.topics.add(Topic.objects.create(key="wald", name="Wald"))
    row = Recommendation.objects.create(slug="e", title="Empfehlung", text="Text", source="Bericht")
    row.measures.add(measure)
    client.force_login(cast.outsider)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert f'{reverse(LIST)}?topic=wald">Wald' in page
    assert f'{reverse("measures:fit_district", args=["14523000"])}">Vogtlandkreis' in page
    assert f'{reverse("measures:guideline_list")}#empfehlung-e">Empfehlung' in page
    assert f'{other.get_absolute_url()}">Nachbarin' in page
    assert "Im Entwurf" not in page
    assert "ganz Sachsen" not in page


def test_detail_shows_the_newest_theses_and_the_next_events(cast: Cast, client: Client) -> None:
    measure, other = MeasureFactory.create(), MeasureFactory.create()
    for number in range(4):
        ThesisFactory.create(sentence=f"Satz {number} <b>", measure=measure)
    ThesisFactory.create(sentence="Anderswo", measure=other)
    coming = WorkshopFactory.create(title="Treffen")
    coming.measures.add(measure)
    WorkshopFactory.create(title="Ohne Bezug")
    client.force_login(cast.outsider)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert page.count("&lt;b&gt;</a>") == 3
    assert "Alle 4 Thesen zu dieser Maßnahme" in page
    assert "Treffen" in page
    assert "Anderswo" not in page
    assert "Ohne Bezug" not in page
    found = client.get(f"{reverse('workshops:workshop_list')}?massnahme={measure.slug}").content.decode()
    assert "Treffen" in found
    assert "Ohne Bezug" not in found
    assert "Nur Veranstaltungen zur Maßnahme" in found


@pytest.mark.parametrize("kept_already", [False, True])
def test_detail_takes_the_same_queries_however_much_there_is(
    cast: Cast, client: Client, django_assert_num_queries: Any, kept_already: bool
) -> None:
    client.force_login(cast.outsider)
    measure = ConceptFactory.create().measure
    for more in (1, 29):
        measure.related.add(*MeasureFactory.create_batch(more))
        for number in range(more):
            measure.topics.add(Topic.objects.create(key=f"t-{more}-{number}", name=f"Thema {more} {number}"))
            WorkshopFactory.create().measures.add(measure)
            ThesisFactory.create(measure=measure)
            PartnerFactory.create(measure=measure)
            MilestoneFactory.create(measure=measure)
        caches["default"].clear()
        if kept_already:
            client.get(measure.get_absolute_url())
        with django_assert_num_queries(6 if kept_already else 22):
            client.get(measure.get_absolute_url())


@pytest.mark.django_db
def test_detail_in_english_says_which_texts_are_german(client: Client) -> None:
    measure = MeasureFactory.create(
        title="Nur deutsch", summary="Kurz.", summary_en="Short.", description="Langer Text."
    )
    with override("en"):
        page = client.get(measure.get_absolute_url()).content.decode()
    assert '<h1 lang="de">Nur deutsch</h1>' in page
    assert '<p class="lead">Short.</p>' in page
    assert '<div class="prose" lang="de">' in page
    with override("de"):
        assert "<h1>Nur deutsch</h1>" in client.get(measure.get_absolute_url()).content.decode()
