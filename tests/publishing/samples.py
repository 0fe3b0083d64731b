"""One rich report, written by hand: every kind of block, cell and chart, with texts that try to break out."""

from datetime import date

from publishing.charts.bars import BarRow, Bars
from publishing.charts.district_map import DistrictMap, DistrictValue
from publishing.charts.frame import Scale
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.charts.intervals import IntervalPlot, IntervalRow
from publishing.charts.levels import Steps
from publishing.charts.stacked import Series, StackedBars, StackedRow
from publishing.document import (
    BulletList,
    ChartBlock,
    Document,
    HeatBlock,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    TableBlock,
)
from publishing.tables import Cell, Column, Interval, Suppressed, Table

MEASURES = (
    "Technologie- und Gründerzentren 4.0 („TGZ 4.0“)",
    "Regionale Innovations- und Wertschöpfungsbündnisse",
    "InnoSlam-Touren der sächsischen Hochschulen in den Regionen",
    "Software Service Cloud",
    "Nachhaltigkeitspiloten",
    "Einführung eines Agendaprozesses „Industrie der Zukunft“",
)


def ranking_table() -> Table:
    rows: list[tuple[Cell, ...]] = [
        (1, MEASURES[0], 71.23456789, Interval(68.1, 74.4), Interval(1, 2), 0.9712, 1234, date(2027, 3, 2)),
        (2, MEASURES[1], 68.5, Interval(65.25, 71.75), Interval(1, 4), 0.8125, 1109, date(2027, 3, 3)),
        (3, MEASURES[2], 66.04, Interval(61.9, 70.2), Interval(2, 5), 0.5, 987, None),
        (4, MEASURES[3], 59.99, Interval(55.0, 65.0), Interval(3, 6), 0.25, 640, date(2027, 1, 31)),
        (5, MEASURES[4], -0.04, Interval(-3.5, 3.4), Interval(4, 6), 0.0, Suppressed(5), date(2026, 12, 24)),
        (None, MEASURES[5], None, Suppressed(5), None, Suppressed(None), 12, None),
    ]
    columns = (
        Column("rank", "Rang", "integer"),
        Column("measure", "Maßnahme"),
        Column("score", "Wert", "decimal"),
        Column("interval", "95-%-Intervall", "interval"),
        Column("rank_set", "Mögliche Ränge", "interval", 0),
        Column("p_top", "P(Top 3)", "percent"),
        Column("raters", "Bewertende", "integer"),
        Column("last", "Letzte Bewertung", "date"),
    )
    notes = ("Werte von 0 bis 100; gleiche Stimme je Akteursgruppe.",)
    return Table("ranking", "Rangfolge der Maßnahmen", columns, tuple(rows), notes, "Rangfolge", "measure", True)


def heat_table() -> Table:
    districts = ("Chemnitz", "Dresden", "Leipzig", "Bautzen", "Görlitz", "Meißen", "Zwickau")
    columns = [Column("measure", "Maßnahme")]
    columns += [
        Column(f"d{number}", district, "decimal", heat=(0.0, 100.0)) for number, district in enumerate(districts)
    ]
    rows: list[tuple[Cell, ...]] = []
    for place, measure in enumerate(MEASURES):
        values: list[Cell] = [round((place * 37 + number * 23) % 101 + 0.3, 1) for number in range(7)]
        values[place] = Suppressed(5)
        rows.append((measure, *values))
    return Table("districts", "Passfähigkeit nach Kreis", tuple(columns), tuple(rows))


def interval_plot() -> IntervalPlot:
    rows = (
        IntervalRow(MEASURES[0], 71.23456789, Interval(68.1, 74.4), Interval(1, 2), "secured"),
        IntervalRow(MEASURES[1], 68.5, Interval(65.25, 71.75), Interval(1, 4), "possible"),
        IntervalRow(MEASURES[2], 66.04, Interval(61.9, 70.2), Interval(2, 5), "possible"),
        IntervalRow(MEASURES[3], 59.99, Interval(55.0, 65.0), Interval(3, 6), "not"),
        IntervalRow(MEASURES[4], 12.5, Interval(3.5, 23.4), Interval(5, 5), "not"),
        IntervalRow(MEASURES[5], None),
    )
    labels = (("secured", "gesichert"), ("possible", "möglich"), ("not", "nicht unter den ersten drei"))
    return IntervalPlot(rows, Scale(0.0, 100.0), "Maßnahme", "Wert", labels)  # type: ignore[arg-type]


