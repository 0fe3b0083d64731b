"""Who is there, ticked on a list; the list as a file; and those who asked to take part."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import Activity, AuditEntry
from tests.cast import Cast
from tests.factories.workshops import QuestionFactory, RegistrationFactory, SessionFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.registration import register
from workshops.models import Answer, Registration, SessionPlace, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    """Begins in half an hour."""
    row: Workshop = WorkshopFactory.create(starts_at=timezone.now() + timedelta(minutes=30))
    return row


def address(name: str, workshop: Workshop, *more: str) -> str:
    return reverse(f"admin:workshops_workshop_{name}", args=[workshop.pk, *more])


def tick(office: Client, workshop: Workshop, present: list[Registration], known: list[Registration]) -> str:
    data = {"present": [row.pk for row in present], "known": [row.pk for row in known]}
    return office.post(address("attendance", workshop), data, follow=True).content.decode()


def there() -> set[Registration]:
    return set(Registration.objects.filter(attended_at__isnull=False))


def test_boxes_note_who_is_there_and_take_it_back(office: Client, workshop: Workshop) -> None:
    one, two, three = RegistrationFactory.create_batch(3, workshop=workshop, companions=1)
    text = tick(office, workshop, [one, two], [])
    assert "Vermerkt: 2 anwesend, 0 zurückgenommen." in text
    assert "2 von 3 sind da." in text
    assert "Dazu kommen 2 Begleitpersonen." in text
    assert Activity.objects.filter(kind="attended").count() == 2
    assert "Vermerkt: 1 anwesend, 1 zurückgenommen." in tick(office, workshop, [two, three], [one, two])
    assert there() == {two, three}


def test_a_list_that_is_old_does_not_undo_what_the_door_noted(office: Client, workshop: Workshop) -> None:
    one, two = RegistrationFactory.create_batch(2, workshop=workshop)
    tick(office, workshop, [one], [])
    tick(office, workshop, [two], [])
    assert there() == {one, two}


def test_rows_of_other_events_and_nonsense_change_nothing(office: Client, workshop: Workshop) -> None:
    foreign = RegistrationFactory.create(workshop__starts_at=timezone.now())
    office.post(address("attendance", workshop), {"present": [foreign.pk, "x", "²", "9" * 30], "known": ["-1"]})
    assert there() == set()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": timezone.now() + timedelta(days=2), "ends_at": timezone.now() + timedelta(days=3)}, "ab einer"),
        ({"state": "cancelled"}, "findet nicht statt"),
    ],
)
def test_too_early_or_not_at_all_is_refused(
    fields: dict[str, object], sentence: str, office: Client, workshop: Workshop
) -> None:
    row = RegistrationFactory.create(workshop=workshop)
    Workshop.objects.update(**fields)
    assert sentence in tick(office, workshop, [row], [])
    assert " disabled>" in office.get(address("attendance", workshop)).content.decode()
    assert there() == set()


def test_people_are_found_by_the_beginning_of_their_names(office: Client, workshop: Workshop) -> None:
    for first, last in (("Hanna", "Wolf"), ("Hanno", "Fuchs"), ("Wolfgang", "Reh")):
        RegistrationFactory.create(workshop=workshop, person__first_name=first, person__last_name=last)
    for words, expected in (("han", 2), ("wolf", 2), ("hanna wolf", 1), ("%", 0), ("igel", 0)):
        text = office.get(address("attendance", workshop), {"q": words}).content.decode()
        assert text.count('type="checkbox"') == expected, words
    assert "Niemand mit diesem Namen hat einen Platz." in text


def test_the_list_takes_the_same_queries_at_any_length(
    office: Client, workshop: Workshop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    question = QuestionFactory.create(workshop=workshop)
    for rows in (1, 29):
        for row in RegistrationFactory.create_batch(rows, workshop=workshop):
            Answer.objects.create(question=question, registration=row, value="ja")
            RegistrationFactory.create(workshop=workshop, state="requested")
            RegistrationFactory.create(workshop=workshop, state="refused")
        for name, more, most in (("attendance", (), 9), ("participants", ("csv",), 10), ("approval", (), 13)):
            with django_assert_max_num_queries(most):
                assert office.get(address(name, workshop, *more)).status_code == 200


def test_the_file_has_people_sessions_and_answers(cast: Cast, office: Client, workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop, person=cast.stakeholder, companions=2)
    RegistrationFactory.create(workshop=workshop, state="cancelled", person__last_name="Weg")
    question = QuestionFactory.create(workshop=workshop, text="Was essen Sie?")
    Answer.objects.create(question=question, registration=row, value="=vegan")
    SessionPlace.objects.create(session=SessionFactory.create(workshop=workshop, title="Auftakt"), registration=row)
    response = office.get(address("participants", workshop, "csv"))
    text = response.content.decode("utf-8-sig")
    assert "no-store" in response["Cache-Control"]
    assert "stakeholder@example.org" in text
    assert "Auftakt" in text
    assert "Weg" not in text
    book = load_workbook(io.BytesIO(office.get(address("participants", workshop, "xlsx")).content))
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "Was essen Sie?" in cells
    assert any(cell.endswith("=vegan") for cell in cells)
    assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    assert AuditEntry.objects.filter(verb="list_exported").count() == 2
    assert office.get(address("participants", workshop, "pdf")).status_code == 404


@pytest.fixture
def choosy() -> Workshop:
    row: Workshop = WorkshopFactory.create(needs_approval=True, capacity=1)
    return row


def decide(office: Client, row: Registration, action: str, **more: str) -> str:
    data = {"registration": str(row.pk), "action": action, **more}
    return office.post(address("approval", row.workshop), data, follow=True).content.decode()


def test_who_asked_is_admitted_or_waits_or_is_refused_with_a_reason(
    cast: Cast, office: Client, choosy: Workshop
) -> None:
    first, second, third = (
        register(workshop=choosy, person=person, actor=person)
        for person in (cast.stakeholder, cast.colleague, cast.outsider)
    )
    page = office.get(address("approval", choosy)).content.decode()
    assert page.count("Annehmen</button>") == 3
    assert "noch 1 Platz frei." in page
    change = reverse("admin:workshops_workshop_change", args=[choosy.pk])
    assert "3 Anfragen" in office.get(change).content.decode()
    assert "hat einen Platz." in decide(office, first, "approve")
    assert "steht auf der Warteliste." in decide(office, second, "approve")
    assert "Bitte nennen Sie einen Grund." in decide(office, third, "refuse")
    assert "ist nicht zugelassen." in decide(office, third, "refuse", reason="Bitte kommen Sie im Herbst.")
    assert "Zurzeit ist nichts zu entscheiden." in office.get(address("approval", choosy)).content.decode()
    assert kinds(cast.stakeholder)[-1] == "registration_confirmed"
    assert kinds(cast.colleague)[-1] == "registration_waiting"
    assert kinds(cast.outsider)[-1] == "registration_refused"
    assert Registration.objects.get(pk=third.pk).refusal_reason == "Bitte kommen Sie im Herbst."


def test_whoever_was_refused_can_be_admitted_after_all(cast: Cast, office: Client, choosy: Workshop) -> None:
    row = register(workshop=choosy, person=cast.stakeholder, actor=cast.stakeholder)
    assert "Doch annehmen" not in decide(office, row, "approve")
    other = register(workshop=choosy, person=cast.outsider, actor=cast.outsider)
    page = decide(office, other, "refuse", reason="Bitte kommen Sie im Herbst.")
    assert f"{cast.outsider}: Bitte kommen Sie im Herbst." in page
    assert "Doch annehmen</button>" in page
    change = reverse("admin:workshops_workshop_change", args=[choosy.pk])
    assert address("approval", choosy) in office.get(change).content.decode()
    page = decide(office, other, "approve")
    assert "steht auf der Warteliste." in page
    assert "Doch annehmen" not in page
    assert kinds(cast.outsider)[-2:] == ["registration_refused", "registration_waiting"]


def test_deciding_twice_or_about_another_event_changes_nothing(cast: Cast, office: Client, choosy: Workshop) -> None:
    row = register(workshop=choosy, person=cast.stakeholder, actor=cast.stakeholder)
    for _ in range(2):
        decide(office, row, "approve")
    assert kinds(cast.stakeholder).count("registration_confirmed") == 1
    assert "schon entschieden" in decide(office, row, "refuse", reason="Doch nicht")
    foreign = RegistrationFactory.create(state="requested")
    assert (
        office.post(address("approval", choosy), {"registration": foreign.pk, "action": "approve"}).status_code == 404
    )
    assert Registration.objects.get(pk=foreign.pk).state == "requested"


def test_outsiders_find_none_of_these_pages(cast: Cast, client: Client, workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop)
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        for name, more in (("attendance", ()), ("approval", ()), ("participants", ("csv",))):
            assert client.get(address(name, workshop, *more)).status_code == 302
        assert client.post(address("attendance", workshop), {"present": [row.pk]}).status_code == 302
    assert there() == set()
