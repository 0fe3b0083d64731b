from django.test import Client

from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.models import Thesis

QUEUE = "/verwaltung/theses/thesis/"


def act(client: Client, action: str, theses: list[Thesis]) -> str:
    sent = {"action": action, "_selected_action": [thesis.pk for thesis in theses]}
    return client.post(QUEUE, sent, follow=True).content.decode()


def test_the_office_shows_and_hides_the_shares_of_theses(client: Client, cast: Cast) -> None:
    theses, other = ThesisFactory.create_batch(2), ThesisFactory.create()
    client.force_login(cast.project_office)
    assert "Bei 2 Thesen gespeichert." in act(client, "show_shares", theses)
    assert list(Thesis.objects.filter(hides_shares=True)) == [other]
    act(client, "show_shares_after_answer", theses[:1])
    assert Thesis.objects.filter(hides_shares=False).get() == theses[1]
    assert AuditEntry.objects.filter(verb__startswith="thesis_shares").count() == 3


def test_shares_of_an_open_thesis_are_shown_to_guests_when_the_office_says_so(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(hides_shares=False)
    assert "Was andere denken" in client.get(thesis.get_absolute_url()).content.decode()
    Thesis.objects.filter(pk=thesis.pk).update(hides_shares=True)
    assert "Was andere denken</h3>" not in client.get(thesis.get_absolute_url()).content.decode()


def test_nobody_else_reaches_these_actions(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create()
    sent = {"action": "show_shares", "_selected_action": [thesis.pk]}
    assert client.post(QUEUE, sent).status_code == 302
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.post(QUEUE, sent).status_code == 302
    thesis.refresh_from_db()
    assert thesis.hides_shares
