from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import calendar_of, kinds, last_mail, sequence_of
from workshops.domain.registration import register
from workshops.domain.workshop import cancel_workshop, change_workshop, create_workshop, publish_workshop
from workshops.models import Invitation, Registration, Workshop

pytestmark = pytest.mark.django_db
State = Workshop.State


def test_create_makes_a_draft(cast: Cast) -> None:
    workshop = WorkshopFactory.build(state=State.PUBLISHED)
    create_workshop(workshop=workshop, actor=cast.project_office)
    assert Workshop.objects.get().state == State.DRAFT
    assert AuditEntry.objects.get(verb="workshop_created").actor == cast.project_office


def test_change_to_more_places_moves_the_waiting_list_up(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=0)
    for person in (cast.stakeholder, cast.colleague, cast.outsider):
        register(workshop=workshop, person=person, actor=person)
    workshop.capacity = 2
    change_workshop(workshop=workshop, actor=cast.project_office)
    assert Registration.objects.confirmed().count() == 2
    assert kinds(cast.outsider) == ["registration_waiting"]
    workshop.capacity = None
    change_workshop(workshop=workshop, actor=cast.project_office)
    assert kinds(cast.outsider) == ["registration_waiting", "registration_moved_up"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("starts_at", timezone.now() + timedelta(days=13)), ("place", "Neue Halle"), ("online_url", "https://x.example/")],
)
def test_change_of_the_appointment_is_told_with_a_newer_calendar_entry(name: str, value: object, cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    register(workshop=workshop, person=cast.colleague, actor=cast.colleague)
    InvitationFactory.create(workshop=workshop, person=cast.ministry)
    InvitationFactory.create(workshop=workshop, person=cast.outsider, answer=Invitation.Answer.DECLINED)
    before = sequence_of(last_mail(cast.stakeholder))
    setattr(workshop, name, value)
    change_workshop(workshop=workshop, actor=cast.project_office)
    assert Workshop.objects.get().calendar_sequence == 1
    assert kinds(cast.stakeholder)[-1] == "workshop_changed"
    visible_to_all = [] if name == "online_url" else ["workshop_changed"]
    assert kinds(cast.colleague) == ["registration_waiting", *visible_to_all]
    assert kinds(cast.ministry) == visible_to_all
    if visible_to_all:
        assert "Ihre Einladung gilt weiter." in last_mail(cast.ministry).text
        assert "PARTSTAT=NEEDS-ACTION" in calendar_of(last_mail(cast.ministry))
    assert sequence_of(last_mail(cast.stakeholder)) > before
    assert last_mail(cast.colleague).attachments == []
    assert kinds(cast.outsider) == []


def test_change_of_the_text_is_not_told(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    workshop.description = "Neues Programm"
    change_workshop(workshop=workshop, actor=cast.project_office)
    assert kinds(cast.stakeholder) == ["registration_confirmed"]
    assert Workshop.objects.get().calendar_sequence == 0


def test_change_keeps_what_a_stale_copy_does_not_know(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    stale = Workshop.objects.get()
    Workshop.objects.update(calendar_sequence=4)
    cancel_workshop(workshop=workshop, actor=cast.project_office)
    stale.description = "Neu"
    change_workshop(workshop=stale, actor=cast.project_office)
    kept = Workshop.objects.get()
    assert (kept.state, kept.calendar_sequence) == (State.CANCELLED, 5)


def test_publish_twice_is_audited_once(cast: Cast) -> None:
    workshop = WorkshopFactory.create(state=State.DRAFT)
    publish_workshop(workshop=workshop, actor=cast.project_office)
    assert publish_workshop(workshop=workshop, actor=cast.project_office).state == State.PUBLISHED
    assert AuditEntry.objects.filter(verb="workshop_published").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"state": State.DRAFT, "place": ""}, "keinen Ort"), ({"state": State.CANCELLED}, "ist abgesagt")],
)
def test_publish_refuses(fields: dict[str, object], sentence: str, cast: Cast) -> None:
    with pytest.raises(Refusal, match=sentence):
        publish_workshop(workshop=WorkshopFactory.create(**fields), actor=cast.project_office)


def test_cancel_tells_registered_waiting_and_invited_once_each(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    register(workshop=workshop, person=cast.colleague, actor=cast.colleague)
    InvitationFactory.create(workshop=workshop, person=cast.outsider)
    InvitationFactory.create(workshop=workshop, person=cast.ministry, answer=Invitation.Answer.DECLINED)
    for _ in range(2):
        cancel_workshop(workshop=workshop, actor=cast.project_office)
    for person in (cast.stakeholder, cast.colleague, cast.outsider):
        assert kinds(person).count("workshop_cancelled") == 1
        if person == cast.colleague:
            assert last_mail(person).attachments == []
            continue
        calendar = last_mail(person).attachments[0]["content"]
        assert "METHOD:CANCEL" in calendar
        assert "STATUS:CANCELLED" in calendar
        assert sequence_of(last_mail(person)) > 0
    assert kinds(cast.ministry) == []
    assert AuditEntry.objects.get(verb="workshop_cancelled").facts == {"people": 3}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": State.DRAFT}, "können Sie löschen"),
        ({"starts_at": timezone.now() - timedelta(days=3)}, "schon vorbei"),
    ],
)
def test_cancel_refuses(fields: dict[str, object], sentence: str, cast: Cast) -> None:
    with pytest.raises(Refusal, match=sentence):
        cancel_workshop(workshop=WorkshopFactory.create(**fields), actor=cast.project_office)
