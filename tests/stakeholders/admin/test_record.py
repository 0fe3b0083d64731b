"""The audit log as the office reads it: in words, by verb, person, kind and day."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from measures.verbs import MeasureVerb
from stakeholders.admin.record import verbs
from stakeholders.domain.audit import record
from stakeholders.models import AuditEntry, Organisation, Stakeholder
from stakeholders.verbs import StakeholderVerb
from tests.cast import Cast
from tests.factories.stakeholders import OrganisationFactory
from theses.verbs import ThesisVerb
from workshops.verbs import WorkshopVerb

pytestmark = pytest.mark.django_db
LOG = reverse("admin:stakeholders_auditentry_changelist")


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.project_office)
    return client


def found(desk: Client, **query: str) -> list[str]:
    return [entry.verb for entry in desk.get(LOG, query).context["cl"].result_list]


def fill(cast: Cast) -> None:
    record(
        StakeholderVerb.GROUP_CHANGED, actor=cast.outsider, target=cast.outsider, facts={"group": ["industrie", None]}
    )
    record(ThesisVerb.PUBLISHED, actor=cast.project_office, label="These 1", facts={"fields": ["Titel", "Slug"]})
    record(StakeholderVerb.RETENTION_APPLIED, actor=None, target=OrganisationFactory.create())


def test_every_app_brings_its_words() -> None:
    for words in (StakeholderVerb, MeasureVerb, ThesisVerb, WorkshopVerb):
        for word in words:
            assert verbs()[word.value] == word.label


def test_entries_are_told_in_words(desk: Client, cast: Cast) -> None:
    fill(cast)
    page = desk.get(LOG).content.decode()
    assert "Akteursgruppe: industrie → –" in page
    assert "Felder: Titel, Slug" in page
    assert str(StakeholderVerb.GROUP_CHANGED.label) in page
    entry = AuditEntry.objects.get(verb=ThesisVerb.PUBLISHED.value)
    detail = desk.get(reverse("admin:stakeholders_auditentry_change", args=[entry.pk])).content.decode()
    assert "These veröffentlicht" in detail


def test_entries_are_filtered(desk: Client, cast: Cast) -> None:
    fill(cast)
    kind = ContentType.objects.get_for_model(Organisation)
    assert found(desk, vorgang="group_changed") == ["group_changed"]
    assert found(desk, wer="portal") == ["retention_applied"]
    assert found(desk, wer="andere") == ["group_changed"]
    assert found(desk, wer=str(cast.project_office.pk)) == ["thesis_published"]
    assert found(desk, art=str(kind.pk)) == ["retention_applied"]
    assert found(desk, at__year="2001") == []
    assert found(desk, q=str(cast.outsider.email)) == ["group_changed"]


@pytest.mark.parametrize("query", [{"vorgang": "x"}, {"wer": "99999999999999999999"}, {"art": "x"}])
def test_an_unknown_filter_changes_nothing(desk: Client, cast: Cast, query: dict[str, str]) -> None:
    fill(cast)
    assert len(found(desk, **query)) == 3


@pytest.mark.parametrize("number", [1, 30])
def test_the_log_costs_the_same_with_one_and_thirty(
    desk: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        record(StakeholderVerb.PROFILE_CHANGED, actor=cast.outsider, target=cast.outsider, facts={"fields": ["x"]})
    desk.get(LOG)
    with django_assert_num_queries(8):
        desk.get(LOG)


def test_the_log_is_closed_to_everybody_else(client: Client, cast: Cast) -> None:
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.get(LOG).status_code == 302
    assert Stakeholder.objects.exists()
