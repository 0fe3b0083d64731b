"""Writing to a part of the people of an event: written, shown, sent once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.writing import write_due
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.at_once import at_once
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import (
    InvitationFactory,
    RegistrationFactory,
    ReminderFactory,
    SessionFactory,
    WorkshopFactory,
)
from tests.workshops.post import kinds, last_mail
from workshops.domain.message import send_message
from workshops.models import Reminder, SessionPlace, Workshop

pytestmark = pytest.mark.django_db
TEXT = {"audience": "registered", "subject": "Bitte mitbringen", "text": "Guten Tag {name}, bringen Sie Fragen mit."}


def address(name: str, workshop: Workshop, *more: int) -> str:
    return reverse(f"admin:workshops_workshop_{name}", args=[workshop.pk, *more])


def write(office: Client, workshop: Workshop, **fields: object) -> str:
    """The address of the page that shows the draft."""
    response = office.post(address("message_add", workshop), {**TEXT, **fields})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_a_message_is_shown_then_sent_once(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    RegistrationFactory.create(workshop=workshop, person=cast.outsider, state="waiting")
    page = write(office, workshop)
    shown = office.get(page).content.decode()
    assert "Das ist zurzeit 1 Person." in shown
    assert f"Guten Tag {cast.stakeholder}, bringen Sie Fragen mit." in shown
    assert not OutgoingMail.objects.exists()
    assert "Die Nachricht geht an 1 Person." in office.post(page, {"action": "send"}, follow=True).content.decode()
    assert "Es ging nichts doppelt hinaus." in office.post(page, {"action": "send"}, follow=True).content.decode()
    assert kinds(cast.stakeholder) == ["event_message"]
    assert kinds(cast.outsider) == []
    mail = last_mail(cast.stakeholder)
    assert mail.subject == "Bitte mitbringen"
    assert f"Guten Tag {cast.stakeholder}, bringen Sie Fragen mit." in mail.text
    assert workshop.period in mail.text
    assert AuditEntry.objects.get(verb="message_posted").actor == cast.project_office


def test_the_event_lists_what_was_sent_and_how_far_it_is(
    cast: Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = WorkshopFactory.create()
    RegistrationFactory.create_batch(3, workshop=workshop)
    page = write(office, workshop)
    office.post(page, {"action": "send"})
    write_due()
    first, second, _third = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=first.pk).update(state="sent")
    OutgoingMail.objects.filter(pk=second.pk).update(state="failed")
    change = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    text = office.get(change).content.decode()
    assert re.search(r"Bitte mitbringen</a></th>.*?<td>1</td><td>1</td><td>1</td>", text, re.DOTALL)
    assert "1 von 3 Nachrichten gesendet." in office.get(page).content.decode()
    for rows in (1, 20):
        for _ in range(rows):
            ReminderFactory.create(workshop=workshop, anchor="at_once", subject="Noch eine", text="Text")
        with django_assert_max_num_queries(30):
            office.get(change)


@pytest.mark.parametrize(
    ("audience", "fields", "expected"),
    [
        ("registered", {}, {"online", "on_site"}),
        ("registered", {"kind": "online"}, {"online"}),
        ("registered", {"kind": "on_site"}, {"on_site"}),
        ("waiting", {}, {"waiting"}),
        ("unanswered", {}, {"unanswered"}),
        ("attended", {}, {"online"}),
    ],
)
def test_only_the_chosen_part_gets_it(
    audience: str, fields: dict[str, str], expected: set[str], office: Client
) -> None:
    workshop = WorkshopFactory.create(mode="hybrid", starts_at=WorkshopFactory.build().starts_at - timedelta(days=20))
    RegistrationFactory.create(
        workshop=workshop, person__first_name="online", kind="online", attended_at=workshop.starts_at
    )
    RegistrationFactory.create(workshop=workshop, person__first_name="on_site")
    RegistrationFactory.create(workshop=workshop, person__first_name="waiting", state="waiting")
    RegistrationFactory.create(workshop=workshop, person__first_name="cancelled", state="cancelled")
    InvitationFactory.create(workshop=workshop, person__first_name="unanswered")
    InvitationFactory.create(workshop=workshop, person__first_name="declined", answer="declined")
    office.post(write(office, workshop, audience=audience, **fields), {"action": "send"})
    assert set(OutgoingMail.objects.values_list("person__first_name", flat=True)) == expected


def test_those_of_one_session_can_be_written_to(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    session, foreign = SessionFactory.create(workshop=workshop, own_registration=True), SessionFactory.create()
    row = RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    RegistrationFactory.create(workshop=workshop, person=cast.outsider)
    SessionPlace.objects.create(session=session, registration=row)
    response = office.post(address("message_add", workshop), {**TEXT, "session": foreign.pk})
    assert response.status_code == 422
    office.post(write(office, workshop, session=session.pk), {"action": "send"})
    assert [mail.person for mail in OutgoingMail.objects.all()] == [cast.stakeholder]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "Hallo {vorname}"}, "Den Platzhalter {vorname} gibt es nicht."),
        ({"subject": "{x}"}, "Den Platzhalter {x} gibt es nicht."),
        ({"text": ""}, "errorlist"),
        ({"audience": "alle"}, "errorlist"),
    ],
)
def test_what_cannot_be_sent_is_refused_at_its_field(fields: dict[str, str], sentence: str, office: Client) -> None:
    response = office.post(address("message_add", WorkshopFactory.create()), {**TEXT, **fields})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Reminder.objects.exists()


def test_a_draft_can_be_changed_and_thrown_away_but_what_was_sent_stays(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    page = write(office, workshop)
    row = Reminder.objects.get()
    edit = address("message_edit", workshop, row.pk)
    assert office.post(edit, {**TEXT, "subject": "Anders"}).status_code == 302
    assert Reminder.objects.get().subject == "Anders"
    office.post(page, {"action": "send"})
    assert "bleibt, wie sie ist" in office.post(edit, {**TEXT, "subject": "Nochmals"}).content.decode()
    assert "bleibt, wie sie ist" in office.post(page, {"action": "discard"}, follow=True).content.decode()
    assert Reminder.objects.get().subject == "Anders"
    other = write(office, workshop)
    assert "ist verworfen" in office.post(other, {"action": "discard"}, follow=True).content.decode()
    assert Reminder.objects.count() == 1
    assert office.get(other).status_code == 404


def test_nobody_to_write_to_and_drafts_of_events_are_refused(office: Client) -> None:
    page = write(office, WorkshopFactory.create())
    assert "gehört niemand zu diesem" in office.post(page, {"action": "send"}, follow=True).content.decode()
    draft = WorkshopFactory.create(state="draft")
    assert "weiß noch niemand" in office.post(address("message_add", draft), TEXT).content.decode()


def test_people_of_a_cancelled_event_can_still_be_written_to(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create(state="cancelled")
    RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    office.post(write(office, workshop), {"action": "send"})
    assert last_mail(cast.stakeholder).state == "queued"


def test_outsiders_find_none_of_these_pages(cast: Cast, client: Client) -> None:
    row = ReminderFactory.create(anchor="at_once", subject="Betreff", text="Text")
    pages = [address("message_add", row.workshop), address("message", row.workshop, row.pk)]
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        for page in pages:
            assert client.post(page, {"action": "send"}).status_code == 302
    assert Reminder.objects.get().posted_at is None


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_send_at_once_send_once() -> None:
    office = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    row = ReminderFactory.create(anchor="at_once", subject="Betreff", text="Text")
    RegistrationFactory.create_batch(5, workshop=row.workshop)
    assert sorted(at_once(*[lambda: send_message(message=row, actor=office)] * 4)) == [0, 0, 0, 5]
    assert OutgoingMail.objects.count() == 5
