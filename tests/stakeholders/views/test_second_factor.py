"""Staff set up a second factor before anything else, are asked for it at sign-in, and keep it."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import TOTP_SECRET, StakeholderFactory
from tests.totp import code_now

pytestmark = pytest.mark.django_db
SignIn = Callable[[Stakeholder], Client]
PASSWORD = "ein-langes-Kennwort-7"
SETUP = "/konto/zweiter-faktor/"
Type = Authenticator.Type


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    """Attempts are counted in the cache, which outlives a test."""
    settings.ACCOUNT_RATE_LIMITS = False


def known(person: Stakeholder) -> Stakeholder:
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.mail_address, verified=True, primary=True)
    return person


def type_password(client: Client, person: Stakeholder, target: str = "/verwaltung/") -> str:
    """Where the form of sign-in leads."""
    answer = client.post(f"/konto/login/?next={target}", {"login": person.email, "password": PASSWORD, "next": target})
    return str(answer.headers["Location"])


@pytest.mark.parametrize("target", ["/verwaltung/", "/mein/", "/thesen/?q=a%26b", "/berichte/", "/gibt-es-nicht/"])
def test_staff_without_a_second_factor_are_led_to_it(sign_in: SignIn, cast: Cast, target: str) -> None:
    client = sign_in(cast.office_without_second_factor)
    response = client.get(target)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{SETUP}?next=%2F")
    assert "Zweiten Faktor einrichten" in client.get(response.headers["Location"]).content.decode()


def test_a_form_of_theirs_does_nothing_before(sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.office_without_second_factor)
    response = client.post("/mein/profil/", {"last_name": "Anders"})
    assert response.headers["Location"] == f"{SETUP}?next=%2Fmein%2F"


@pytest.mark.parametrize("name", ["imprint", "privacy", "accessibility", "contact", "easy_language", "healthz"])
def test_legal_pages_stay_open(sign_in: SignIn, cast: Cast, name: str) -> None:
    assert sign_in(cast.office_without_second_factor).get(reverse(name)).status_code == 200


def test_english_pages_lead_to_the_english_setup(sign_in: SignIn, cast: Cast) -> None:
    response = sign_in(cast.office_without_second_factor).get("/en/")
    assert response.headers["Location"].startswith("/en/")


def test_superusers_and_ministry_need_one_too(client: Client) -> None:
    for fields in ({"is_superuser": True}, {"role": Stakeholder.Role.MINISTRY}):
        client.force_login(StakeholderFactory.create(second_factor=False, **fields))
        assert client.get("/").status_code == 302


@pytest.mark.parametrize(("who", "queries"), [("guest", 0), ("stakeholder", 0), ("project_office", 1), ("ministry", 1)])
def test_the_question_costs_one_query_and_of_staff_only(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, who: str, queries: int
) -> None:
    session_and_person = 0 if who == "guest" else 2
    if who != "guest":
        client.force_login(getattr(cast, who))
    client.get("/impressum/")
    with django_assert_num_queries(session_and_person + queries):
        client.get("/impressum/")


def test_after_setting_up_one_comes_back(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    person = known(cast.office_without_second_factor)
    assert type_password(client, person) == "/verwaltung/"
    setup = client.get("/verwaltung/").headers["Location"]
    client.get(setup)
    page = client.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.search(r'<code class="secret">(\w+)</code>', page)
    assert secret
    assert client.post("/konto/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/konto/2fa/totp/activate/", {"code": code_now(secret.group(1))})
    assert done.headers["Location"] == "/konto/2fa/recovery-codes/"
    codes = client.get(done.headers["Location"]).content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes)) == 10
    assert f'href="{SETUP}"' in codes
    assert client.get(SETUP).headers["Location"] == "/verwaltung/"
    assert client.get("/verwaltung/").status_code == 200
    assert OutgoingMail.objects.filter(kind="account:totp_activated", recipient=person.email).exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "foo"])
def test_setup_never_leads_elsewhere(sign_in: SignIn, cast: Cast, target: str) -> None:
    client = sign_in(cast.project_office)
    assert client.get(SETUP, {"next": target}).headers["Location"] in {"/mein/", "foo"}


def test_sign_in_asks_for_the_code_once(client: Client, cast: Cast) -> None:
    person = known(cast.project_office)
    assert type_password(client, person) == "/konto/2fa/authenticate/"
    assert client.get("/verwaltung/").headers["Location"].startswith("/verwaltung/login/")
    page = client.get("/konto/2fa/authenticate/").content.decode()
    assert code_now(TOTP_SECRET) not in page
    wrong = client.post("/konto/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "Damit hat es nicht geklappt." in wrong
    code = code_now(TOTP_SECRET)
    assert client.post("/konto/2fa/authenticate/", {"code": code}).headers["Location"] == "/verwaltung/"
    second = Client()
    type_password(second, person)
    assert "Damit hat es nicht geklappt." in second.post("/konto/2fa/authenticate/", {"code": code}).content.decode()


def test_a_recovery_code_opens_once(client: Client, cast: Cast) -> None:
    person = known(cast.project_office)
    client.force_login(person)
    row = Authenticator.objects.create(user=person, type=Type.RECOVERY_CODES, data={"seed": "ab" * 40, "used_mask": 0})
    code = row.wrap().generate_codes()[0]
    for expected in (302, 200):
        visitor = Client()
        type_password(visitor, person)
        assert visitor.post("/konto/2fa/authenticate/", {"code": code}).status_code == expected


def test_demonstrations_show_the_code_and_take_it_twice(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    person = known(StakeholderFactory.create(role=Stakeholder.Role.MINISTRY, demo=True))
    for visitor in (client, Client()):
        type_password(visitor, person, "/berichte/")
        page = visitor.get("/konto/2fa/authenticate/").content.decode()
        shown = re.search(r"zeigt gerade <strong>(\d{6})</strong>", page)
        assert shown
        done = visitor.post("/konto/2fa/authenticate/", {"code": shown.group(1)})
        assert done.headers["Location"] == "/berichte/"


def test_staff_cannot_take_off_their_last_app(client: Client, cast: Cast) -> None:
    person = known(cast.ministry)
    type_password(client, person)
    client.post("/konto/2fa/authenticate/", {"code": code_now(TOTP_SECRET)})
    for answer in (client.get("/konto/2fa/totp/deactivate/"), client.post("/konto/2fa/totp/deactivate/")):
        assert "Mit Ihren Rechten brauchen Sie einen zweiten Faktor." in answer.content.decode()
    assert Authenticator.objects.filter(user=person, type=Type.TOTP).exists()


def test_staff_cannot_take_off_their_last_passkey(sign_in: SignIn, cast: Cast) -> None:
    person = cast.office_without_second_factor
    passkey = Authenticator.objects.create(user=person, type=Type.WEBAUTHN, data={"name": "Laptop", "credential": {}})
    address = reverse("mfa_remove_webauthn", args=[passkey.pk])
    client = sign_in(person)
    assert client.post(address).headers["Location"] == "/konto/2fa/webauthn/"
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    outsider = Client()
    outsider.force_login(cast.outsider)
    outsider.post(address)
    assert outsider.get(address).status_code in {302, 404}
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_too_many_wrong_codes_are_told(client: Client, cast: Cast, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}
    type_password(client, known(cast.project_office))
    pages = [client.post("/konto/2fa/authenticate/", {"code": "000000"}).content.decode() for _time in range(3)]
    assert "Das waren zu viele Fehlversuche." not in pages[1]
    assert "Das waren zu viele Fehlversuche." in pages[2]
