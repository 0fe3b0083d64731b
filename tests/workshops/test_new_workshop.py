"""New events from the template of a format or as a copy of another."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import OutgoingMail
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import (
    InvitationFactory,
    QuestionFactory,
    RegistrationFactory,
    ReminderFactory,
    SessionFactory,
    WorkshopFactory,
)
from workshops.domain.copy import copy_workshop
from workshops.domain.free_slug import free_slug
from workshops.domain.template import TEMPLATES, create_from_template
from workshops.domain.workshop import publish_workshop
from workshops.models import Question, Reminder, Session, Workshop

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
FROM_TEMPLATE = "/verwaltung/workshops/workshop/vorlage/"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=BERLIN)


def sent(**fields: str) -> dict[str, str]:
    return {
        "format": "workshop",
        "title": "Fügen in Görlitz",
        "starts_at": "2027-05-04T14:00",
        "summary": "A",
        **fields,
    }


@pytest.mark.parametrize("name", Workshop.Format.values)
def test_every_format_has_a_template_that_fits_its_own_checks(name: str, cast: Cast) -> None:
    start = at(5, 4, 10)
    workshop = create_from_template(
        workshop=Workshop(format=name, title=f"Neu {name}", summary="A", starts_at=start), actor=cast.project_office
    )
    stored = Workshop.objects.get(pk=workshop.pk)
    stored.full_clean(exclude=["district"])
    assert (stored.state, stored.format) == ("draft", name)
    sessions = list(Session.objects.all())
    assert sessions
    for session in sessions:
        session.full_clean()
        assert stored.starts_at <= session.starts_at < session.ends_at <= stored.ends_at
    assert Question.objects.filter(purpose="accessibility").exists()
    assert Question.objects.filter(purpose="catering").exists() == (name != "online")
    assert all(row.due_at < row.pointless_at for row in Reminder.objects.all())
    assert Reminder.objects.count() == len(TEMPLATES[name].reminders)


def test_a_camp_lasts_days_across_summer_time_and_a_slam_has_pitches(cast: Cast) -> None:
    camp = Workshop(format="innocamp", title="Camp", summary="A", starts_at=at(3, 27, 10))
    create_from_template(workshop=camp, actor=cast.project_office)
    assert Workshop.objects.get().ends_at == at(3, 29, 15)
    assert Session.objects.filter(starts_at=at(3, 28, 10)).exists()
    slam = Workshop(format="innoslam", title="Slam", summary="A", starts_at=at(5, 4, 18))
    create_from_template(workshop=slam, actor=cast.project_office)
    assert Session.objects.filter(workshop=slam, is_pitch=True).count() == 5


def test_reminders_whose_time_is_over_are_left_out(cast: Cast) -> None:
    soon = Workshop(format="conference", title="Bald", summary="A", starts_at=timezone.now() + timedelta(days=3))
    create_from_template(workshop=soon, actor=cast.project_office)
    assert sorted(Reminder.objects.values_list("hours", flat=True)) == [-48, 24]


def test_the_desk_makes_a_draft_from_a_template(office: Client) -> None:
    assert "Aus einer Vorlage anlegen" in office.get("/verwaltung/workshops/workshop/").content.decode()
    assert "InnoCamp" in office.get(FROM_TEMPLATE).content.decode()
    for name in ("fuegen-in-goerlitz", "fuegen-in-goerlitz-2"):
        response = office.post(FROM_TEMPLATE, sent(), follow=True)
        assert "Der Entwurf ist angelegt." in response.content.decode()
        assert Workshop.objects.latest("pk").slug == name


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": "2020-05-04T14:00"}, "Der Beginn muss in der Zukunft liegen."),
        ({"format": "party"}, "errorlist"),
        ({"title": ""}, "errorlist"),
        ({"title": "x" * 201}, "errorlist"),
    ],
)
def test_a_template_without_what_it_needs_is_refused(fields: dict[str, str], sentence: str, office: Client) -> None:
    response = office.post(FROM_TEMPLATE, sent(**fields))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Workshop.objects.exists()


def test_a_copy_takes_everything_but_the_people(cast: Cast, office: Client) -> None:
    original = WorkshopFactory.create(
        title="Werkstatt",
        starts_at=at(3, 20, 18, 30),
        ends_at=at(3, 20, 21),
        registration_closes_at=at(3, 13, 12),
        room="Saal",
        demo=True,
        calendar_sequence=7,
    )
    thesis = ThesisFactory.create()
    original.theses.add(thesis)
    session = SessionFactory.create(workshop=original, starts_at=at(3, 20, 19), own_registration=True)
    parent = QuestionFactory.create(workshop=original)
    QuestionFactory.create(workshop=original, shown_if=parent, shown_value="ja")
    ReminderFactory.create(workshop=original, session=session, posted_at=timezone.now(), hours=-5)
    ReminderFactory.create(workshop=original, anchor="at_once", subject="A", text="B")
    RegistrationFactory.create(workshop=original)
    InvitationFactory.create(workshop=original)
    address = reverse("admin:workshops_workshop_copy", args=[original.pk])
    assert office.get(address).status_code == 200
    response = office.post(address, {"title": "Werkstatt Herbst", "starts_at": "2027-11-06T18:30"}, follow=True)
    assert "Niemand hat davon erfahren." in response.content.decode()
    copy = Workshop.objects.exclude(pk=original.pk).get()
    assert (copy.state, copy.slug, copy.room, copy.demo, copy.calendar_sequence) == (
        *("draft", "werkstatt-herbst", "Saal"),
        *(False, 0),
    )
    assert (copy.ends_at, copy.registration_closes_at) == (at(11, 6, 21), at(10, 30, 12))
    assert list(copy.theses.all()) == [thesis]
    assert [row.starts_at for row in copy.sessions.all()] == [at(11, 6, 19)]
    first, second = copy.questions.order_by("pk")
    assert second.shown_if == first
    reminder = copy.reminders.get()
    assert (reminder.hours, reminder.posted_at, reminder.session) == (-5, None, copy.sessions.get())
    assert not copy.registrations.exists()
    assert not copy.invitations.exists()
    assert original.sessions.get() == session
    assert original.questions.count() == 2
    assert original.reminders.count() == 2
    assert not OutgoingMail.objects.exists()


def test_a_copy_of_a_cancelled_event_can_be_published(cast: Cast) -> None:
    original = WorkshopFactory.create(state="cancelled")
    copy = copy_workshop(
        workshop=original, title=original.title, starts_at=timezone.now() + timedelta(days=9), actor=cast.project_office
    )
    assert publish_workshop(workshop=copy, actor=cast.project_office).state == "published"
    original.refresh_from_db()
    assert original.state == "cancelled"


def test_one_event_at_a_time_is_copied_from_the_list(office: Client) -> None:
    rows = WorkshopFactory.create_batch(2)
    changelist = reverse("admin:workshops_workshop_changelist")
    many = office.post(changelist, {"action": "copy", "_selected_action": [row.pk for row in rows]}, follow=True)
    assert "genau eine Veranstaltung" in many.content.decode()
    one = office.post(changelist, {"action": "copy", "_selected_action": [rows[0].pk]})
    assert one["Location"] == reverse("admin:workshops_workshop_copy", args=[rows[0].pk])


def test_a_copy_cannot_begin_in_the_past(office: Client) -> None:
    address = reverse("admin:workshops_workshop_copy", args=[WorkshopFactory.create().pk])
    assert office.post(address, {"title": "Alt", "starts_at": "2020-01-01T10:00"}).status_code == 422
    assert Workshop.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Öl & Straße", "oel-strasse"), ("???", "veranstaltung"), ("Reihe", "reihe-2"), ("x" * 200, "x" * 110)],
)
def test_addresses_come_from_titles_and_are_free(text: str, slug: str) -> None:
    assert free_slug(text) == slug


def test_outsiders_make_no_events(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create()
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.post(FROM_TEMPLATE, sent()).status_code == 302
        assert client.post(reverse("admin:workshops_workshop_copy", args=[workshop.pk]), sent()).status_code == 302
    assert Workshop.objects.count() == 1
