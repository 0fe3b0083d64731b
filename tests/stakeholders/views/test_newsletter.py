import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import ConsentEvent, Newsletter, OutgoingMail, Stakeholder, Subscription
from stakeholders.subscription_links import confirm_link, end_link
from tests.cast import Cast
from tests.factories.newsletter import NewsletterFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[Stakeholder], Client]
State = Subscription.State


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def order(client: Client, email: str) -> str:
    response = client.post("/rundbrief/", {"email": email}, follow=True)
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)


def test_known_and_unknown_addresses_get_the_same_page(client: Client) -> None:
    SubscriptionFactory.create(email="bekannt@example.org")
    assert order(client, "bekannt@example.org") == order(client, "neu@example.org")
    assert OutgoingMail.objects.count() == 2


def test_opening_the_links_changes_nothing_and_the_buttons_do(client: Client) -> None:
    order(client, "neu@example.org")
    row = Subscription.objects.get()
    confirm_path, end_path = path_of(confirm_link(row)), path_of(end_link(row))
    assert "neu@example.org" in client.get(confirm_path).content.decode()
    client.head(confirm_path)
    row.refresh_from_db()
    assert row.state == State.PENDING
    for _click in range(2):
        assert "bestellt und bestätigt" in client.post(confirm_path, follow=True).content.decode()
    client.get(end_path)
    row.refresh_from_db()
    assert row.state == State.CONFIRMED
    assert "abbestellt" in client.post(end_path).content.decode()
    row.refresh_from_db()
    assert row.state == State.ENDED
    assert client.get(confirm_path).status_code == 404


def test_mail_program_ends_it_without_cookie_and_form(client: Client) -> None:
    row = SubscriptionFactory.create()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(path_of(end_link(row)), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert response.status_code == 200
    row.refresh_from_db()
    assert row.state == State.ENDED
    assert ConsentEvent.objects.get().channel == "email"


@pytest.mark.parametrize("token", ["falsch", "1~abc", "%00", "9" * 400])
def test_tampered_links_are_unknown(client: Client, token: str) -> None:
    SubscriptionFactory.create()
    for address in ("abbestellen", "bestaetigen"):
        for send in (client.get, client.post):
            assert send(f"/rundbrief/{address}/{token}/").status_code == 404
    assert Subscription.objects.get().state == State.CONFIRMED


@pytest.mark.parametrize("email", ["", "kein-at", "a@b", f"{'a' * 300}@example.org", "a\x00@example.org"])
def test_address_that_cannot_be_one_is_told(client: Client, email: str) -> None:
    assert client.post("/rundbrief/", {"email": email}).status_code == 422
    assert not Subscription.objects.exists()


def test_too_many_requests_are_asked_to_wait(client: Client) -> None:
    answers = [client.post("/rundbrief/", {"email": f"a{number}@example.org"}).status_code for number in range(7)]
    assert answers == [302] * 5 + [429] * 2


def test_one_address_is_not_flooded_from_many_places(client: Client) -> None:
    answers = [
        client.post("/rundbrief/", {"email": "opfer@example.org"}, REMOTE_ADDR=f"192.0.2.{place}").status_code
        for place in range(1, 6)
    ]
    assert answers == [302] * 3 + [429] * 2


def test_office_looks_tests_and_sends_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    SubscriptionFactory.create_batch(2)
    issue = NewsletterFactory.create(body="Ein *Termin* <script>alert(1)</script>")
    address = reverse("admin:stakeholders_newsletter_desk", args=[issue.pk])
    page = client.get(address).content.decode()
    assert "<em>Termin</em>" in page
    assert "<script>alert" not in page
    client.post(address, {"action": "test"})
    assert OutgoingMail.objects.get().recipient == cast.project_office.email
    for _click in range(2):
        assert "2 Adressen" in client.post(address, {"action": "send"}, follow=True).content.decode()
    assert OutgoingMail.objects.count() == 3
    change = reverse("admin:stakeholders_newsletter_change", args=[issue.pk])
    assert client.post(change, {"subject": "anders", "body": "anders"}).status_code == 403
    assert Newsletter.objects.get().body == issue.body


def test_only_the_office_opens_the_desk(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("admin:stakeholders_newsletter_desk", args=[NewsletterFactory.create().pk])
    assert (
        sign_in(cast.project_office).get(reverse("admin:stakeholders_newsletter_desk", args=[99999])).status_code == 404
    )
    for person in (cast.ministry, cast.outsider):
        client = sign_in(person)
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"action": "send"}).status_code in (302, 403)
    assert not OutgoingMail.objects.exists()
