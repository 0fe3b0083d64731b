"""The mails of the account pages: through the outbox, in the reader's language, with text and HTML."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import Settings

from stakeholders.adapter import AccountAdapter
from stakeholders.domain.mime import as_mime
from stakeholders.models import OutgoingMail, Stakeholder
from tests.at_once import at_once
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
MAILS = {
    "account_already_exists": "Sie haben bereits ein Konto",
    "email_changed": "Ihre E-Mail-Adresse wurde geändert",
    "email_confirmation": "Ihr Bestätigungscode",
    "email_confirmation_signup": "Ihr Bestätigungscode",
    "email_deleted": "Eine E-Mail-Adresse wurde entfernt",
    "login_code": "Ihr Anmeldecode",
    "password_changed": "Ihr Passwort wurde geändert",
    "password_reset": "Ihr Passwort wurde neu vergeben",
    "password_reset_code": "Ihr Code für ein neues Passwort",
    "password_set": "Ihr Passwort wurde festgelegt",
    "unknown_account": "Zu dieser Adresse gibt es kein Konto",
}
CONTEXT = {
    "code": "ABC-DEF",
    "password_reset_url": "http://127.0.0.1:8000/konto/?a=1&b=2",
    "signup_url": "http://127.0.0.1:8000/konto/signup/",
    "from_email": "alt@example.org",
    "to_email": "neu@example.org",
    "deleted_email": "alt@example.org",
    "ip": "192.0.2.1",
    "timestamp": timezone.now(),
}


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    """Attempts are counted in the cache, which outlives a test."""
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def adapter() -> AccountAdapter:
    return AccountAdapter(RequestFactory().get("/"))


@pytest.mark.parametrize("name", MAILS)
def test_account_mail_is_german_text_and_html(adapter: AccountAdapter, cast: Cast, name: str) -> None:
    cast.stakeholder.last_name = "O'Neil & Söhne"
    cast.stakeholder.save()
    adapter.send_mail(f"account/email/{name}", cast.stakeholder.mail_address.upper(), CONTEXT)

    mail = OutgoingMail.objects.get()
    assert (mail.subject, mail.kind, mail.person) == (MAILS[name], f"account:{name}", cast.stakeholder)
    assert mail.text.startswith("Guten Tag Kim O'Neil & Söhne,\n\n")
    assert "Guten Tag Kim O&#x27;Neil &amp; Söhne," in mail.html
    assert '<html lang="de">' in mail.html
    assert f"<h1>{MAILS[name]}</h1>" in mail.html
    assert not re.search(r"<(img|script|style|link|iframe)|style=", mail.html)
    assert not re.search(r"&amp;|&#|\{|\n\n\n", mail.text)
    assert as_mime(mail).as_bytes()


@pytest.mark.parametrize(
    "name", ["email_confirmation", "email_confirmation_signup", "login_code", "password_reset_code"]
)
def test_code_stands_in_both_forms(adapter: AccountAdapter, cast: Cast, name: str) -> None:
    adapter.send_mail(f"account/email/{name}", cast.stakeholder.mail_address, CONTEXT)
    mail = OutgoingMail.objects.get()
    assert "    ABC-DEF\n" in mail.text
    assert "<strong>ABC-DEF</strong>" in mail.html
    assert mail.is_confidential


def test_account_decides_the_language(adapter: AccountAdapter) -> None:
    person = StakeholderFactory.create(language="en")
    adapter.send_mail("account/email/login_code", person.mail_address, CONTEXT)
    assert '<html lang="en">' in OutgoingMail.objects.get().html


def test_page_decides_the_language_for_strangers(adapter: AccountAdapter) -> None:
    with translation.override("en"):
        adapter.send_mail("account/email/unknown_account", "nobody@example.org", CONTEXT)
    mail = OutgoingMail.objects.get()
    assert mail.person is None
    assert '<html lang="en">' in mail.html


def test_code_overtakes_a_mass_mailing(adapter: AccountAdapter, cast: Cast) -> None:
    adapter.send_mail("account/email/login_code", cast.stakeholder.mail_address, CONTEXT)
    assert OutgoingMail.objects.get().due_at < timezone.now() - timedelta(minutes=5)


def test_asking_for_a_login_code_posts_it(client: Client, cast: Cast) -> None:
    client.post(reverse("account_request_login_code"), {"email": cast.stakeholder.email})
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.recipient, mail.person) == (
        "account:login_code",
        cast.stakeholder.email,
        cast.stakeholder,
    )


def test_stranger_is_told_by_mail_only(client: Client, cast: Cast) -> None:
    known = client.post(reverse("account_request_login_code"), {"email": cast.stakeholder.email})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert OutgoingMail.objects.get(recipient="nobody@example.org").kind == "account:unknown_account"


def test_changed_password_is_told(client: Client, cast: Cast) -> None:
    cast.stakeholder.set_password("altes-passwort-2027")
    cast.stakeholder.save()
    EmailAddress.objects.create(user=cast.stakeholder, email=cast.stakeholder.email, verified=True, primary=True)
    client.force_login(cast.stakeholder)
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": "altes-passwort-2027",
            "password1": "ein-neues-passwort-2027",
            "password2": "ein-neues-passwort-2027",
        },
    )
    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["account:password_changed"]


def signup(client: Client, email: str) -> str:
    data = {"email": email, "password1": "ein-neues-passwort-2027", "password2": "ein-neues-passwort-2027"}
    return client.post(reverse("account_signup"), {**data, "privacy_notice": "on"}, follow=True).content.decode()


def test_an_address_that_no_account_can_hold_is_refused(client: Client) -> None:
    """Cut off, it would belong to nobody."""
    page = signup(client, f"{'x' * 290}@example.org")
    assert "Diese E-Mail-Adresse ist zu lang. Möglich sind höchstens 254 Zeichen." in page
    assert not Stakeholder.objects.exists()


def test_a_wrong_code_says_what_to_do(client: Client) -> None:
    signup(client, "neu@example.org")
    page = client.post(reverse("account_email_verification_sent"), {"code": "FALSCH"}).content.decode()
    assert "fordern Sie einen neuen an" in page


@pytest.mark.parametrize("text", ["Too many failed login attempts. Try again later.", "This field is required."])
def test_messages_of_others_are_formal_and_helpful(text: str) -> None:
    with translation.override("de"):
        assert "Bitte" in translation.gettext(text)
        assert not re.search(r"\bversuche es\b|zwingend", translation.gettext(text))


def test_registering_in_english_is_answered_in_english(client: Client) -> None:
    with translation.override("en"):
        signup(client, "new@example.org")
    assert Stakeholder.objects.get().language == "en"
    assert OutgoingMail.objects.get().subject == "Your confirmation code"


@pytest.mark.parametrize(
    "name", ["password_changed", "password_reset", "password_set", "email_changed", "email_deleted"]
)
def test_notices_name_the_time_in_the_language_of_the_reader(adapter: AccountAdapter, name: str) -> None:
    moment = datetime(2027, 3, 7, 17, 30, tzinfo=UTC)
    for language, text in (("de", "Sonntag, 7. März 2027, 18:30 Uhr"), ("en", "Sunday, 7 March 2027, 18:30")):
        person = StakeholderFactory.create(language=language)
        adapter.send_mail(f"account/email/{name}", person.mail_address, {**CONTEXT, "timestamp": moment})
        mail = OutgoingMail.objects.get(person=person)
        assert f"{text}, IP" in mail.text
        assert f"{text}, IP" in mail.html


def test_signing_out_stays_in_the_language(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    with translation.override("en"):
        response = client.post(reverse("account_logout"))
    assert response.headers["Location"] == "/en/"


def test_a_mail_is_not_for_who_only_claims_its_address(adapter: AccountAdapter, cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.outsider, email="fremd@example.org", verified=False)
    adapter.send_mail("account/email/unknown_account", "fremd@example.org", CONTEXT)
    assert OutgoingMail.objects.get().person is None
    adapter.send_mail("account/email/email_confirmation", "fremd@example.org", {**CONTEXT, "user": cast.outsider})
    assert OutgoingMail.objects.get(kind="account:email_confirmation").person == cast.outsider


def test_a_code_for_an_address_that_cannot_exist_is_answered_like_any_other() -> None:
    """Each from a browser of its own: whoever waits for a code already is led back to it."""
    page = reverse("account_request_login_code")
    unknown, impossible = (Client().post(page, {"email": f"{name}@example.org"}) for name in ("niemand", "x" * 300))
    assert (impossible.status_code, impossible.get("Location")) == (unknown.status_code, unknown.get("Location"))
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == ["niemand@example.org"]


@pytest.mark.django_db(transaction=True)
def test_one_address_registered_twice_at_once_is_one_account_and_no_error() -> None:
    answers = {
        "email": "neu@example.org",
        "password1": "ein langes Passwort 7",
        "password2": "ein langes Passwort 7",
        "privacy_notice": "on",
    }

    def register() -> str:
        return Client().post(reverse("account_signup"), answers)["Location"]

    assert len(set(at_once(register, register))) == 1
    assert Stakeholder.objects.get().email == "neu@example.org"
