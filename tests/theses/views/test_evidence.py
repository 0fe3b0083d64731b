from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from stakeholders.domain.refusal import Refusal
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.domain.evidence import LARGEST_FILE, add_link, remove_evidence
from theses.models import EvidenceFile, EvidenceLink, Thesis
from theses.privacy import erase

PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n0000"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 12
WEBP = b"RIFF0000WEBPVP8 "


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def thesis(cast: Cast, client: Client) -> Thesis:
    client.force_login(cast.stakeholder)
    return ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)


def page(thesis: Thesis, name: str = "thesis_evidence", *more: int) -> str:
    return reverse(f"theses:{name}", args=[thesis.pk, thesis.slug, *more])


def upload(client: Client, thesis: Thesis, name: str, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    response = client.post(page(thesis), {"kind": "file", "file": file}, follow=True)
    return response.status_code, response.content.decode()


def on_disk(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_evidence_of_both_kinds_is_added_and_shown(client: Client, thesis: Thesis, cast: Cast) -> None:
    client.post(page(thesis), {"kind": "link", "url": "https://example.org/zahlen", "label": "Amtliche\u202e Zahlen"})
    assert upload(client, thesis, "Bericht <b>.pdf", PDF)[0] == 200
    shown = client.get(thesis.get_absolute_url()).content.decode()
    assert '<a href="https://example.org/zahlen" rel="nofollow ugc noopener">Amtliche Zahlen</a>' in shown
    assert "Bericht &lt;b&gt;.pdf" in shown
    assert "Belege ändern" in shown
    client.force_login(cast.project_office)
    desk = client.get(reverse("admin:theses_thesis_change", args=[thesis.pk])).content.decode()
    assert page(thesis, "evidence_file", EvidenceFile.objects.get().pk) in desk
    assert "https://example.org/zahlen" in desk


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (PDF, "application/pdf", ".pdf"),
        (PNG, "image/png", ".png"),
        (JPEG, "image/jpeg", ".jpg"),
        (WEBP, "image/webp", ".webp"),
    ],
)
def test_file_is_told_by_its_first_bytes_and_never_by_its_name(
    client: Client, thesis: Thesis, media: Path, content: bytes, kind: str, ending: str
) -> None:
    upload(client, thesis, "../../seite.html", content)
    row = EvidenceFile.objects.get()
    assert (row.name, row.content_type, row.size) == (f"seite{ending}", kind, len(content))
    assert "seite" not in str(row.file.name)
    assert [path.suffix for path in on_disk(media)] == [ending]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bild.png", b"Nur Text, kein Bild.", "weder ein PDF noch ein Bild"),
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "weder ein PDF"),
        ("seite.pdf", b"<html><script>alert(1)</script>%PDF-1.7", "weder ein PDF noch ein Bild"),
        ("film.webp", b"RIFF0000AVI LIST", "weder ein PDF noch ein Bild"),
        ("leer.pdf", b"", "Die Datei ist leer."),
        ("gross.pdf", PDF + b"0" * LARGEST_FILE, "Die Datei ist zu groß."),
        ("riesig.pdf", PDF + b"0" * (50 * 1024 * 1024), "Die Datei ist zu groß."),
    ],
)
def test_file_that_is_no_evidence_is_refused(
    client: Client, thesis: Thesis, media: Path, name: str, content: bytes, sentence: str
) -> None:
    status, text = upload(client, thesis, name, content)
    assert status == 422
    assert sentence in text
    assert on_disk(media) == []
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "ftp://example.org/x", "data:text/html,x", "x" * 600, "\x00"]
)
def test_link_that_leads_nowhere_safe_is_refused(client: Client, thesis: Thesis, url: str) -> None:
    response = client.post(page(thesis), {"kind": "link", "url": url, "label": "x"})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not EvidenceLink.objects.exists()


def test_there_are_five_links_and_three_files_at_most(client: Client, thesis: Thesis) -> None:
    for number in range(6):
        last = client.post(page(thesis), {"kind": "link", "url": f"https://example.org/{number}"})
    assert "höchstens fünf Links" in last.content.decode()
    for number in range(4):
        status, text = upload(client, thesis, f"{number}.pdf", PDF)
    assert (status, "höchstens drei Dateien" in text) == (422, True)
    assert (EvidenceLink.objects.count(), EvidenceFile.objects.count()) == (5, 3)


