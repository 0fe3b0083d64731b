from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, RegistrationFactory, WorkshopFactory
from tests.workshops.desk_form import filled_in
from tests.workshops.post import kinds
from workshops.domain.registration import register
from workshops.models import Registration, Workshop

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/workshops/workshop/"
ADD = f"{LIST}add/"


def act(client: Client, action: str, *rows: Workshop | Registration, **more: str) -> str:
    address = reverse(f"admin:workshops_{rows[0]._meta.model_name}_changelist")
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(address, data, follow=True).content.decode()


def test_add_makes_a_draft_that_publish_shows(office: Client) -> None:
    assert office.post(ADD, filled_in()).status_code == 302
    workshop = Workshop.objects.get()
    assert (workshop.state, workshop.capacity) == (Workshop.State.DRAFT, 2)
    assert timezone.localtime(workshop.starts_at).strftime("%H:%M") == "18:30"
    assert "„Regionaldialog Görlitz“ ist veröffentlicht." in act(office, "publish", workshop)
    assert office.get("/veranstaltungen/regionaldialog-goerlitz/").status_code == 200


def test_end_before_start_is_refused(office: Client) -> None:
    response = office.post(ADD, filled_in(ends_at="2020-01-01T17:00"))
    assert "Das Ende darf nicht vor dem Beginn liegen." in response.content.decode()
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("fields", [{"capacity": "-1"}, {"capacity": "99999999999999"}, {"title": "x" * 201}])
def test_bad_numbers_and_texts_are_refused(fields: dict[str, str], office: Client) -> None:
    assert office.post(ADD, filled_in(**fields)).status_code == 200
    assert not Workshop.objects.exists()


def test_more_places_in_the_form_move_the_waiting_list_up(cast: Cast, office: Client) -> None:
    office.post(ADD, filled_in(capacity="0"))
    workshop = Workshop.objects.get()
    act(office, "publish", workshop)
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    assert office.post(address, filled_in(capacity="1")).status_code == 302
    assert Registration.objects.get().state == Registration.State.CONFIRMED
    assert kinds(cast.stakeholder) == ["registration_waiting", "registration_moved_up"]


def test_list_counts_and_takes_the_same_queries_at_any_length(
    office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 29):
        for workshop in WorkshopFactory.create_batch(rows, capacity=7):
            RegistrationFactory.create_batch(2, workshop=workshop)
            RegistrationFactory.create_batch(3, workshop=workshop, state="waiting")
            InvitationFactory.create_batch(4, workshop=workshop)
        with django_assert_max_num_queries(12):
            text = office.get(LIST).content.decode()
    numbers = {"invited": 4, "confirmed": 2, "waiting": 3, "asking": 0, "left": 5}
    for field, number in numbers.items():
        assert f'<td class="field-{field}">{number}</td>' in text


def test_places_left_count_companions_offers_and_both_kinds_of_places(office: Client) -> None:
    workshop = WorkshopFactory.create(mode="hybrid", capacity=10, online_capacity=5)
    RegistrationFactory.create(workshop=workshop, companions=2)
    RegistrationFactory.create(workshop=workshop, kind="online", state="offered")
    RegistrationFactory.create(workshop=workshop, state="requested")
    WorkshopFactory.create(mode="hybrid", capacity=10, online_capacity=None)
    text = office.get(LIST).content.decode()
    assert '<td class="field-left">11</td>' in text
    assert '<td class="field-left">ohne Grenze</td>' in text
    assert '<td class="field-asking">1</td>' in text


