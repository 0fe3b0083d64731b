"""The form of an event at the desk; what stands below it has tests of its own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import RegistrationFactory
from tests.workshops.desk_form import at, change
from tests.workshops.post import kinds
from workshops.domain.registration import register
from workshops.models import Registration, Series, Workshop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hours", "field", "sentence"),
    [
        (-1, "ends_at", "Das Ende darf nicht vor dem Beginn liegen."),
        (1, "registration_closes_at", "Die Anmeldung endet spätestens mit dem Beginn."),
        (1, "moves_up_until", "Nachrücken kann man nur bis zum Beginn."),
    ],
)
def test_times_that_do_not_fit_are_refused_at_their_field(
    hours: int, field: str, sentence: str, office: Client, workshop: Workshop
) -> None:
    text = change(office, workshop, **{field: at(workshop, hours)})
    assert sentence in text
    assert f'id="id_{field}_error"' in text
    assert Workshop.objects.get().ends_at == workshop.ends_at


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reserved": "21"}, "So viele Plätze gibt es nicht."),
        ({"reserved": "1", "capacity": ""}, "nur, wenn ihre Zahl begrenzt ist"),
        ({"online_capacity": "5"}, "Eigene Plätze online gibt es nur"),
        ({"mode": "online"}, "Adresse für die Online-Teilnahme"),
        ({"place": ""}, "Bitte tragen Sie den Ort ein."),
        ({"slug": "x", "map_url": "keine Adresse"}, "errorlist"),
    ],
)
def test_places_that_do_not_fit_are_refused(
    fields: dict[str, str], sentence: str, office: Client, workshop: Workshop
) -> None:
    assert sentence in change(office, workshop, **fields)
    stored = Workshop.objects.get()
    assert (stored.reserved, stored.capacity, stored.mode, stored.place) == (0, 20, "on_site", "Beispielhalle")


def test_fewer_places_take_nobodys_place_and_say_so(office: Client, workshop: Workshop) -> None:
    RegistrationFactory.create_batch(3, workshop=workshop, companions=1)
    text = change(office, workshop, capacity="4")
    assert "Vor Ort haben 6 Personen einen Platz, es gibt 4 Plätze." in text
    assert "wenn 3 Plätze frei geworden sind" in text
    assert Registration.objects.confirmed().count() == 3
    assert "haben 6 Personen einen Platz" not in change(office, workshop, capacity="6")


@pytest.mark.parametrize(
    ("before", "fields"),
    [
        ({"reserved": 20}, {"reserved": "0"}),
        ({"capacity": 0}, {"capacity": "1"}),
        ({"moves": True}, {"moves_up_until": ""}),
    ],
)
def test_what_makes_room_lets_the_waiting_list_move(
    before: dict[str, Any], fields: dict[str, str], cast: Cast, office: Client, workshop: Workshop
) -> None:
    if before.pop("moves", False):
        before["moves_up_until"] = timezone.now() - timedelta(days=1)
        RegistrationFactory.create(workshop=workshop, person=cast.stakeholder, state="waiting")
    Workshop.objects.update(**before)
    if not Registration.objects.exists():
        register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    workshop.refresh_from_db()
    assert Registration.objects.get().state == "waiting"
    change(office, workshop, **fields)
    assert Registration.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    "fields", [{"room": "Saal 2"}, {"map_url": "https://karte.example/"}, {"online_url": "https://x.example/"}]
)
def test_room_map_and_online_address_are_told_like_the_place(
    fields: dict[str, str], cast: Cast, office: Client, workshop: Workshop
) -> None:
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    change(office, workshop, **fields)
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_changed"]


def test_a_kind_of_place_people_are_registered_for_stays(office: Client, workshop: Workshop) -> None:
    Workshop.objects.update(mode="hybrid", online_url="https://x.example/")
    workshop.refresh_from_db()
    RegistrationFactory.create(workshop=workshop, kind="online")
    text = change(office, workshop, mode="on_site", online_url="https://x.example/")
    assert "1 Person ist für eine Teilnahme angemeldet, die es dann nicht mehr gibt (online)." in text
    assert Workshop.objects.get().mode == "hybrid"
    Registration.objects.update(state="cancelled")
    change(office, workshop, mode="on_site", online_url="https://x.example/")
    assert Workshop.objects.get().mode == "on_site"


def test_every_new_field_is_stored(office: Client, workshop: Workshop) -> None:
    series = Series.objects.create(title="Tour", slug="tour")
    thesis = ThesisFactory.create()
    fields = {"companions": "2", "organisation_quota": "3", "confirm_hours": "24", "needs_approval": "on"}
    texts = {"room": "Saal 1", "description_en": "Programme", "reserved": "4"}
    change(office, workshop, series=series.pk, theses=[thesis.pk], **fields, **texts)
    stored = Workshop.objects.get()
    assert (stored.companions, stored.organisation_quota, stored.confirm_hours, stored.needs_approval) == (
        2,
        3,
        24,
        True,
    )
    assert (stored.room, stored.description_en, stored.reserved, stored.series) == ("Saal 1", "Programme", 4, series)
    assert list(stored.theses.all()) == [thesis]
    facts = AuditEntry.objects.get(verb="workshop_changed").facts
    assert {"room", "reserved", "companions"} <= set(facts["changed"])


def test_theses_are_searched_for_and_not_loaded(
    office: Client, workshop: Workshop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    for rows in (1, 30):
        found = ThesisFactory.create_batch(rows)
        with django_assert_max_num_queries(35):
            text = office.get(address).content.decode()
        assert not any(thesis.sentence in text for thesis in found)
    assert "admin-autocomplete" in text


def test_series_are_edited_at_the_desk(office: Client) -> None:
    address = reverse("admin:workshops_series_add")
    assert office.post(address, {"title": "Tour durch Sachsen", "slug": "tour"}).status_code == 302
    assert "Tour durch Sachsen" in office.get(reverse("admin:workshops_series_changelist")).content.decode()
