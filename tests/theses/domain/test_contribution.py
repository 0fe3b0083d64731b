from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.models import Activity, AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory, FollowFactory
from tests.factories.mandates import MandateFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.contribution import PER_HOUR, Words, answer, edit, withdraw, write
from theses.follow_links import end_link
from theses.models import Contribution, Thesis

Kind, State = Contribution.Kind, Contribution.State


def refusal(verb: object, **named: object) -> str:
    with pytest.raises(Refusal) as caught:
        verb(**named)  # type: ignore[operator]
    return caught.value.sentence


def test_writing_is_shown_noted_and_told(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    row = write(thesis=thesis, author=cast.stakeholder, kind=Kind.PRO, words=Words("Ja, weil es hilft."))
    assert list(thesis.contributions.shown()) == [row]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_label, entry.facts) == (
        "contribution_written",
        f"Beitrag {row.pk}",
        {"thesis": thesis.pk},
    )
    activity = Activity.objects.get(person=cast.stakeholder)
    assert (activity.kind, activity.key) == ("contributed", f"thesis:{thesis.pk}")


def test_writing_twice_the_same_is_one_contribution(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    rows = {
        write(thesis=thesis, author=cast.stakeholder, kind=Kind.CONTRA, words=Words("Nein.")).pk for _click in range(3)
    }
    assert rows == {Contribution.objects.get().pk}
    parent = Contribution.objects.get()
    for _click in range(2):
        answer(parent=parent, author=cast.colleague, words=Words("Doch."))
    parent.refresh_from_db()
    assert (parent.answer_count, parent.answers.count()) == (1, 1)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Thesis.State.SUBMITTED, "nicht veröffentlicht"),
        (Thesis.State.DECLINED, "nicht veröffentlicht"),
        (Thesis.State.CLOSED, "abgeschlossen"),
        (Thesis.State.MERGED, "nicht veröffentlicht"),
    ],
)
def test_only_open_theses_take_contributions(cast: Cast, state: str, words: str) -> None:
    row = ContributionFactory.create(thesis__state=state)
    refused = refusal(write, thesis=row.thesis, author=cast.stakeholder, kind=Kind.PRO, words=Words("Ja."))
    assert words in refused
    assert words in refusal(answer, parent=row, author=cast.project_office, words=Words("Ja."))
    assert Contribution.objects.count() == 1


