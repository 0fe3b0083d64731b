import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory

PAGES = ("home", "search", "participate", "imprint", "privacy", "accessibility", "easy_language")


def without_server() -> dict[str, Any]:
    """The caches as they are, with nobody at the address of the shared one."""
    return {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": "unix:///nonexistent/s"}}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_refuse_other_methods(client: Client, name: str) -> None:
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.django_db
def test_every_page_has_a_strict_policy_and_no_cookie(client: Client) -> None:
    response = client.get("/")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.django_db
def test_security_contact_has_what_the_standard_requires(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:" in text
    assert "Expires: 20" in text


def test_health_answers(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readiness_asks_database_and_cache(client: Client) -> None:
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_readiness_fails_without_the_cache(client: Client) -> None:
    client.raise_request_exception = False
    with override_settings(CACHES=without_server()):
        response = client.get("/readyz")
    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("page", ["home", "account_login", "account_signup"])
def test_pages_are_shown_without_the_cache(client: Client, db: None, page: str) -> None:
    with override_settings(CACHES=without_server()):
        assert client.get(reverse(page)).status_code == 200


def test_people_sign_in_without_the_cache(client: Client, db: None) -> None:
    person = StakeholderFactory.create(password=make_password("ein langes Passwort"))
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    answers = {"login": person.email, "password": "falsch"}
    with override_settings(CACHES=without_server()):
        assert client.post(reverse("account_login"), answers).status_code == 200
        done = client.post(reverse("account_login"), answers | {"password": "ein langes Passwort"})
    assert done["Location"] == reverse("dashboard")


@pytest.mark.django_db
def test_an_unknown_address_gets_an_own_page(client: Client) -> None:
    response = client.get("/gibt-es-nicht/")
    assert response.status_code == 404
    assert "ZukunftsWerkstatt" in response.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_gets_an_own_page() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@example.org"})
    assert response.status_code == 403
    assert "ZukunftsWerkstatt" in response.content.decode()
    assert "kopieren Sie, was Sie geschrieben haben" in response.content.decode()


@pytest.mark.django_db
def test_a_foreign_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_too_many_sign_ins_get_an_own_page(client: Client) -> None:
    data = {"login": "niemand@example.org", "password": "falsch"}
    answers = [client.post(reverse("account_login"), data, headers={"x-forwarded-for": "192.0.2.7"}) for _ in range(40)]
    last = answers[-1]
    assert last.status_code == 429 or "zu viele" in last.content.decode()
    assert json.dumps("Traceback") not in last.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sentence"),
    [("/thesen/1-x/haltung/", "senden Sie es dort ab"), ("/en/theses/1-x/stance/", "send it from there")],
)
def test_an_address_of_a_form_says_what_to_do(client: Client, address: str, sentence: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert sentence in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "theses/thesis/?state=%00",
        "stakeholders/stakeholder/?role__exact=%00",
        "autocomplete/?app_label=theses&model_name=thesis&field_name=author&term=a%00",
    ],
)
def test_the_administration_refuses_what_the_database_cannot_keep(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.project_office)
    response = client.get(f"{reverse('admin:index')}{address}")
    assert response.status_code == 400
    assert "Diese Anfrage haben wir nicht verstanden" in response.content.decode()