def stance_bars() -> StackedBars:
    series = (
        Series("agree", "Zustimmung", "agree"),
        Series("neutral", "neutral", "neutral"),
        Series("disagree", "Ablehnung", "disagree"),
        Series("pass", "weiß nicht", "pass"),
    )
    rows = (
        StackedRow("Sächsische Industrieunternehmen", (0.62, 0.11, 0.22, 0.05), "371"),
        StackedRow("Industrie- und Handelskammern", (0.3, 0.25, 0.45, 0.0), "72"),
        StackedRow("Zivilgesellschaftliche Interessengruppen", (Suppressed(5), Suppressed(5), None, None), "<5"),
    )
    return StackedBars(series, rows, Scale(0.0, 1.0, "percent"), "Akteursgruppe", "Stimmen")


def share_bars() -> Bars:
    rows = (
        BarRow("Sächsische Industrieunternehmen", 0.4567, Interval(0.4012, 0.5131)),
        BarRow("Bildungs- und Forschungseinrichtungen", 0.3333, Interval(0.2101, 0.4844)),
        BarRow("Förder- und Beratungsstellen", Suppressed(5)),
        BarRow("Politische Institutionen und Behörden", None),
    )
    return Bars(rows, Scale(0.0, 1.0, "percent"), "Akteursgruppe", "Zustimmung")


DISTRICTS = (
    ("14511000", "Chemnitz, Stadt"),
    ("14521000", "Erzgebirgskreis"),
    ("14522000", "Mittelsachsen"),
    ("14523000", "Vogtlandkreis"),
    ("14524000", "Zwickau"),
    ("14612000", "Dresden, Stadt"),
    ("14625000", "Bautzen"),
    ("14626000", "Görlitz"),
    ("14627000", "Meißen"),
    ("14628000", "Sächsische Schweiz-Osterzgebirge"),
    ("14713000", "Leipzig, Stadt"),
    ("14729000", "Leipzig (Landkreis)"),
    ("14730000", "Nordsachsen"),
    ("00000000", "außerhalb Sachsens"),
)
GROUPS = (
    "Sächsische Industrieunternehmen",
    "Industrienahe Dienstleister",
    "Kultur- und Kreativwirtschaft, Handwerk und andere Wirtschaftszweige",
    "Verbände und Gewerkschaften",
    "Bildungs- und Forschungseinrichtungen",
    "Industrie- und Handelskammern",
    "Zivilgesellschaftliche Interessengruppen",
    "Förder- und Beratungsstellen",
    "Politische Institutionen und Behörden",
    "Sächsische und externe Expertinnen und Experten",
)


def district_map(url: str = "") -> DistrictMap:
    """Fit from 0 to 100 by district: Bautzen is hidden, Meißen is unknown, and one lies outside Saxony."""
    steps = Steps((0, 20, 40, 60, 80), "decimal")
    values: list[float | Suppressed | None] = [round(place * 37.7 % 100, 1) for place in range(len(DISTRICTS))]
    values[6], values[8] = Suppressed(5), None
    rows = tuple(
        DistrictValue(key, name, value, steps.level(value), url and f"{url}?kreis={key}")
        for (key, name), value in zip(DISTRICTS, values, strict=True)
    )
    return DistrictMap(rows, steps.labels("de"), "Kreis", "Passfähigkeit", "decimal", 1)


