"""Passkeys through Chromium's own virtual authenticator, and the second factor of somebody new in the office."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession

from portal.domain.demo import PASSWORD
from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, plain_text
from tests.totp import code_now

pytestmark = pytest.mark.browser
NewVisitor = Callable[[], Visitor]
TECHNICIAN = "technik@demo.example"
OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@dataclass(frozen=True)
class Device:
    """A virtual authenticator; it keeps passkeys and recognises its owner unless told otherwise."""

    session: CDPSession
    number: str

    def recognises(self, owner: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": owner})


def with_device(visitor: Visitor) -> Device:
    """Browsers bind passkeys to a name and refuse a number."""
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
    return Device(session, added["authenticatorId"])


def type_code_from_mail(visitor: Visitor, stack: Stack, address: str, subject: str) -> None:
    code = re.search(r"^ {4}(\S+)\s*$", plain_text(stack.wait_for_mail(address, subject)), re.MULTILINE)
    assert code
    visitor.page.get_by_label("Code", exact=True).fill(code.group(1))
    visitor.press("Code bestätigen")


def sign_out(visitor: Visitor) -> None:
    visitor.go("/konto/logout/")
    visitor.press("Abmelden")


def test_registers_and_signs_in_with_a_passkey_alone(new_visitor: NewVisitor, stack: Stack) -> None:
    visitor = new_visitor()
    with_device(visitor)
    email = "passkey@example.org"
    visitor.go("/konto/signup/")
    visitor.follow("Ohne Passwort: mit Passkey")
    visitor.page.get_by_label("E-Mail", exact=True).fill(email)
    visitor.page.get_by_label("Ich habe die Datenschutzhinweise zur Kenntnis genommen.").check()
    visitor.press("Registrieren")
    type_code_from_mail(visitor, stack, email, "Ihr Bestätigungscode")
    visitor.page.get_by_label("Name des Passkeys").fill("Dienst-Laptop")
    visitor.page.get_by_role("button", name="Passkey anlegen").click()
    visitor.page.wait_for_url("**/mein/profil/**")
    visitor.look()
    visitor.go("/konto/")
    visitor.sees("1 Passkey")
    visitor.sees("Keines. Sie melden sich mit Code per E-Mail oder Passkey an.")
    sign_out(visitor)
    visitor.go("/konto/login/")
    visitor.page.get_by_role("button", name="Mit Passkey anmelden").click()
    visitor.page.wait_for_url("**/mein/profil/**")
    visitor.go("/konto/2fa/webauthn/")
    visitor.sees("Dienst-Laptop")


def test_a_number_instead_of_a_name_is_explained(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    visitor.go("/konto/login/")
    visitor.sees("Passkeys gehören zum Namen einer Seite.")
    assert not visitor.page.get_by_role("button", name="Mit Passkey anmelden").is_visible()


def test_stakeholder_adds_renames_and_removes_a_passkey(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    device = with_device(visitor)
    signed_in(visitor, STAKEHOLDER)
    visitor.go("/konto/2fa/webauthn/add/")
    device.recognises(False)
    visitor.page.get_by_role("button", name="Passkey anlegen").click()
    visitor.page.get_by_text("Das hat nicht geklappt, oder Sie haben abgebrochen.").wait_for()
    device.recognises(True)
    visitor.page.get_by_role("button", name="Passkey anlegen").click()
    visitor.page.wait_for_url("**/recovery-codes/")
    visitor.look()
    visitor.go("/konto/2fa/webauthn/")
    visitor.follow("Umbenennen")
    visitor.page.get_by_label("Name des Passkeys").fill("Telefon")
    visitor.press("Speichern")
    visitor.sees("Telefon")
    visitor.follow("Entfernen")
    visitor.press("Passkey entfernen")
    visitor.sees("Sie haben noch keinen Passkey.")
    for page in ("/konto/", "/konto/email/", "/konto/password/change/", "/konto/2fa/", "/konto/sessions/"):
        visitor.go(page)


def test_new_member_of_the_office_sets_up_an_app_first(new_visitor: NewVisitor, stack: Stack) -> None:
    email = "person001@demo.example"
    visitor = new_visitor()
    visitor.go("/konto/login/code/")
    visitor.page.get_by_label("E-Mail", exact=True).fill(email)
    visitor.press("Code anfordern")
    type_code_from_mail(visitor, stack, email, "Ihr Anmeldecode")
    technician = signed_in(new_visitor(), TECHNICIAN)
    technician.go(f"/verwaltung/stakeholders/stakeholder/?q={email}")
    change_page = technician.page.locator("#result_list tbody th a").first.get_attribute("href")
    assert change_page
    technician.go(change_page)
    technician.page.locator("#id_role").select_option("project_office")
    technician.page.locator("input[name=_save]").click()
    technician.page.get_by_text("erfolgreich geändert").wait_for()
    visitor.go("/verwaltung/")
    assert "/konto/zweiter-faktor/" in visitor.page.url
    visitor.follow("App einrichten")
    visitor.page.get_by_label("Authentifizierungscode").fill(code_now(visitor.page.locator("code.secret").inner_text()))
    visitor.press("App einrichten")
    visitor.sees("Von 10 Codes sind noch 10 frei.")
    visitor.page.get_by_role("link", name="Codes sind verwahrt, weiter").click()
    visitor.page.wait_for_url("**/verwaltung/")
    visitor.go("/konto/2fa/totp/deactivate/")
    visitor.sees("In der Demonstration bleibt dieser zweite Faktor")


def test_office_signs_in_with_the_code_that_the_demonstration_shows(new_visitor: NewVisitor) -> None:
    for _twice_in_a_row in range(2):
        visitor = new_visitor()
        visitor.sign_in(OFFICE, PASSWORD)
        visitor.go("/verwaltung/")
        visitor.sees("Was wartet")
