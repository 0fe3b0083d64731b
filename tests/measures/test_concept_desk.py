"""The desk of concepts, partners and milestones: what is noted by itself, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import ImplementationConcept, Milestone, Partner
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.concepts import ConceptFactory, MilestoneFactory, PartnerFactory
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import OrganisationFactory

CONCEPT, PARTNER, MILESTONE = (f"admin:measures_{name}" for name in ("implementationconcept", "partner", "milestone"))


def add(client: Client, page: str, **values: Any) -> str:
    return client.post(reverse(f"{page}_add"), values, follow=True).content.decode()


def change(client: Client, page: str, pk: int, **values: Any) -> str:
    return client.post(reverse(f"{page}_change", args=[pk]), values, follow=True).content.decode()


def test_a_concept_keeps_when_it_was_first_published(office: Client) -> None:
    texts = {"measure": MeasureFactory.create().pk, "goal": "Ziel", "approach": "Vorgehen"}
    add(office, CONCEPT, **texts, state="draft")
    assert ImplementationConcept.objects.get().published_at is None
    row = ImplementationConcept.objects.get()
    change(office, CONCEPT, row.pk, **texts, state="published")
    row.refresh_from_db()
    first = row.published_at
    assert first is not None
    for state in ("draft", "published"):
        change(office, CONCEPT, row.pk, **texts, state=state)
        row.refresh_from_db()
        assert (row.state, row.published_at) == (state, first)
    assert AuditEntry.objects.filter(verb="row_added").count() == 1


def test_a_second_concept_for_a_measure_is_refused(office: Client) -> None:
    row = ConceptFactory.create()
    page = add(office, CONCEPT, measure=row.measure.pk, goal="Ziel", approach="Vorgehen", state="draft")
    assert "gibt es bereits ein Konzept. Bitte bearbeiten Sie jenes." in page
    assert ImplementationConcept.objects.count() == 1


def test_a_partner_is_confirmed_today_but_not_tomorrow_and_not_twice(office: Client) -> None:
    today = timezone.localdate()
    values: dict[str, Any] = {"measure": MeasureFactory.create().pk, "role": "lead"}
    values["organisation"] = OrganisationFactory.create().pk
    assert "liegt in der Zukunft" in add(office, PARTNER, **values, confirmed_on=today + timedelta(days=1))
    assert not Partner.objects.exists()
    add(office, PARTNER, **values, confirmed_on=today)
    assert Partner.objects.get().confirmed_on == today
    assert "bei dieser Maßnahme bereits eingetragen" in add(office, PARTNER, **values)
    assert Partner.objects.count() == 1
    change(office, PARTNER, Partner.objects.get().pk, **{**values, "role": "funding"})
    assert Partner.objects.get().role == "funding"


def test_an_organisation_that_is_gone_cannot_become_partner(office: Client) -> None:
    gone = OrganisationFactory.create(merged_into=OrganisationFactory.create())
    add(office, PARTNER, measure=MeasureFactory.create().pk, organisation=gone.pk, role="lead")
    assert not Partner.objects.exists()


def test_a_milestone_is_done_since_it_was_noted(office: Client) -> None:
    today = timezone.localdate()
    values: dict[str, Any] = {"measure": MeasureFactory.create().pk, "title": "Auftakt", "position": 1}
    assert "liegt in der Zukunft" in add(office, MILESTONE, **values, done_on=today + timedelta(days=1))
    assert "Bitte geben Sie dem Meilenstein einen Titel." in add(office, MILESTONE, **{**values, "title": " "})
    assert not Milestone.objects.exists()
    add(office, MILESTONE, **values, due_on=today + timedelta(days=9))
    row = Milestone.objects.get()
    assert (row.done_on, row.noted_at) == (None, None)
    change(office, MILESTONE, row.pk, **values, done_on=today)
    row.refresh_from_db()
    assert (row.done_on, row.noted_at is not None) == (today, True)
    change(office, MILESTONE, row.pk, **values)
    row.refresh_from_db()
    assert (row.done_on, row.noted_at) == (None, None)


@pytest.mark.parametrize("page", [CONCEPT, PARTNER, MILESTONE])
def test_lists_take_the_same_queries_however_long(
    office: Client, django_assert_max_num_queries: Any, page: str
) -> None:
    for more in (1, 29):
        for _row in range(more):
            for maker in (ConceptFactory, PartnerFactory, MilestoneFactory):
                maker.create()
        with django_assert_max_num_queries(12):
            assert office.get(reverse(f"{page}_changelist")).status_code == 200


@pytest.mark.parametrize("page", [CONCEPT, PARTNER, MILESTONE])
def test_nobody_else_gets_to_the_desk(cast: Cast, client: Client, page: str) -> None:
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(reverse(f"{page}_changelist")).status_code in (302, 403, 404)
        client.post(reverse(f"{page}_add"), {"measure": MeasureFactory.create().pk, "title": "Fremd", "position": 1})
    assert not Milestone.objects.exists()
