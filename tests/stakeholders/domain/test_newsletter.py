import re

import pytest

from stakeholders.domain.mime import as_mime
from stakeholders.domain.newsletter import send_newsletter, send_test
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Newsletter, OutgoingMail, Subscription
from stakeholders.subscription_links import end_link, find_to_end
from tests.cast import Cast
from tests.factories.newsletter import NewsletterFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


def test_issue_goes_once_to_every_confirmed_address(cast: Cast) -> None:
    confirmed = SubscriptionFactory.create_batch(3)
    SubscriptionFactory.create(state=Subscription.State.PENDING)
    SubscriptionFactory.create(state=Subscription.State.ENDED)
    issue = NewsletterFactory.create()
    for _click in range(2):
        assert send_newsletter(newsletter=issue, actor=cast.project_office) == 3
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {row.email for row in confirmed}
    assert AuditEntry.objects.get(verb="newsletter_sent").facts == {"recipients": 3}
    issue.refresh_from_db()
    assert (issue.state, issue.recipients) == (Newsletter.State.SENT, 3)


def test_every_message_carries_its_own_link_to_end_in_text_html_and_header(cast: Cast) -> None:
    rows = SubscriptionFactory.create_batch(2)
    send_newsletter(newsletter=NewsletterFactory.create(body="Ein **wichtiger** Termin."), actor=cast.project_office)
    for row in rows:
        mail = OutgoingMail.objects.get(recipient=row.email)
        link = end_link(row)
        assert link in mail.text
        assert f'href="{link}"' in mail.html
        assert "<strong>wichtiger</strong>" in mail.html
        raw = as_mime(mail).as_bytes().decode()
        assert f"\r\nList-Unsubscribe: <{link}>\r\n" in raw
        assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_english_subscribers_get_the_english_text_if_there_is_one(cast: Cast) -> None:
    SubscriptionFactory.create(email="de@example.org")
    SubscriptionFactory.create(email="en@example.org", language="en")
    send_newsletter(newsletter=NewsletterFactory.create(subject_en="News", body_en="Hello."), actor=cast.project_office)
    mails = {mail.recipient: mail for mail in OutgoingMail.objects.all()}
    assert mails["en@example.org"].subject == "News"
    assert "Hello." in mails["en@example.org"].text
    assert "Hello." not in mails["de@example.org"].text


def test_issue_without_readers_stays_a_draft(cast: Cast) -> None:
    issue = NewsletterFactory.create()
    with pytest.raises(Refusal):
        send_newsletter(newsletter=issue, actor=cast.project_office)
    issue.refresh_from_db()
    assert issue.state == Newsletter.State.DRAFT


def test_test_message_goes_to_oneself_and_its_link_ends_nothing(cast: Cast) -> None:
    SubscriptionFactory.create()
    issue = NewsletterFactory.create()
    for _click in range(2):
        send_test(newsletter=issue, actor=cast.project_office)
    mails = list(OutgoingMail.objects.all())
    assert {mail.recipient for mail in mails} == {cast.project_office.email}
    assert mails[0].subject.startswith("Test: ")
    link = re.search(r"https://\S+", mails[0].text)
    assert link is not None
    assert find_to_end(link.group().rstrip("/").rsplit("/", 1)[-1]) is None
