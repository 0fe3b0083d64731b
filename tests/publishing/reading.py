"""Reads back what was published, with readers that share no code with the writers."""

import csv
import io
from html.parser import HTMLParser
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

VOID = {"br", "hr", "img", "meta", "link"}


class PageReader(HTMLParser):
    """Tables by id as rows of texts, all attributes and tags seen, and whether tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.attributes: list[tuple[str, str, str]] = []
        self.tags: set[str] = set()
        self.text = ""
        self.region = ""
        self.open: list[str] = []
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        identifier = dict(attrs).get("id") or ""
        if tag == "div" and identifier.startswith("table-"):
            self.region = identifier.removeprefix("table-")
            self.tables[self.region] = []
        elif tag == "tr":
            self.tables[self.region].append([])
        elif tag in {"td", "th"}:
            self.cell = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in {"td", "th"} and self.cell is not None:
            self.tables[self.region][-1].append("".join(self.cell))
            self.cell = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cell is not None:
            self.cell.append(data)


def read_page(html: str) -> PageReader:
    reader = PageReader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def pdf_text(pdf: bytes) -> str:
    """All text without white space and places to break, since lines are broken where the page wants it."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages).replace("\N{ZERO WIDTH SPACE}", "")


def sheets(xlsx: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(xlsx))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))
