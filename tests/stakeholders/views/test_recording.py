from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory, StakeholderGroupFactory

SignIn = Callable[[Stakeholder], Client]
ADDRESS = "/akteure/erfassen/"


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "channel": "letter",
        "first_name": "Hanna",
        "last_name": "Musterfrau",
        "group": StakeholderGroupFactory.create().pk,
        "district": DistrictFactory.create().pk,
        "language": "de",
        **changes,
    }


def test_somebody_without_address_is_recorded(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    assert client.get(ADDRESS).status_code == 200
    response = client.post(ADDRESS, answers(function=" Leitung ", organisation_name="Neues Werk"))
    person = Stakeholder.objects.get(last_name="Musterfrau")
    assert response["Location"] == f"/akteure/{person.pk}/"
    assert (person.email, person.origin, person.source) == (None, "office", "auf eigenen Wunsch, per Brief")
    assert (person.function, str(person.organisation), person.is_claimed) == ("Leitung", "Neues Werk", False)
    assert not person.has_usable_password()
    entry = AuditEntry.objects.get(verb="person_recorded")
    assert (entry.actor, entry.facts) == (cast.project_office, {"channel": "letter"})
    assert "Musterfrau" not in entry.target_label
    page = client.get(response["Location"]).content.decode()
    assert f"/thesen/fuer/{person.pk}/einreichen/" in page
    assert f"/veranstaltungen/anmelden-fuer/{person.pk}/" in page


def test_an_address_can_be_used_to_take_over_later(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.project_office).post(ADDRESS, answers(email="Hanna@Example.org"))
    address = EmailAddress.objects.get(user__last_name="Musterfrau")
    assert (address.email, address.verified, address.primary) == ("hanna@example.org", False, True)


def test_who_is_alike_is_shown_first_and_must_be_denied(cast: Cast, sign_in: SignIn) -> None:
    known = StakeholderFactory.create(first_name="Hannah", last_name="Musterfrau", email="h@example.org")
    client = sign_in(cast.project_office)
    response = client.post(ADDRESS, answers())
    assert response.status_code == 422
    page = response.content.decode()
    assert f"/akteure/{known.pk}/" in page
    assert "trotzdem erfassen" in page
    assert "Hanna" in page
    assert Stakeholder.objects.filter(last_name="Musterfrau").count() == 1
    assert client.post(ADDRESS, answers(anyway="on")).status_code == 302
    assert Stakeholder.objects.filter(last_name="Musterfrau").count() == 2


def test_a_second_click_is_asked_and_records_nobody(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    client.post(ADDRESS, answers())
    assert client.post(ADDRESS, answers()).status_code == 422
    assert Stakeholder.objects.filter(last_name="Musterfrau").count() == 1


def test_a_known_address_is_never_recorded_twice(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    response = client.post(ADDRESS, answers(email="OUTSIDER@example.org"))
    assert f"/akteure/{cast.outsider.pk}/" in response.content.decode()
    response = client.post(ADDRESS, answers(email="OUTSIDER@example.org", anyway="on"))
    assert response.status_code == 422
    assert "gibt es schon eine Person" in response.content.decode()
    assert not Stakeholder.objects.filter(last_name="Musterfrau").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_name": ""}, "Nachname"),
        ({"last_name": "\u200b"}, "lesbaren Text"),
        ({"last_name": "x" * 81}, "80"),
        ({"first_name": "a\x00b"}, "Null"),
        ({"group": ""}, "Akteursgruppe"),
        ({"district": "99999999999999999999"}, "Auswahl"),
        ({"channel": ""}, "wie die Person sich gemeldet hat"),
        ({"channel": "web"}, "Auswahl"),
        ({"email": "keine"}, "E-Mail"),
        ({"organisation_name": "x" * 161}, "160"),
    ],
)
def test_a_refusal_stands_at_its_field(cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str) -> None:
    response = sign_in(cast.project_office).post(ADDRESS, answers(**changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not AuditEntry.objects.filter(verb="person_recorded").exists()


def test_others_do_not_get_in(cast: Cast, client: Client, sign_in: SignIn) -> None:
    assert client.get(ADDRESS).status_code == 302
    for person in (cast.ministry, cast.outsider):
        assert sign_in(person).get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, answers()).status_code == 404
    assert not Stakeholder.objects.filter(last_name="Musterfrau").exists()
