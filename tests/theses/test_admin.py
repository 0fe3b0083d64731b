from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.models import Thesis

QUEUE = reverse("admin:theses_thesis_changelist")
State = Thesis.State


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.project_office)
    return client


def change(thesis: Thesis) -> str:
    return reverse("admin:theses_thesis_change", args=[thesis.pk])


def test_queue_starts_with_whoever_waits_longest(desk: Client) -> None:
    now = timezone.now()
    published = ThesisFactory.create(submitted_at=now - timedelta(days=90))
    recent = ThesisFactory.create(state=State.SUBMITTED, submitted_at=now)
    oldest = ThesisFactory.create(state=State.SUBMITTED, submitted_at=now - timedelta(days=60))
    response = desk.get(QUEUE)
    assert list(response.context["cl"].result_list) == [oldest, recent, published]
    page = response.content.decode()
    assert "0 Arbeitstagen" in page
    assert page.count("– überfällig") == 1


@pytest.mark.parametrize("number", [1, 30])
def test_queue_costs_the_same_with_one_and_thirty(
    desk: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ThesisFactory.create_batch(number, state=State.SUBMITTED)
    with django_assert_num_queries(10):
        desk.get(QUEUE)


@pytest.mark.parametrize("query", [{"q": "Gründerzentren"}, {"q": "person"}, {"state": "submitted"}])
def test_queue_can_be_searched_and_filtered(desk: Client, query: dict[str, str]) -> None:
    ThesisFactory.create(state=State.SUBMITTED)
    assert desk.get(QUEUE, query).status_code == 200


def test_publish_from_the_desk(desk: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED, published_at=None)
    assert thesis.reason in desk.get(change(thesis)).content.decode()
    response = desk.post(change(thesis), {"decision": "publish", "answer": ""}, follow=True)
    assert response.redirect_chain[0][0] == QUEUE
    assert "Entschieden." in response.content.decode()
    thesis.refresh_from_db()
    assert (thesis.state, thesis.reason) == (State.PUBLISHED, "Weil Ideen an Maschinen entstehen.")
    assert AuditEntry.objects.get().actor == cast.project_office


@pytest.mark.parametrize(("decision", "state"), [("return", State.RETURNED), ("decline", State.DECLINED)])
def test_return_and_decline_from_the_desk_with_a_reason(desk: Client, decision: str, state: str) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED)
    response = desk.post(change(thesis), {"decision": decision, "answer": " "})
    assert "Bitte begründen Sie die Entscheidung." in response.content.decode()
    desk.post(change(thesis), {"decision": decision, "answer": "Bitte\r\nkürzer."})
    thesis.refresh_from_db()
    assert (thesis.state, thesis.decision_reason) == (state, "Bitte\nkürzer.")
    assert "Bitte\nkürzer." in OutgoingMail.objects.get().text


@pytest.mark.parametrize("sent", [{}, {"decision": "shred"}, {"decision": "return", "answer": "x" * 10_000}])
def test_a_wrong_decision_changes_nothing(desk: Client, sent: dict[str, str]) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED)
    response = desk.post(change(thesis), sent)
    assert response.status_code == 200
    assert response.context["errors"]
    thesis.refresh_from_db()
    assert thesis.state == State.SUBMITTED


def test_the_second_moderator_is_told_and_keeps_the_text(desk: Client) -> None:
    thesis = ThesisFactory.create(state=State.PUBLISHED)
    page = desk.post(change(thesis), {"decision": "decline", "answer": "Lange begründet."}).content.decode()
    assert "Diese These wurde inzwischen bereits veröffentlicht." in page
    assert "Lange begründet." in page
    thesis.refresh_from_db()
    assert thesis.state == State.PUBLISHED


def test_a_decided_thesis_offers_no_decision(desk: Client) -> None:
    page = desk.get(change(ThesisFactory.create())).content.decode()
    assert 'name="decision"' not in page
    assert "Entscheidung senden" not in page


def test_the_text_of_others_cannot_be_changed_or_deleted(desk: Client) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED)
    sent = {"decision": "publish", "answer": "", "sentence": "Gefälscht.", "reason": "Gefälscht.", "state": "closed"}
    desk.post(change(thesis), sent)
    before, after = thesis, Thesis.objects.get()
    assert (after.sentence, after.reason, after.state) == (before.sentence, before.reason, State.PUBLISHED)
    assert desk.get(reverse("admin:theses_thesis_delete", args=[thesis.pk])).status_code == 403
    assert desk.get(reverse("admin:theses_thesis_add")).status_code == 403


def test_many_are_published_and_refusals_are_told(desk: Client) -> None:
    waiting = ThesisFactory.create_batch(3, state=State.SUBMITTED)
    declined = ThesisFactory.create(state=State.DECLINED)
    chosen = [thesis.pk for thesis in [*waiting, declined]]
    sent = {"action": "publish_selected", "_selected_action": chosen}
    page = desk.post(QUEUE, sent, follow=True).content.decode()
    assert "3 Thesen veröffentlicht." in page
    assert "bereits abgelehnt" in page
    assert Thesis.objects.published().count() == 3


def test_the_desk_escapes_what_people_write(desk: Client) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED, sentence="<b>fett</b>", reason="<script>alert(1)</script>")
    page = desk.get(change(thesis)).content.decode()
    assert "&lt;b&gt;fett" in page
    assert "<script>alert" not in page


def test_the_desk_is_closed_to_everybody_else(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED)
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        for url in (QUEUE, change(thesis)):
            assert client.post(url, {"decision": "publish"}).status_code == 302
    thesis.refresh_from_db()
    assert thesis.state == State.SUBMITTED
