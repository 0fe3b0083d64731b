"""Signing in without a password, confirming who one is, limits of attempts, and the page that shows it all."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import TOTP_SECRET, StakeholderFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[Stakeholder], Client]
PASSWORD = "ein-langes-Kennwort-7"
CONFIRM = "/konto/zugang-bestaetigen/"
EMPTY_ANSWER = {
    "id": "AA",
    "rawId": "AA",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"},
}
SENSITIVE = [
    ("mfa_activate_totp", {}),
    ("mfa_add_webauthn", {}),
    ("account_email", {"action_add": "", "email": "neu@example.org"}),
]


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    """Attempts are counted in the cache, which outlives a test."""
    settings.ACCOUNT_RATE_LIMITS = False


def known(person: Stakeholder, password: str | None = PASSWORD) -> Stakeholder:
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.mail_address, verified=True, primary=True)
    return person


def send(client: Client, name: str, form: dict[str, str]) -> Any:
    address = reverse(name)
    return client.post(address, form) if form else client.get(address)


def code_for(person: Stakeholder, kind: str) -> str:
    mail = OutgoingMail.objects.filter(recipient=person.email, kind=f"account:{kind}").latest("pk")
    found = re.search(r"^ {4}(\S+)$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found.group(1)


def sign_in_by_code(client: Client, person: Stakeholder) -> None:
    client.post("/konto/login/code/", {"email": person.email})
    client.post("/konto/login/code/confirm/", {"code": code_for(person, "login_code")})


def grow_old(client: Client) -> None:
    """As if the signing in lay an hour back."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_the_page_shows_each_way_with_its_state(client: Client, cast: Cast) -> None:
    person = known(cast.stakeholder)
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Laptop"})
    page = client.get("/konto/").content.decode()
    for text in (person.mail_address, "Festgelegt.", "1 Passkey", "1 Gerät"):
        assert text in page
    for name in ("account_email", "account_change_password", "mfa_index", "mfa_list_webauthn", "usersessions_list"):
        assert f'href="{reverse(name)}"' in page
    assert "Verbundene Zugänge" not in page
    assert 'href="/konto/"' in client.get("/mein/").content.decode()


def test_the_page_is_for_people_who_are_signed_in(client: Client) -> None:
    for address in ("/konto/", CONFIRM, "/konto/zweiter-faktor/"):
        assert client.get(address).headers["Location"].startswith("/konto/login/")


def test_other_devices_are_signed_out(client: Client, cast: Cast) -> None:
    person = known(cast.stakeholder)
    other = Client(headers={"user-agent": "Fremdes Gerät <b>"})
    for visitor in (client, other):
        visitor.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    page = client.get("/konto/sessions/").content.decode()
    assert "Fremdes Gerät &lt;b&gt;" in page
    client.post("/konto/sessions/")
    assert other.get("/mein/").status_code == 302
    assert client.get("/mein/").status_code == 200
    assert UserSession.objects.filter(user=person).count() == 1


@pytest.mark.parametrize(("name", "form"), SENSITIVE)
def test_who_just_signed_in_need_not_confirm(client: Client, cast: Cast, name: str, form: dict[str, str]) -> None:
    person = known(cast.stakeholder)
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    assert "reauthenticate" not in send(client, name, form).headers.get("Location", "")


@pytest.mark.parametrize(("name", "form"), SENSITIVE)
def test_later_the_password_confirms(client: Client, cast: Cast, name: str, form: dict[str, str]) -> None:
    person = known(cast.stakeholder)
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    grow_old(client)
    door = send(client, name, form).headers["Location"]
    assert door.startswith("/konto/reauthenticate/")
    assert "Dieses Passwort stimmt nicht." in client.post(door, {"password": "falsch"}).content.decode()
    client.post(door, {"password": PASSWORD})
    assert "reauthenticate" not in send(client, name, form).headers.get("Location", "")


@pytest.mark.parametrize(("name", "form"), SENSITIVE)
def test_a_code_by_mail_confirms_who_has_no_password(
    client: Client, cast: Cast, name: str, form: dict[str, str]
) -> None:
    person = known(cast.stakeholder, None)
    sign_in_by_code(client, person)
    grow_old(client)
    door = send(client, name, form).headers["Location"]
    assert door.startswith(CONFIRM)
    client.post(door, {"action": "send"})
    wrong = client.post(door, {"code": "falsch"})
    assert (wrong.status_code, "Dieser Code stimmt nicht." in wrong.content.decode()) == (422, True)
    assert client.post(door, {"code": code_for(person, "access_code")}).status_code == 302
    assert CONFIRM not in send(client, name, form).headers.get("Location", "")
    again = Client()
    again.force_login(cast.outsider)
    assert again.post(CONFIRM, {"code": code_for(person, "access_code")}).status_code == 422


