from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import CoverageTarget, Selection, Tag
from tests.cast import Cast
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory, StakeholderGroupFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.models import Invitation, Workshop

pytestmark = pytest.mark.django_db


def desk(workshop: Workshop, query: str = "") -> str:
    return f"{reverse('admin:workshops_workshop_invite', args=[workshop.pk])}{query}"


def test_desk_opens_with_a_choice_and_without_numbers(office: Client) -> None:
    text = office.get(desk(WorkshopFactory.create())).content.decode()
    assert "Zahlen ansehen" in text
    assert "jetzt einladen" not in text


def test_desk_counts_by_group_and_district_before_anything_is_sent(cast: Cast, office: Client) -> None:
    science = StakeholderGroupFactory.create(key="forschung")
    leipzig = DistrictFactory.create(key="14713000")
    StakeholderFactory.create_batch(3, group=science, district=leipzig, wants_events=True)
    StakeholderFactory.create(group=science, wants_events=True)
    workshop = WorkshopFactory.create()
    query = f"?groups={science.pk}&districts={leipzig.pk}&interests=wants_events&only_new=on"
    text = office.get(desk(workshop, query)).content.decode()
    assert "3 Personen passen zu Ihrer Auswahl." in text
    assert '<tr><th scope="row">Gruppe forschung</th><td>3</td></tr>' in text
    assert '<tr><th scope="row">Kreis 14713000</th><td>3</td></tr>' in text
    assert "3 Personen jetzt einladen" in text
    assert not Invitation.objects.exists()


def test_desk_invites_exactly_the_counted_people(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    science = StakeholderGroupFactory.create(key="forschung")
    wanted = StakeholderFactory.create(group=science)
    text = office.post(desk(workshop, f"?groups={science.pk}"), follow=True).content.decode()
    assert "1 Einladung geht gleich hinaus. Schon eingeladen oder angemeldet: 0." in text
    assert Invitation.objects.get().person == wanted
    assert kinds(wanted) == ["invitation"]
    again = office.post(desk(workshop, "?vorschau=1"), follow=True).content.decode()
    assert "3 Einladungen gehen gleich hinaus. Schon eingeladen oder angemeldet: 1." in again


def test_desk_counts_those_invited_before_only_if_asked(cast: Cast, office: Client) -> None:
    workshop = InvitationFactory.create(person=cast.stakeholder).workshop
    table = '<tr><th scope="row">Gruppe industrie</th><td>{}</td></tr>'
    assert table.format(2) in office.get(desk(workshop, "?only_new=on")).content.decode()
    text = office.get(desk(workshop, "?vorschau=1")).content.decode()
    assert table.format(3) in text
    assert "2 davon sind noch nicht eingeladen oder angemeldet." in text


def test_desk_says_when_nobody_is_left(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop, "?vorschau=1"))
    assert "Niemand ist neu einzuladen." in office.get(desk(workshop, "?vorschau=1")).content.decode()


def test_desk_of_a_closed_event_refuses(office: Client) -> None:
    workshop = WorkshopFactory.create(registration_closes_at=timezone.now() - timedelta(hours=1))
    assert "jetzt einladen" not in office.get(desk(workshop, "?vorschau=1")).content.decode()
    text = office.post(desk(workshop, "?vorschau=1"), follow=True).content.decode()
    assert "Einladen geht nur zu veröffentlichten Veranstaltungen" in text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("query", ["", "?groups=99999999999999999999", "?groups=x", "?interests=is_superuser"])
def test_desk_invites_nobody_without_a_valid_choice(query: str, cast: Cast, office: Client) -> None:
    assert office.post(desk(WorkshopFactory.create(), query)).status_code == 200
    assert not Invitation.objects.exists()


def test_desk_invites_the_people_of_a_saved_selection(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    tag = Tag.objects.create(name="Auftakt")
    known = StakeholderFactory.create(last_name="", group=None, district=None)
    unreachable = StakeholderFactory.create(email=None)
    for person in (known, unreachable, cast.project_office):
        person.tags.add(tag)
    selection = Selection.objects.create(name="Auftakt", criteria={"schlagwort": ["Auftakt"], "rolle": ["alle"]})
    query = f"?selection={selection.pk}"
    text = office.get(desk(workshop, query)).content.decode()
    assert "2 Personen passen zu Ihrer Auswahl." in text
    assert "1 davon hat keine E-Mail-Adresse und bekommt keine Nachricht." in text
    assert '<tr><th scope="row">ohne Angabe</th><td>1</td></tr>' in text
    office.post(desk(workshop, query))
    assert {row.person for row in Invitation.objects.all()} == {known, unreachable}
    assert kinds(known) == ["invitation"]
    assert kinds(unreachable) == []


def test_desk_narrows_a_selection_by_the_other_choices(cast: Cast, office: Client) -> None:
    science = StakeholderGroupFactory.create(key="forschung")
    StakeholderFactory.create(group=science)
    selection = Selection.objects.create(name="Alle mit Adresse", criteria={"mail": ["ja"]})
    query = f"?selection={selection.pk}&groups={science.pk}"
    assert "1 Person passt zu Ihrer Auswahl." in office.get(desk(WorkshopFactory.create(), query)).content.decode()


def test_desk_says_which_criterion_of_a_selection_is_gone(cast: Cast, office: Client) -> None:
    selection = Selection.objects.create(name="Alt", criteria={"gruppe": ["abgeschafft"]})
    workshop = WorkshopFactory.create()
    for answer in (office.get, office.post):
        response = answer(desk(workshop, f"?selection={selection.pk}"))
        assert "„abgeschafft“ gibt es bei „Akteursgruppe“ nicht oder nicht mehr." in response.content.decode()
    assert not Invitation.objects.exists()


def test_desk_takes_the_same_queries_for_few_and_many(
    cast: Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = WorkshopFactory.create()
    for rows in (1, 29):
        StakeholderFactory.create_batch(rows)
        with django_assert_max_num_queries(12):
            office.get(desk(workshop, "?vorschau=1"))


def test_desk_is_closed_to_outsiders(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create()
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.get(desk(workshop)).status_code == 302
        assert client.post(desk(workshop, "?vorschau=1")).status_code == 302
    assert client.get(desk(workshop).replace(str(workshop.pk), "99999999999999999999")).status_code == 302
    assert not Invitation.objects.exists()


def test_gaps_of_the_coverage_are_an_audience_and_are_named(cast: Cast, office: Client) -> None:
    science = StakeholderGroupFactory.create(key="forschung")
    leipzig = DistrictFactory.create(key="14713000")
    wanted = StakeholderFactory.create(group=science, district=leipzig)
    workshop = WorkshopFactory.create()
    text = office.get(desk(workshop, "?gaps=on")).content.decode()
    assert "Ohne Ziele gibt es keine Lücken." in text
    CoverageTarget.objects.create(group=science, district=leipzig, people=3)
    text = office.get(desk(workshop, "?gaps=on&only_new=on")).content.decode()
    assert "Diese Lücken sind offen" in text
    row = (
        '<tr><th scope="row">Gruppe forschung</th><td>Kreis 14713000</td><td>3</td><td>0</td><td>3</td><td>1</td></tr>'
    )
    assert row in text
    office.post(desk(workshop, "?gaps=on"), {"action": "draft"})
    assert Invitation.objects.get().person == wanted
    assert kinds(wanted) == []
