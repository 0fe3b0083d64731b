"""Ratings from before the history was kept are told to it, and the telling can be taken back."""

from importlib import import_module

import pytest
from django.apps import apps

from measures.models import Assessment
from stakeholders.domain.group_change import has_rated
from stakeholders.models import Activity
from tests.factories.measures import rated_round
from tests.factories.stakeholders import StakeholderFactory

migration = import_module("measures.migrations.0002_ratings_in_the_history")


@pytest.mark.django_db
def test_old_ratings_are_told_once_per_person_and_round_and_taken_back() -> None:
    row = rated_round(measures=2, people=(2, 1))
    bystander = StakeholderFactory.create()
    for _again in range(2):
        migration.tell_ratings(apps, None)
    raters = set(Assessment.objects.values_list("rater", flat=True))
    told = Activity.objects.filter(kind="assessed", key=f"round:{row.pk}", label=row.title)
    assert sorted(told.values_list("person", flat=True)) == sorted(raters)
    assert {activity.address for activity in told} == {row.get_absolute_url()}
    bystander.refresh_from_db()
    assert (has_rated(bystander), bystander.last_active_at) == (False, None)
    assert all(has_rated(activity.person) and activity.person.last_active_at for activity in told)
    migration.forget_ratings(apps, None)
    assert not Activity.objects.exists()
