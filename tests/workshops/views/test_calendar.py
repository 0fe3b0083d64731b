from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from tests.workshops.strict_calendar import events, parse
from workshops.models import Registration, SessionPlace, Workshop
from workshops.tokens import calendar_token

pytestmark = pytest.mark.django_db
FEED = "/veranstaltungen/kalender.ics"
OWN = "/veranstaltungen/mein-kalender/"
PAST = timezone.now() - timedelta(days=9)
State = Registration.State


def own_path(person: Stakeholder) -> str:
    return f"{OWN}{calendar_token(person)}.ics"


def shown(client: Client, path: str) -> dict[str, str]:
    """The status of each event."""
    root = parse(client.get(path).content.decode())
    return {event.text("SUMMARY"): event.one("STATUS").value for event in events(root)}


def test_feed_has_public_events_that_are_not_over(client: Client) -> None:
    WorkshopFactory.create(title="Bald")
    WorkshopFactory.create(title="Abgesagt", state=Workshop.State.CANCELLED)
    WorkshopFactory.create(title="Verschoben", state=Workshop.State.POSTPONED)
    WorkshopFactory.create(title="Alter Termin", state=Workshop.State.POSTPONED, starts_at=PAST)
    WorkshopFactory.create(title="Entwurf", state=Workshop.State.DRAFT)
    WorkshopFactory.create(title="Vorbei", starts_at=PAST)
    assert client.get(FEED)["Content-Type"] == "text/calendar; charset=utf-8"
    assert shown(client, FEED) == {"Bald": "CONFIRMED", "Abgesagt": "CANCELLED", "Verschoben": "CANCELLED"}


def test_feed_without_events_is_still_a_calendar(client: Client) -> None:
    assert shown(client, FEED) == {}


def test_feed_takes_one_query_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 29):
        WorkshopFactory.create_batch(rows)
        with django_assert_num_queries(1):
            client.get(FEED)


def test_one_event_can_be_downloaded_even_after_it_is_over(client: Client) -> None:
    workshop = WorkshopFactory.create(starts_at=PAST)
    response = client.get(f"/veranstaltungen/{workshop.slug}/kalender.ics")
    assert response["Content-Disposition"] == f'attachment; filename="{workshop.slug}.ics"'
    assert shown(client, f"/veranstaltungen/{workshop.slug}/kalender.ics") == {workshop.title: "CONFIRMED"}


def test_own_feed_has_what_concerns_the_person_and_needs_no_login(cast: Cast, client: Client) -> None:
    for state in State:
        RegistrationFactory.create(workshop__title=state.value, person=cast.stakeholder, state=state)
    RegistrationFactory.create(workshop__title="war da", workshop__starts_at=PAST, person=cast.stakeholder)
    RegistrationFactory.create(
        workshop__title="wartete", workshop__starts_at=PAST, person=cast.stakeholder, state=State.WAITING
    )
    off = {"workshop__state": Workshop.State.POSTPONED, "person": cast.stakeholder}
    RegistrationFactory.create(workshop__title="verschoben", **off)
    RegistrationFactory.create(workshop__title="der anderen", person=cast.outsider)
    assert shown(client, own_path(cast.stakeholder)) == {
        "requested": "TENTATIVE",
        "confirmed": "CONFIRMED",
        "offered": "TENTATIVE",
        "waiting": "TENTATIVE",
        "war da": "CONFIRMED",
        "verschoben": "CANCELLED",
    }
    assert shown(client, own_path(cast.outsider)) == {"der anderen": "CONFIRMED"}


def test_own_feed_is_kept_by_nobody_and_speaks_the_language_of_the_person(cast: Cast, client: Client) -> None:
    Stakeholder.objects.filter(pk=cast.stakeholder.pk).update(language="en")
    RegistrationFactory.create(workshop__title_en="Joining", person=cast.stakeholder)
    response = client.get(own_path(cast.stakeholder))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert shown(client, own_path(cast.stakeholder)) == {"Joining": "CONFIRMED"}


def test_own_feed_takes_the_same_queries_whatever_its_length(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = own_path(cast.stakeholder)
    for rows in (1, 29):
        for registration in RegistrationFactory.create_batch(rows, person=cast.stakeholder):
            session = SessionFactory.create(workshop=registration.workshop)
            SessionPlace.objects.create(session=session, registration=registration)
        with django_assert_num_queries(5):
            client.get(path)


@pytest.mark.parametrize("token", ["falsch", "1-1", "1-1.x", ".", "x" * 3000])
def test_address_that_nobody_was_given_shows_nothing(token: str, client: Client) -> None:
    assert client.get(f"{OWN}{token}.ics").status_code == 404


def test_tampered_address_and_closed_account_show_nothing(cast: Cast, client: Client) -> None:
    token = calendar_token(cast.stakeholder)
    other = token.replace(f"{cast.stakeholder.pk}-", f"{cast.outsider.pk}-", 1)
    assert client.get(f"{OWN}{other}.ics").status_code == 404
    Stakeholder.objects.filter(pk=cast.stakeholder.pk).update(is_active=False)
    assert client.get(f"{OWN}{token}.ics").status_code == 404


def test_new_address_ends_the_old_one(cast: Cast, client: Client) -> None:
    old = own_path(cast.stakeholder)
    other = own_path(cast.outsider)
    client.force_login(cast.stakeholder)
    assert old in client.get(OWN).content.decode()
    assert client.post(OWN).status_code == 302
    new = own_path(cast.stakeholder)
    assert new != old
    assert AuditEntry.objects.filter(verb="calendar_renewed").count() == 1
    text = client.get(OWN).content.decode()
    assert new in text
    assert old not in text
    client.logout()
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert client.get(other).status_code == 200


def test_page_of_the_own_calendar_is_for_people_with_an_account(cast: Cast, client: Client) -> None:
    assert client.get(OWN).status_code == 302
    assert client.post(OWN).status_code == 302
    client.force_login(cast.outsider)
    text = client.get(OWN).content.decode()
    assert own_path(cast.outsider) in text
    assert own_path(cast.stakeholder) not in text
    assert "webcal://" in text


def test_registered_people_find_their_calendar(cast: Cast, client: Client) -> None:
    registration = RegistrationFactory.create(person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    for path in (registration.workshop.get_absolute_url(), reverse("dashboard")):
        assert f'href="{OWN}"' in client.get(path).content.decode()
    client.force_login(cast.outsider)
    assert f'href="{OWN}"' not in client.get(registration.workshop.get_absolute_url()).content.decode()
