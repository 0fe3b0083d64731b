"""Documents, tables and charts as HTML for a page with a strict Content-Security-Policy: no inline style."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from publishing import numbers
from publishing.charts.frame import SCREEN, Labels
from publishing.charts.heat_table import HeatRow, HeatTable
from publishing.charts.levels import Shade
from publishing.charts.palette import heat_step
from publishing.document import (
    Block,
    BulletList,
    ChartBlock,
    Document,
    HeatBlock,
    KeyFigures,
    Note,
    Paragraph,
    TableBlock,
)
from publishing.tables import Cell, Column, Suppressed, Table, cell_text, flat_columns, notes_of
from publishing.text import printable

# A table with more columns scrolls sideways in its own region; a smaller one becomes a list of cards on a phone.
MOST_COLUMNS_AS_CARDS = 7


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    label: str
    classes: str
    is_header: bool


@dataclass(frozen=True, slots=True)
class ShownHeatCell:
    """`context` tells by words where the cell stands, for those who jump from link to link."""

    text: str
    classes: str
    url: str = ""
    context: str = ""


def document_html(document: Document) -> SafeString:
    """An `<article>` with the title as h1, ready to stand in the main part of a page."""
    document = printable(document)
    language = document.language
    with translation.override(language):
        sections = [
            {"section": section, "blocks": [_block(block, language) for block in section.blocks]}
            for section in document.sections
        ]
        context = {
            "document": document,
            "date": numbers.date_text(document.date, language),
            "sections": sections,
        }
        return render_to_string("publishing/document.html", context)


def table_html(table: Table, language: str) -> SafeString:
    """A table in its region, with caption, headers for columns and rows, and notes."""
    with translation.override(language):
        return _render("table", **_table_context(printable(table), language))


def chart_html(block: ChartBlock, language: str) -> SafeString:
    """A figure: caption, drawing, legend, and the numbers as a table to be opened."""
    with translation.override(language):
        return _render("chart", **_chart_context(printable(block), language))


def drawing_html(block: ChartBlock, language: str) -> SafeString:
    """The figure without its numbers, for a page that lists them itself."""
    with translation.override(language):
        return _render("chart", **_chart_context(printable(block), language), is_bare=True)


def heat_html(heat: HeatTable, language: str) -> SafeString:
    """A tinted table in a region of its own that scrolls sideways, with legend and notes."""
    with translation.override(language):
        return _render("heat", **_heat_context(printable(heat), language))


def _block(block: Block, language: str) -> SafeString:
    if isinstance(block, TableBlock):
        return _render("table", **_table_context(block.table, language))
    if isinstance(block, ChartBlock):
        return _render("chart", **_chart_context(block, language))
    if isinstance(block, HeatBlock):
        return _render("heat", **_heat_context(block.heat, language))
    if isinstance(block, KeyFigures):
        return _render("figures", block=block, figures=_figures(block.table, language))
    names: dict[type, str] = {Paragraph: "paragraph", BulletList: "bullets", Note: "note"}
    return _render(names[type(block)], block=block)


def _render(name: str, **context: object) -> SafeString:
    return render_to_string(f"publishing/blocks/{name}.html", context)


def _figures(table: Table, language: str) -> list[tuple[str, str]]:
    return [
        (column.label, cell_text(cell, column, language))
        for column, cell in zip(table.columns, table.rows[0], strict=True)
    ]


def _table_context(table: Table, language: str) -> dict[str, Any]:
    return {
        "table": table,
        "shape": "" if len(flat_columns(table)) > MOST_COLUMNS_AS_CARDS else "table--rows",
        "rows": [_row(table, row, language) for row in table.rows],
        "notes": notes_of(table),
    }


def _row(table: Table, row: tuple[Cell, ...], language: str) -> list[ShownCell]:
    return [
        ShownCell(
            text=cell_text(cell, column, language),
            label=column.label,
            classes=_classes(cell, column),
            is_header=place == table.header_index,
        )
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
    ]


def _classes(cell: Cell, column: Column) -> str:
    classes: list[str] = ["num" if column.is_number else column.kind]
    if isinstance(cell, Suppressed):
        classes.append("suppressed")
    elif column.heat and isinstance(cell, int | float):
        classes.append(f"heat-{heat_step(cell, column.heat)}")
    return " ".join(classes)


def _chart_context(block: ChartBlock, language: str) -> dict[str, Any]:
    labels = Labels(f"chart-{block.key}", block.caption, block.alt, language)
    context: dict[str, Any] = {
        "block": block,
        "drawing": block.chart.draw(labels, SCREEN),
        "legend": block.chart.legend(),
        "has_table": block.table is not None,
    }
    return context | (_table_context(block.table, language) if block.table else {})


def _heat_context(heat: HeatTable, language: str) -> dict[str, Any]:
    table = heat.table()
    rows = [
        {"row": row, "cells": _heat_cells(heat, table, row, shades, language)}
        for row, shades in zip(heat.all_rows(), heat.shades(), strict=True)
    ]
    return {
        "heat": heat,
        "shape": "heat--upright" if heat.has_upright_names else "",
        "rows": rows[: len(heat.rows)],
        "foot": rows[len(heat.rows) :],
        "width": len(table.columns),
        "legend": heat.legend(),
        "notes": notes_of(table),
    }


def _heat_cells(
    heat: HeatTable, table: Table, row: HeatRow, shades: tuple[Shade | None, ...], language: str
) -> list[ShownHeatCell]:
    cells = [
        ShownHeatCell(cell_text(cell.value, column, language), _shade_class(tint), cell.url, f"{row.label}, {head}: ")
        for cell, column, tint, head in zip(
            row.cells, table.columns[1:], shades[1:], (column.label for column in heat.columns), strict=False
        )
    ]
    total = [ShownHeatCell(cell_text(row.total, table.columns[-1], language), "heat-total")] if heat.total_label else []
    return cells + total


def _shade_class(tint: Shade | None) -> str:
    return "heat-total" if tint is None else f"heat-{tint}"
