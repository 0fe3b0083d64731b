"""Encryption and login towards the mail server, and the folder of the embedded mode."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from stakeholders.domain.delivery import deliver_due
from stakeholders.domain.transport import DEFAULT_PORTS
from stakeholders.models import OutgoingMail
from tests.factories.outbox import posted
from tests.mail_server import running

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificate and key of 127.0.0.1 in one file, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+tls", False), ("smtps", True)])
def test_mail_goes_encrypted(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    certificate: Path,
    tls: ssl.SSLContext,
    scheme: str,
    implicit: bool,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    posted()
    with running(tls, implicit=implicit) as server:
        settings.EMAIL_URL = f"{scheme}://127.0.0.1:{server.port}"
        assert deliver_due() == 1
        assert server.encrypted


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+tls", False), ("smtps", True)])
def test_unknown_certificate_gets_no_mail(settings: Settings, tls: ssl.SSLContext, scheme: str, implicit: bool) -> None:
    mail = posted()
    with running(tls, implicit=implicit) as server:
        settings.EMAIL_URL = f"{scheme}://127.0.0.1:{server.port}"
        assert deliver_due() == 0
        assert server.received == []
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    assert "certificate verify failed" in mail.last_error


def test_server_without_starttls_gets_no_plain_mail(settings: Settings) -> None:
    mail = posted()
    with running() as server:
        settings.EMAIL_URL = f"smtp+tls://127.0.0.1:{server.port}"
        assert deliver_due() == 0
        assert server.received == []
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (
        State.QUEUED,
        "STARTTLS extension not supported by server.",
    )


@pytest.mark.parametrize(("login", "sent"), [("portal:g%40heim", 1), ("portal:falsch", 0), ("fremd:g%40heim", 0)])
def test_refused_login_sends_nothing(settings: Settings, login: str, sent: int) -> None:
    mail = posted()
    with running(password="g@heim") as server:
        settings.EMAIL_URL = f"smtp://{login}@127.0.0.1:{server.port}"
        assert deliver_due() == sent
    mail.refresh_from_db()
    assert (mail.state == State.SENT) is bool(sent)
    assert ("535" in mail.last_error) is not bool(sent)


def test_usual_ports_are_known() -> None:
    assert DEFAULT_PORTS == {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def test_folder_holds_one_file_per_message(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_URL = f"file://{tmp_path}/mail box"
    mail = posted()
    posted(2)
    assert deliver_due() == 2
    OutgoingMail.objects.filter(pk=mail.pk).update(state=State.QUEUED)
    assert deliver_due() == 1

    files = sorted((tmp_path / "mail box").iterdir())
    assert len(files) == 2
    assert files[0].name == f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.pk:06d}.eml"
    assert b"Subject: Einladung 1" in files[0].read_bytes()


def test_folder_that_cannot_be_made_postpones(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.EMAIL_URL = f"file://{tmp_path}/file/mail"
    mail = posted()
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)


def test_letter_that_cannot_be_written_is_tried_again(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_URL = f"file://{tmp_path}"
    mail = posted()
    (tmp_path / f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.pk:06d}.eml").mkdir()
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 1)


@pytest.mark.parametrize("url", ["", "mailto:x@example.org", "smtp://", "file://", "http://example.org"])
def test_address_of_no_known_way_out_is_told(settings: Settings, url: str) -> None:
    settings.EMAIL_URL = url
    mail = posted()
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        deliver_due()
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
