"""JSON in one canonical form: keys sorted, UTF-8, full double precision, so that equal data are equal bytes."""

import json
from datetime import date
from typing import Any

from django.utils import translation

from publishing.document import (
    BulletList,
    ChartBlock,
    Document,
    HeatBlock,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    TableBlock,
)
from publishing.tables import Cell, Interval, Suppressed, Table, notes_of
from publishing.text import printable

SCHEMA = "document/1"


def canonical_json(value: object) -> bytes:
    """Raises ValueError for a number that is not finite and TypeError for what JSON does not know."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1, default=_known)
    return f"{text}\n".encode()


def document_json(document: Document) -> bytes:
    """Schema `document/1`: title, meta, the sections with their texts, and all tables by key.

    A row is an object by column key; an interval is `[low, high]`, a share lies between 0 and 1, a hidden value is
    `{"suppressed": "<5"}`.
    """
    document = printable(document)
    with translation.override(document.language):
        content = {
            "schema": SCHEMA,
            "title": document.title,
            "subtitle": document.subtitle,
            "language": document.language,
            "date": document.date,
            "publisher": document.publisher,
            "meta": [{"label": label, "text": text} for label, text in document.meta],
            "sections": [_section(section) for section in document.sections],
            "tables": {table.key: _table(table) for table in document.tables()},
        }
    return canonical_json(content)


def _section(section: Section) -> dict[str, Any]:
    texts: list[str] = []
    tables: list[str] = []
    for block in section.blocks:
        if isinstance(block, Paragraph | Note):
            texts.append(block.text)
        elif isinstance(block, BulletList):
            texts.extend(block.items)
        elif isinstance(block, ChartBlock):
            texts.append(block.alt)
        if isinstance(block, KeyFigures | TableBlock | HeatBlock | ChartBlock) and block.table is not None:
            tables.append(block.table.key)
    return {
        "anchor": section.anchor,
        "heading": section.heading,
        "level": section.level,
        "texts": texts,
        "tables": tables,
    }


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    return {
        "caption": table.caption,
        "columns": [{"key": column.key, "label": column.label, "kind": column.kind} for column in table.columns],
        "rows": [dict(zip(keys, map(_cell, row), strict=True)) for row in table.rows],
        "notes": notes_of(table),
    }


def _cell(cell: Cell) -> object:
    if isinstance(cell, Interval):
        return [cell.low, cell.high]
    return {"suppressed": str(cell)} if isinstance(cell, Suppressed) else cell


def _known(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
