"""The dry run of a list of contacts as rows to show and as a file, and the empty list to start from."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

from publishing.csv_file import FORMULA_STARTS
from stakeholders.domain.contact_check import Outcome
from stakeholders.domain.contact_columns import COLUMNS, label
from stakeholders.models import ContactImport

TONES = {
    Outcome.CREATED: "success",
    Outcome.MATCHED: "info",
    Outcome.UNCHANGED: "neutral",
    Outcome.REFUSED: "danger",
}


@dataclass(frozen=True)
class Line:
    """One row of the list: its number in the file, whom it names, what would happen and why."""

    number: int
    name: str
    email: str
    outcome: Outcome
    sentences: list[str]

    @property
    def label(self) -> str:
        return str(self.outcome.label)

    @property
    def tone(self) -> str:
        return TONES[self.outcome]


def lines(contact_import: ContactImport, outcome: str = "") -> list[Line]:
    """All of them, or only those with one outcome."""
    pairs = zip(contact_import.rows, contact_import.outcomes, strict=True)
    return [_line(row["values"], told) for row, told in pairs if outcome in ("", told["outcome"])]


def result_csv(contact_import: ContactImport) -> bytes:
    """For the spreadsheet of the office: semicolons and a byte order mark, as German Excel expects; every value of the
    file, then what would happen."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    keys = [column.key for column in COLUMNS]
    writer.writerow([_("Zeile"), *(label(key) for key in keys), _("Ergebnis"), _("Bemerkungen")])
    for row, told in zip(contact_import.rows, contact_import.outcomes, strict=True):
        line = _line(row["values"], told)
        values = [row["values"].get(key, "") for key in keys]
        writer.writerow([line.number, *map(_harmless, values), line.label, _harmless(" ".join(line.sentences))])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def template_csv() -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(_template())
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def template_xlsx() -> bytes:
    """Every cell is text, so that no program turns a day or a key into a number."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Kontakte")
        sheet.set_column(0, len(COLUMNS) - 1, 22, book.add_format({"num_format": "@"}))
        for number, row in enumerate(_template()):
            sheet.write_row(number, 0, row, book.add_format({"bold": number == 0, "num_format": "@"}))
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _template() -> Iterable[list[str]]:
    """A header and one invented person."""
    return [[column.label for column in COLUMNS], [column.example for column in COLUMNS]]


def _line(values: dict[str, str], told: dict[str, object]) -> Line:
    reasons, remarks = told["reasons"], told["remarks"]
    assert isinstance(reasons, list)  # noqa: S101  (tells the type)
    assert isinstance(remarks, list)  # noqa: S101
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    return Line(
        number=int(str(told["line"])),
        name=name or _("ohne Namen"),
        email=values.get("email", ""),
        outcome=Outcome(str(told["outcome"])),
        sentences=[*reasons, *remarks],
    )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
