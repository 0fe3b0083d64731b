"""Evidence that comes together with a new thesis, in the same form."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.theses import ThesisFactory
from theses.domain.evidence import LARGEST_FILE, Evidence, submit_proved
from theses.domain.thesis import Draft
from theses.models import EvidenceFile, EvidenceLink, Thesis, ThesisDraft

URL = reverse("theses:thesis_submit")
PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n0000"
LINK = "https://example.org/zahlen"


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def author(client: Client, cast: Cast) -> Client:
    client.force_login(cast.stakeholder)
    return client


def filled(**changes: object) -> dict[str, object]:
    texts = {"sentence": "Werkstätten gehören ins Zentrum.", "reason": "Weil dort Ideen entstehen."}
    link = {"evidence_url": LINK, "evidence_label": "Amtliche\u202e Zahlen"}
    return {**texts, **link, "measure": MeasureFactory.create().pk, "text_language": "de", **changes}


def files(*named: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in named]


def on_disk(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_a_thesis_comes_in_with_its_evidence(author: Client, media: Path) -> None:
    sent = filled(evidence_files=files(("bericht.pdf", PDF), ("karte.html", PNG)))
    page = author.post(URL, sent, follow=True).content.decode()
    thesis = Thesis.objects.get()
    assert f'<a href="{LINK}" rel="nofollow ugc noopener">Amtliche Zahlen</a>' in page
    assert [(row.name, row.content_type) for row in thesis.evidence_files.all()] == [
        ("bericht.pdf", "application/pdf"),
        ("karte.png", "image/png"),
    ]
    assert len(on_disk(media)) == 2
    assert AuditEntry.objects.filter(verb="thesis_evidence_added").count() == 3


def test_a_second_click_adds_nothing(author: Client, media: Path) -> None:
    measure = MeasureFactory.create().pk
    for _click in range(2):
        author.post(URL, filled(measure=measure, evidence_files=files(("bericht.pdf", PDF))))
    assert (Thesis.objects.count(), EvidenceLink.objects.count(), EvidenceFile.objects.count()) == (1, 1, 1)
    assert len(on_disk(media)) == 1


def test_evidence_is_no_duty(author: Client) -> None:
    assert author.post(URL, filled(evidence_url="", evidence_label="")).status_code == 302
    assert Thesis.objects.get().evidence_links.count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ([("bild.png", b"Nur Text.")], "bild.png: Diese Datei ist weder ein PDF noch ein Bild"),
        (
            [("a.pdf", PDF), ("<b>.svg", b"<svg><script>alert(1)</script></svg>")],
            "&lt;b&gt;.svg: Diese Datei ist weder",
        ),
        ([("leer.pdf", b"")], "Die Datei ist leer."),
        ([("gross.pdf", PDF + b"0" * LARGEST_FILE)], "gross.pdf: Die Datei ist zu groß."),
        ([("riesig.pdf", PDF + b"0" * (50 * 1024 * 1024))], "Die Dateien sind zu groß."),
        ([(f"{number}.pdf", PDF) for number in range(4)], "höchstens drei Dateien"),
    ],
)
def test_files_that_are_no_evidence_are_refused_and_the_words_stay(
    author: Client, media: Path, sent: list[tuple[str, bytes]], sentence: str
) -> None:
    response = author.post(URL, filled(evidence_files=files(*sent)))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "noch einmal aus" not in page
    kept = response.context["form"]
    assert (kept["sentence"].value(), kept["evidence_url"].value()) == ("Werkstätten gehören ins Zentrum.", LINK)
    assert (Thesis.objects.count(), EvidenceFile.objects.count(), on_disk(media)) == (0, 0, [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"evidence_url": "javascript:alert(1)"}, "evidence_url"),
        ({"evidence_url": "ftp://example.org/x"}, "evidence_url"),
        ({"evidence_url": f"https://example.org/{'x' * 500}"}, "evidence_url"),
        ({"evidence_url": ""}, "evidence_url"),
        ({"evidence_label": "x" * 10_000}, "evidence_label"),
        ({"evidence_label": "\u200b\u202e"}, "evidence_label"),
    ],
)
def test_a_link_that_leads_nowhere_safe_is_refused_at_its_field(
    author: Client, changes: dict[str, str], field: str
) -> None:
    response = author.post(URL, filled(**changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Thesis.objects.exists()


def test_chosen_files_are_asked_for_again_when_something_else_is_missing(author: Client, media: Path) -> None:
    response = author.post(URL, filled(reason="", evidence_files=files(("bericht.pdf", PDF), ("karte.png", PNG))))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bitte wählen Sie diese Dateien noch einmal aus: bericht.pdf, karte.png." in page
    assert f'value="{LINK}"' in page
    assert on_disk(media) == []


def test_chosen_files_are_asked_for_again_beside_a_near_copy(author: Client) -> None:
    ThesisFactory.create(sentence="Werkstätten gehören ins Zentrum.")
    response = author.post(URL, filled(evidence_files=files(("bericht.pdf", PDF))))
    assert response.status_code == 422
    assert "noch einmal aus: bericht.pdf." in response.content.decode()
    assert ThesisDraft.objects.get().fields["evidence_url"] == LINK
    author.post(URL, filled(asked="1", evidence_files=files(("bericht.pdf", PDF))))
    assert EvidenceFile.objects.get().thesis.sentence == "Werkstätten gehören ins Zentrum."


def test_a_draft_keeps_the_link_and_says_that_it_keeps_no_files(author: Client, media: Path) -> None:
    sent = filled(evidence_files=files(("bericht.pdf", PDF)))
    page = author.post(reverse("theses:draft_save"), sent, follow=True).content.decode()
    assert "Dateien gehören nicht zum Entwurf." in page
    assert f'value="{LINK}"' in page
    assert on_disk(media) == []
    assert (
        "Dateien gehören nicht" not in author.post(reverse("theses:draft_save"), filled(), follow=True).content.decode()
    )


def test_files_are_checked_before_the_first_is_written(cast: Cast, media: Path) -> None:
    """Also where no form stands before it."""
    sent = tuple((file.name or "", file) for file in files(("a.pdf", PDF), ("b.pdf", b"Text")))
    draft = Draft("Werkstätten.", "Weil.", measure=MeasureFactory.create())
    with pytest.raises(Refusal, match=r"b\.pdf: Diese Datei"):
        submit_proved(author=cast.stakeholder, draft=draft, evidence=Evidence(files=sent))
    assert (Thesis.objects.count(), on_disk(media)) == (0, [])


@pytest.mark.django_db
def test_a_guest_sends_nothing(client: Client, media: Path) -> None:
    response = client.post(URL, filled(evidence_files=files(("bericht.pdf", PDF))))
    assert response["Location"].startswith(f"{reverse('account_login')}?next=")
    assert (Thesis.objects.count(), on_disk(media)) == (0, [])
