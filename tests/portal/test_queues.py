from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.queues import queues
from stakeholders.domain.content_report import Complaint
from stakeholders.domain.enquiry import Question, ask
from stakeholders.models import GroupChange, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderGroupFactory
from tests.factories.theses import ThesisFactory
from theses.domain.content_report import report_thesis
from theses.models import Thesis

SignIn = Callable[[Stakeholder], Client]


def test_the_administration_opens_with_what_waits(cast: Cast, sign_in: SignIn) -> None:
    ThesisFactory.create(state=Thesis.State.SUBMITTED, submitted_at=datetime(2025, 3, 4, 12, tzinfo=UTC))
    ThesisFactory.create(state=Thesis.State.PUBLISHED)
    OutgoingMail.objects.create(
        key="k", kind="t", recipient="a@example.org", subject="s", text="t", state="failed", due_at=timezone.now()
    )
    page = sign_in(cast.project_office).get(reverse("admin:index")).content.decode()
    assert "Thesen warten auf Ihre Entscheidung: <strong>1</strong>" in page
    assert "seit Dienstag, 4. März 2025" in page
    assert "Nachrichten brauchen Ihre Entscheidung: <strong>1</strong>" in page


def test_every_queue_counts_what_waits_and_leads_to_it(cast: Cast, sign_in: SignIn) -> None:
    asked = Question("press", "", "gast@example.org", "Bild", "Darf ich ein Bild haben?")
    ask(question=asked, person=None)
    report_thesis(thesis=ThesisFactory.create(), complaint=Complaint(reason="other", explanation="Falsch."))
    group = StakeholderGroupFactory.create(key="kammern")
    GroupChange.objects.create(person=cast.stakeholder, before=group, wanted=group)
    long_ago = timezone.now().replace(year=2020, month=3, day=4)
    Stakeholder.objects.filter(pk=cast.ministry.pk).update(date_joined=long_ago, last_login=long_ago)
    client = sign_in(cast.project_office)
    page = client.get(reverse("admin:index")).content.decode()
    for label in (
        "Konten mit besonderen Rechten, die lange niemand genutzt hat",
        "Anfragen warten auf Antwort",
        "Gemeldete Inhalte warten auf Ihre Entscheidung",
        "Wechsel der Akteursgruppe warten auf Ihre Bestätigung",
    ):
        assert f"{label}: <strong>1</strong>" in page
    for queue in queues():
        response = client.get(queue.address)
        assert (response.status_code, response.context["cl"].result_count) == (200, queue.count)


def test_links_of_the_queues_show_what_they_count(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.SUBMITTED)
    other = ThesisFactory.create(state=Thesis.State.PUBLISHED)
    client = sign_in(cast.project_office)
    page = client.get(f"{reverse('admin:theses_thesis_changelist')}?state__exact=submitted").content.decode()
    assert thesis.sentence in page
    assert other.sentence not in page
    assert client.get(f"{reverse('admin:stakeholders_outgoingmail_changelist')}?handlungsbedarf=ja").status_code == 200


def test_the_ministry_does_not_reach_the_queues(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.ministry).get(reverse("admin:index")).status_code == 302
