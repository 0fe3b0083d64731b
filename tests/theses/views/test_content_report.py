from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import ContentReport, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.models import Thesis

SignIn = Callable[[Stakeholder], Client]
SENT = {"reason": "insult", "explanation": "Zeile zwei beleidigt mich.", "email": "gast@example.org"}
pytestmark = pytest.mark.django_db


def page_of(thesis: Thesis) -> str:
    return reverse("theses:thesis_report", args=[thesis.pk, thesis.slug])


def post(client: Client, thesis: Thesis, **changes: Any) -> Any:
    return client.post(page_of(thesis), SENT | changes)


def test_a_guest_reports_from_the_page_of_the_thesis(client: Client) -> None:
    thesis = ThesisFactory.create()
    assert page_of(thesis) in client.get(thesis.get_absolute_url()).content.decode()
    assert 'name="email"' in client.get(page_of(thesis)).content.decode()
    response = client.post(page_of(thesis), SENT, follow=True)
    assert "Danke. Das Projektbüro prüft Ihre Meldung." in response.content.decode()
    assert ContentReport.objects.get().reporter_email == "gast@example.org"


def test_who_signed_in_is_not_asked_for_an_address(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    client = sign_in(cast.outsider)
    assert 'name="email"' not in client.get(page_of(thesis)).content.decode()
    post(client, thesis, email="fremd@example.org")
    row = ContentReport.objects.get()
    assert (row.reporter, row.reporter_email) == (cast.outsider, "")
    assert OutgoingMail.objects.get().recipient == cast.outsider.email


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "wählen Sie einen Grund"),
        ({"reason": "x"}, "wählen Sie einen Grund"),
        ({"explanation": ""}, "erläutern Sie Ihre Meldung"),
        ({"explanation": "\u200b"}, "lesbaren Text"),
        ({"explanation": "x" * 2001}, "höchstens 2000 Zeichen. Es sind jetzt 2001."),
        ({"email": "kein"}, "gültige E-Mail-Adresse"),
        ({"email": "a" * 250 + "@example.org"}, "254"),
    ],
)
def test_bad_input_is_told_and_kept(client: Client, changes: dict[str, str], sentence: str) -> None:
    response = post(client, ThesisFactory.create(), **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ContentReport.objects.exists()


def test_control_characters_are_not_kept(client: Client) -> None:
    post(client, ThesisFactory.create(), explanation="Zeile\x00\x07 zwei\r\nbeleidigt.")
    assert ContentReport.objects.get().explanation == "Zeile zwei\nbeleidigt."


def test_what_is_not_public_cannot_be_reported(client: Client) -> None:
    for thesis in (ThesisFactory.create(state=Thesis.State.SUBMITTED), Thesis(pk=10**30, slug="x")):
        assert client.get(page_of(thesis)).status_code == 404
        assert post(client, thesis).status_code == 404


def test_too_many_reports_are_answered_with_an_own_page(client: Client) -> None:
    thesis = ThesisFactory.create()
    answers = [post(client, thesis, explanation=f"Grund {number}").status_code for number in range(12)]
    assert answers[-1] == 429
    assert 302 in answers
    assert client.get(page_of(thesis)).status_code == 200


def test_the_office_decides_in_the_administration(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    post(Client(), thesis)
    office = sign_in(cast.project_office)
    page = reverse("admin:stakeholders_contentreport_change", args=[ContentReport.objects.get().pk])
    assert "Zeile zwei beleidigt mich." in office.get(page).content.decode()
    assert "Bitte begründen" in office.post(page, {"decision": "remove"}).content.decode()
    response = office.post(page, {"decision": "remove", "answer": "Beleidigend."}, follow=True)
    assert "Beide Seiten erhalten die Begründung" in response.content.decode()
    assert client_sees(thesis) == 404
    late = office.post(page, {"decision": "keep", "answer": "Lange begründet."}).content.decode()
    assert "Der Inhalt ist entfernt" in late
    assert "Lange begründet." in late


def client_sees(thesis: Thesis) -> int:
    return Client().get(thesis.get_absolute_url()).status_code


def test_the_desk_is_closed_to_everybody_else(cast: Cast, client: Client) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    post(client, thesis)
    page = reverse("admin:stakeholders_contentreport_change", args=[ContentReport.objects.get().pk])
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.post(page, {"decision": "remove", "answer": "Weg."}).status_code == 302
    assert client_sees(thesis) == 200
