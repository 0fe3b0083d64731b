"""The catalogue as a file: what is downloaded can be uploaded, tried, and taken over as a whole or not at all."""

import csv
import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from measures.domain.catalogue_check import Outcome, Plan, fingerprint, plan_catalogue
from measures.domain.catalogue_columns import COLUMNS, LONGEST_DESCRIPTION
from measures.domain.catalogue_file import MOST_MEASURES, read_catalogue
from measures.domain.catalogue_import import discard_catalogue, take_catalogue, try_catalogue, upload_catalogue
from measures.models import CatalogueImport, FieldOfAction, Measure
from measures.reports.catalogue_copy import catalogue_csv, catalogue_xlsx
from measures.verbs import MeasureVerb
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import LARGEST_FILE
from stakeholders.models import AuditEntry, District, Stakeholder, Topic
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory, fitting_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def field_of_action() -> FieldOfAction:
    field: FieldOfAction = FieldOfActionFactory.create()
    return field


REQUIRED = {
    "slug": "neu",
    "field_of_action": "innovationspotenziale",
    "title": "Neue Maßnahme",
    "summary": "Kurz.",
    "status": "vorgeschlagen",
    "source": "Medieninformation",
}


def file_of(*rows: dict[str, str], header: list[str] | None = None, separator: str = ";") -> bytes:
    keys = header or list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(keys)
    writer.writerows([row.get(key, "") for key in keys] for row in rows)
    return text.getvalue().encode()


def workbook_of(*rows: tuple[Any, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def plans_of(*rows: dict[str, str]) -> list[Plan]:
    return plan_catalogue(read_catalogue(file_of(*rows)).rows)


def faults_of(**values: str) -> list[str]:
    (plan,) = plans_of(REQUIRED | values)
    return [f"{fault.label}: {fault.sentence}" for fault in plan.faults]


def take(content: bytes, actor: Stakeholder) -> CatalogueImport:
    row = upload_catalogue(content=content, file_name="katalog.csv", actor=actor)
    plans, _remarks = try_catalogue(row)
    take_catalogue(catalogue_import=row, seen=fingerprint(plans), actor=actor)
    row.refresh_from_db()
    return row


def rich_catalogue() -> list[Measure]:
    """Texts that are hard to carry: lists, formulas, quotes, line ends, separators, apostrophes, soft hyphens."""
    field = FieldOfActionFactory.create(slug="fachkraefte", title="Fachkräfte; und mehr")
    first = MeasureFactory.create(
        slug="erste",
        title='=1+1 "Titel"; mit, allem',
        title_en="@English",
        summary="Zeile eins\r\nZeile zwei\r\n",
        description="- Punkt\n- Punkt\n\n  eingerückt; \"so\", 'so'\n",
        description_en="'quoted'",
        field_of_action=field,
        status="in_implementation",
        source="-Quelle",
        source_url="https://example.org/?a=1&b=2",
        position=7,
    )
    second = MeasureFactory.create(slug="zweite", published=False, title="Weich\u00adtrennung  doppelt")
    topic = Topic.objects.create(key="geteilt", name="Gas; Wasserstoff")
    other = Topic.objects.create(key="digital", name="Digitales")
    districts = [
        District.objects.get_or_create(key=key, defaults={"name": name, "nuts": nuts})[0]
        for key, name, nuts in (("14713000", "Leipzig, Stadt", "DED51"), ("14729000", "Leipzig (Landkreis)", "DED52"))
    ]
    first.topics.set([topic, other])
    first.districts.set(districts)
    first.related.set([second])
    return [first, second]


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


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": "fertig"}, "Stand: Diesen Stand gibt es nicht: »fertig«. Möglich sind »vorgeschlagen«"),
        ({"districts": "Atlantis"}, "Kreise: »Kreis«: »Atlantis« ist nicht bekannt."),
        ({"topics": "Alchemie"}, "Themen: Unbekannte Themen: »Alchemie«."),
        ({"field_of_action": "nirgends"}, "Handlungsfeld: Dieses Handlungsfeld gibt es nicht"),
        ({"related": "nirgends"}, "Verwandte Maßnahmen: Diese Kurznamen gibt es nicht: »nirgends«."),
        ({"related": "neu"}, "Verwandte Maßnahmen: Eine Maßnahme kann nicht mit sich selbst"),
        ({"slug": "Größe 1"}, "Kurzname: Möglich sind nur Buchstaben ohne Umlaute"),
        ({"slug": ""}, "Kurzname: Hier muss etwas stehen."),
        ({"title": ""}, "Titel: Hier muss etwas stehen."),
        ({"title": "x" * 201}, "Titel: Der Text ist zu lang. Möglich sind 200 Zeichen."),
        ({"description": "x" * (LONGEST_DESCRIPTION + 1)}, "Beschreibung: Der Text ist zu lang."),
        ({"source_url": "javascript:alert(1)"}, "Adresse der Quelle: Das ist keine Adresse"),
        ({"position": "erste"}, "Reihenfolge: Möglich sind ganze Zahlen"),
        ({"position": "-1"}, "Reihenfolge: Der Text beginnt wie eine Formel"),
        ({"position": "99999"}, "Reihenfolge: Möglich sind ganze Zahlen"),
        ({"published": "vielleicht"}, "Veröffentlicht: »vielleicht« ist nicht möglich"),
        ({"title": "=cmd|' /C calc'!A0"}, "Titel: Der Text beginnt wie eine Formel"),
        ({"summary": "+1"}, "Kurzfassung: Der Text beginnt wie eine Formel"),
        ({"description": "@SUM(1)"}, "Beschreibung: Der Text beginnt wie eine Formel"),
        ({"description": "a\x07b"}, "Beschreibung: Die Zelle enthält Zeichen, die sich nicht lesen lassen."),
    ],
)
def test_a_fault_is_told_at_its_row_and_column(values: dict[str, str], sentence: str) -> None:
    (fault,) = faults_of(**values)
    assert fault.startswith(sentence)


