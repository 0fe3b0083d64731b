from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory, FollowFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.digest import post_digests
from theses.domain.follow import end_digest, follow, followed_by, followers_of, resume_digest, unfollow
from theses.follow_links import digest_link
from theses.models import Contribution, Follow, Thesis
from theses.tasks import post_digests as task

YESTERDAY = timezone.localdate() - timedelta(days=1)


def noon() -> object:
    return timezone.localtime().replace(hour=12, minute=0) - timedelta(days=1)


def early(row: Follow) -> Follow:
    Follow.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=9))
    return row


def test_following_twice_is_following_once(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for _click in range(2):
        follow(thesis=thesis, person=cast.stakeholder)
    assert list(followed_by(cast.stakeholder)) == [thesis]
    for _click in range(2):
        unfollow(thesis=thesis, person=cast.stakeholder)
    assert not Follow.objects.exists()


def test_what_is_not_public_cannot_be_followed(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    with pytest.raises(Refusal, match="nicht veröffentlicht"):
        follow(thesis=thesis, person=cast.stakeholder)


def test_followers_are_those_a_mail_can_reach(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for person in (
        cast.stakeholder,
        StakeholderFactory.create(is_active=False),
        StakeholderFactory.create(email=None),
    ):
        follow(thesis=thesis, person=person)
    assert list(followers_of(thesis)) == [cast.stakeholder]


def test_the_digest_tells_each_follower_once_a_day(cast: Cast) -> None:
    thesis, other = ThesisFactory.create_batch(2)
    for person in (cast.stakeholder, cast.colleague):
        early(FollowFactory.create(thesis=thesis, person=person))
    early(FollowFactory.create(thesis=other, person=cast.stakeholder))
    ContributionFactory.create_batch(2, thesis=thesis, written_at=noon())
    ContributionFactory.create(thesis=thesis, author=cast.colleague, written_at=noon())
    ContributionFactory.create(thesis=other, author=None, written_at=noon())
    for _run in range(2):
        task()
    mails = {mail.person: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {cast.stakeholder, cast.colleague}
    first = mails[cast.stakeholder].text
    assert first.index("3 neue Beiträge") < first.index("1 neuer Beitrag")
    assert first.count("/thesen/nicht-mehr-folgen/") == 2
    assert "2 neue Beiträge" in mails[cast.colleague].text


def answered(asker: Stakeholder | None, **values: object) -> Contribution:
    """An answer of yesterday to a contribution of this author."""
    parent = ContributionFactory.create(author=asker, written_at=timezone.now() - timedelta(days=9))
    values = {"written_at": noon(), "kind": Contribution.Kind.ANSWER, **values}
    return ContributionFactory.create(parent=parent, thesis=parent.thesis, **values)


def test_the_digest_tells_of_answers_to_what_one_wrote_in_one_mail(cast: Cast) -> None:
    """However many they are, and also of theses one does not follow."""
    first = answered(cast.stakeholder)
    ContributionFactory.create(parent=first.parent, thesis=first.thesis, kind="answer", written_at=noon())
    second = answered(cast.stakeholder)
    early(FollowFactory.create(thesis=second.thesis, person=cast.stakeholder))
    post_digests()
    mail = OutgoingMail.objects.get()
    assert (mail.person, mail.kind) == (cast.stakeholder, "thesis_digest")
    for text in (mail.text, mail.html):
        assert text.index("2 Antworten auf Sie") < text.index("1 Antwort auf Sie") < text.index("1 neuer Beitrag")
        assert f"/beitraege/{first.parent_id}/" in text
        assert f"/beitraege/{second.parent_id}/" in text
        assert text.count("/thesen/nicht-mehr-folgen/") == 1


def test_the_digest_leaves_out_answers_that_are_no_news(cast: Cast) -> None:
    answered(cast.stakeholder, author=cast.stakeholder)
    answered(cast.stakeholder, is_official=True)
    answered(cast.stakeholder, state=Contribution.State.WITHDRAWN)
    answered(cast.stakeholder, written_at=timezone.now())
    answered(None)
    answered(StakeholderFactory.create(is_active=False))
    answered(StakeholderFactory.create(email=None))
    Contribution.objects.filter(answers=answered(cast.stakeholder)).update(state=Contribution.State.REMOVED)
    post_digests()
    assert not OutgoingMail.objects.exists()
    answered(cast.stakeholder, author=None)
    post_digests()
    assert OutgoingMail.objects.get().person == cast.stakeholder


def test_the_digest_can_be_ended_by_the_program_that_shows_it(cast: Cast) -> None:
    answered(cast.stakeholder)
    early(FollowFactory.create(thesis=answered(cast.outsider).thesis, person=cast.stakeholder))
    end_digest(person=cast.outsider)
    post_digests()
    mail = OutgoingMail.objects.get()
    assert mail.headers == {
        "List-Unsubscribe": f"<{digest_link(cast.stakeholder)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert digest_link(cast.stakeholder) in mail.text
    resume_digest(person=cast.outsider)
    post_digests()
    assert OutgoingMail.objects.filter(person=cast.outsider).exists()


@pytest.mark.django_db
def test_the_digest_asks_the_same_for_one_and_thirty(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in (1, 30):
        OutgoingMail.objects.all().delete()
        for _person in range(number):
            answered(StakeholderFactory.create())
        with django_assert_num_queries(5):
            post_digests()
        assert OutgoingMail.objects.count() >= number


def test_the_digest_leaves_out_what_is_no_news(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    early(FollowFactory.create(thesis=thesis, person=cast.stakeholder))
    FollowFactory.create(thesis=thesis, person=cast.outsider)
    hidden = ContributionFactory.create(thesis__state=Thesis.State.DECLINED, written_at=noon())
    early(FollowFactory.create(thesis=hidden.thesis, person=cast.stakeholder))
    ContributionFactory.create(thesis=thesis, author=cast.stakeholder, written_at=noon())
    ContributionFactory.create(thesis=thesis, state=Contribution.State.REMOVED, written_at=noon())
    ContributionFactory.create(thesis=thesis, written_at=timezone.now())
    ContributionFactory.create(thesis=thesis, written_at=timezone.now() - timedelta(days=3))
    post_digests()
    assert not OutgoingMail.objects.exists()
    ContributionFactory.create(thesis=thesis, written_at=noon())
    post_digests(YESTERDAY)
    assert [mail.person for mail in OutgoingMail.objects.all()] == [cast.stakeholder]
