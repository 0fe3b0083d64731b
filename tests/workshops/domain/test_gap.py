"""Whoever could fill a gap of the coverage is an audience, also for a fair draw in waves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import CoverageTarget, Stakeholder, StakeholderGroup
from tests.cast import Cast
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory, StakeholderGroupFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from workshops.domain.fair_selection import Quota
from workshops.domain.gap import gaps_for
from workshops.domain.invitation import audience
from workshops.domain.wave import draft_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> dict[str, Stakeholder]:
    """Two are wanted of one group in one district, one of another; nobody has set a target elsewhere."""
    leipzig, zwickau = DistrictFactory.create(key="14713000"), DistrictFactory.create(key="14524000")
    science, chambers = StakeholderGroupFactory.create(key="forschung"), StakeholderGroupFactory.create(key="kammern")
    CoverageTarget.objects.create(group=science, district=leipzig, people=2)
    CoverageTarget.objects.create(group=chambers, district=zwickau, people=1)
    now, long_ago = timezone.now(), timezone.now() - timedelta(days=500)
    return {
        "active": StakeholderFactory.create(group=science, district=leipzig, last_active_at=now),
        "silent": StakeholderFactory.create(group=science, district=leipzig, last_active_at=long_ago),
        "unknown": StakeholderFactory.create(group=science, district=leipzig, last_active_at=None),
        "met": StakeholderFactory.create(group=chambers, district=zwickau, last_active_at=now),
        "resting": StakeholderFactory.create(group=chambers, district=zwickau, last_active_at=None),
        "elsewhere": StakeholderFactory.create(group=science, district=zwickau, last_active_at=None),
    }


def test_only_whoever_could_fill_a_gap(people: dict[str, Stakeholder]) -> None:
    assert set(audience(gaps=True)) == {people["silent"], people["unknown"]}


def test_other_restrictions_hold_as_well(people: dict[str, Stakeholder]) -> None:
    Stakeholder.objects.filter(pk=people["silent"].pk).update(wants_events=True)
    assert set(audience(gaps=True, interests=["wants_events"])) == {people["silent"]}
    assert not audience(gaps=True, groups=StakeholderGroup.objects.filter(stakeholders=people["met"]))


def test_without_targets_nobody_is_missing(people: dict[str, Stakeholder]) -> None:
    CoverageTarget.objects.all().delete()
    assert not audience(gaps=True)
    assert gaps_for(audience(gaps=True), WorkshopFactory.create()) == []


def test_each_gap_tells_how_many_could_be_reached(people: dict[str, Stakeholder]) -> None:
    workshop = WorkshopFactory.create()
    InvitationFactory.create(workshop=workshop, person=people["silent"])
    CoverageTarget.objects.update(people=5)
    first, second = gaps_for(audience(gaps=True), workshop)
    assert {(first.target, first.active, first.missing), (second.target, second.active, second.missing)} == {(5, 1, 4)}
    assert {first.group: first.new, second.group: second.new} == {"Gruppe forschung": 1, "Gruppe kammern": 1}


def test_a_draw_from_the_gaps_makes_a_wave(people: dict[str, Stakeholder], cast: Cast) -> None:
    wave = draft_wave(
        workshop=WorkshopFactory.create(),
        people=audience(gaps=True),
        actor=cast.project_office,
        places=1,
        quotas=[Quota("group", "forschung", 1, 1)],
    )
    assert wave.invitations.get().person in (people["silent"], people["unknown"])
