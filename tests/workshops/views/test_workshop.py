from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import DistrictFactory, TopicFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, SeriesFactory, WorkshopFactory
from workshops.models import Place, Registration, Workshop

pytestmark = pytest.mark.django_db
LIST = "/veranstaltungen/"
PAST = {"starts_at": timezone.now() - timedelta(days=30)}


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_list_shows_what_is_coming_and_hides_drafts(client: Client) -> None:
    WorkshopFactory.create(title="Bald")
    WorkshopFactory.create(title="Entworfen", state=Workshop.State.DRAFT)
    WorkshopFactory.create(title="Vorbei", **PAST)
    text = page(client, LIST)
    assert "Bald" in text
    assert "noch 20 Plätze frei" in text
    assert "(noch 14 Tage)" in text
    assert "Entworfen" not in text
    assert "Vorbei" not in text
    archive = page(client, f"{LIST}?archiv=1")
    assert "Vorbei" in archive
    assert "Bald" not in archive
    assert "Plätze frei" not in archive


@pytest.mark.parametrize(
    ("fields", "badge"),
    [
        ({"capacity": 0}, "ausgebucht, Warteliste offen"),
        ({"capacity": 1}, "noch 1 Platz frei"),
        ({"capacity": None}, "Anmeldung offen"),
        ({"open_registration": False}, "nur mit Einladung"),
        ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, "Anmeldung geschlossen"),
        ({"state": Workshop.State.CANCELLED}, "abgesagt"),
    ],
)
def test_list_says_whether_there_is_room(fields: dict[str, object], badge: str, client: Client) -> None:
    WorkshopFactory.create(**fields)
    assert badge in page(client, LIST)


def test_list_filters_by_format_and_district(client: Client) -> None:
    leipzig = DistrictFactory.create(key="14713000")
    WorkshopFactory.create(title="Slam in Leipzig", format=Workshop.Format.INNOSLAM, district=leipzig)
    WorkshopFactory.create(title="Slam anderswo", format=Workshop.Format.INNOSLAM)
    WorkshopFactory.create(title="Konferenz in Leipzig", format=Workshop.Format.CONFERENCE, district=leipzig)
    text = page(client, f"{LIST}?format=innoslam&kreis=14713000")
    assert "Slam in Leipzig" in text
    assert "Slam anderswo" not in text
    assert "Konferenz in Leipzig" not in text
    assert "Keine Veranstaltung passt" in page(client, f"{LIST}?format=innocamp")


@pytest.mark.parametrize("query", ["format=quatsch", "kreis=99999999999999999999", "kreis=%00", "format=%00", "x=1"])
def test_list_ignores_filters_it_does_not_know(query: str, client: Client) -> None:
    WorkshopFactory.create(title="Bald")
    assert "Bald" in page(client, f"{LIST}?{query}")


@pytest.mark.parametrize(("number", "shown"), [("2", "2"), ("0", "2"), ("99999999999999999999", "2"), ("x", "1")])
def test_list_shows_the_nearest_page(number: str, shown: str, client: Client) -> None:
    WorkshopFactory.create_batch(21)
    assert f"Seite {shown} von 2" in page(client, f"{LIST}?page={number}")


def test_empty_list_says_what_to_do(client: Client) -> None:
    assert "Zurzeit ist keine Veranstaltung geplant" in page(client, LIST)
    assert "Noch ist keine Veranstaltung vorbei" in page(client, f"{LIST}?archiv=1")