def test_a_second_click_adds_nothing(client: Client, thesis: Thesis) -> None:
    for _ in range(2):
        client.post(page(thesis), {"kind": "link", "url": "https://example.org/zahlen"})
        upload(client, thesis, "bericht.pdf", PDF)
    assert (EvidenceLink.objects.count(), EvidenceFile.objects.count()) == (1, 1)


def test_file_comes_as_a_harmless_download_to_whoever_sees_the_thesis(
    client: Client, thesis: Thesis, cast: Cast
) -> None:
    upload(client, thesis, "Bericht ä.pdf", PDF)
    address = page(thesis, "evidence_file", EvidenceFile.objects.get().pk)
    for person in (cast.stakeholder, cast.project_office):
        client.force_login(person)
        response = client.get(address)
        assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Bericht%20%C3%A4.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.post(address).status_code == 405
    client.force_login(cast.outsider)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404
    Thesis.objects.update(state=Thesis.State.PUBLISHED)
    public = client.get(address)
    assert b"".join(public.streaming_content) == PDF  # type: ignore[attr-defined]


def test_file_of_another_thesis_or_gone_from_disk_is_not_found(client: Client, thesis: Thesis, media: Path) -> None:
    upload(client, thesis, "bericht.pdf", PDF)
    number = EvidenceFile.objects.get().pk
    other = ThesisFactory.create()
    assert client.get(page(other, "evidence_file", number)).status_code == 404
    assert client.get(page(thesis, "evidence_file", 10**30)).status_code == 404
    on_disk(media)[0].unlink()
    assert client.get(page(thesis, "evidence_file", number)).status_code == 404


def test_evidence_is_removed_with_its_file_until_the_thesis_is_published(
    client: Client, thesis: Thesis, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    upload(client, thesis, "bericht.pdf", PDF)
    link = add_link(thesis=thesis, author=thesis.author, url="https://example.org")  # type: ignore[arg-type]
    removing = page(thesis, "evidence_remove")
    for sent in ({"file": "x\x00"}, {"file": 10**30}, {}):
        assert client.post(removing, sent).status_code == 302
    assert len(on_disk(media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(removing, {"file": EvidenceFile.objects.get().pk})
    assert on_disk(media) == []
    Thesis.objects.update(state=Thesis.State.PUBLISHED)
    assert "nur bis sie veröffentlicht ist" in client.post(removing, {"link": link.pk}, follow=True).content.decode()
    assert client.get(page(thesis))["Location"] == thesis.get_absolute_url()
    assert client.post(page(thesis), {"kind": "link", "url": "https://example.org/2"}).status_code == 422
    assert EvidenceLink.objects.get() == link


def test_evidence_of_others_is_left_alone(client: Client, thesis: Thesis, cast: Cast) -> None:
    link = add_link(thesis=thesis, author=cast.stakeholder, url="https://example.org")
    client.force_login(cast.outsider)
    assert client.get(page(thesis)).status_code == 404
    assert client.post(page(thesis), {"kind": "link", "url": "https://example.org/2"}).status_code == 404
    assert client.post(page(thesis, "evidence_remove"), {"link": link.pk}).status_code == 404
    with pytest.raises(Refusal):
        remove_evidence(evidence=link, author=cast.outsider)
    client.logout()
    assert client.get(page(thesis))["Location"].startswith(reverse("account_login"))
    assert EvidenceLink.objects.get() == link


def test_erasure_deletes_the_files_of_unpublished_theses_from_disk(
    client: Client,
    thesis: Thesis,
    cast: Cast,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload(client, thesis, "bericht.pdf", PDF)
    kept = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    upload(client, kept, "bleibt.png", PNG)
    Thesis.objects.filter(pk=kept.pk).update(state=Thesis.State.PUBLISHED)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.stakeholder)
    assert [path.suffix for path in on_disk(media)] == [".png"]
    assert EvidenceFile.objects.get().thesis == kept
