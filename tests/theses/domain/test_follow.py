from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import OutgoingMail
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory, FollowFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.digest import post_digests
from theses.domain.follow import follow, followed_by, followers_of, unfollow
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
