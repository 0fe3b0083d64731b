"""The anonymised ratings as tables: the same numbers as in the file, streamed, and for the same people."""

import csv
import gzip
import io
import json
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from measures.models import Ranking
from measures.verbs import MeasureVerb
from measures.views import report_ratings
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.measures.views.test_report_files import frozen, signed_in


def fetched(person: Stakeholder | None, ranking: Ranking, extension: str) -> Any:
    client: Client = signed_in(person)
    return client.get(reverse("measures:report_ratings", args=[ranking.round.slug, ranking.version, extension]))


def grades_of(ranking: Ranking) -> dict[tuple[int, str, str], int]:
    ranking.refresh_from_db()
    kept = json.loads(gzip.decompress(bytes(ranking.data)))
    columns = [kept["ratings"][name] for name in ("rater", "measure", "criterion", "grade")]
    names = [row["key"] for row in kept["criteria"]]
    return {(r, kept["measures"][m], names[c]): grade for r, m, c, grade in zip(*columns, strict=True)}


def test_csv_holds_every_grade_of_the_frozen_data(cast: Cast) -> None:
    ranking = frozen(cast, 14, 11, 3)
    response = fetched(cast.ministry, ranking, "csv")
    assert isinstance(response, StreamingHttpResponse)
    name = f"priorisierung-{ranking.round.slug}-fassung-1.daten.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    expected = grades_of(ranking)
    names = {criterion for _, _, criterion in expected}
    found = {(int(row["rater"]), row["measure"], c): int(row[c]) for row in rows for c in names if row[c]}
    assert found == expected
    assert {row["group"] for row in rows} == {"industrie", "dienstleister", "forschung"}
    assert AuditEntry.objects.get(verb=MeasureVerb.REPORT_DOWNLOADED).facts == {"version": 1, "format": "daten.csv"}
    assert fetched(cast.outsider, ranking, "csv").status_code == 404


def test_workbook_holds_every_grade_of_the_frozen_data(cast: Cast) -> None:
    ranking = frozen(cast, 14, 11, 3)
    book = load_workbook(io.BytesIO(b"".join(fetched(cast.project_office, ranking, "xlsx"))))
    header, *rows = book["Bewertungen"].iter_rows(values_only=True)
    expected = grades_of(ranking)
    names = [name for name in map(str, header) if name in {criterion for _, _, criterion in expected}]
    named = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    assert {(row["rater"], row["measure"], c): row[c] for row in named for c in names if row[c]} == expected
    assert book["Bewertende"].max_row == 1 + 28
    assert fetched(cast.outsider, ranking, "xlsx").status_code == 404


@pytest.mark.parametrize(("people", "is_open"), [((14, 11, 8), True), ((14, 11, 3), False)])
def test_tables_are_for_whom_the_file_is(cast: Cast, people: tuple[int, ...], is_open: bool) -> None:
    ranking = frozen(cast, *people)
    assert fetched(None, ranking, "csv").status_code == 302
    assert fetched(cast.ministry, ranking, "pdf").status_code == 404
    Ranking.objects.update(published=True)
    assert fetched(None, ranking, "csv").status_code == (200 if is_open else 302)
    response = fetched(cast.outsider, ranking, "xlsx")
    assert response.status_code == (200 if is_open else 404)
    response.close()


def test_full_disk_is_told_in_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ranking = frozen(cast, 14, 11, 8)

    def full(_sheets: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report_ratings, "long_xlsx", full)
    response = fetched(cast.ministry, ranking, "xlsx")
    assert response.status_code == 503
    assert "kein Speicherplatz mehr frei" in response.content.decode()
    assert not AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).exists()
    assert fetched(cast.outsider, ranking, "xlsx").status_code == 404