def test_change_page_lists_registrations_and_links_the_desks(
    office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = WorkshopFactory.create()
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    for rows in (1, 29):
        RegistrationFactory.create_batch(rows, workshop=workshop)
        with django_assert_max_num_queries(24):
            text = office.get(address).content.decode()
    assert text.count("Platz freigeben</a>") == 30
    assert reverse("admin:workshops_workshop_invite", args=[workshop.pk]) in text


def test_a_place_is_freed_after_a_question(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held = register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    register(workshop=workshop, person=cast.colleague, actor=cast.colleague)
    address = reverse("admin:workshops_registration_free", args=[held.pk])
    assert "Möchten Sie den Platz von" in office.get(address).content.decode()
    held.refresh_from_db()
    assert held.is_current
    office.post(address)
    assert Registration.objects.confirmed().get().person == cast.colleague
    assert AuditEntry.objects.get(verb="registration_cancelled").actor == cast.project_office
    assert office.post(reverse("admin:workshops_registration_free", args=[held.pk + 99])).status_code == 404


def test_freeing_a_place_too_late_is_refused_with_a_sentence(office: Client) -> None:
    held = RegistrationFactory.create(workshop__starts_at=timezone.now() - timedelta(hours=1))
    sentence = "kann nicht mehr frei werden"
    address = reverse("admin:workshops_registration_free", args=[held.pk])
    assert sentence in office.post(address, follow=True).content.decode()
    assert sentence in act(office, "free_places", held)


def test_many_places_can_be_freed_at_once(office: Client) -> None:
    workshop = WorkshopFactory.create()
    rows = RegistrationFactory.create_batch(2, workshop=workshop)
    assert "2 Plätze sind frei." in act(office, "free_places", *rows)
    assert not Registration.objects.current().exists()


def test_call_off_asks_first_and_then_tells_everybody(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    question = act(office, "call_off", workshop)
    assert "1 Person bekommt Bescheid" in question
    workshop.refresh_from_db()
    assert workshop.state == Workshop.State.PUBLISHED
    assert "ist abgesagt. Alle Beteiligten bekommen eine Nachricht." in act(office, "call_off", workshop, confirmed="1")
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_cancelled"]


def test_postponing_asks_first_and_so_does_the_new_date(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    assert "1 Person bekommt Bescheid" in act(office, "postpone", workshop)
    assert Workshop.objects.get().state == Workshop.State.PUBLISHED
    assert "ist verschoben. Alle Beteiligten" in act(office, "postpone", workshop, confirmed="1")
    question = act(office, "publish", workshop)
    assert "1 Person bekommt Bescheid" in question
    assert workshop.period in question
    assert Workshop.objects.get().state == Workshop.State.POSTPONED
    assert "ist veröffentlicht." in act(office, "publish", workshop, confirmed="1")
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_postponed", "workshop_rescheduled"]


def test_refused_actions_say_why(office: Client) -> None:
    draft = WorkshopFactory.create(state=Workshop.State.DRAFT, place="")
    assert "hat noch keinen Ort" in act(office, "publish", draft)
    assert "können Sie löschen" in act(office, "call_off", draft, confirmed="1")
    assert "nur bei veröffentlichten" in act(office, "postpone", draft, confirmed="1")


def test_only_drafts_can_be_deleted(office: Client) -> None:
    draft, public = WorkshopFactory.create(state=Workshop.State.DRAFT), WorkshopFactory.create()
    assert office.post(f"{LIST}{public.pk}/delete/", {"post": "yes"}).status_code == 403
    assert office.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Workshop.objects.all()) == [public]
    assert "delete_selected" not in office.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["registration", "invitation"])
def test_lists_of_people_are_read_only_and_take_few_queries(
    name: str, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = WorkshopFactory.create()
    address = reverse(f"admin:workshops_{name}_changelist")
    for rows in (1, 29):
        RegistrationFactory.create_batch(rows, workshop=workshop)
        InvitationFactory.create_batch(rows, workshop=workshop)
        with django_assert_max_num_queries(10):
            assert office.get(f"{address}?workshop__id__exact={workshop.pk}").status_code == 200
    assert office.get(reverse(f"admin:workshops_{name}_add")).status_code == 403


def test_outsider_and_ministry_find_no_desk(cast: Cast, client: Client) -> None:
    workshop, held = WorkshopFactory.create(), RegistrationFactory.create()
    addresses = [
        LIST,
        reverse("admin:workshops_workshop_invite", args=[workshop.pk]),
        reverse("admin:workshops_registration_free", args=[held.pk]),
    ]
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        for address in addresses:
            assert client.post(address).status_code == 302
    held.refresh_from_db()
    assert held.is_current


def test_the_address_of_an_event_stays_once_people_know_it(office: Client) -> None:
    assert office.post(ADD, filled_in()).status_code == 302
    workshop = Workshop.objects.get()
    change = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    assert office.post(change, filled_in(slug="dialog-goerlitz")).status_code == 302
    assert Workshop.objects.get().slug == "dialog-goerlitz"
    act(office, "publish", workshop)
    assert office.post(change, filled_in(slug="woanders", title="Neuer Titel")).status_code == 302
    again = Workshop.objects.get()
    assert (again.title, again.slug) == ("Neuer Titel", "dialog-goerlitz")