def coverage(url: str = "") -> HeatTable:
    """Ten groups by fourteen districts, with sums; two cells are hidden and so is what would tell them."""
    steps = Steps((1, 5, 10, 20))
    counts: list[list[int | Suppressed]] = [
        [(place * 7 + number * 5) % 31 * ((place + number) % 3 > 0) for number in range(len(DISTRICTS))]
        for place in range(len(GROUPS))
    ]
    counts[2][3], counts[2][4] = Suppressed(5), Suppressed(None)
    rows = tuple(
        HeatRow(
            group,
            tuple(
                HeatCell(count, steps.level(count), url and f"{url}?g={place}&k={number}")
                for number, count in enumerate(row)
            ),
            sum(count for count in row if isinstance(count, int)),
        )
        for place, (group, row) in enumerate(zip(GROUPS, counts, strict=True))
    )
    sums = [sum(count for count in column if isinstance(count, int)) for column in zip(*counts, strict=True)]
    foot = HeatRow("Summe", tuple(HeatCell(total) for total in sums), sum(sums))
    columns = tuple(HeatColumn(f"d{key}", name) for key, name in DISTRICTS)
    return HeatTable(
        "coverage", "Beteiligte nach Akteursgruppe und Kreis", "Akteursgruppe", columns, rows, steps.labels("de"),
        total_label="Summe", foot=foot, notes=("Stand: 2. März 2027.",),
    )  # fmt: skip


def key_figures() -> KeyFigures:
    figures = (
        KeyFigure("raters", "Bewertende", 12345),
        KeyFigure("ratings", "Bewertungen", 1234567),
        KeyFigure("agreement", "Einigkeit (Kendall W)", 0.6125, "decimal", 2),
        KeyFigure("coverage", "Beteiligung", 0.1234, "percent", 1),
    )
    return KeyFigures("participation", "Beteiligung", figures)


def map_section() -> Section:
    return Section(
        "Karte",
        "karte",
        (
            ChartBlock("map", "Passfähigkeit nach Kreis", "Leipzig liegt vorn, Chemnitz hinten.", district_map()),
            HeatBlock(coverage()),
        ),
    )


def sample_document(language: str = "de") -> Document:
    return Document(
        title="Priorisierung der Maßnahmen, Runde 1",
        subtitle="Bericht an das Staatsministerium",
        language=language,
        date=date(2027, 3, 9),
        publisher="Projektbüro ZukunftsWerkstatt INDUSTRIE",
        meta=(("Fassung", "1.2"), ("Prüfsumme", "sha256:3f786850e387550fdab836ed7e6dc881de23001b")),
        sections=(
            Section(
                "Ergebnis",
                "ergebnis",
                (
                    Paragraph("Zwei Maßnahmen stehen mit großer Sicherheit unter den ersten drei.", lead=True),
                    key_figures(),
                    Paragraph("Alle Angaben beruhen auf Bewertungen, die bis zum 2. März 2027 eingegangen sind."),
                    BulletList(("Gesichert: TGZ 4.0", "Möglich: Regionale Bündnisse", "50 % & mehr <offen>")),
                    Note("Ränge ohne Spannweite täuschen Genauigkeit vor.", "So lesen Sie diesen Bericht"),
                ),
            ),
            Section(
                "Rangfolge",
                "rangfolge",
                (
                    ChartBlock(
                        "plot",
                        "Wert und mögliche Ränge je Maßnahme",
                        "TGZ 4.0 liegt vorn; die Intervalle der nächsten beiden überlappen sich.",
                        interval_plot(),
                        "ranking",
                    ),
                    TableBlock(ranking_table()),
                ),
            ),
            Section("Gruppen", "gruppen", ()),
            Section(
                "Haltungen",
                "haltungen",
                (
                    ChartBlock("stances", "Haltung nach Gruppe", "Industrie stimmt zu, Kammern nicht.", stance_bars()),
                    ChartBlock("shares", "Zustimmung nach Gruppe", "46 % bei der Industrie.", share_bars()),
                ),
                level=3,
            ),
            Section("Kreise", "kreise", (TableBlock(heat_table()), Note("Kleine Zahlen.", tone="warning"))),
            map_section(),
        ),
    )
