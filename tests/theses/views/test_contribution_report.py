from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import AuditEntry, ContentReport, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory
from tests.factories.theses import ThesisFactory
from theses.models import Contribution, Thesis

SignIn = Callable[[Stakeholder], Client]
SENT = {"reason": "insult", "explanation": "Das beleidigt mich.", "email": "gast@example.org"}
pytestmark = pytest.mark.django_db


def page_of(row: Contribution) -> str:
    return reverse("theses:contribution_report", args=[row.thesis_id, row.thesis.slug, row.pk])


def decision_on(report: ContentReport) -> str:
    return reverse("admin:stakeholders_contentreport_change", args=[report.pk])


def test_a_guest_reports_from_the_discussion(client: Client) -> None:
    row = ContributionFactory.create(text="Ein böses Wort.")
    assert page_of(row) in client.get(row.thesis.get_absolute_url()).content.decode()
    assert "Ein böses Wort." in client.get(page_of(row)).content.decode()
    response = client.post(page_of(row), SENT, follow=True)
    assert "Der Beitrag bleibt bis dahin stehen." in response.content.decode()
    report = ContentReport.objects.get()
    assert (report.key, report.author, report.address) == (f"contribution:{row.pk}", row.author, row.get_absolute_url())
    assert "Ein böses Wort." not in report.label


def test_bad_reports_are_told(client: Client) -> None:
    row = ContributionFactory.create()
    assert client.post(page_of(row), SENT | {"explanation": ""}).status_code == 422
    assert not ContentReport.objects.exists()


def test_the_office_removes_it_and_both_sides_are_told(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create(author=cast.stakeholder, text="Ein böses Wort.", answer_count=1)
    ContributionFactory.create(thesis=row.thesis, parent=row, kind=Contribution.Kind.ANSWER, text="So nicht.")
    Client().post(page_of(row), SENT)
    report = ContentReport.objects.get()
    office = sign_in(cast.project_office)
    office.post(decision_on(report), {"decision": "remove", "answer": "Beleidigend."})
    row.refresh_from_db()
    assert row.state == Contribution.State.REMOVED
    assert AuditEntry.objects.get(verb="contribution_removed").facts == {"report": report.pk, "thesis": row.thesis_id}
    assert "Beleidigend." in OutgoingMail.objects.get(person=cast.stakeholder).text
    text = Client().get(row.thesis.get_absolute_url()).content.decode()
    assert "Ein böses Wort." not in text
    assert "nach einer Meldung entfernt" in text
    assert "So nicht." in text
    assert Client().get(page_of(row)).status_code == 404


def test_a_kept_one_stays_and_a_withdrawn_one_is_no_error(cast: Cast, sign_in: SignIn) -> None:
    kept, gone = ContributionFactory.create_batch(2)
    for row in (kept, gone):
        Client().post(page_of(row), SENT)
    first, second = ContentReport.objects.order_by("pk")
    office = sign_in(cast.project_office)
    office.post(decision_on(first), {"decision": "keep", "answer": "Zulässig."})
    gone.delete()
    office.post(decision_on(second), {"decision": "remove", "answer": "Unzulässig."})
    kept.refresh_from_db()
    second.refresh_from_db()
    assert (kept.state, second.state) == (Contribution.State.SHOWN, "removed")


def test_what_is_not_public_cannot_be_reported(client: Client) -> None:
    hidden = ContributionFactory.create(thesis=ThesisFactory.create(state=Thesis.State.DECLINED))
    removed = ContributionFactory.create(state=Contribution.State.REMOVED)
    for row in (hidden, removed):
        assert client.get(page_of(row)).status_code == 404
        assert client.post(page_of(row), SENT).status_code == 404
