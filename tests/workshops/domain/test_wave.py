"""Waves of invitations: who is chosen, that a draft tells nobody anything, and that the draw can be repeated."""

import json

import pytest
from django.db.models import QuerySet

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import (
    DistrictFactory,
    OrganisationFactory,
    StakeholderFactory,
    StakeholderGroupFactory,
)
from tests.factories.workshops import InvitationFactory, InvitationWaveFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.draw_protocol import replay
from workshops.domain.fair_selection import Quota
from workshops.domain.invitation import answer
from workshops.domain.registration import register
from workshops.domain.wave import MOST_KINDS, discard_wave, draft_wave, remind_wave, send_wave
from workshops.models import Invitation, InvitationWave, Workshop

pytestmark = pytest.mark.django_db


def people(**sizes: int) -> list[Stakeholder]:
    found: list[Stakeholder] = []
    for key, size in sizes.items():
        group = StakeholderGroupFactory.create(key=key, name=f"Gruppe {key}")
        found += StakeholderFactory.create_batch(size, group=group)
    return found


def everybody() -> QuerySet[Stakeholder]:
    found: QuerySet[Stakeholder] = Stakeholder.objects.filter(role="stakeholder")
    return found


def test_a_draft_tells_nobody_and_sending_tells_each_once(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    wave = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    assert (wave.number, wave.protocol, wave.invitations.count()) == (1, None, 3)
    assert not OutgoingMail.objects.exists()
    assert [send_wave(wave=wave, actor=cast.project_office) for _click in range(2)] == [3, 0]
    assert OutgoingMail.objects.filter(kind="invitation").count() == 3
    assert not Invitation.objects.filter(is_draft=True).exists()
    assert AuditEntry.objects.get(verb="invitations_sent").facts == {"wave": 1, "invited": 3}


def test_a_second_wave_reaches_only_new_people(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    with pytest.raises(Refusal, match="Niemand ist neu einzuladen"):
        draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    new = StakeholderFactory.create()
    wave = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    assert (wave.number, [row.person for row in wave.invitations.all()]) == (2, [new])


def test_a_draw_meets_the_quotas_and_can_be_repeated_from_its_protocol(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    people(a=12, b=5)
    quotas = [Quota("group", "a", 2, 3), Quota("group", "b", 1, 2)]
    pool = Stakeholder.objects.filter(group__key__in="ab")
    wave = draft_wave(workshop=workshop, people=pool, actor=cast.project_office, places=4, quotas=quotas, seed=5)
    drawn = list(wave.invitations.values_list("person__group__key", flat=True))
    assert len(drawn) == 4
    assert drawn.count("a") in (2, 3)
    wave.refresh_from_db()
    protocol = json.loads(json.dumps(wave.protocol))
    assert replay(protocol) == protocol["drawn"]
    told = json.dumps(protocol)
    assert not any(person.last_name in told for person in pool)


def test_quotas_that_cannot_be_met_are_refused_with_the_smallest_change(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    people(a=5, b=1)
    pool = Stakeholder.objects.filter(group__key__in="ab")
    with pytest.raises(Refusal, match="Gruppe b: mindestens 1, höchstens 3 statt mindestens 2, höchstens 3"):
        draft_wave(
            workshop=workshop, people=pool, actor=cast.project_office, places=3, quotas=[Quota("group", "b", 2, 3)]
        )
    assert not InvitationWave.objects.exists()


def test_more_places_than_people_are_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="nur 3 Personen"):
        draft_wave(workshop=WorkshopFactory.create(), people=everybody(), actor=cast.project_office, places=4)


def test_the_limit_of_an_organisation_counts_who_is_invited_already(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=2)
    works = OrganisationFactory.create()
    staff = StakeholderFactory.create_batch(4, organisation=works, district=DistrictFactory.create())
    InvitationFactory.create(workshop=workshop, person=staff[0])
    pool = Stakeholder.objects.filter(organisation=works)
    wave = draft_wave(workshop=workshop, people=pool, actor=cast.project_office, places=1)
    assert wave.invitations.count() == 1
    with pytest.raises(Refusal, match=works.name):
        draft_wave(workshop=workshop, people=pool, actor=cast.project_office, places=1)


def test_a_draft_can_be_discarded_and_a_sent_wave_cannot(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    wave = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    for _click in range(2):
        discard_wave(wave=wave, actor=cast.project_office)
    assert not Invitation.objects.exists()
    again = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    send_wave(wave=again, actor=cast.project_office)
    with pytest.raises(Refusal, match="schon verschickt"):
        discard_wave(wave=again, actor=cast.project_office)


def test_only_who_has_not_answered_is_reminded_and_only_once(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    wave = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    with pytest.raises(Refusal, match="noch nicht verschickt"):
        remind_wave(wave=wave, actor=cast.project_office)
    send_wave(wave=wave, actor=cast.project_office)
    answer(invitation=wave.invitations.get(person=cast.stakeholder), accept=True)
    answer(invitation=wave.invitations.get(person=cast.colleague), accept=False)
    assert [remind_wave(wave=wave, actor=cast.project_office) for _click in range(2)] == [1, 0]
    (mail,) = OutgoingMail.objects.filter(kind="invitation_reminder")
    assert mail.recipient == cast.outsider.email


@pytest.mark.parametrize("state", [Workshop.State.DRAFT, Workshop.State.CANCELLED])
def test_nobody_is_invited_to_what_does_not_take_place(cast: Cast, state: Workshop.State) -> None:
    workshop = WorkshopFactory.create(state=state)
    with pytest.raises(Refusal, match="Einladen geht nur"):
        draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    wave = InvitationWaveFactory.create(workshop=workshop)
    with pytest.raises(Refusal, match="Einladen geht nur"):
        send_wave(wave=wave, actor=cast.project_office)


def test_who_registers_while_the_wave_is_a_draft_has_accepted_and_gets_no_invitation(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    wave = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office)
    register(workshop=workshop, person=cast.outsider, actor=cast.outsider)
    assert send_wave(wave=wave, actor=cast.project_office) == 2
    assert wave.invitations.get(person=cast.outsider).answer == Invitation.Answer.ACCEPTED
    assert kinds(cast.outsider) == ["registration_confirmed"]


def test_a_draw_that_would_take_minutes_is_refused(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=1)
    for organisation in OrganisationFactory.create_batch(MOST_KINDS + 1):
        StakeholderFactory.create_batch(2, organisation=organisation, group=cast.outsider.group)
    pool = Stakeholder.objects.filter(organisation__isnull=False)
    with pytest.raises(Refusal, match="dauert zu lange"):
        draft_wave(workshop=workshop, people=pool, actor=cast.project_office, places=10)


def test_an_organisation_too_small_to_break_its_limit_needs_no_quota(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=2)
    wave = draft_wave(workshop=workshop, people=everybody(), actor=cast.project_office, places=2)
    assert wave.protocol is not None
    assert wave.protocol["quotas"] == []