def test_who_may_not_write_is_told_why(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    newcomer = StakeholderFactory.create(group=None)
    for author, words in (
        (newcomer, "ergänzen Sie zuerst Ihr Profil"),
        (cast.project_office, "schreibt keine eigenen"),
    ):
        assert words in refusal(write, thesis=thesis, author=author, kind=Kind.PRO, words=Words("Ja."))
    assert "gehört unter einen Beitrag" in refusal(
        write, thesis=thesis, author=cast.stakeholder, kind=Kind.ANSWER, words=Words("Ja.")
    )
    assert not Contribution.objects.exists()


def test_answers_stand_one_level_deep(cast: Cast) -> None:
    first = answer(parent=ContributionFactory.create(), author=cast.stakeholder, words=Words("Antwort."))
    assert "Auf eine Antwort kann man nicht antworten." in refusal(
        answer, parent=first, author=cast.colleague, words=Words("Nochmal.")
    )
    gone = ContributionFactory.create(state=State.REMOVED)
    assert "steht nicht mehr da" in refusal(answer, parent=gone, author=cast.colleague, words=Words("Nochmal."))


def test_an_official_answer_stands_out_and_reaches_asker_and_followers(cast: Cast) -> None:
    question = ContributionFactory.create(kind=Kind.QUESTION, author=cast.stakeholder)
    for person in (cast.stakeholder, cast.outsider, StakeholderFactory.create(is_active=False)):
        FollowFactory.create(thesis=question.thesis, person=person)
    row = answer(parent=question, author=cast.project_office, words=Words("Das Land zahlt."))
    assert row.is_official
    mails = {mail.person: mail for mail in OutgoingMail.objects.all()}
    assert {person: mail.kind for person, mail in mails.items()} == {
        cast.stakeholder: "thesis_official_answer",
        cast.outsider: "thesis_followed_answer",
    }
    assert all("Das Land zahlt." in mail.text and "Das Land zahlt." in mail.html for mail in mails.values())
    assert "/thesen/nicht-mehr-folgen/" in mails[cast.outsider].text
    assert mails[cast.outsider].headers["List-Unsubscribe"] == f"<{end_link(row.thesis, cast.outsider)}>"
    assert mails[cast.stakeholder].headers == {}
    assert AuditEntry.objects.get().verb == "contribution_answered_officially"


def test_other_answers_are_not_official_and_wait_for_the_digest(cast: Cast) -> None:
    question = ContributionFactory.create(kind=Kind.QUESTION, author=cast.stakeholder)
    FollowFactory.create(thesis=question.thesis)
    assert not answer(parent=question, author=cast.ministry, words=Words("Ich glaube ja.")).is_official
    assert not OutgoingMail.objects.exists()


def test_a_mandate_is_checked_when_it_is_used(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    own = MandateFactory.create(person=cast.stakeholder)
    row = write(thesis=thesis, author=cast.stakeholder, kind=Kind.PRO, words=Words("Wir sagen ja.", own))
    assert (row.mandate, row.organisation) == (own, own.organisation)
    ended = MandateFactory.create(person=cast.stakeholder, state="ended")
    for mandate in (ended, MandateFactory.create(person=cast.outsider)):
        assert "Mandat gilt nicht mehr" in refusal(
            write, thesis=thesis, author=cast.stakeholder, kind=Kind.PRO, words=Words("Wir auch.", mandate)
        )


def test_many_contributions_in_an_hour_are_stopped_kindly(cast: Cast) -> None:
    ContributionFactory.create_batch(PER_HOUR - 1, author=cast.stakeholder)
    early = timezone.now() - timedelta(minutes=61)
    parent = ContributionFactory.create(author=cast.stakeholder, written_at=early)
    answer(parent=parent, author=cast.stakeholder, words=Words("Das zwanzigste."))
    assert "machen Sie eine Pause" in refusal(
        write, thesis=ThesisFactory.create(), author=cast.stakeholder, kind=Kind.PRO, words=Words("Zu viel.")
    )
    ContributionFactory.create_batch(PER_HOUR, author=cast.project_office)
    assert answer(parent=parent, author=cast.project_office, words=Words("Amtlich.")).is_official


def test_words_can_be_changed_for_half_an_hour(cast: Cast) -> None:
    row = ContributionFactory.create(author=cast.stakeholder)
    changed = edit(contribution=row, author=cast.stakeholder, words=Words("Besser.", None, "en"), seen=None)
    assert (changed.text, changed.text_language, changed.edited_at is not None) == ("Besser.", "en", True)
    edit(contribution=row, author=cast.stakeholder, words=Words("Besser.", None, "en"), seen=None)
    assert AuditEntry.objects.count() == 1
    with pytest.raises(StaleSave):
        edit(contribution=row, author=cast.stakeholder, words=Words("Aus dem anderen Fenster."), seen=None)
    edit(contribution=row, author=cast.stakeholder, words=Words("Noch besser."), seen=changed.edited_at)
    assert "Nur wer einen Beitrag" in refusal(
        edit, contribution=row, author=cast.project_office, words=Words("Fremd."), seen=None
    )
    row.refresh_from_db()
    assert row.text == "Noch besser."


def test_old_closed_or_gone_words_stay(cast: Cast) -> None:
    old = timezone.now() - timedelta(minutes=31)
    cases = (
        (ContributionFactory.create(author=cast.stakeholder, written_at=old), "30 Minuten lang"),
        (ContributionFactory.create(author=cast.stakeholder, thesis__state=Thesis.State.CLOSED), "abgeschlossen"),
        (ContributionFactory.create(author=cast.stakeholder, state=State.REMOVED), "steht nicht mehr da"),
    )
    for row, words in cases:
        before = row.text
        assert words in refusal(
            edit, contribution=row, author=cast.stakeholder, words=Words("Anders."), seen=row.edited_at
        )
        row.refresh_from_db()
        assert row.text == before


def test_withdrawing_forgets_the_words_and_keeps_the_place_of_what_was_answered(cast: Cast) -> None:
    alone, answered = ContributionFactory.create_batch(2, author=cast.stakeholder)
    reply = answer(parent=answered, author=cast.colleague, words=Words("Sehe ich anders."))
    assert "Nur wer einen Beitrag" in refusal(withdraw, contribution=answered, author=cast.outsider)
    for row in (alone, answered, answered, alone):
        withdraw(contribution=row, author=cast.stakeholder)
    left = Contribution.objects.get(author=cast.stakeholder)
    assert (left.pk, left.state, left.text, left.answer_count) == (answered.pk, State.WITHDRAWN, "", 1)
    withdraw(contribution=reply, author=cast.colleague)
    assert not Contribution.objects.placed().exists()
    assert AuditEntry.objects.filter(verb="contribution_withdrawn").count() == 3


def test_the_log_repeats_no_words(cast: Cast) -> None:
    row = write(thesis=ThesisFactory.create(), author=cast.stakeholder, kind=Kind.PRO, words=Words("Streng geheim."))
    withdraw(contribution=row, author=cast.stakeholder)
    assert all("Streng geheim." not in f"{entry.target_label} {entry.facts}" for entry in AuditEntry.objects.all())
