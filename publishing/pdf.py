"""A tagged PDF (PDF/UA-1) set by typst. All texts travel as data in JSON and are never read as markup.

The fonts are our own and those inside typst, never those of the machine, so that the same document gives the same bytes
everywhere. Nothing is fetched: the template uses no packages.
"""

import json
import math
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from publishing import numbers
from publishing.charts.frame import PRINT, Labels
from publishing.charts.heat_table import HeatTable
from publishing.charts.legend import LegendItem
from publishing.charts.levels import Shade, colours
from publishing.charts.palette import heat_colours, heat_step
from publishing.document import (
    Block,
    BulletList,
    Chart,
    ChartBlock,
    Document,
    HeatBlock,
    KeyFigures,
    Note,
    TableBlock,
)
from publishing.tables import Cell, Column, Table, cell_text, notes_of
from publishing.text import change_texts, printable

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "reports"
FONTS = Path(__file__).resolve().parent / "fonts"

ROWS_OF_A_CHART = 24
LETTERS_UPRIGHT, LETTERS_ACROSS, LETTERS_COMPACT = 100, 152, 118
NARROWEST_TEXT = 22
# Longer words may be broken anywhere, by the size of the letters and the room they have; a checksum stays whole in the
# text, so that it can be copied.
LONGEST_WORD = 72
LONGEST_WORD_IN_A_HEADING = 40
LONGEST_WORD_IN_A_TITLE = 28
LONGEST_WORD_IN_A_CELL = 24
LONGEST_WORD_IN_A_LABEL = 18
UNKNOWN_LETTER = "□"
REFUSED = re.compile(r'the text `"(.*?)"` could not be displayed')
ATTEMPTS = 4
LAST_LATIN = 0x24F


def document_pdf(document: Document) -> bytes:
    """Letters that no font at hand can draw are shown as a box, and a sentence at the end says so."""
    document = printable(document)
    with translation.override(document.language):
        content = json.dumps(_content(document), ensure_ascii=False)
    stamp = datetime.combine(document.date, time(12), UTC)
    for _attempt in range(ATTEMPTS):
        try:
            return _compile(content, stamp)
        except typst.TypstError as error:
            refused = _refused_letters(error)
            if not refused:
                raise
            content = _boxed(content, refused)
    return _compile(_boxed(content, {letter for letter in content if ord(letter) > LAST_LATIN}), stamp)


def _compile(content: str, stamp: datetime) -> bytes:
    return typst.compile(
        str(TEMPLATES / "document.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"document": content},
        pdf_standards=["ua-1"],
        timestamp=stamp,
    )


@lru_cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _refused_letters(error: typst.TypstError) -> set[str]:
    """PDF/UA forbids missing glyphs; typst names each of them, written as in a Rust string."""
    named = "".join(REFUSED.findall(error.diagnostic))
    named = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), named)
    return {letter for letter in named if not letter.isascii()}


def _boxed(content: str, letters: set[str]) -> str:
    """Marks and joiners go, other letters become a box."""
    table = {
        ord(letter): "" if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Sk"} else UNKNOWN_LETTER
        for letter in letters
    }
    return content.translate(table).replace('"has_boxes": false', '"has_boxes": true')


def _breakable(text: str, longest: int = LONGEST_WORD) -> str:
    return re.sub(rf"\S{{{longest}}}(?=\S)", "\\g<0>\N{ZERO WIDTH SPACE}", text)


def _content(document: Document) -> dict[str, Any]:
    language = document.language
    date = numbers.date_text(document.date, language)
    return {
        "has_boxes": False,
        "compact": document.compact,
        "title": document.title,
        "shown_title": _breakable(document.title, LONGEST_WORD_IN_A_TITLE),
        "subtitle": _breakable(document.subtitle, LONGEST_WORD_IN_A_HEADING),
        "publisher": document.publisher,
        "language": "de" if numbers.is_german(language) else "en",
        "date": {"year": document.date.year, "month": document.date.month, "day": document.date.day},
        "meta": [[_("Stand"), date], *change_texts(document.meta, _breakable)],
        "words": _words(),
        "sections": [
            {
                "heading": _breakable(section.heading, LONGEST_WORD_IN_A_HEADING),
                "level": section.level,
                "ends_page": section.ends_page,
                "blocks": [
                    part
                    for block in change_texts(section.blocks, _breakable)
                    for part in _block(block, language, compact=document.compact)
                ],
            }
            for section in document.sections
        ],
    }


def _words() -> dict[str, str]:
    return {
        "page": _("Seite"),
        "of": _("von"),
        "table": _("Tabelle"),
        "figure": _("Abbildung"),
        "empty": _("Keine Angaben"),
        "boxes": _("Zeichen, die in den Schriften dieses Dokuments fehlen, stehen als □. Die Webseite zeigt sie."),
    }