def test_a_code_that_confirms_is_taken_away_after_three_errors(client: Client, cast: Cast) -> None:
    person = known(cast.stakeholder, None)
    sign_in_by_code(client, person)
    client.post(CONFIRM, {"action": "send"})
    pages = [client.post(CONFIRM, {"code": "falsch"}).content.decode() for _time in range(3)]
    assert "Dieser Code gilt nicht mehr." not in pages[1]
    assert "Dieser Code gilt nicht mehr." in pages[2]
    assert client.post(CONFIRM, {"code": code_for(person, "access_code")}).status_code == 422


def test_a_second_factor_confirms_before_anything_weaker(client: Client, cast: Cast) -> None:
    person = known(cast.stakeholder, None)
    sign_in_by_code(client, person)
    Authenticator.objects.create(user=person, type="totp", data={"secret": TOTP_SECRET})
    grow_old(client)
    assert client.get(reverse("mfa_add_webauthn")).headers["Location"].startswith("/konto/2fa/reauthenticate/")


@pytest.mark.parametrize(
    ("ask", "confirm", "code", "timeout"),
    [
        ("/konto/login/code/", "/konto/login/code/confirm/", "login_code", "ACCOUNT_LOGIN_BY_CODE_TIMEOUT"),
        (
            "/konto/password/reset/",
            "/konto/password/reset/confirm/",
            "password_reset_code",
            "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT",
        ),
    ],
)
def test_wrong_and_expired_codes_are_told(
    client: Client, cast: Cast, settings: Settings, ask: str, confirm: str, code: str, timeout: str
) -> None:
    person = known(cast.stakeholder)
    client.post(ask, {"email": person.email})
    assert "Dieser Code stimmt nicht." in client.post(confirm, {"code": "falsch"}).content.decode()
    setattr(settings, timeout, -1)
    page = client.post(confirm, {"code": code_for(person, code)}, follow=True).content.decode()
    assert "Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an." in page


def test_an_expired_code_of_a_registration_is_told(client: Client, settings: Settings) -> None:
    form = {"email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD, "privacy_notice": "on"}
    client.post("/konto/signup/", form)
    code = code_for(Stakeholder.objects.get(email="neu@example.org"), "email_confirmation_signup")
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = -1
    page = client.post("/konto/confirm-email/", {"code": code}, follow=True).content.decode()
    assert "Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an." in page


def test_setting_a_first_password_needs_a_confirmation(client: Client, cast: Cast) -> None:
    person = known(cast.stakeholder, None)
    sign_in_by_code(client, person)
    assert client.get("/konto/password/set/").status_code == 200
    grow_old(client)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/konto/password/set/", form).headers["Location"].startswith(CONFIRM)
    person.refresh_from_db()
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("action", "address", "form"),
    [
        ("login", "/konto/login/", {"login": "a@example.org", "password": "x"}),
        ("reset_password", "/konto/password/reset/", {"email": "a@example.org"}),
        ("signup", "/konto/signup/", {"email": "a@example.org"}),
    ],
)
def test_too_many_attempts_get_our_page(settings: Settings, action: str, address: str, form: dict[str, str]) -> None:
    settings.ACCOUNT_RATE_LIMITS = {action: "2/m/ip"}
    client = Client(REMOTE_ADDR=f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1")
    answers = [client.post(address, form) for _time in range(3)]
    assert [answer.status_code for answer in answers[:2]] == [answers[0].status_code] * 2
    assert answers[0].status_code != 429
    assert answers[2].status_code == 429
    assert "Das waren zu viele Versuche" in answers[2].content.decode()


def test_too_many_codes_are_not_sent(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "2/m/key"}
    form = {"email": f"{uuid4().hex}@example.org"}
    answers = [Client().post("/konto/login/code/", form) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert "Das waren zu viele Fehlversuche." in answers[2].content.decode()


def test_too_many_confirmations_get_our_page(client: Client, settings: Settings) -> None:
    person = known(StakeholderFactory.create())
    client.force_login(person)
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "1/m/user"}
    for address, form in (("/konto/reauthenticate/", {"password": "x"}), (CONFIRM, {"code": "x"})):
        answer = client.post(address, form)
    assert answer.status_code == 429
    assert "Das waren zu viele Versuche" in answer.content.decode()


def test_passkeys_are_offered_without_inline_script(client: Client) -> None:
    for address in ("/konto/login/", "/konto/signup/passkey/"):
        page = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
        assert "js/passkey.js" in page
    options = client.get("/konto/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"id": "x"}', '{"response": {"userHandle": "!!"}}', "1"]
)
def test_a_forged_passkey_is_refused(client: Client, cast: Cast, credential: str) -> None:
    client.get("/konto/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = client.post("/konto/2fa/webauthn/login/", {"credential": credential})
    assert answer.headers["Location"] == "/konto/login/"
    assert client.get("/mein/").status_code == 302


@pytest.mark.parametrize("credential", ["", "{}", "[]", '{"id": "x"}', json.dumps(EMPTY_ANSWER)])
def test_a_forged_new_passkey_is_refused(client: Client, cast: Cast, credential: str) -> None:
    person = known(cast.stakeholder)
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    client.get("/konto/2fa/webauthn/add/")
    answer = client.post("/konto/2fa/webauthn/add/", {"name": "x" * 61, "passwordless": "on", "credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(user=person).exists()
