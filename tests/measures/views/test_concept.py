"""Concept, partners and progress on the page of a measure."""

from datetime import date

from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from measures.models import Measure
from stakeholders.domain.organisation_merge import merge
from tests.cast import Cast
from tests.factories.concepts import ConceptFactory, MilestoneFactory, PartnerFactory
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import OrganisationFactory


def page_of(client: Client, measure: Measure, language: str = "de") -> str:
    """As it is once what was kept of it is too old."""
    caches["default"].clear()
    with override(language):
        return client.get(measure.get_absolute_url()).content.decode()


def test_what_is_published_and_confirmed_is_for_everybody(cast: Cast, client: Client) -> None:
    measure = ConceptFactory.create(responsible__name="Kammer A", goal="<script>böse()</script>Hilfe").measure
    PartnerFactory.create(measure=measure, organisation__name="Werk A", role="funding")
    PartnerFactory.create(measure=measure, organisation__name="Werk ohne Zusage", confirmed_on=None)
    PartnerFactory.create(organisation__name="Werk einer anderen Maßnahme")
    page = page_of(client, measure)
    assert "<strong>Pilot</strong>" in page
    assert "Verantwortlich: Kammer A" in page
    assert "<li>Werk A (Förderung)</li>" in page
    assert "<script>böse" not in page
    client.force_login(cast.project_office)
    assert "Werk A (Förderung)" in page_of(client, measure)
    client.force_login(cast.outsider)
    page = page_of(client, measure)
    assert "Werk A (Förderung)" in page
    assert "Werk ohne Zusage" not in page
    assert "Werk einer anderen Maßnahme" not in page


def test_drafts_and_partners_without_a_word_of_their_own_stay_hidden(cast: Cast, client: Client) -> None:
    measure = ConceptFactory.create(goal="Noch geheim", state="draft").measure
    PartnerFactory.create(measure=measure, organisation__name="Werk ohne Zusage", confirmed_on=None)
    for person in (cast.project_office, cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        page = page_of(client, measure)
        for hidden in ("Konzept und Partner", "Noch geheim", "Werk ohne Zusage", 'id="fortschritt"'):
            assert hidden not in page


def test_milestones_say_in_words_how_far_they_are(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    MilestoneFactory.create(measure=measure, title="Zuletzt", position=3)
    MilestoneFactory.create(
        measure=measure, title="Zuerst", done_on=date(2026, 3, 3), noted_at=timezone.now(), position=1
    )
    MilestoneFactory.create(measure=measure, title="Danach", due_on=date(2027, 3, 2), position=2)
    client.force_login(cast.outsider)
    page = page_of(client, measure)
    assert "1 von 3 Meilensteinen erreicht" in page
    assert "<strong>Zuerst</strong>: erreicht am Dienstag, 3. März 2026</li>" in page
    assert "<strong>Danach</strong>: offen, geplant bis Dienstag, 2. März 2027</li>" in page
    assert "<strong>Zuletzt</strong>: offen</li>" in page
    assert page.index("Zuerst") < page.index("Danach") < page.index("Zuletzt")
    assert 'id="konzept"' not in page


def test_in_english_german_texts_are_told_apart(cast: Cast, client: Client) -> None:
    measure = ConceptFactory.create(goal_en="Small companies find help.").measure
    MilestoneFactory.create(measure=measure, title="Auftakt")
    MilestoneFactory.create(measure=measure, title="Ende", title_en="The end")
    client.force_login(cast.outsider)
    page = page_of(client, measure, "en")
    assert '<div class="prose"><p>Small companies find help.</p>' in page
    assert '<div class="prose" lang="de"><p>Zuerst ein' in page
    assert '<strong lang="de">Auftakt</strong>' in page
    assert "<strong>The end</strong>" in page


def test_two_entries_that_became_one_organisation_stand_there_once(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    source, target = OrganisationFactory.create(name="Werk alt"), OrganisationFactory.create(name="Werk neu")
    for organisation in (source, target):
        PartnerFactory.create(measure=measure, organisation=organisation)
    merge(source=source, target=target, actor=cast.project_office)
    client.force_login(cast.outsider)
    page = page_of(client, measure)
    assert (page.count("Werk neu"), page.count("Werk alt")) == (1, 0)


def test_nothing_is_said_as_long_as_there_is_nothing(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    client.force_login(cast.outsider)
    page = page_of(client, measure)
    assert ('id="konzept"' in page, 'id="fortschritt"' in page) == (False, False)
    MilestoneFactory.create(measure=measure)
    assert "0 von 1 Meilenstein erreicht" in page_of(client, measure)
