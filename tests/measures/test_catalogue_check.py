"""What stands in a file with measures is read and checked; what is unfit is told where it stands."""

import pytest
from pytest_django import DjangoAssertNumQueries

from measures.domain.catalogue_check import plan_catalogue
from measures.domain.catalogue_columns import LONGEST_DESCRIPTION
from measures.domain.catalogue_file import MOST_MEASURES, read_catalogue
from measures.domain.catalogue_import import upload_catalogue
from measures.models import CatalogueImport, FieldOfAction
from measures.reports.catalogue_copy import catalogue_csv
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import LARGEST_FILE
from stakeholders.models import Topic
from tests.cast import Cast
from tests.factories.catalogue import REQUIRED, faults_of, file_of, plans_of, workbook_of
from tests.factories.measures import FieldOfActionFactory, MeasureFactory, fitting_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def field_of_action() -> FieldOfAction:
    field: FieldOfAction = FieldOfActionFactory.create()
    return field


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
