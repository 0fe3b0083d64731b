import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from stakeholders.domain.mime import message_hash
from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.outbox import posted
from tests.stakeholders.reports_of_delivery import message_id, report

pytestmark = pytest.mark.django_db
ADDRESS = "/zustellung/rueckmeldung/"
SECRET = "geheim-fuer-den-anbieter"


@pytest.fixture
def mail(cast: Cast, settings: Settings) -> OutgoingMail:
    """Has gone out."""
    settings.BOUNCE_SECRET = SECRET
    row = posted(1, person=cast.stakeholder, recipient=cast.stakeholder.mail_address)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, message_hash=message_hash(row))
    return row


def send(client: Client, body: Any, *, kind: str = "application/json", secret: str = SECRET) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(ADDRESS, data, content_type=kind, headers={"Authorization": f"Bearer {secret}"})


def facts(mail: OutgoingMail) -> dict[str, str]:
    return {"recipient": mail.recipient, "status": "5.1.1", "message_id": message_id(mail), "words": "no such user"}


def is_marked(person: Stakeholder) -> bool:
    return bool(Stakeholder.objects.filter(pk=person.pk, mail_bounced_at__isnull=False).exists())


def test_a_provider_reports_facts_or_the_whole_report(cast: Cast, mail: OutgoingMail) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, facts(mail)).json() == {"marked": 1, "noted": 0, "unknown": 0}
    assert is_marked(cast.stakeholder)
    assert send(strict, [facts(mail), {**facts(mail), "message_id": "<x@y>"}]).json()["unknown"] == 1
    Stakeholder.objects.update(mail_bounced_at=None)
    assert send(strict, report(mail), kind="message/rfc822").json()["marked"] == 1
    assert is_marked(cast.stakeholder)


def test_without_a_secret_there_is_no_such_page(client: Client, mail: OutgoingMail, settings: Settings) -> None:
    settings.BOUNCE_SECRET = ""
    for secret in ("", SECRET):
        assert send(client, facts(mail), secret=secret).status_code == 404
    assert client.get(ADDRESS).status_code == 404


def test_a_wrong_secret_is_refused_and_soon_slowed_down(cast: Cast, client: Client, mail: OutgoingMail) -> None:
    codes = [send(client, facts(mail), secret=wrong).status_code for wrong in ["", "falsch", "ä", SECRET + "x"] * 6]
    assert set(codes) == {403, 429}
    assert send(client, facts(mail)).status_code == 200
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'"text"', "application/json", 400),
        (b'{"recipient": 5, "message_id": "x"}', "application/json", 400),
        (b'{"recipient": "a@example.org"}', "application/json", 400),
        (b"[" + b"{}," * 1000 + b"{}]", "application/json", 400),
        (b"a=b", "application/x-www-form-urlencoded", 400),
        (b"Subject: Hallo\n\nText", "message/rfc822", 422),
        (b"Content-Type: message/delivery-status\n\nAction: failed\n", "message/rfc822", 400),
        (b"x" * 2_000_001, "message/rfc822", 413),
    ],
)
def test_junk_is_refused_with_a_sentence(
    body: bytes, kind: str, status: int, client: Client, mail: OutgoingMail
) -> None:
    response = send(client, body, kind=kind)
    assert (response.status_code, bool(response.json()["error"])) == (status, True)


def bounced(person: Stakeholder) -> None:
    Stakeholder.objects.filter(pk=person.pk).update(mail_bounced_at=timezone.now(), mail_bounce_words="550 unknown")


def test_the_office_sees_it_finds_it_and_clears_it(cast: Cast, client: Client) -> None:
    bounced(cast.stakeholder)
    client.force_login(cast.project_office)
    page = reverse("stakeholders:person_detail", args=[cast.stakeholder.pk])
    text = client.get(page).content.decode()
    assert "Adresse unzustellbar" in text
    assert "550 unknown" in text
    found = client.get(reverse("stakeholders:desk"), {"mail": "unzustellbar"}).content.decode()
    assert str(cast.stakeholder) in found
    assert str(cast.outsider) not in found
    response = client.post(reverse("stakeholders:person_address", args=[cast.stakeholder.pk]), follow=True)
    assert "Die Adresse ist wieder frei." in response.content.decode()
    assert not is_marked(cast.stakeholder)


def test_the_person_sees_what_to_do_and_confirms(cast: Cast, client: Client) -> None:
    client.force_login(cast.stakeholder)
    assert "erreicht Sie nicht" not in client.get(reverse("dashboard")).content.decode()
    bounced(cast.stakeholder)
    text = client.get(reverse("dashboard")).content.decode()
    assert "Ihre E-Mail-Adresse erreicht Sie nicht" in text
    assert reverse("account_email") in text
    client.post(reverse("stakeholders:address_confirm"))
    assert not is_marked(cast.stakeholder)


def test_outsider_confirms_no_address_of_somebody_else(cast: Cast, client: Client) -> None:
    bounced(cast.stakeholder)
    client.force_login(cast.outsider)
    assert client.post(reverse("stakeholders:person_address", args=[cast.stakeholder.pk])).status_code == 404
    client.post(reverse("stakeholders:address_confirm"))
    assert is_marked(cast.stakeholder)