def _block(block: Block, language: str, *, compact: bool) -> list[dict[str, Any]]:
    if isinstance(block, TableBlock):
        return [_table(block.table, language, compact=compact)]
    if isinstance(block, HeatBlock):
        return [_heat(block.heat, language, compact=compact)]
    if isinstance(block, ChartBlock):
        tables = [_table(block.table, language)] if block.table else []
        return [*_chart(block, language), *tables]
    if isinstance(block, KeyFigures):
        return [{"type": "figures", "items": _figures(block.table, language)}]
    if isinstance(block, BulletList):
        return [{"type": "bullets", "items": block.items, "ordered": block.ordered}]
    if isinstance(block, Note):
        return [{"type": "note", "heading": block.heading, "text": block.text, "tone": block.tone}]
    return [{"type": "paragraph", "text": block.text, "lead": block.lead}]


def _figures(table: Table, language: str) -> list[list[str]]:
    pairs = zip(table.columns, table.rows[0], strict=True)
    return [
        [_breakable(column.label, LONGEST_WORD_IN_A_LABEL), cell_text(cell, column, language)] for column, cell in pairs
    ]


def _chart(block: ChartBlock, language: str) -> list[dict[str, Any]]:
    """One picture, or several with about as many rows each: a picture cannot run over the end of a page."""
    count = len(block.chart.rows)
    pages = math.ceil(count / ROWS_OF_A_CHART) or 1
    parts: tuple[Chart, ...] = block.chart.parts(math.ceil(count / pages) or 1)
    pictures = []
    for number, part in enumerate(parts, start=1):
        place = (
            _(" (Teil %(number)d von %(count)d)") % {"number": number, "count": len(parts)} if len(parts) > 1 else ""
        )
        labels = Labels(f"chart-{block.key}-{number}", block.caption + place, block.alt, language)
        picture = {"type": "chart", "caption": block.caption + place, "alt": block.alt, "svg": part.draw(labels, PRINT)}
        pictures.append(picture | {"legend": [_legend_item(item) for item in block.chart.legend()]})
    return pictures


def _legend_item(item: LegendItem) -> list[str]:
    return [item.swatch, item.label]


def _table(table: Table, language: str, *, compact: bool = False) -> dict[str, Any]:
    texts = [
        [_cell(cell, column, language) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    widths, is_wide = _widths(table, texts, compact=compact)
    shades = [[_shade(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    return {
        "type": "table",
        "caption": table.caption,
        "columns": [
            {"label": _breakable(column.label, LONGEST_WORD_IN_A_LABEL), "number": column.is_number}
            for column in table.columns
        ],
        "widths": widths,
        "wide": is_wide,
        "rows": texts,
        "shades": shades if any(column.heat for column in table.columns) else [],
        "notes": notes_of(table),
        "header": table.header_index,
    }


def _heat(heat: HeatTable, language: str, *, compact: bool) -> dict[str, Any]:
    """A table with given shades and a legend; names set upright take no width from the figures."""
    table = heat.table()
    drawn = _table(table, language, compact=compact)
    shades = [[_print_shade(tint) for tint in row] for row in heat.shades()]
    legend = [_legend_item(item) for item in heat.legend()]
    drawn |= {"shades": shades, "legend": legend, "upright": heat.has_upright_names, "foot": heat.foot is not None}
    if heat.has_upright_names:
        narrow = replace(table, columns=(table.columns[0], *(replace(it, label="x") for it in table.columns[1:])))
        drawn["widths"], drawn["wide"] = _widths(narrow, drawn["rows"], compact=compact)
    return drawn


def _print_shade(tint: Shade | None) -> list[str] | None:
    if tint is None or tint == 0:
        return None
    fill, ink = colours(tint)
    return ["hatch" if tint == "hidden" else fill, ink]


def _cell(cell: Cell, column: Column, language: str) -> str:
    text = cell_text(cell, column, language)
    return _breakable(text, LONGEST_WORD_IN_A_CELL) if column.kind == "text" else text


def _widths(table: Table, texts: list[list[str]], *, compact: bool) -> tuple[list[int], bool]:
    """Letters that columns want, and whether the page must be turned for them; that of a compact document never is.

    Numbers and words of labels stay whole; text is wrapped and shares what is left.
    """
    widths = [_width(column, [row[place] for row in texts]) for place, column in enumerate(table.columns)]
    flexible = [place for place, column in enumerate(table.columns) if column.kind == "text"]
    fixed = sum(width for place, width in enumerate(widths) if place not in flexible)
    upright = LETTERS_COMPACT if compact else LETTERS_UPRIGHT
    is_wide = not compact and fixed + sum(min(widths[place], NARROWEST_TEXT) for place in flexible) > upright
    left = (LETTERS_ACROSS if is_wide else upright) - fixed
    for place in flexible:
        widths[place] = min(widths[place], max(left // len(flexible), NARROWEST_TEXT))
    return widths, is_wide


def _width(column: Column, texts: list[str]) -> int:
    label = max(map(len, column.label.split()), default=1)
    longest = max(map(len, texts), default=1)
    if column.kind == "text":
        return max(min(longest, 60), min(label, NARROWEST_TEXT)) + 2
    return max(min(label + 2, 14), longest) + 1


def _shade(cell: Cell, column: Column) -> list[str] | None:
    if column.heat is None or not isinstance(cell, int | float):
        return None
    return list(heat_colours(heat_step(cell, column.heat)))
