from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db.models import Max, Q
from pytest_django import Settings

from portal.domain.copy import copy_rows
from portal.domain.load import load
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, ConsentEvent, Mandate, Organisation, Stakeholder, Tag

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def picture() -> list[Any]:
    """Everything that was loaded, without primary keys."""
    people = Stakeholder.objects.order_by("last_name", "first_name", "email", "date_joined", "last_active_at")
    activities = Activity.objects.order_by("person__last_name", "person__email", "kind", "key", "last_at")
    return [
        list(Organisation.objects.order_by("name").values_list("name", "slug", "group__key", "district__key")),
        list(people.values_list("email", "first_name", "organisation__name", "origin", "claimed_at", "date_joined")),
        list(activities.values_list("person__email", "kind", "key", "label", "first_at")),
        list(Mandate.objects.order_by("person__email").values_list("person__email", "state", "starts_on", "ends_on")),
        sorted(Stakeholder.topics.through.objects.values_list("stakeholder__email", "topic__key")),
        sorted(Stakeholder.tags.through.objects.filter(stakeholder__email__isnull=False).values_list("tag__name")),
    ]


def forget() -> None:
    Stakeholder.objects.all().delete()
    Organisation.objects.all().delete()
    Tag.objects.all().delete()


@pytest.mark.django_db
def test_load_has_the_numbers_it_was_asked_for() -> None:
    counts = load(people=200, seed=1, now=NOW)
    assert counts["people"] == Stakeholder.objects.filter(demo=True).count() == 200
    assert counts["organisations"] == Organisation.objects.filter(demo=True).count() == 8
    assert counts["activities"] == Activity.objects.count() > 500
    assert counts["addresses"] == EmailAddress.objects.count() == Stakeholder.objects.exclude(email=None).count()
    assert counts["consents"] == ConsentEvent.objects.count() == EmailAddress.objects.filter(verified=True).count()
    assert counts["mandates"] == Mandate.objects.count() > 0
    assert counts["topics"] > 100
    assert counts["tags"] > 20


@pytest.mark.django_db
def test_load_of_one_seed_is_always_the_same() -> None:
    load(people=200, seed=7, now=NOW)
    first = picture()
    forget()
    load(people=200, seed=7, now=NOW)
    assert picture() == first
    forget()
    load(people=200, seed=8, now=NOW)
    assert picture() != first


@pytest.mark.django_db
def test_load_is_consistent_in_itself() -> None:
    load(people=200, seed=1, now=NOW)
    own = Max("activities__last_at", filter=~Q(activities__kind__in=Activity.PASSIVE))
    people = list(Stakeholder.objects.annotate(newest=own))
    assert [p for p in people if p.last_active_at != p.newest] == []
    assert sum(p.last_active_at is not None for p in people) > 100
    assert not Activity.objects.filter(last_at__gt=NOW).exists()
    assert not Stakeholder.objects.filter(email=None, claimed_at__isnull=False).exists()
    assert not Stakeholder.objects.filter(email=None, origin="self").exists()
    assert {p.email.rsplit("@")[-1] for p in people if p.email} == {"last.example"}
    assert not any(p.has_usable_password() for p in people)
    assert not Mandate.objects.exclude(state="requested").filter(decided_at=None).exists()
    assert Mandate.objects.valid(NOW.date()).count() > 0
    for person in people[:20]:
        person.full_clean()


@pytest.mark.django_db
def test_a_second_load_is_refused() -> None:
    load(people=20, seed=1, now=NOW)
    with pytest.raises(Refusal, match="schon Lastdaten"):
        load(people=20, seed=1, now=NOW)
    assert Stakeholder.objects.count() == 20


@pytest.mark.django_db
def test_the_command_refuses_a_real_database(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="keine echte Datenbank"):
        call_command("generate_load", "--stakeholders", "20")
    assert not Stakeholder.objects.exists()
    call_command("generate_load", "--stakeholders", "20", "--yes-this-is-a-test-database")
    assert Stakeholder.objects.count() == 20
    with pytest.raises(CommandError, match="schon Lastdaten"):
        call_command("generate_load", "--stakeholders", "20", "--yes-this-is-a-test-database")


@pytest.mark.django_db
def test_copied_text_that_would_break_the_line_is_refused() -> None:
    with pytest.raises(ValueError, match="COPY"):
        copy_rows(Tag, ("name",), [("zwei\tSpalten",)])
