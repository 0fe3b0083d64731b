from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.models import Thesis

SignIn = Callable[[Stakeholder], Client]


def test_the_administration_opens_with_what_waits(cast: Cast, sign_in: SignIn) -> None:
    ThesisFactory.create(state=Thesis.State.SUBMITTED, submitted_at=timezone.now().replace(year=2025, month=3, day=4))
    ThesisFactory.create(state=Thesis.State.PUBLISHED)
    OutgoingMail.objects.create(
        key="k", kind="t", recipient="a@example.org", subject="s", text="t", state="failed", due_at=timezone.now()
    )
    page = sign_in(cast.project_office).get(reverse("admin:index")).content.decode()
    assert "Thesen warten auf Ihre Entscheidung: <strong>1</strong>" in page
    assert "seit Dienstag, 4. März 2025" in page
    assert "Nachrichten brauchen Ihre Entscheidung: <strong>1</strong>" in page


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
