"""What people say about themselves, also when many say the same at once."""

from dataclasses import replace
from functools import partial

import pytest

from stakeholders.domain.profile import Profile, save_profile
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.models import Organisation, Stakeholder
from tests.at_once import at_once, tried_at_once
from tests.factories.stakeholders import StakeholderFactory

PEOPLE = 16
NAMES = ("Neues Werk", "NEUES WERK", "Neues-Werk")
"""One name in two spellings, and another one that makes the same slug."""


def said(person: Stakeholder, organisation_name: str) -> Profile:
    assert person.group
    assert person.district
    return Profile(
        first_name=person.first_name,
        last_name=person.last_name,
        group=person.group,
        district=person.district,
        organisation_name=organisation_name,
        wants_theses=False,
        wants_results=False,
        wants_events=False,
        language="de",
    )


@pytest.mark.django_db(transaction=True)
def test_a_new_organisation_named_by_many_at_once_is_made_once() -> None:
    pattern = StakeholderFactory.create()
    people = StakeholderFactory.create_batch(PEOPLE, group=pattern.group, district=pattern.district)

    def save(place: int) -> None:
        save_profile(person=people[place], profile=said(people[place], NAMES[place % len(NAMES)]), version=0)

    at_once(*[partial(save, place) for place in range(PEOPLE)])
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["neues-werk", "neues-werk-2"]
    for place, person in enumerate(people):
        person.refresh_from_db()
        assert str(person.organisation).lower() == NAMES[place % len(NAMES)].lower()


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told() -> None:
    person = StakeholderFactory.create()

    def save(function: str) -> str:
        save_profile(person=person, profile=replace(said(person, ""), function=function), version=0)
        return function

    answers = tried_at_once(partial(save, "eins"), partial(save, "zwei"))
    person.refresh_from_db()
    [refusal] = [answer for answer in answers if isinstance(answer, Refusal)]
    assert isinstance(refusal, StaleSave)
    assert person.function in answers
    assert person.profile_version == 1
