"""The catalogue as a file: what is downloaded can be uploaded, tried, and taken over as a whole or not at all."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from measures.domain.catalogue_check import Outcome, fingerprint, plan_catalogue
from measures.domain.catalogue_columns import COLUMNS
from measures.domain.catalogue_file import read_catalogue
from measures.domain.catalogue_import import discard_catalogue, take_catalogue, try_catalogue, upload_catalogue
from measures.models import FieldOfAction, Measure
from measures.reports.catalogue_copy import catalogue_csv, catalogue_xlsx
from measures.verbs import MeasureVerb
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.catalogue import REQUIRED, file_of, rich_catalogue, take
from tests.factories.measures import FieldOfActionFactory, MeasureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def field_of_action() -> FieldOfAction:
    field: FieldOfAction = FieldOfActionFactory.create()
    return field


@pytest.mark.parametrize("write", [catalogue_csv, catalogue_xlsx])
def test_what_is_downloaded_says_the_same_when_it_comes_back(write: Any) -> None:
    rich_catalogue()
    plans = plan_catalogue(read_catalogue(write()).rows)
    assert [(plan.slug, plan.outcome, plan.faults, plan.changes) for plan in plans] == [
        (measure.slug, Outcome.UNCHANGED, [], []) for measure in Measure.objects.all()
    ]


@pytest.mark.parametrize("write", [catalogue_csv, catalogue_xlsx])
def test_a_catalogue_moves_to_an_empty_portal_and_stays_what_it_is(cast: Cast, write: Any) -> None:
    first, second = rich_catalogue()
    content = write()
    slugs = {measure.slug: measure for measure in (first, second)}
    Measure.objects.all().delete()
    # A title and a source like formulas come as new texts from a workbook and are refused there, see below.
    if write is catalogue_xlsx:
        book = load_workbook(io.BytesIO(content))
        sheet = book["Maßnahmen"]
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith(("=", "@", "-Q")):
                    cell.value, cell.data_type = f"'{cell.value}", "s"
        file = io.BytesIO()
        book.save(file)
        content = file.getvalue()
    row = take(content, cast.project_office)
    assert row.counts == {"created": 2, "changed": 0, "unchanged": 0, "refused": 0}
    for measure in Measure.objects.all():
        old = slugs[measure.slug]
        assert (measure.status, measure.published, measure.position) == (old.status, old.published, old.position)
        assert measure.description == old.description.strip()
        assert measure.source == old.source
    moved = Measure.objects.get(slug="erste")
    assert moved.title == '=1+1 "Titel"; mit, allem'
    assert moved.summary == "Zeile eins\nZeile zwei"
    assert set(moved.topics.values_list("key", flat=True)) == {"geteilt", "digital"}
    assert set(moved.districts.values_list("key", flat=True)) == {"14713000", "14729000"}
    assert moved.related.get().slug == "zweite"


def test_the_csv_file_carries_no_formula_and_the_workbook_none_either() -> None:
    MeasureFactory.create(title="=HYPERLINK(1)", source="+1", title_en="@x", summary="-2")
    lines = list(csv.reader(io.StringIO(catalogue_csv().decode())))
    assert not [cell for cell in lines[1] if cell.startswith(("=", "+", "-", "@"))]
    book = load_workbook(io.BytesIO(catalogue_xlsx()))
    assert {cell.data_type for row in book["Maßnahmen"].iter_rows() for cell in row} <= {"s", "n"}
    assert [cell.value for cell in book["Maßnahmen"][1]] == [column.label for column in COLUMNS]


def test_a_text_that_no_cell_can_hold_is_not_cut_silently() -> None:
    MeasureFactory.create(slug="lang", description="x" * 40_000)
    with pytest.raises(Refusal, match="„lang“ ist zu lang für eine Arbeitsmappe"):
        catalogue_xlsx()
    assert "x" * 40_000 in catalogue_csv().decode()
    (plan,) = plan_catalogue(read_catalogue(catalogue_csv()).rows)
    assert plan.outcome == Outcome.UNCHANGED


def test_the_dry_run_says_what_changes_and_writes_nothing(cast: Cast) -> None:
    measure = MeasureFactory.create(slug="alt", title="Alter Titel", status="proposed")
    rows = (REQUIRED | {"slug": "alt", "title": "Neuer Titel", "status": "in Prüfung"}, REQUIRED)
    row = upload_catalogue(content=file_of(*rows), file_name="a.csv", actor=cast.project_office)
    plans, remarks = try_catalogue(row)
    assert remarks == []
    assert [plan.outcome for plan in plans] == [Outcome.CHANGED, Outcome.CREATED]
    changes = {change.label: (change.before, change.after) for change in plans[0].changes}
    assert changes["Titel"] == ("Alter Titel", "Neuer Titel")
    assert changes["Stand"] == ("vorgeschlagen", "in Prüfung")
    assert "Veröffentlicht" not in changes
    measure.refresh_from_db()
    assert (measure.title, Measure.objects.count()) == ("Alter Titel", 1)


def test_taking_over_writes_tells_and_is_harmless_twice(cast: Cast) -> None:
    measure = MeasureFactory.create(slug="alt", description="Bleibt, denn die Spalte fehlt.")
    content = file_of(REQUIRED | {"slug": "alt", "related": "neu"}, REQUIRED | {"published": "ja"})
    row = take(content, cast.project_office)
    take_catalogue(catalogue_import=row, seen="", actor=cast.project_office)
    measure.refresh_from_db()
    new = Measure.objects.get(slug="neu")
    assert (measure.title, measure.published, measure.description[:6]) == ("Neue Maßnahme", True, "Bleibt")
    assert (new.published, new.related.get()) == (True, measure)
    assert (row.state, bytes(row.content)) == ("done", b"")
    entry = AuditEntry.objects.get(verb=MeasureVerb.CATALOGUE_IMPORTED)
    assert (entry.actor, entry.facts) == (
        cast.project_office,
        {"created": 1, "changed": 1, "unchanged": 0, "refused": 0},
    )
    assert AuditEntry.objects.filter(verb=MeasureVerb.MEASURE_PUBLISHED).count() == 1
    with pytest.raises(Refusal, match="schon übernommen"):
        discard_catalogue(catalogue_import=row, actor=cast.project_office)


def test_a_new_measure_without_a_word_on_it_stays_hidden(cast: Cast) -> None:
    take(file_of(REQUIRED), cast.project_office)
    assert not Measure.objects.get().published


def test_one_faulty_row_keeps_all_from_being_written(cast: Cast) -> None:
    content = file_of(REQUIRED, REQUIRED | {"slug": "zweite", "status": "fertig"})
    with pytest.raises(Refusal, match="enthält Fehler"):
        take(content, cast.project_office)
    assert not Measure.objects.exists()


def test_a_catalogue_changed_since_the_dry_run_is_looked_at_again(cast: Cast) -> None:
    measure = MeasureFactory.create(slug="alt")
    row = upload_catalogue(content=file_of(REQUIRED | {"slug": "alt"}), file_name="a.csv", actor=cast.project_office)
    seen = fingerprint(try_catalogue(row)[0])
    measure.description = "Inzwischen anders."
    measure.save()
    with pytest.raises(Refusal, match="inzwischen geändert"):
        take_catalogue(catalogue_import=row, seen=seen, actor=cast.project_office)
    measure.refresh_from_db()
    assert measure.title != "Neue Maßnahme"


def test_a_discarded_file_is_empty_and_cannot_be_taken(cast: Cast) -> None:
    row = upload_catalogue(content=file_of(REQUIRED), file_name="a.csv", actor=cast.project_office)
    for _again in range(2):
        discard_catalogue(catalogue_import=row, actor=cast.project_office)
    with pytest.raises(Refusal, match="ist verworfen"):
        take_catalogue(catalogue_import=row, seen="", actor=cast.project_office)
    row.refresh_from_db()
    assert (row.state, bytes(row.content), Measure.objects.count()) == ("discarded", b"", 0)
    assert AuditEntry.objects.filter(verb=MeasureVerb.CATALOGUE_DISCARDED).count() == 1


def test_relations_go_when_neither_row_names_them_and_stay_when_one_does(cast: Cast) -> None:
    one, two, away = (MeasureFactory.create(slug=slug) for slug in ("eins", "zwei", "fern"))
    one.related.set([two, away])
    eins, zwei = REQUIRED | {"slug": "eins"}, REQUIRED | {"slug": "zwei"}
    take(file_of(eins | {"related": "zwei"}, zwei | {"related": ""}), cast.project_office)
    assert {row.slug for row in one.related.all()} == {"zwei"}
    take(file_of(eins | {"related": ""}, zwei | {"related": ""}), cast.project_office)
    assert not one.related.exists()
    assert not two.related.exists()
