from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from stakeholders.domain.activity import note_activity
from stakeholders.domain.claim import unproved_address
from stakeholders.models import Activity, AuditEntry, ConsentEvent, Note, OutgoingMail, Stakeholder, Tag
from stakeholders.permissions import may_take_part
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import RegistrationFactory
from theses.models import Thesis
from workshops.models import Registration

SignIn = Callable[[Stakeholder], Client]
ADDRESS = "/mein/uebernehmen/"


@pytest.fixture
def imported(db: None) -> Stakeholder:
    person: Stakeholder = StakeholderFactory.create(
        email="kim@example.org", origin="import", source="Konferenz 2018", function="Leitung"
    )
    unproved_address(person).save()
    return person


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    """Attempts are counted in the cache, which outlives a test."""
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.mark.parametrize("address", ["/mein/", "/thesen/einreichen/", "/mein/profil/"])
def test_whom_the_office_recorded_is_led_to_what_is_stored(
    imported: Stakeholder, sign_in: SignIn, address: str
) -> None:
    response = sign_in(imported).get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(ADDRESS)
    assert not may_take_part(imported)


def test_the_page_shows_what_is_stored_from_where_and_on_which_basis(imported: Stakeholder, sign_in: SignIn) -> None:
    imported.tags.add(Tag.objects.create(name="Beirat"))
    Note.objects.create(person=imported, text="Hat angerufen.", author=None)
    note_activity(person=imported, kind=Activity.Kind.INVITED, key="workshop:1", label="Werkstatt Eins")
    page = sign_in(imported).get(ADDRESS).content.decode()
    for told in ("Konferenz 2018", "Art. 6 Abs. 1 Buchst. e", "Leitung", "Beirat", "Hat angerufen.", "Werkstatt Eins"):
        assert told in page


def test_taking_over_notes_the_privacy_notice_and_leads_to_the_profile(imported: Stakeholder, sign_in: SignIn) -> None:
    client = sign_in(imported)
    address = f"{ADDRESS}?next=/thesen/einreichen/"
    response = client.post(address, {"privacy_notice": "on"})
    assert response["Location"] == "/mein/profil/?next=%2Fthesen%2Feinreichen%2F"
    imported.refresh_from_db()
    assert imported.is_claimed
    assert ConsentEvent.objects.get(person=imported).purpose == "privacy_notice"
    assert AuditEntry.objects.filter(verb="account_claimed", actor=imported).count() == 1
    assert client.get("/thesen/einreichen/").status_code == 200
    assert client.post(address, {"privacy_notice": "on"})["Location"] == "/thesen/einreichen/"
    assert ConsentEvent.objects.filter(person=imported).count() == 1


def test_next_never_leads_elsewhere(imported: Stakeholder, sign_in: SignIn) -> None:
    response = sign_in(imported).post(f"{ADDRESS}?next=https://evil.example/", {"privacy_notice": "on"})
    assert "evil" not in response["Location"]


def test_without_the_privacy_notice_nothing_is_taken_over(imported: Stakeholder, sign_in: SignIn) -> None:
    response = sign_in(imported).post(ADDRESS, {})
    assert response.status_code == 422
    assert "Datenschutzhinweise gelesen" in response.content.decode()
    imported.refresh_from_db()
    assert not imported.is_claimed


def test_everything_can_be_deleted_right_there(imported: Stakeholder, sign_in: SignIn) -> None:
    registration = RegistrationFactory.create(person=imported)
    ThesisFactory.create(author=imported, state=Thesis.State.SUBMITTED)
    client = sign_in(imported)
    assert client.post(f"{ADDRESS}ablehnen/", {}).status_code == 422
    response = client.post(f"{ADDRESS}ablehnen/", {"sure": "on"}, follow=True)
    assert "Alle Angaben über Sie sind gelöscht" in response.content.decode()
    assert not Stakeholder.objects.filter(email="kim@example.org").exists()
    assert not Registration.objects.filter(pk=registration.pk).exists()
    assert not Thesis.objects.filter(author=imported.pk).exists()
    entry = AuditEntry.objects.get(verb="account_erased")
    assert entry.facts == {"origin": "import"}
    assert "Kim" not in entry.target_label
    assert client.get("/mein/").status_code == 302


def test_who_has_taken_over_cannot_be_deleted_there(imported: Stakeholder, sign_in: SignIn) -> None:
    client = sign_in(imported)
    Stakeholder.objects.filter(pk=imported.pk).update(claimed_at=timezone.now())
    response = client.post(f"{ADDRESS}ablehnen/", {"sure": "on"}, follow=True)
    assert "schon übernommen" in response.content.decode()
    assert Stakeholder.objects.filter(pk=imported.pk).exists()


def test_signing_in_by_code_leads_there(imported: Stakeholder, client: Client) -> None:
    client.post(reverse("account_request_login_code"), {"email": "KIM@example.org"})
    mail = OutgoingMail.objects.get(recipient__iexact="kim@example.org")
    code = next(line.strip() for line in mail.text.splitlines() if line.startswith("    "))
    response = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == ADDRESS


def test_registering_with_a_recorded_address_tells_by_mail_how_to_get_in(imported: Stakeholder, client: Client) -> None:
    password = "ein-langes-kennwort-42"
    answers = {"email": "kim@example.org", "password1": password, "password2": password, "privacy_notice": "on"}
    response = client.post(reverse("account_signup"), answers)
    assert response["Location"] == reverse("account_email_verification_sent")
    mail = OutgoingMail.objects.get(recipient="kim@example.org")
    assert reverse("account_request_login_code") in mail.text
    assert reverse("account_request_login_code") in mail.html
    assert "übernehmen oder löschen" in mail.text
    assert client.get(reverse("account_request_login_code")).status_code == 200
    imported.refresh_from_db()
    assert imported.password == ""


def test_who_registered_themselves_has_nothing_to_take_over(cast: Cast, client: Client, sign_in: SignIn) -> None:
    assert client.get(ADDRESS).status_code == 302
    response = sign_in(cast.outsider).get(ADDRESS)
    assert response["Location"] == "/mein/"
    assert client.post(f"{ADDRESS}ablehnen/", {"sure": "on"})["Location"] == "/mein/"
    assert Stakeholder.objects.filter(pk=cast.outsider.pk).exists()
