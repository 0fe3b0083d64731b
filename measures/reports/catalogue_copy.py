"""The whole catalogue as a table that can be edited in a spreadsheet and taken over again."""

from collections.abc import Iterable

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from measures.domain.catalogue_columns import COLUMNS
from measures.domain.catalogue_file import SHEET
from measures.models import Measure
from publishing.csv_file import table_csv
from publishing.document import Document, Paragraph, Section, TableBlock
from publishing.tables import Column, Table
from publishing.xlsx import LONGEST_TEXT, document_xlsx
from stakeholders.domain.refusal import Refusal


def catalogue_table() -> Table:
    """In the order of the catalogue. Four queries however many measures there are."""
    rows = Measure.objects.select_related("field_of_action").prefetch_related("topics", "districts", "related")
    return _table(rows.defer("search", "search_text"))


def catalogue_csv() -> bytes:
    return table_csv(catalogue_table())


def catalogue_xlsx() -> bytes:
    """With a first sheet that explains the columns. Raises Refusal when a text would have to be cut."""
    table = catalogue_table()
    too_long = [str(row[0]) for row in table.rows if any(len(str(cell)) > LONGEST_TEXT for cell in row)]
    if too_long:
        raise Refusal(
            _("Ein Text von „%(measure)s“ ist zu lang für eine Arbeitsmappe. Bitte laden Sie die CSV-Datei herunter.")
            % {"measure": too_long[0]}
        )
    with translation.override("de"):
        document = Document(
            title=_("Katalog der Maßnahmen"),
            language="de",
            date=timezone.localdate(),
            sections=(
                Section(_("Spalten"), "spalten", tuple(Paragraph(f"{it.label}: {it.meaning}") for it in COLUMNS)),
                Section(SHEET, "massnahmen", (TableBlock(table),)),
            ),
        )
    return document_xlsx(document)


def _table(measures: Iterable[Measure]) -> Table:
    columns = tuple(Column(column.key, column.label) for column in COLUMNS)
    rows = tuple(tuple(column.stored(measure) for column in COLUMNS) for measure in measures)
    return Table("catalogue", SHEET, columns, rows, name=SHEET)
