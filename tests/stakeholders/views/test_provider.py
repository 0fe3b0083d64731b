"""Sign-in through a provider of OpenID Connect: code flow with PKCE over HTTP against a provider that really runs."""

import http.cookiejar
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from typing import IO, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from environs import Env
from pytest_django import Settings

from portal.identity_provider import form_targets, openid_connect
from stakeholders.models import ConsentEvent, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, ORGANISATION, PASSWORD
from tests.journeys.stack import ROOT, free_port

pytestmark = pytest.mark.django_db
START = "/konto/oidc/zentral/login/"
VERIFIED, UNVERIFIED = f"vera@{ORGANISATION}", f"ulf@{ORGANISATION}"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    program = [sys.executable, "-m", "tests.identity_provider", str(port), str(tmp_path_factory.mktemp("provider"))]
    with subprocess.Popen([*program, "http://testserver"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def provider(issuer: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """The portal as the environment would set it up."""
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    monkeypatch.setenv("OIDC_NAME", "Verbandsanmeldung")
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT_ID)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", CLIENT_SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(Env())
    settings.ACCOUNT_RATE_LIMITS = False
    return issuer


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Browser:
    """At the provider; every answer is looked at, redirects are followed by hand."""

    def __init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, NoRedirect)

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """(where it leads, text)"""
        data = urlencode(form).encode() if form else None
        try:
            with self.opener.open(address, data, timeout=20) as answer:
                return "", answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.headers.get("Location", ""), ""


def sign_in_there(address: str, name: str) -> str:
    """From the address of authorisation, past the provider's form, to the address of the portal one is sent back to."""
    browser = Browser()
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    door, _text = browser.ask(address)
    _target, page = browser.ask(origin + door)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    form = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    onwards, _text = browser.ask(origin + door, {**form, "next": parse_qs(urlsplit(door).query)["next"][0]})
    back, _text = browser.ask(origin + onwards)
    return back


def round_trip(client: Client, name: str, **form: str) -> Any:
    """Press the button, sign in there, come back; returns the portal's answer."""
    start = client.post(START, form)
    query = parse_qs(urlsplit(start.headers["Location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == ["http://testserver/konto/oidc/zentral/login/callback/"]
    back = sign_in_there(start.headers["Location"], name)
    assert back.startswith("http://testserver/konto/oidc/zentral/login/callback/?")
    return client.get(back.removeprefix("http://testserver"))


def test_nothing_is_shown_without_the_environment(client: Client) -> None:
    for address in ("/konto/login/", "/konto/signup/"):
        assert "/konto/oidc/" not in client.get(address).content.decode()
    assert client.post(START).status_code == 404


def test_environment_is_read_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (openid_connect(Env()), form_targets(Env())) == ({}, [])
    monkeypatch.setenv("OIDC_ISSUER", "https://sso.example/realms/a/")
    with pytest.raises(Exception, match="OIDC_CLIENT_ID"):
        openid_connect(Env())
    assert form_targets(Env()) == ["https://sso.example"]


def test_first_sign_in_shows_the_notice_and_leads_to_the_profile(client: Client, provider: str) -> None:
    assert "Weiter mit Verbandsanmeldung" in client.get("/konto/login/").content.decode()
    assert "Weiter mit Verbandsanmeldung" in client.get("/konto/signup/").content.decode()
    arrival = round_trip(client, "vera")
    assert arrival.headers["Location"] == "/konto/3rdparty/signup/"
    page = client.get("/konto/3rdparty/signup/").content.decode()
    assert VERIFIED in page
    assert client.post("/konto/3rdparty/signup/", {"email": VERIFIED}).status_code == 200
    assert not Stakeholder.objects.exists()
    done = client.post("/konto/3rdparty/signup/", {"email": VERIFIED, "privacy_notice": "on"}, follow=True)
    assert done.redirect_chain[-1][0] == "/mein/profil/"
    person = Stakeholder.objects.get(email=VERIFIED)
    assert (person.first_name, person.last_name, person.has_usable_password()) == ("Vera", "Verband", False)
    assert ConsentEvent.objects.get(person=person).purpose == ConsentEvent.Purpose.PRIVACY_NOTICE
    assert EmailAddress.objects.get(user=person).verified
    second = Client()
    assert round_trip(second, "vera", next="/thesen/").headers["Location"]
    assert second.get("/konto/").status_code == 200


def test_verified_address_finds_the_account(client: Client, provider: str) -> None:
    person = StakeholderFactory.create(email=VERIFIED)
    EmailAddress.objects.create(user=person, email=VERIFIED, verified=True, primary=True)
    round_trip(client, "vera")
    assert client.get("/mein/").status_code == 200
    assert SocialAccount.objects.get().user == person
    page = client.get("/konto/3rdparty/").content.decode()
    assert "Verbandsanmeldung" in page
    assert "Verbindung trennen" in page


def test_unverified_address_finds_no_account(client: Client, provider: str) -> None:
    person = StakeholderFactory.create(email=UNVERIFIED)
    EmailAddress.objects.create(user=person, email=UNVERIFIED, verified=True, primary=True)
    round_trip(client, "ulf")
    client.post("/konto/3rdparty/signup/", {"email": UNVERIFIED, "privacy_notice": "on"})
    assert client.get("/mein/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert OutgoingMail.objects.get().kind == "account:account_already_exists"


def test_unverified_address_is_verified_by_our_code(client: Client, provider: str) -> None:
    round_trip(client, "ulf")
    answer = client.post("/konto/3rdparty/signup/", {"email": UNVERIFIED, "privacy_notice": "on"})
    assert answer.headers["Location"] == "/konto/confirm-email/"
    assert client.get("/mein/").status_code == 302


def test_staff_are_asked_for_their_second_factor_too(client: Client, provider: str) -> None:
    person = StakeholderFactory.create(email=VERIFIED, role=Stakeholder.Role.PROJECT_OFFICE)
    EmailAddress.objects.create(user=person, email=VERIFIED, verified=True, primary=True)
    assert round_trip(client, "vera").headers["Location"] == "/konto/2fa/authenticate/"
    assert client.get("/verwaltung/").status_code == 302
    assert Authenticator.objects.filter(user=person).count() == 1


def test_connects_and_disconnects(client: Client, provider: str, cast: Cast) -> None:
    person = cast.stakeholder
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.mail_address, verified=True, primary=True)
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    assert "Verbandsanmeldung verbinden" in client.get("/konto/3rdparty/").content.decode()
    assert round_trip(client, "vera", process="connect").headers["Location"] == "/konto/3rdparty/"
    account = SocialAccount.objects.get()
    assert account.user == person
    outsider = Client()
    outsider.force_login(cast.outsider)
    outsider.post("/konto/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.exists()
    client.post("/konto/3rdparty/", {"account": account.pk})
    assert not SocialAccount.objects.exists()
    kinds = set(OutgoingMail.objects.values_list("kind", flat=True))
    assert kinds == {"account:account_connected", "account:account_disconnected"}


@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?error=access_denied", "?error=access_denied&state=y"])
def test_forged_return_signs_nobody_in(client: Client, provider: str, query: str) -> None:
    answer = client.get(f"{START}callback/{query}")
    assert answer.status_code in {302, 401, 200}
    assert client.get("/mein/").status_code == 302
    assert not Stakeholder.objects.exists()