@pytest.mark.parametrize("address", [LIST, f"{LIST}?archiv=1"])
def test_list_takes_the_same_queries_for_ten_events_and_for_three_hundred(
    address: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (5, 145):
        series = SeriesFactory.create()
        for fields in ({}, PAST):
            WorkshopFactory.create_batch(rows, district=DistrictFactory.create(), series=series, **fields)
        RegistrationFactory.create_batch(3, workshop=Workshop.objects.latest("pk"))
        caches["frame"].clear()
        with django_assert_num_queries(5):
            page(client, address)


def test_list_filters_by_mode_series_and_topic(client: Client) -> None:
    series, topic = SeriesFactory.create(slug="tour"), TopicFactory.create(key="energie")
    WorkshopFactory.create(title="Anderes")
    WorkshopFactory.create(title="Auf Tour", series=series)
    WorkshopFactory.create(title="Übers Netz", mode=Workshop.Mode.ONLINE)
    WorkshopFactory.create(title="Zur Energie").topics.add(topic)
    for query, title in (
        ("reihe=tour", "Auf Tour"),
        ("teilnahme=online", "Übers Netz"),
        ("thema=energie", "Zur Energie"),
    ):
        text = page(client, f"{LIST}?{query}")
        assert title in text
        assert "Anderes" not in text
        assert f"/veranstaltungen/monat/?{query}" in text
        assert f"?{query}&amp;archiv=1" in text


def test_list_offers_only_series_that_everybody_may_know(client: Client) -> None:
    WorkshopFactory.create(series=SeriesFactory.create(title="Bekannte Reihe"))
    WorkshopFactory.create(series=SeriesFactory.create(title="Geheime Reihe"), state=Workshop.State.DRAFT)
    text = page(client, LIST)
    assert "Bekannte Reihe" in text
    assert "Geheime Reihe" not in text


def test_list_tells_the_places_of_each_kind(client: Client) -> None:
    workshop = WorkshopFactory.create(mode=Workshop.Mode.HYBRID, capacity=5, reserved=2, online_capacity=1)
    RegistrationFactory.create(workshop=workshop, companions=1)
    RegistrationFactory.create(workshop=workshop, kind=Place.ONLINE, state=Registration.State.OFFERED)
    text = page(client, LIST)
    assert "noch 1 Platz frei" in text
    assert "ausgebucht, Warteliste offen" in text


def test_postponed_event_stays_on_the_list_without_a_date(client: Client) -> None:
    workshop = WorkshopFactory.create(state=Workshop.State.POSTPONED, **PAST)
    for address in (LIST, workshop.get_absolute_url()):
        text = page(client, address)
        assert "Der neue Termin steht noch nicht fest." in text
        assert workshop.starts_at.date().isoformat() not in text
        assert "Tage)" not in text
    assert workshop.title not in page(client, f"{LIST}?archiv=1")


def test_detail_tells_everything_a_visitor_needs(client: Client) -> None:
    workshop = WorkshopFactory.create(
        address="Gasse 1, Görlitz",
        accessibility="Stufenloser Zugang",
        description="## Ablauf\n\n- **18:30** Begrüßung <script>alert(1)</script>",
        online_url="https://konferenz.example/zugang",
    )
    workshop.measures.add(MeasureFactory.create(title="Transformationslabore"))
    text = page(client, workshop.get_absolute_url())
    assert "Beispielhalle, Gasse 1, Görlitz" in text
    assert "Stufenloser Zugang" in text
    assert "<strong>18:30</strong> Begrüßung &lt;script&gt;" in text
    assert "Transformationslabore" in text
    assert f"{workshop.slug}/anmelden/" in text
    assert "Sie bekommen einen Platz und sofort eine Bestätigung" in text
    assert "konferenz.example" not in text
    assert reverse("workshops:workshop_calendar", args=[workshop.slug]) in text


def test_detail_of_a_full_event_offers_the_waiting_list(client: Client) -> None:
    workshop = WorkshopFactory.create(capacity=0)
    text = page(client, workshop.get_absolute_url())
    assert "Auf die Warteliste" in text
    assert "rücken in der Reihenfolge der Anmeldungen nach" in text


def test_detail_of_a_past_event_has_no_button(client: Client) -> None:
    workshop = WorkshopFactory.create(**PAST)
    text = page(client, workshop.get_absolute_url())
    assert "Diese Veranstaltung ist vorbei." in text
    assert "/anmelden/" not in text


def test_detail_of_a_cancelled_event_says_so(client: Client) -> None:
    text = page(client, WorkshopFactory.create(state=Workshop.State.CANCELLED).get_absolute_url())
    assert "Diese Veranstaltung ist abgesagt." in text
    assert "/anmelden/" not in text


def test_detail_by_invitation_has_a_button_only_for_the_invited(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(open_registration=False)
    InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    assert "/anmelden/" in page(client, workshop.get_absolute_url())
    client.force_login(cast.outsider)
    text = page(client, workshop.get_absolute_url())
    assert "/anmelden/" not in text
    assert "lädt das Projektbüro ein" in text


def test_detail_shows_the_own_registration_and_nobody_elses(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(online_url="https://konferenz.example/zugang")
    RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    text = page(client, workshop.get_absolute_url())
    assert "Sie haben einen Platz." in text
    assert "Platz freigeben" in text
    assert "konferenz.example/zugang" in text
    client.force_login(cast.outsider)
    text = page(client, workshop.get_absolute_url())
    assert "Sie haben einen Platz." not in text
    assert "Platz freigeben" not in text
    assert "konferenz.example" not in text


def test_draft_is_a_preview_for_the_project_office_only(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(state=Workshop.State.DRAFT)
    addresses = [workshop.get_absolute_url(), reverse("workshops:workshop_calendar", args=[workshop.slug])]
    client.force_login(cast.project_office)
    assert "Nur das Projektbüro sieht diesen Entwurf" in page(client, addresses[0])
    client.logout()
    for address in addresses:
        page(client, address, status=404)
    client.force_login(cast.ministry)
    page(client, addresses[0], status=404)
    client.force_login(cast.outsider)
    page(client, addresses[0], status=404)


@pytest.mark.parametrize("path", [LIST, "werkstatt/", "kalender.ics", "werkstatt/kalender.ics"])
def test_reading_pages_refuse_to_be_posted_to(path: str, client: Client) -> None:
    WorkshopFactory.create(slug="werkstatt")
    assert client.post(path if path == LIST else f"{LIST}{path}").status_code == 405


def test_unknown_event_is_not_found(client: Client) -> None:
    page(client, f"{LIST}gibt-es-nicht/", status=404)
    page(client, f"{LIST}{'x' * 3000}/", status=404)
