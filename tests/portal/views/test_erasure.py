import re
from collections.abc import Callable
from datetime import timedelta
from time import time

import pytest
from django.test import Client
from django.utils import timezone

from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from workshops.models import Registration

SignIn = Callable[[Stakeholder], Client]
ADDRESS = "/mein/daten/loeschen/"
FINAL = {"final": "on"}


@pytest.fixture
def just_signed_in(sign_in: SignIn) -> SignIn:
    """As after having typed the password a moment ago."""

    def as_person(person: Stakeholder) -> Client:
        client = sign_in(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time(), "email": person.email}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return as_person


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_who_signed_in_long_ago_must_confirm_first(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.stakeholder)
    for send in (client.get, client.post):
        response = send(ADDRESS, FINAL)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/konto/")
    assert Stakeholder.objects.filter(pk=cast.stakeholder.pk).exists()


def test_statement_comes_first_and_then_the_account_is_gone(cast: Cast, just_signed_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    client = just_signed_in(cast.stakeholder)
    page = words(client.get(ADDRESS).content.decode())
    assert page.index("Wird gelöscht") < page.index("Bleibt ohne Ihren Namen") < page.index("Endgültig löschen")
    assert "ehemalige Teilnehmerin / ehemaliger Teilnehmer" in page
    response = client.post(ADDRESS, FINAL, follow=True)
    assert "Ihr Konto ist gelöscht." in words(response.content.decode())
    assert client.get("/mein/").status_code == 302
    assert client.post(ADDRESS, FINAL).status_code == 302
    assert OutgoingMail.objects.get(kind="account_erased").person is None
    page = words(client.get(thesis.get_absolute_url()).content.decode())
    assert "ehemalige Teilnehmerin / ehemaliger Teilnehmer" in page


def test_every_box_must_be_ticked(cast: Cast, just_signed_in: SignIn) -> None:
    tomorrow = WorkshopFactory.create(title="Werkstatt morgen", starts_at=timezone.now() + timedelta(days=1))
    row = RegistrationFactory.create(workshop=tomorrow, person=cast.stakeholder)
    client = just_signed_in(cast.stakeholder)
    assert "Ihr Platz bei „Werkstatt morgen“ am" in client.get(ADDRESS).content.decode()
    for boxes in ({}, FINAL, {f"place_{row.pk}": "on"}, {**FINAL, "place_0": "on"}):
        assert client.post(ADDRESS, boxes).status_code == 422
    assert Registration.objects.filter(pk=row.pk).exists()
    assert client.post(ADDRESS, {**FINAL, f"place_{row.pk}": "on"}).status_code == 302
    assert not Stakeholder.objects.filter(pk=cast.stakeholder.pk).exists()


def test_last_account_of_the_office_reads_why_it_stays(cast: Cast, just_signed_in: SignIn) -> None:
    Stakeholder.objects.filter(pk=cast.office_without_second_factor.pk).update(is_active=False)
    client = just_signed_in(cast.project_office)
    page = client.get(ADDRESS).content.decode()
    assert "Dies ist das letzte Konto des Projektbüros." in page
    assert 'name="final"' not in page
    assert client.post(ADDRESS, FINAL).status_code == 422
    assert Stakeholder.objects.filter(pk=cast.project_office.pk).exists()


def test_outsider_deletes_nobody_but_themselves(cast: Cast, just_signed_in: SignIn) -> None:
    just_signed_in(cast.outsider).post(ADDRESS, {**FINAL, "person": cast.stakeholder.pk})
    assert Stakeholder.objects.filter(pk=cast.stakeholder.pk).exists()
    assert not Stakeholder.objects.filter(pk=cast.outsider.pk).exists()
