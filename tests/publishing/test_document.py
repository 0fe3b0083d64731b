from dataclasses import replace
from datetime import date

import pytest

from publishing.document import ChartBlock, Document, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Interval, Kind, Suppressed, Table, flat_columns, flat_rows
from tests.publishing import samples


def small_table(cell: Cell, kind: Kind) -> Table:
    return Table("t", "T", (Column("name", "Name"), Column("value", "Wert", kind)), (("a", cell),))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("1", "integer"), (1.5, "integer"), (True, "integer"), ("x", "decimal"), (3, "text"), (0.5, "interval")],
)
def test_table_refuses_a_cell_of_another_kind(cell: Cell, kind: Kind) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        small_table(cell, kind)


@pytest.mark.parametrize("kind", ["text", "integer", "decimal", "percent", "interval", "percent_interval", "date"])
def test_every_kind_of_column_may_hold_nothing_or_a_hidden_value(kind: Kind) -> None:
    for cell in (None, Suppressed(5)):
        assert small_table(cell, kind).rows[0][1] == cell


def test_table_refuses_short_rows_and_doubled_or_strange_keys() -> None:
    with pytest.raises(ValueError, match="a row of 1 cells"):
        Table("t", "T", (Column("a", "A"), Column("b", "B")), (("x",),))
    with pytest.raises(ValueError, match="different keys"):
        Table("t", "T", (Column("a", "A"), Column("a", "B")), ())
    with pytest.raises(ValueError, match="lower case"):
        Table('t"><script>', "T", (Column("a", "A"),), ())
    with pytest.raises(ValueError, match="no column"):
        Table("t", "T", (Column("a", "A"),), (), row_header="b")


def test_interval_refuses_to_run_backwards() -> None:
    with pytest.raises(ValueError, match="no inside"):
        Interval(2.0, 1.0)
    with pytest.raises(ValueError, match="no inside"):
        Interval(float("nan"), 1.0)


def test_flat_form_splits_intervals_and_hides_both_ends() -> None:
    table = Table("t", "T", (Column("ranks", "Ränge", "interval", 0),), ((Interval(1, 3),), (None,), (Suppressed(5),)))
    assert [column.key for column in flat_columns(table)] == ["ranks_low", "ranks_high"]
    assert list(flat_rows(table)) == [(1, 3), (None, None), (Suppressed(5), Suppressed(5))]


def test_document_lists_its_tables_in_reading_order() -> None:
    document = samples.sample_document()
    assert [table.key for table in document.tables()] == [
        "participation",
        "ranking",
        "stances",
        "shares",
        "districts",
        "map",
        "coverage",
    ]
    main = document.main_table()
    assert main is not None
    assert main.key == "ranking"


def test_document_refuses_doubled_anchors_lost_references_and_skipped_levels() -> None:
    document = samples.sample_document()
    with pytest.raises(ValueError, match="more than once"):
        replace(document, sections=(*document.sections, document.sections[0]))
    chart = ChartBlock("c", "C", "alt", samples.share_bars(), "nowhere")
    with pytest.raises(ValueError, match="not there"):
        Document("T", "de", date(2027, 1, 1), (Section("S", "s", (chart,)),))
    with pytest.raises(ValueError, match="skips a level"):
        Document("T", "de", date(2027, 1, 1), (Section("S", "s", (), 3),))


def test_chart_refuses_to_be_without_words() -> None:
    with pytest.raises(ValueError, match="do not see it"):
        ChartBlock("c", "C", "  ", samples.share_bars())


def test_main_table_falls_back_to_the_first_and_may_be_missing() -> None:
    section = Section("S", "s", (Paragraph("x"), TableBlock(samples.heat_table())))
    with_table = Document("T", "de", date(2027, 1, 1), (section,))
    main = with_table.main_table()
    assert main is not None
    assert main.key == "districts"
    assert Document("T", "de", date(2027, 1, 1), ()).main_table() is None
