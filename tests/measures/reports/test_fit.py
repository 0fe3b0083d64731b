"""Sheets of one page, tables and the panel: drawn from what is shown, and from nothing else."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from measures.models import FitAssessment, Measure
from measures.reports.fit import Figure, Fit, read
from measures.reports.fit_document import document_of_all, meaning, sheet_of_district, sheet_of_measure
from measures.reports.fit_drawing import district_map, heat_of_all, heat_of_district, heat_of_measure, heat_row
from measures.reports.fit_panel import fit_panel
from portal.management.commands.prepare import load_starting_data
from publishing.charts.district_map import DistrictMap
from publishing.pdf import document_pdf
from publishing.tables import Suppressed
from stakeholders.models import District
from tests.factories.measures import FitAssessmentFactory, MeasureFactory
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory
from tests.publishing.reading import pdf_text

LANGUAGES = ("de", "en")


@pytest.fixture
def saxony(db: None) -> Fit:
    """The real thirteen districts and twelve measures, each cell judged by nobody up to eight persons."""
    load_starting_data()
    measures, districts = list(Measure.objects.published()), list(District.objects.exclude(nuts=""))
    people = StakeholderFactory.create_batch(8, district=districts[0])
    FitAssessment.objects.bulk_create(
        FitAssessment(
            measure=measure,
            district=district,
            rater=person,
            knows="works",
            need=1 + (m + d + p) % 5,
            readiness=1 + (m * d + p) % 5,
            structures=1 + (m + 2 * d) % 5,
            obstacles=None if p > 5 else 1 + d % 5,
        )
        for m, measure in enumerate(measures)
        for d, district in enumerate(districts)
        for p, person in enumerate(people[: (m + d) % 9])
    )
    return read(measures=measures)


def one(fit: Fit, *, row: int | None = None, column: int | None = None) -> Fit:
    measures = fit.measures if row is None else (fit.measures[row],)
    return read(measures=measures, districts=None if column is None else [fit.districts[column]])


def structure(node: Any) -> Iterator[dict[str, Any]]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node["/K"])


def test_there_are_twelve_measures_and_thirteen_districts_to_print(saxony: Fit) -> None:
    assert (len(saxony.measures), len(saxony.districts)) == (12, 13)
    assert (saxony.figures.people < 0).any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_and_every_district_has_a_sheet_of_exactly_one_page(saxony: Fit, language: str) -> None:
    for row in (0, 5, 10):
        written = document_pdf(sheet_of_measure(one(saxony, row=row), language))
        assert len(PdfReader(io.BytesIO(written)).pages) == 1
    for column in (0, 9):
        written = document_pdf(sheet_of_district(one(saxony, column=column), language))
        assert len(PdfReader(io.BytesIO(written)).pages) == 1


def test_the_sheet_of_a_measure_with_long_texts_stays_one_page(saxony: Fit) -> None:
    Measure.objects.filter(pk=saxony.measures[0].pk).update(
        title="Weiterentwicklung der Technologiezentren " * 4, summary="Räume für Experimente und Austausch. " * 16
    )
    (measure,) = Measure.objects.filter(pk=saxony.measures[0].pk)
    written = document_pdf(sheet_of_measure(read(measures=[measure]), "de"))
    assert len(PdfReader(io.BytesIO(written)).pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_tagged_and_say_language_title_source_and_date(saxony: Fit, language: str) -> None:
    fit = one(saxony, row=0)
    document = sheet_of_measure(fit, language)
    written = document_pdf(document)
    reader = PdfReader(io.BytesIO(written))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    elements = list(structure(root["/StructTreeRoot"]))
    kinds = [element["/S"] for element in elements]
    assert kinds.count("/TH") == 8
    assert kinds.count("/TD") == 8 * 13
    assert [element["/T"] for element in elements if re.fullmatch(r"/H\d", element["/S"])] == [
        section.heading for section in document.sections
    ]
    (spoken,) = [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    assert all(str(district) in spoken for district in fit.districts)
    text = pdf_text(written)
    for words in (*(label for label, _text in document.meta), "2026" if document.date.year == 2026 else "20"):
        assert words.replace(" ", "") in text


def test_the_numbers_on_paper_are_those_of_the_table(saxony: Fit) -> None:
    fit = one(saxony, column=2)
    text = pdf_text(document_pdf(sheet_of_district(fit, "de")))
    for row, measure in enumerate(fit.measures):
        people = fit.shown(Figure.PEOPLE, row, 0)
        if isinstance(people, int) and people >= 5:
            overall = fit.shown(Figure.OVERALL, row, 0)
            shown = f"{overall:.0f}" if isinstance(overall, float) else str(overall)
            assert f"{people}{shown}" in text, measure


def test_small_cells_and_what_follows_from_them_are_hidden_everywhere(db: None) -> None:
    measure, district = MeasureFactory.create(), DistrictFactory.create()
    FitAssessmentFactory.create_batch(4, measure=measure, district=district, obstacles=5)
    FitAssessmentFactory.create_batch(2, measure=measure, district=district, obstacles=None)
    FitAssessmentFactory.create_batch(2, measure=measure, district=DistrictFactory.create(key="14713000", nuts="DED51"))
    fit = read(measures=[measure])
    assert fit.shown(Figure.PEOPLE, 0, 0) == 6
    assert fit.shown(Figure.NEED, 0, 0) == 75.0
    assert fit.shown(Figure.OBSTACLES, 0, 0) == Suppressed(5)
    assert fit.shown(Figure.OVERALL, 0, 0) == fit.shown(Figure.SPREAD, 0, 0) == Suppressed(None)
    assert {fit.shown(figure, 0, 1) for figure in Figure} == {Suppressed(5)}
    assert fit.people == 6
    assert heat_of_all(fit, Figure.PEOPLE).rows[0].total == 6
    assert heat_of_all(fit, Figure.OVERALL).rows[0].total is None
    for heat in (heat_of_measure(fit, 0), heat_row(fit, 0)):
        assert sum(isinstance(cell, Suppressed) for row in heat.table().rows for cell in row) >= 5
    drawn = district_map(fit, 0).chart
    assert isinstance(drawn, DistrictMap)
    assert [row.value for row in drawn.rows] == [Suppressed(None), Suppressed(5)]


def test_nobody_is_no_small_cell(db: None) -> None:
    DistrictFactory.create()
    fit = read(measures=[MeasureFactory.create()])
    assert fit.shown(Figure.PEOPLE, 0, 0) == 0
    assert fit.shown(Figure.OVERALL, 0, 0) is None
    assert heat_of_district(fit, 0).rows[0].cells[0].value == 0


def test_a_question_nobody_could_judge_is_nothing_and_not_hidden(db: None) -> None:
    measure, district = MeasureFactory.create(), DistrictFactory.create()
    FitAssessmentFactory.create_batch(6, measure=measure, district=district, obstacles=None)
    fit = read(measures=[measure])
    assert fit.shown(Figure.OBSTACLES, 0, 0) is None
    assert fit.shown(Figure.OVERALL, 0, 0) is None


def test_the_data_of_all_has_one_row_for_each_cell(saxony: Fit) -> None:
    document = document_of_all(saxony, "de")
    table = document.main_table()
    assert table is not None
    assert table.key == "cells"
    assert len(table.rows) == 12 * 13
    assert document.sections[0].blocks[0].text == meaning()  # type: ignore[union-attr]


def test_the_panel_is_kept_for_a_minute_and_says_when_there_is_nothing(
    db: None, django_assert_num_queries: Any
) -> None:
    measure, district = MeasureFactory.create(), DistrictFactory.create()
    with django_assert_num_queries(2):
        empty = fit_panel(measure)
    assert (empty.people, empty.map) == (0, "")
    assert "keinem Kreis" in empty.sentence
    with django_assert_num_queries(0):
        fit_panel(measure)
    other = MeasureFactory.create()
    FitAssessmentFactory.create_batch(5, measure=other, district=district)
    panel = fit_panel(other)
    assert panel.people == 5
    assert "district-map" in panel.map
    assert "<table" in panel.row


def test_sentence_names_the_best_and_the_last(saxony: Fit) -> None:
    ranked = sorted(
        (value, str(district))
        for column, district in enumerate(saxony.districts)
        if isinstance(value := saxony.shown(Figure.OVERALL, 3, column), float)
    )
    sentence = sheet_of_measure(one(saxony, row=3), "de").sections[0].blocks[0].text  # type: ignore[union-attr]
    assert f"in {ranked[-1][1]} (" in sentence
    assert any(f"am wenigsten in {name} (" in sentence for value, name in ranked if value == ranked[0][0])
