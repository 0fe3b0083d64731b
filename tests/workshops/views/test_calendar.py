from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from tests.factories.workshops import WorkshopFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
FEED = "/veranstaltungen/kalender.ics"


def test_feed_has_public_events_that_are_not_over(client: Client) -> None:
    WorkshopFactory.create(title="Bald")
    WorkshopFactory.create(title="Abgesagt", state=Workshop.State.CANCELLED)
    WorkshopFactory.create(title="Entwurf", state=Workshop.State.DRAFT)
    WorkshopFactory.create(title="Vorbei", starts_at=timezone.now() - timedelta(days=9))
    response = client.get(FEED)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(response.content).events
    assert {(str(event["SUMMARY"]), event["STATUS"]) for event in events} == {
        ("Bald", "CONFIRMED"),
        ("Abgesagt", "CANCELLED"),
    }


def test_feed_without_events_is_still_a_calendar(client: Client) -> None:
    assert Calendar.from_ical(client.get(FEED).content).events == []


def test_feed_takes_one_query_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 29):
        WorkshopFactory.create_batch(rows)
        with django_assert_num_queries(1):
            client.get(FEED)


def test_one_event_can_be_downloaded_even_after_it_is_over(client: Client) -> None:
    workshop = WorkshopFactory.create(starts_at=timezone.now() - timedelta(days=9))
    response = client.get(f"/veranstaltungen/{workshop.slug}/kalender.ics")
    assert response["Content-Disposition"] == f'attachment; filename="{workshop.slug}.ics"'
    [event] = Calendar.from_ical(response.content).events
    assert str(event["SUMMARY"]) == workshop.title
