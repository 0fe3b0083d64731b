"""What is downloaded beside the report: the ratings, from which anybody recomputes it, and its catalogue record."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.domain.ranking import freeze
from measures.models import Ranking
from measures.verbs import MeasureVerb
from measures.views import report_files
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.measures import rated_round

ROOT = Path(__file__).parents[3]


def frozen(cast: Cast, *people: int) -> Ranking:
    return freeze(assessment_round=rated_round(measures=4, people=people), actor=cast.project_office)


def signed_in(person: Stakeholder | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def address(ranking: Ranking, name: str) -> str:
    return reverse(f"measures:{name}", args=[ranking.round.slug, ranking.version])


def recomputed(path: Path, *, seed: str, locale: str) -> dict[str, Any]:
    """In a fresh process without database, broker and settings."""
    environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "LC_ALL": locale, "HOME": str(path.parent)}
    command = [sys.executable, "-B", "manage.py", "rank_data", str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=240)
    result: dict[str, Any] = json.loads(done.stdout.decode())
    return result


def test_downloaded_ratings_give_the_figures_and_the_hash_of_the_report(
    cast: Cast, tmp_path: Path, settings: Any
) -> None:
    ranking = frozen(cast, 14, 11, 3)
    response = signed_in(cast.ministry).get(address(ranking, "report_data"))
    assert response["Content-Type"] == "application/gzip"
    name = f"priorisierung-{ranking.round.slug}-fassung-1.daten.json.gz"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    packed, plain = tmp_path / name, tmp_path / "plain.json"
    packed.write_bytes(response.content)
    plain.write_bytes(gzip.decompress(response.content))
    ranking.refresh_from_db()
    for path, seed, locale in ((packed, "1", "C"), (plain, "4711", "C.UTF-8"), (packed, "99", "tr_TR.UTF-8")):
        again = recomputed(path, seed=seed, locale=locale)
        assert again["hash"] == ranking.hash
        assert again == ranking.result
    entry = AuditEntry.objects.get(verb=MeasureVerb.REPORT_DOWNLOADED)
    assert entry.facts == {"version": 1, "format": "daten.json.gz"}
    assert signed_in(cast.outsider).get(address(ranking, "report_data")).status_code == 404


@pytest.mark.parametrize(("people", "is_open"), [((14, 11, 8), True), ((14, 11, 3), False)])
def test_ratings_are_for_everybody_only_where_no_few_people_show(
    cast: Cast, people: tuple[int, ...], is_open: bool
) -> None:
    ranking = frozen(cast, *people)
    where, page = address(ranking, "report_data"), address(ranking, "report_detail")
    assert signed_in(None).get(where).status_code == 302
    assert signed_in(cast.stakeholder).get(where).status_code == 404
    Ranking.objects.update(published=True)
    assert signed_in(None).get(where).status_code == (200 if is_open else 302)
    assert (where in signed_in(None).get(page).content.decode()) is is_open
    assert ("Veröffentlicht werden sie nicht" in signed_in(None).get(page).content.decode()) is not is_open
    for person in (cast.ministry, cast.project_office):
        assert signed_in(person).get(where).status_code == 200
        assert ("Geben Sie die Datei nicht weiter" in signed_in(person).get(page).content.decode()) is not is_open
    assert signed_in(cast.outsider).get(where).status_code == (200 if is_open else 404)
    assert signed_in(cast.ministry).post(where).status_code == 405


def test_page_says_that_the_ratings_are_not_published(cast: Cast) -> None:
    ranking = frozen(cast, 14, 11, 3)
    Ranking.objects.update(published=True)
    page = signed_in(None).get(address(ranking, "report_detail")).content.decode()
    assert "Die anonymen Bewertungen liegen Ministerium und Projektbüro vor." in page


def test_published_version_has_a_record_for_catalogues(cast: Cast, settings: Any) -> None:
    ranking = frozen(cast, 14, 11, 8)
    where = address(ranking, "report_record")
    assert signed_in(cast.ministry).get(where).status_code == 404
    Ranking.objects.update(published=True)
    response = signed_in(None).get(where)
    assert response["Content-Type"] == "application/ld+json"
    record = json.loads(response.content)
    assert record["@type"] == "dcat:Dataset"
    assert record["@id"] == settings.SITE_URL + address(ranking, "report_detail")
    assert record["dct:identifier"] == ranking.hash
    assert {"@value": ranking.round.title, "@language": "de"} in record["dct:title"]
    used = {key.split(":")[0] for key in [*record, *record["dcat:distribution"][0]] if ":" in key}
    assert used <= set(record["@context"])
    files = [row["dcat:downloadURL"]["@id"] for row in record["dcat:distribution"]]
    assert len(files) == 5
    for file in files:
        assert signed_in(cast.outsider).get(file.removeprefix(settings.SITE_URL)).status_code == 200


def test_record_leaves_out_ratings_that_are_not_open(cast: Cast) -> None:
    ranking = frozen(cast, 14, 11, 3)
    Ranking.objects.update(published=True)
    record = json.loads(signed_in(cast.outsider).get(address(ranking, "report_record")).content)
    assert not any("daten" in row["@id"] for row in record["dcat:distribution"])


def test_all_tables_come_as_one_csv_file(cast: Cast) -> None:
    ranking = frozen(cast, 14, 11, 8)
    where = reverse("measures:report_download", args=[ranking.round.slug, 1, "alle.csv"])
    lines = signed_in(cast.ministry).get(where).content.decode().splitlines()
    assert lines[0] == "table,row,column,value"
    score = ranking.result["measures"][0]["score"]
    assert f"ranking,1,score,{score!r}" in lines
    assert signed_in(cast.outsider).get(where).status_code == 404


def test_full_disk_is_told_in_a_sentence_and_nothing_is_on_record(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF is written through a file that refuses every byte, as a full disk does."""
    ranking = frozen(cast, 14, 11, 8)

    def write(_document: object) -> bytes:
        with Path("/dev/full").open("wb") as file:
            file.write(b"%PDF")
        return b"%PDF"

    monkeypatch.setitem(report_files.FORMATS, "pdf", ("application/pdf", write))
    where = reverse("measures:report_download", args=[ranking.round.slug, 1, "pdf"])
    response = signed_in(cast.ministry).get(where)
    assert response.status_code == 503
    assert "kein Speicherplatz mehr frei" in response.content.decode()
    assert "Content-Disposition" not in response
    assert not AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).exists()
    monkeypatch.undo()
    assert signed_in(cast.ministry).get(where).content.startswith(b"%PDF-")
    assert signed_in(cast.outsider).get(where).status_code == 404
