import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from stakeholders.domain.legal_text import publish
from stakeholders.models import LegalText
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def version(cast: Cast, body: str, **changes: str) -> LegalText:
    said = {"name": "imprint", "language": "de", "title": "Impressum"} | changes
    seen = LegalText.objects.filter(name=said["name"], language=said["language"]).count()
    text = publish(**said, body=body, seen=seen, actor=cast.project_office)
    caches["frame"].clear()
    return text


def test_the_text_of_the_software_stands_until_a_version_is_published(client: Client, cast: Cast) -> None:
    before = client.get("/impressum/").content.decode()
    assert "Herausgeber" in before
    assert "Fassung vom" not in before
    version(cast, "## Neu\n\n<script>alert(1)</script> [Verweis](javascript:alert(1)) **fett**")
    after = client.get("/impressum/").content.decode()
    assert "Herausgeber" not in after
    assert "<h2>Neu</h2>" in after
    assert "<strong>fett</strong>" in after
    assert "<script>alert" not in after
    assert 'href="javascript:' not in after
    assert "Fassung vom" in after


def test_languages_have_versions_of_their_own(client: Client, cast: Cast) -> None:
    version(cast, "Nur deutsch")
    assert "Nur deutsch" not in client.get("/en/imprint/").content.decode()
    version(cast, "Only English", language="en", title="Imprint")
    assert "Only English" in client.get("/en/imprint/").content.decode()


def test_older_versions_stay_readable(client: Client, cast: Cast) -> None:
    version(cast, "Die erste Fassung")
    version(cast, "Die zweite Fassung")
    page = client.get("/texte/impressum/fassungen/").content.decode()
    assert page.index("gilt jetzt") < page.index("gilt nicht mehr")
    old = client.get("/texte/impressum/fassungen/1/").content.decode()
    assert "Die erste Fassung" in old
    assert "Diese Fassung gilt nicht mehr." in old
    assert "Diese Fassung gilt nicht mehr." not in client.get("/texte/impressum/fassungen/2/").content.decode()


def test_a_text_without_versions_says_so(client: Client) -> None:
    assert "noch nicht geändert" in client.get("/texte/datenschutz/fassungen/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/texte/gibt-es-nicht/fassungen/", "/texte/impressum/fassungen/7/", f"/texte/impressum/fassungen/{10**30}/"],
)
def test_what_does_not_exist_is_not_found(client: Client, cast: Cast, address: str) -> None:
    version(cast, "Eins")
    assert client.get(address).status_code == 404


def test_security_txt_of_the_office_is_served_as_it_was_written(client: Client, cast: Cast) -> None:
    day = timezone.now().replace(year=timezone.now().year + 1, month=1, day=1).strftime("%Y-%m-%dT%H:%M:%SZ")
    version(cast, f"Contact: mailto:neu@example.org\nExpires: {day}", name="security", title="security.txt")
    response = client.get("/.well-known/security.txt")
    assert response.content.decode() == f"Contact: mailto:neu@example.org\nExpires: {day}\n"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "<pre" in client.get("/texte/sicherheit/fassungen/1/").content.decode()


def test_rules_for_contributions_have_a_page(client: Client) -> None:
    assert "Was wir nicht veröffentlichen" in client.get("/regeln/").content.decode()
    assert "/regeln/" in client.get("/impressum/").content.decode()
