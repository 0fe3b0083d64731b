"""A reported thesis: what both sides learn, who decides, and what happens when two decide at once."""

from dataclasses import replace
from functools import partial

import pytest

from stakeholders.domain.content_report import Complaint
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, ContentReport, OutgoingMail
from tests.at_once import tried_at_once
from tests.cast import Cast, assemble
from tests.factories.theses import ThesisFactory
from theses.domain.content_report import decide_report, report_thesis
from theses.domain.merging import merge
from theses.models import Thesis

pytestmark = pytest.mark.django_db
State = ContentReport.State
GUEST = Complaint(reason="insult", explanation="Zeile zwei beleidigt mich.", email="gast@example.org", language="en")


def reported(cast: Cast, complaint: Complaint = GUEST) -> ContentReport:
    return report_thesis(thesis=ThesisFactory.create(author=cast.stakeholder), complaint=complaint)


def mail_to(address: str | None) -> OutgoingMail:
    return OutgoingMail.objects.filter(recipient=address).latest("pk")


def test_a_report_waits_and_is_confirmed_in_the_language_of_the_guest(cast: Cast) -> None:
    row = reported(cast)
    assert (row.state, row.author, row.key.startswith("thesis:")) == (State.OPEN, cast.stakeholder, True)
    assert row.address.startswith("/thesen/")
    assert OutgoingMail.objects.get().recipient == "gast@example.org"
    entry = AuditEntry.objects.get(verb="content_reported")
    assert (entry.actor, entry.facts) == (None, {"content": row.key, "reason": "insult"})
    assert Thesis.objects.get().state == Thesis.State.PUBLISHED


def test_a_second_click_is_no_second_report(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    rows = {report_thesis(thesis=thesis, complaint=GUEST).pk for _ in range(2)}
    report_thesis(thesis=thesis, complaint=replace(GUEST, email="andere@example.org"))
    assert (len(rows), ContentReport.objects.count()) == (1, 2)


def test_an_empty_explanation_and_a_thesis_that_is_gone_are_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="erläutern"):
        reported(cast, replace(GUEST, explanation="  "))
    with pytest.raises(Refusal, match="nicht mehr veröffentlicht"):
        report_thesis(thesis=ThesisFactory.create(state=Thesis.State.DECLINED), complaint=GUEST)


def test_removing_takes_the_thesis_off_the_public_and_tells_both_sides(cast: Cast) -> None:
    row = reported(cast)
    decide_report(content_report=row, removed=True, reason="Das ist beleidigend.", actor=cast.project_office)
    thesis = Thesis.objects.get()
    assert (thesis.state, thesis.decision_reason) == (Thesis.State.DECLINED, "Das ist beleidigend.")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (State.REMOVED, cast.project_office)
    for address in ("gast@example.org", cast.stakeholder.email):
        assert "Das ist beleidigend." in mail_to(address).text
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "content_reported",
        "report_decided",
        "thesis_removed",
    }


def test_keeping_changes_nothing_and_tells_both_sides_how_to_object(cast: Cast) -> None:
    decide_report(content_report=reported(cast), removed=False, reason="Das ist Meinung.", actor=cast.project_office)
    assert Thesis.objects.get().state == Thesis.State.PUBLISHED
    assert "/en/contact/" in mail_to("gast@example.org").text
    assert "nicht einverstanden" in mail_to(cast.stakeholder.email).text


def test_the_author_never_learns_who_reported_nor_in_which_words(cast: Cast) -> None:
    row = reported(cast, Complaint(reason="insult", explanation="Zeile zwei beleidigt mich.", reporter=cast.outsider))
    decide_report(content_report=row, removed=True, reason="Das ist beleidigend.", actor=cast.project_office)
    mail = mail_to(cast.stakeholder.email)
    for secret in (cast.outsider.last_name, str(cast.outsider.email), "Zeile zwei"):
        assert secret not in mail.text + mail.html + mail.subject
    assert "Das ist beleidigend." in mail_to(cast.outsider.email).text


def test_without_an_address_only_the_author_is_told(cast: Cast) -> None:
    row = reported(cast, replace(GUEST, email=""))
    decide_report(content_report=row, removed=False, reason="Das ist Meinung.", actor=cast.project_office)
    assert list(OutgoingMail.objects.values_list("recipient", flat=True)) == [cast.stakeholder.email]


def test_a_decision_needs_a_reason_and_the_office(cast: Cast) -> None:
    row = reported(cast)
    with pytest.raises(Refusal, match="begründen"):
        decide_report(content_report=row, removed=True, reason=" ", actor=cast.project_office)
    for person in (cast.stakeholder, cast.outsider, cast.ministry):
        with pytest.raises(Refusal, match="Projektbüro"):
            decide_report(content_report=row, removed=True, reason="Weil.", actor=person)
    assert Thesis.objects.get().state == Thesis.State.PUBLISHED


def test_a_thesis_reported_twice_is_removed_once(cast: Cast) -> None:
    first = reported(cast)
    second = report_thesis(thesis=Thesis.objects.get(), complaint=replace(GUEST, email="andere@example.org"))
    for row in (first, second):
        decide_report(content_report=row, removed=True, reason="Beleidigend.", actor=cast.project_office)
    assert AuditEntry.objects.filter(verb="thesis_removed").count() == 1


def test_deciding_again_is_refused_with_what_happened(cast: Cast) -> None:
    row = reported(cast)
    decide_report(content_report=row, removed=False, reason="Meinung.", actor=cast.project_office)
    with pytest.raises(Refusal, match="Der Inhalt bleibt"):
        decide_report(content_report=row, removed=True, reason="Doch.", actor=cast.project_office)
    assert Thesis.objects.get().state == Thesis.State.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_is_told() -> None:
    cast = assemble()
    row = reported(cast)

    def decide(removed: bool) -> str:
        decide_report(content_report=row, removed=removed, reason="So ist es.", actor=cast.project_office)
        return "removed" if removed else "kept"

    done = tried_at_once(partial(decide, True), partial(decide, False))
    assert sum(isinstance(answer, Refusal) for answer in done) == 1
    row.refresh_from_db()
    assert row.state in done
    assert (Thesis.objects.get().state == Thesis.State.DECLINED) == ("removed" in done)


def test_a_merged_thesis_is_reported_and_taken_off_too(cast: Cast) -> None:
    source, target = ThesisFactory.create_batch(2)
    merge(source=source, target=target, actor=cast.project_office, reason="Dasselbe.")
    row = report_thesis(thesis=Thesis.objects.get(pk=source.pk), complaint=GUEST)
    decide_report(content_report=row, removed=True, reason="Beleidigend.", actor=cast.project_office)
    source.refresh_from_db()
    assert (source.state, source.published_at) == ("declined", None)
