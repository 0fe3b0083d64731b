from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory, StakeholderGroupFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.invitation import Invited, answer, audience, invite
from workshops.domain.registration import register
from workshops.models import Invitation, Registration, Workshop

pytestmark = pytest.mark.django_db
Answer = Invitation.Answer


def test_audience_is_any_group_in_any_district_with_any_interest() -> None:
    science, chambers = StakeholderGroupFactory.create(key="forschung"), StakeholderGroupFactory.create(key="kammern")
    leipzig, zwickau = DistrictFactory.create(key="14713000"), DistrictFactory.create(key="14524000")
    wanted = StakeholderFactory.create(group=science, district=leipzig, wants_events=True)
    also = StakeholderFactory.create(group=chambers, district=leipzig, wants_theses=True)
    StakeholderFactory.create(group=science, district=zwickau, wants_events=True)
    StakeholderFactory.create(group=science, district=leipzig, wants_results=True)
    StakeholderFactory.create(district=leipzig, wants_events=True)
    found = audience(groups=[science, chambers], districts=[leipzig], interests=["wants_events", "wants_theses"])
    assert set(found) == {wanted, also}


def test_audience_without_choice_is_everybody_who_takes_part(cast: Cast) -> None:
    StakeholderFactory.create(is_active=False)
    StakeholderFactory.create(group=None)
    StakeholderFactory.create(last_name="")
    assert set(audience()) == {cast.stakeholder, cast.colleague, cast.outsider}


def test_invite_sends_each_person_one_link(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    people = [cast.stakeholder, cast.colleague]
    assert invite(workshop=workshop, people=people, actor=cast.project_office) == Invited(invited=2, known=0)
    assert kinds(cast.stakeholder) == ["invitation"]
    entry = AuditEntry.objects.get(verb="invitations_sent")
    assert (entry.actor, entry.facts) == (cast.project_office, {"invited": 2})


def test_invite_again_reaches_only_new_people(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    invite(workshop=workshop, people=[cast.stakeholder], actor=cast.project_office)
    register(workshop=workshop, person=cast.colleague, actor=cast.colleague)
    people = [cast.stakeholder, cast.colleague, cast.outsider, cast.outsider]
    assert invite(workshop=workshop, people=people, actor=cast.project_office) == Invited(invited=1, known=2)
    assert kinds(cast.stakeholder) == ["invitation"]
    assert kinds(cast.outsider) == ["invitation"]
    assert invite(workshop=workshop, people=people, actor=cast.project_office) == Invited(invited=0, known=3)
    assert AuditEntry.objects.filter(verb="invitations_sent").count() == 2


def test_invite_of_many_takes_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    workshop = WorkshopFactory.create()
    Stakeholder.objects.bulk_create(
        StakeholderFactory.build_batch(520, group=cast.outsider.group, district=cast.outsider.district)
    )
    with django_assert_max_num_queries(20):
        result = invite(workshop=workshop, people=audience(), actor=cast.project_office)
    assert result.invited == 523
    assert OutgoingMail.objects.filter(kind="invitation").count() == 523


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Workshop.State.DRAFT},
        {"state": Workshop.State.CANCELLED},
        {"registration_closes_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_invite_refuses_while_nobody_could_accept(fields: dict[str, object], cast: Cast) -> None:
    with pytest.raises(Refusal, match="Einladen geht nur"):
        invite(workshop=WorkshopFactory.create(**fields), people=[cast.stakeholder], actor=cast.project_office)
    assert not Invitation.objects.exists()


def test_answer_accepting_registers(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder, workshop__open_registration=False)
    registration = answer(invitation=invitation, accept=True)
    assert registration
    assert registration.state == Registration.State.CONFIRMED
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_at is None) == (Answer.ACCEPTED, False)
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


def test_answer_accepting_a_full_event_waits(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder, workshop__capacity=0)
    registration = answer(invitation=invitation, accept=True)
    assert registration
    assert registration.state == Registration.State.WAITING


def test_answer_declining_keeps_the_reason_and_sends_nothing(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    assert answer(invitation=invitation, accept=False, reason="Urlaub") is None
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answer_reason) == (Answer.DECLINED, "Urlaub")
    assert kinds(cast.stakeholder) == []
    assert AuditEntry.objects.get(verb="invitation_declined").actor == cast.stakeholder


def test_answer_declining_frees_the_place_for_the_next(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    invitation = InvitationFactory.create(person=cast.stakeholder, workshop=workshop)
    answer(invitation=invitation, accept=True)
    register(workshop=workshop, person=cast.colleague, actor=cast.colleague)
    answer(invitation=invitation, accept=False, reason="krank")
    assert kinds(cast.colleague) == ["registration_waiting", "registration_moved_up"]
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answer_reason) == (Answer.DECLINED, "krank")
    assert AuditEntry.objects.filter(verb="invitation_declined").count() == 1


def test_answer_may_change_and_repeat_without_second_mails(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    for accept in (False, False, True, True):
        answer(invitation=invitation, accept=accept)
    assert kinds(cast.stakeholder) == ["registration_confirmed"]
    verbs = AuditEntry.objects.filter(verb__startswith="invitation_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["invitation_declined", "invitation_accepted"]


def test_answer_accepting_refuses_after_the_deadline_but_declining_frees(cast: Cast) -> None:
    early, late = (InvitationFactory.create(person=cast.stakeholder) for _ in range(2))
    answer(invitation=early, accept=True)
    Workshop.objects.update(registration_closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refusal, match="Anmeldung ist geschlossen"):
        answer(invitation=late, accept=True)
    assert answer(invitation=early, accept=False) is None
    assert Registration.objects.get().state == Registration.State.CANCELLED


def test_answer_declining_refuses_after_the_start(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    Workshop.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refusal, match="nicht mehr nötig"):
        answer(invitation=invitation, accept=False)
