from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.queues import queues
from stakeholders.models import Stakeholder, Topic
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.moderation import VersionProposalFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import WorkshopFactory
from theses.models import Agenda, AgendaItem, Thesis, ThesisVersion

SignIn = Callable[[Stakeholder], Client]
QUEUE = reverse("admin:theses_thesis_changelist")


def test_the_queue_is_filtered_by_assignment_and_delay(cast: Cast, sign_in: SignIn) -> None:
    now = timezone.now()
    late = ThesisFactory.create(state="submitted", submitted_at=now - timedelta(days=60))
    fresh = ThesisFactory.create(state="submitted", submitted_at=now)
    ThesisFactory.create(submitted_at=now - timedelta(days=60))
    client = sign_in(cast.project_office)
    client.post(QUEUE, {"action": "assign_to_me", "_selected_action": [fresh.pk]})

    def shown(**query: str) -> list[Thesis]:
        return list(client.get(QUEUE, query).context["cl"].result_list)

    assert shown(ueberfaellig="ja") == [late]
    assert shown(zuweisung="mir") == [fresh]
    assert shown(zuweisung="niemandem", state="submitted") == [late]
    overdue = next(queue for queue in queues() if "überfällig" in queue.label)
    assert (overdue.count, overdue.oldest) == (1, late.submitted_at)
    assert shown(**dict([overdue.address.split("?")[1].split("=")])) == [late]


def test_a_proposed_version_is_decided_in_the_administration(cast: Cast, sign_in: SignIn) -> None:
    proposal = VersionProposalFactory.create(reason="Weil Ideen <i> entstehen.")
    client = sign_in(cast.project_office)
    page = reverse("admin:theses_versionproposal_change", args=[proposal.pk])
    shown = client.get(page).content.decode()
    assert "&lt;i&gt;" in shown
    assert "<ins>" in shown
    refused = client.post(page, {"decision": "refuse", "answer": " "}).content.decode()
    assert "Bitte begründen Sie die Entscheidung." in refused
    client.post(page, {"decision": "accept", "substantial": "on", "answer": ""})
    assert ThesisVersion.objects.get().substantial
    late = client.post(page, {"decision": "refuse", "answer": "Lange begründet."}).content.decode()
    assert "bereits entschieden" in late
    assert "Lange begründet." in late


def test_an_agenda_is_proposed_edited_and_attached(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    client = sign_in(cast.project_office)
    response = client.post(reverse("admin:theses_agenda_add"), {"topic": "", "measure": thesis.measure_id}, follow=True)
    agenda = Agenda.objects.get()
    assert response.redirect_chain[-1][0] == reverse("admin:theses_agenda_change", args=[agenda.pk])
    assert "noch keine These mit genügend" in response.content.decode()
    AgendaItem.objects.create(agenda=agenda, position=1, title="Begrüßung <b>", thesis=thesis, why="trennt: Ja.")
    workshop = WorkshopFactory.create(agenda=agenda)
    page = Client().get(workshop.get_absolute_url()).content.decode()
    for words in ("Worüber wir sprechen", "Begrüßung &lt;b&gt;", thesis.get_absolute_url(), "15 Minuten"):
        assert words in page
    Thesis.objects.update(state="declined")
    assert thesis.get_absolute_url() not in Client().get(workshop.get_absolute_url()).content.decode()
    sent = {
        "title": "Neuer Titel",
        "topic": "",
        "measure": "",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-position": "2",
        "items-0-title": "Pause",
        "items-0-minutes": "10",
    }
    client.post(reverse("admin:theses_agenda_change", args=[agenda.pk]), sent)
    agenda.refresh_from_db()
    assert (agenda.title, [item.title for item in agenda.items.all()]) == ("Neuer Titel", ["Begrüßung <b>", "Pause"])


@pytest.mark.parametrize("both", [True, False])
def test_an_agenda_is_about_one_thing(cast: Cast, sign_in: SignIn, both: bool) -> None:
    topic = Topic.objects.create(key="strom", name="Strom")
    sent = {"topic": topic.pk, "measure": MeasureFactory.create().pk} if both else {"topic": "", "measure": ""}
    page = sign_in(cast.project_office).post(reverse("admin:theses_agenda_add"), sent).content.decode()
    assert "Wählen Sie ein Thema oder eine Maßnahme." in page
    assert not Agenda.objects.exists()


def test_a_workshop_without_agenda_shows_none(client: Client, cast: Cast) -> None:
    assert "Worüber wir sprechen" not in client.get(WorkshopFactory.create().get_absolute_url()).content.decode()
