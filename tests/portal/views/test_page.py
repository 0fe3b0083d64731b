import json

import pytest
from django.test import Client, override_settings
from django.urls import reverse

PAGES = ("home", "search", "participate", "contact", "imprint", "privacy", "accessibility", "easy_language")


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
    gone = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nonexistent/s"}}
    with override_settings(CACHES=gone):
        response = client.get("/readyz")
    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()


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
