from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory, MeasureFactory
from tests.factories.stakeholders import DistrictFactory, TopicFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import (
    InvitationFactory,
    RegistrationFactory,
    SeriesFactory,
    SessionFactory,
    WorkshopFactory,
)
from theses.models import Thesis
from workshops.models import SessionPlace, Workshop

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_page_tells_how_to_get_there(client: Client) -> None:
    workshop = WorkshopFactory.create(address="Gasse 1 & 2, Görlitz", room="Saal 3", mode=Workshop.Mode.HYBRID)
    text = page(client, workshop.get_absolute_url())
    assert "Raum: Saal 3" in text
    assert "vor Ort und online" in text
    assert "https://www.openstreetmap.org/search?query=Gasse+1+%26+2%2C+G%C3%B6rlitz" in text
    workshop.map_url = "https://karte.example/halle"
    workshop.save()
    text = page(client, workshop.get_absolute_url())
    assert 'href="https://karte.example/halle"' in text
    assert "openstreetmap" not in text


def test_page_without_an_address_has_no_map(client: Client) -> None:
    assert "Auf der Karte" not in page(client, WorkshopFactory.create().get_absolute_url())


def test_programme_stands_by_day_with_parallel_sessions_together(client: Client) -> None:
    workshop = WorkshopFactory.create()
    first, later = workshop.starts_at, workshop.starts_at + timedelta(hours=1)
    SessionFactory.create(workshop=workshop, title="Eröffnung", speakers="Dr. Ada Beispiel")
    for title, room in (("Gießen", "Raum A"), ("Fügen", "Raum B")):
        SessionFactory.create(
            workshop=workshop, title=title, room=room, starts_at=later, own_registration=True, capacity=1
        )
    SessionFactory.create(workshop=workshop, title="Zweiter Tag", starts_at=first + timedelta(days=1))
    full = workshop.sessions.get(title="Gießen")
    SessionPlace.objects.create(session=full, registration=RegistrationFactory.create(workshop=workshop))
    text = page(client, workshop.get_absolute_url())
    assert text.count("programme__sessions--parallel") == 1
    assert text.index("Eröffnung") < text.index("Gießen") < text.index("Fügen") < text.index("Zweiter Tag")
    assert "Dr. Ada Beispiel" in text
    assert text.count("mit eigener Anmeldung") == 2
    assert "mit eigener Anmeldung: ausgebucht" in text
    assert "mit eigener Anmeldung: noch 1 Platz frei" in text


def test_page_links_its_round_and_its_series(client: Client) -> None:
    now = timezone.now()
    running = AssessmentRoundFactory.create(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    series = SeriesFactory.create()
    workshop = WorkshopFactory.create(assessment_round=running, series=series)
    other = WorkshopFactory.create(series=series, district=DistrictFactory.create(name="Zwickau"))
    WorkshopFactory.create(title="Letzter Halt", series=series, starts_at=now - timedelta(days=9))
    text = page(client, workshop.get_absolute_url())
    for link in (running, series, other):
        assert f'href="{link.get_absolute_url()}"' in text
    assert "Bewerten können Sie bis" in text
    assert "Zwickau" in text
    assert "Letzter Halt" not in text


def test_page_links_measures_theses_and_topics_that_may_be_seen(client: Client) -> None:
    workshop = WorkshopFactory.create()
    workshop.measures.add(
        MeasureFactory.create(title="Offenes Labor"), MeasureFactory.create(title="Geplantes Labor", published=False)
    )
    workshop.theses.add(
        ThesisFactory.create(sentence="Wärme gehört gespeichert."),
        ThesisFactory.create(sentence="Noch nicht entschieden.", state=Thesis.State.SUBMITTED),
    )
    workshop.topics.add(TopicFactory.create(key="energie", name="Energie im Betrieb"))
    text = page(client, workshop.get_absolute_url())
    for shown in ("Offenes Labor", "Wärme gehört gespeichert.", "?thema=energie"):
        assert shown in text
    for hidden in ("Geplantes Labor", "Noch nicht entschieden."):
        assert hidden not in text


def test_draft_round_is_named_to_the_project_office_only(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(assessment_round=AssessmentRoundFactory.create(title="Runde 4", state="draft"))
    assert "Runde 4" not in page(client, workshop.get_absolute_url())
    client.force_login(cast.project_office)
    assert "Runde 4" in page(client, workshop.get_absolute_url())
    client.force_login(cast.outsider)
    assert "Runde 4" not in page(client, workshop.get_absolute_url())


def test_english_page_says_where_it_falls_back_to_german(client: Client) -> None:
    workshop = WorkshopFactory.create(slug="halle", description="Auf Deutsch", title_en="Hall")
    text = page(client, "/en/events/halle/")
    assert '<div class="prose" lang="de"><p>Auf Deutsch</p>' in text
    workshop.description_en = "In English"
    workshop.save()
    text = page(client, "/en/events/halle/")
    assert '<div class="prose"><p>In English</p>' in text
    assert "Auf Deutsch" not in text


def test_reserved_places_count_for_the_invited(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(capacity=2, reserved=2)
    InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    assert "noch 2 Plätze frei" in page(client, workshop.get_absolute_url())
    client.force_login(cast.outsider)
    assert "ausgebucht, Warteliste offen" in page(client, workshop.get_absolute_url())


def test_chosen_sessions_are_marked_for_who_chose_them(cast: Cast, client: Client) -> None:
    session = SessionFactory.create(own_registration=True)
    registration = RegistrationFactory.create(workshop=session.workshop, person=cast.stakeholder)
    SessionPlace.objects.create(session=session, registration=registration)
    client.force_login(cast.stakeholder)
    assert "von Ihnen gewählt" in page(client, session.workshop.get_absolute_url())
    client.force_login(cast.outsider)
    assert "von Ihnen gewählt" not in page(client, session.workshop.get_absolute_url())


def test_page_names_the_hour_that_occurs_twice(client: Client) -> None:
    start = datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    workshop = WorkshopFactory.create(starts_at=start, ends_at=start.astimezone(UTC) + timedelta(hours=2))
    text = page(client, workshop.get_absolute_url())
    assert "Sonntag, 31. Oktober 2027, 02:30 Uhr (Winterzeit) bis 04:30 Uhr" in text


def test_page_takes_the_same_queries_whatever_belongs_to_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    series = SeriesFactory.create()
    workshop = WorkshopFactory.create(series=series, assessment_round=AssessmentRoundFactory.create(state="published"))
    for rows in (1, 29):
        SessionFactory.create_batch(rows, workshop=workshop, own_registration=True, capacity=3)
        WorkshopFactory.create_batch(rows * 10, series=series, district=DistrictFactory.create())
        RegistrationFactory.create_batch(rows, workshop=workshop)
        workshop.measures.add(*MeasureFactory.create_batch(rows))
        workshop.theses.add(*ThesisFactory.create_batch(rows))
        workshop.topics.add(*TopicFactory.create_batch(rows))
        with django_assert_num_queries(7):
            page(client, workshop.get_absolute_url())
