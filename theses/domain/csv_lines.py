"""CSV files that come from elsewhere, row by row, with a German sentence for whatever cannot be read."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from theses.domain.conversation_data import ConversationError

LARGEST_FILE = 512 * 2**20
LARGEST_NUMBER = 2**31 - 1
LONGEST_SHOWN = 40
MEGABYTE = 2**20
ANSWERS = {"1": 1, "0": 0, "-1": -1}


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its cells in the order of the head, and its place for sentences about faults."""

    file: str
    number: int
    head: dict[str, int]
    cells: list[str]

    def text(self, column: str) -> str:
        """Empty where the file lacks the column."""
        return self.cells[self.head[column]] if column in self.head else ""

    def whole(self, column: str, *, largest: int = LARGEST_NUMBER) -> int:
        text = self.text(column)
        if not (text.isascii() and text.isdigit() and len(text) < 20) or int(text) > largest:
            raise self.fault(column, _("eine ganze Zahl von 0 bis %(largest)d") % {"largest": largest})
        return int(text)

    def whole_or_none(self, column: str, *, largest: int = LARGEST_NUMBER) -> int | None:
        return self.whole(column, largest=largest) if self.text(column) else None

    def answer(self, column: str) -> int:
        if self.text(column) not in ANSWERS:
            raise self.fault(column, "1, 0, -1")
        return ANSWERS[self.text(column)]

    def fault(self, column: str, expected: str) -> ConversationError:
        return ConversationError(
            _("%(file)s, Zeile %(line)d, Spalte „%(column)s“: Dort steht „%(value)s“. Erwartet wird: %(expected)s.")
            % {
                "file": self.file,
                "line": self.number,
                "column": _shown(column),
                "value": _shown(self.text(column)),
                "expected": expected,
            }
        )


def read_lines(path: Path, required: Sequence[str]) -> Iterator[Line]:
    """Every row under a head that has the required columns, each of them once; empty rows are passed over.

    Raises ConversationError for files that are missing, too large, not UTF-8, or no table.
    """
    with opened(path) as file:
        rows = _rows(path.name, file)
        _first, names = next(rows, (0, []))
        head = {name.strip(): place for place, name in enumerate(names)}
        for column in required:
            if column not in head:
                raise ConversationError(
                    _("%(file)s: Die Spalte „%(column)s“ fehlt.") % {"file": path.name, "column": column}
                )
        if len(head) < len(names):
            raise ConversationError(_("%(file)s: Eine Spalte kommt mehrfach vor.") % {"file": path.name})
        for number, cells in rows:
            if len(cells) != len(names):
                raise ConversationError(
                    _("%(file)s, Zeile %(line)d: Die Zeile hat %(found)d Felder, der Kopf hat %(wanted)d.")
                    % {"file": path.name, "line": number, "found": len(cells), "wanted": len(names)}
                )
            yield Line(path.name, number, head, cells)


def read_rows(path: Path) -> list[list[str]]:
    """All rows of a file without a head."""
    with opened(path) as file:
        return [cells for _number, cells in _rows(path.name, file)]


def opened(path: Path) -> TextIO:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ConversationError(
                _("%(file)s: Die Datei ist größer als %(limit)d MB.")
                % {"file": path.name, "limit": LARGEST_FILE // MEGABYTE}
            )
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as fault:
        raise ConversationError(_("%(file)s: Die Datei ist nicht lesbar.") % {"file": path.name}) from fault


def not_utf8(name: str) -> ConversationError:
    return ConversationError(
        _("%(file)s: Die Datei ist nicht in UTF-8 gespeichert. Bitte speichern Sie sie als UTF-8.") % {"file": name}
    )


def _rows(name: str, file: TextIO) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, strict=True)
    try:
        for cells in reader:
            if any("\0" in cell for cell in cells):
                raise ConversationError(
                    _("%(file)s, Zeile %(line)d: Der Text enthält ein unzulässiges Steuerzeichen.")
                    % {"file": name, "line": reader.line_num}
                )
            if cells:
                yield reader.line_num, cells
    except UnicodeDecodeError as fault:
        raise not_utf8(name) from fault
    except csv.Error as fault:
        raise ConversationError(
            _("%(file)s, Zeile %(line)d: Die Datei ist keine gültige CSV-Tabelle.")
            % {"file": name, "line": reader.line_num}
        ) from fault


def _shown(text: str) -> str:
    """The beginning, so that a sentence stays a sentence."""
    printable = "".join(sign if sign.isprintable() else "?" for sign in text[:LONGEST_SHOWN])
    return printable if len(text) <= LONGEST_SHOWN else f"{printable}…"