def test_a_slug_that_comes_twice_names_the_first_line() -> None:
    first, second = plans_of(REQUIRED, REQUIRED)
    assert (first.faults, second.line) == ([], 3)
    assert [fault.sentence for fault in second.faults] == ["Dieser Kurzname steht schon in Zeile 2."]


def test_a_measure_in_a_running_round_is_not_withdrawn_by_a_file() -> None:
    measure = fitting_round(measures=1).measures.get()
    (plan,) = plans_of(REQUIRED | {"slug": measure.slug, "published": "nein"})
    assert ["Beenden Sie zuerst die Runde" in fault.sentence for fault in plan.faults] == [True]


def test_relations_go_when_neither_row_names_them_and_stay_when_one_does(cast: Cast) -> None:
    one, two, away = (MeasureFactory.create(slug=slug) for slug in ("eins", "zwei", "fern"))
    one.related.set([two, away])
    eins, zwei = REQUIRED | {"slug": "eins"}, REQUIRED | {"slug": "zwei"}
    take(file_of(eins | {"related": "zwei"}, zwei | {"related": ""}), cast.project_office)
    assert {row.slug for row in one.related.all()} == {"zwei"}
    take(file_of(eins | {"related": ""}, zwei | {"related": ""}), cast.project_office)
    assert not one.related.exists()
    assert not two.related.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer"),
        (b"\xd0\xcf\x11\xe0rest", "im alten Format"),
        (b"PK\x03\x04kaputt", "lässt sich nicht lesen"),
        (b"\x00\xff\x00\x81" * 10, "lässt sich nicht lesen"),
        (file_of({"Nachname": "x"}), "keine bekannte Überschrift"),
        (file_of({"slug": "a", "title": "b"}), "fehlt: »Handlungsfeld«, »Kurzfassung«, »Stand«, »Quelle«."),
        (file_of(REQUIRED | {"Telefon": "1"}), "Diese Spalten kennt der Katalog nicht: »Telefon«."),
        (file_of(REQUIRED | {"Titel": "noch einer"}), "kommen mehrfach vor: »Titel«"),
        (file_of(header=list(REQUIRED)), "keine Zeile mit Angaben"),
        (file_of(REQUIRED) + b"zwei;a;b;c;d;e;f\r\n", "Zeile 3 hat mehr Zellen als die Kopfzeile"),
        (file_of(REQUIRED) + b'a;"' + b"x" * 140_000, "Ab Zeile"),
        (b"x" * (LARGEST_FILE + 1), "zu groß"),
        (file_of(*[REQUIRED] * (MOST_MEASURES + 1)), "mehr als 2.000 Zeilen"),
    ],
)  # fmt: skip
def test_an_unfit_file_is_refused_as_a_whole(cast: Cast, content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        upload_catalogue(content=content, file_name="a.csv", actor=cast.project_office)
    assert refused.value.field == "file"
    assert not CatalogueImport.objects.exists()


def test_a_windows_file_is_read_with_a_remark_and_a_foreign_workbook_by_its_first_sheet() -> None:
    found = read_catalogue(file_of(REQUIRED).decode().encode("cp1252"))
    assert found.rows[0].values["title"] == "Neue Maßnahme"
    assert "Windows-Text" in found.remarks[0]
    header = ("Kurzname", "Handlungsfeld", "Titel", "Kurzfassung", "Stand", "Quelle", "Reihenfolge", "Veröffentlicht")
    row = (*REQUIRED.values(), 3.0, True)
    (plan,) = plan_catalogue(read_catalogue(workbook_of(header, row)).rows)
    assert (plan.faults, plan.values["position"], plan.values["published"]) == ([], 3, True)


@pytest.mark.parametrize("number", [1, 40])
def test_the_dry_run_takes_the_same_queries_at_any_length(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    topic = Topic.objects.create(key="digital", name="Digitales")
    for measure in MeasureFactory.create_batch(number):
        measure.topics.add(topic)
    rows = read_catalogue(catalogue_csv()).rows
    with django_assert_num_queries(11):
        plan_catalogue(rows)
    with django_assert_num_queries(4):
        catalogue_csv()
