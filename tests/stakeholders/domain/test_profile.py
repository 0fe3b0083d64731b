"""What people say about themselves, also when many say the same at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from stakeholders.domain.profile import Profile, save_profile
from stakeholders.domain.refusal import StaleSave
from stakeholders.models import Organisation, Stakeholder
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
    ready = threading.Barrier(PEOPLE)

    def save(place: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait(timeout=30)
            person = people[place]
            save_profile(person=person, profile=said(person, NAMES[place % len(NAMES)]), version=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        for done in [pool.submit(save, place) for place in range(PEOPLE)]:
            done.result(timeout=60)

    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["neues-werk", "neues-werk-2"]
    for place, person in enumerate(people):
        person.refresh_from_db()
        assert str(person.organisation).lower() == NAMES[place % len(NAMES)].lower()


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told() -> None:
    person = StakeholderFactory.create()
    ready = threading.Barrier(2)

    def save(function: str) -> str:
        try:
            connection.ensure_connection()
            ready.wait(timeout=30)
            save_profile(person=person, profile=replace(said(person, ""), function=function), version=0)
        except StaleSave:
            return ""
        finally:
            connection.close()
        return function

    with ThreadPoolExecutor(2) as pool:
        saved = [done.result(timeout=60) for done in [pool.submit(save, name) for name in ("eins", "zwei")]]
    person.refresh_from_db()
    assert "" in saved
    assert person.function in saved
    assert (person.function != "", person.profile_version) == (True, 1)
