from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.activity import ONCE_A_DAY, Kind, forget_activity, note_activities, note_activity, subject
from stakeholders.models import Activity, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def tell(person: Stakeholder, at: datetime = NOON, again_after: timedelta = timedelta(0), label: str = "Runde") -> None:
    note_activity(person=person, kind=Kind.ASSESSED, key="round:1", label=label, at=at, again_after=again_after)


def active_at(person: Stakeholder) -> datetime | None:
    found: datetime | None = Stakeholder.objects.values_list("last_active_at", flat=True).get(pk=person.pk)
    return found


def test_a_fact_told_again_keeps_its_first_time(cast: Cast) -> None:
    tell(cast.stakeholder)
    tell(cast.stakeholder, NOON + HOUR, label="Runde, umbenannt")
    row = Activity.objects.get()
    assert (row.first_at, row.last_at, row.label) == (NOON, NOON + HOUR, "Runde, umbenannt")
    assert active_at(cast.stakeholder) == NOON + HOUR


def test_an_older_fact_takes_nothing_back(cast: Cast) -> None:
    tell(cast.stakeholder)
    tell(cast.stakeholder, NOON - HOUR)
    note_activity(person=cast.stakeholder, kind=Kind.CONTRIBUTED, key="thesis:1", label="T", at=NOON - HOUR)
    assert Activity.objects.get(kind=Kind.ASSESSED).last_at == NOON
    assert active_at(cast.stakeholder) == NOON


def test_what_is_told_often_is_written_once_a_day(cast: Cast) -> None:
    for hours in (0, 1, 23):
        tell(cast.stakeholder, NOON + hours * HOUR, ONCE_A_DAY)
    assert active_at(cast.stakeholder) == NOON
    tell(cast.stakeholder, NOON + 24 * HOUR, ONCE_A_DAY)
    assert active_at(cast.stakeholder) == Activity.objects.get().last_at == NOON + 24 * HOUR


def test_being_invited_is_no_activity_of_ones_own(cast: Cast) -> None:
    note_activity(person=cast.stakeholder, kind=Kind.INVITED, key="workshop:1", label="Werkstatt")
    assert active_at(cast.stakeholder) is None
    assert Activity.objects.get().label == "Werkstatt"


@pytest.mark.parametrize("number", [1, 30])
def test_telling_takes_one_statement_at_any_size(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [person.pk for person in StakeholderFactory.create_batch(number)]
    with django_assert_num_queries(1):
        note_activities(people=people, kind=Kind.ATTENDED, key="workshop:1", label="Werkstatt")
    assert Stakeholder.objects.filter(last_active_at__isnull=False).count() == number


def test_telling_about_nobody_asks_nothing(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        note_activities(people=[], kind=Kind.ATTENDED, key="workshop:1", label="Werkstatt")


def test_texts_too_long_are_cut(cast: Cast) -> None:
    note_activity(person=cast.stakeholder, kind=Kind.INVITED, key="k", label="x" * 999, address="/" * 999)
    row = Activity.objects.get()
    assert (len(row.label), len(row.address)) == (300, 300)


def test_forgetting_concerns_one_fact_of_one_person(cast: Cast) -> None:
    for person in (cast.stakeholder, cast.outsider):
        tell(person)
    forget_activity(person=cast.stakeholder, kind=Kind.ASSESSED, key="round:1")
    forget_activity(person=cast.stakeholder, kind=Kind.ASSESSED, key="round:1")
    assert [row.person for row in Activity.objects.all()] == [cast.outsider]


def test_a_subject_is_told_in_the_public_language() -> None:
    organisation = OrganisationFactory.create(name="Beispielwerk", slug="beispielwerk")
    with translation.override("en"):
        about = subject("organisation", organisation)
    assert about == {
        "key": f"organisation:{organisation.pk}",
        "label": "Beispielwerk",
        "address": "/organisationen/beispielwerk/",
    }
