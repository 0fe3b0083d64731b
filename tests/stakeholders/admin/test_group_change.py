import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import GroupChange, OutgoingMail
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

QUEUE = reverse("admin:stakeholders_groupchange_changelist")
State = GroupChange.State


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.project_office)
    return client


def wish(**values: object) -> GroupChange:
    person = StakeholderFactory.create()
    wanted = StakeholderGroupFactory.create(key="kammern")
    assert person.group
    return GroupChange.objects.create(person=person, before=person.group, wanted=wanted, **values)


def page(change: GroupChange) -> str:
    return reverse("admin:stakeholders_groupchange_change", args=[change.pk])


@pytest.mark.parametrize("number", [1, 30])
def test_queue_costs_the_same_with_one_and_thirty(
    desk: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        wish()
    with django_assert_num_queries(7):
        desk.get(QUEUE)


def test_queue_starts_with_whoever_waits_longest(desk: Client) -> None:
    decided, oldest, newest = wish(state=State.CONFIRMED), wish(), wish()
    assert list(desk.get(QUEUE).context["cl"].result_list) == [oldest, newest, decided]


def test_confirm_from_the_desk(desk: Client) -> None:
    change = wish()
    assert 'name="decision"' in desk.get(page(change)).content.decode()
    response = desk.post(page(change), {"decision": "confirm", "answer": ""}, follow=True)
    assert response.redirect_chain[0][0] == QUEUE
    assert "Die Person erhält eine Nachricht." in response.content.decode()
    change.refresh_from_db()
    change.person.refresh_from_db()
    assert (change.state, change.person.group) == (State.CONFIRMED, change.wanted)


def test_refuse_from_the_desk_needs_a_reason(desk: Client) -> None:
    change = wish()
    assert "Bitte begründen Sie die Ablehnung." in desk.post(page(change), {"decision": "refuse"}).content.decode()
    desk.post(page(change), {"decision": "refuse", "answer": "Passt nicht."})
    change.refresh_from_db()
    assert (change.state, change.decision_reason) == (State.REFUSED, "Passt nicht.")
    assert "Passt nicht." in OutgoingMail.objects.get().text


@pytest.mark.parametrize("sent", [{}, {"decision": "shred"}, {"decision": "refuse", "answer": "x" * 501}])
def test_a_wrong_decision_changes_nothing(desk: Client, sent: dict[str, str]) -> None:
    change = wish()
    assert desk.post(page(change), sent).status_code == 200
    change.refresh_from_db()
    assert change.state == State.WAITING


def test_the_second_who_decides_is_told_and_keeps_the_text(desk: Client) -> None:
    change = wish(state=State.CONFIRMED)
    html = desk.post(page(change), {"decision": "refuse", "answer": "Lange begründet."}).content.decode()
    assert "bereits bestätigt" in html
    assert "Lange begründet." in html
    assert 'name="decision"' not in desk.get(page(change)).content.decode()


def test_the_desk_is_closed_to_everybody_else(client: Client, cast: Cast) -> None:
    change = wish()
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.post(page(change), {"decision": "confirm"}).status_code == 302
    change.refresh_from_db()
    assert change.state == State.WAITING
