import re
import xml.etree.ElementTree as ET

import pytest

from publishing.charts.bars import BarRow, Bars
from publishing.charts.frame import PRINT, SCREEN, Frame, Labels, Medium, Scale
from publishing.charts.intervals import IntervalPlot, IntervalRow
from publishing.charts.palette import FILLS, INK, MUTED, PAPER, heat_colours
from publishing.charts.stacked import Series, StackedBars, StackedRow
from publishing.document import Chart
from publishing.pdf import ROWS_OF_A_CHART
from publishing.tables import Interval, Suppressed
from tests.publishing import samples

LABELS = Labels("chart-1", "Titel <b>", "Beschreibung & mehr", "de")
SVG = "{http://www.w3.org/2000/svg}"
CHARTS: dict[str, Chart] = {
    "intervals": samples.interval_plot(),
    "stacked": samples.stance_bars(),
    "bars": samples.share_bars(),
    "map": samples.district_map(),
}


def drawn(chart: Chart, medium: Medium = SCREEN) -> ET.Element:
    return ET.fromstring(chart.draw(LABELS, medium))  # noqa: S314 our own drawing


@pytest.mark.parametrize("medium", [SCREEN, PRINT], ids=["screen", "print"])
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_drawing_is_named_described_and_free_of_style(chart: Chart, medium: Medium) -> None:
    root = drawn(chart, medium)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-1-title chart-1-desc"
    assert root.findtext(f"{SVG}title") == "Titel <b>"
    assert root.findtext(f"{SVG}desc") == "Beschreibung & mehr"
    assert not [element for element in root.iter() if element.get("style") is not None]
    assert not {f"{SVG}script", f"{SVG}style", f"{SVG}image"} & {element.tag for element in root.iter()}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_screen_drawing_has_no_fixed_width_and_print_has(chart: Chart) -> None:
    assert drawn(chart).get("width") == "100%"
    assert drawn(chart).get("viewBox") is None
    assert drawn(chart, PRINT).get("viewBox", "").startswith("0 0 680 ")


def test_dot_stands_where_the_scale_says() -> None:
    rows = tuple(IntervalRow(str(value), value) for value in (0.0, 25.0, 100.0, 150.0))
    root = drawn(IntervalPlot(rows, Scale(0.0, 100.0), "M", "W"))
    places = [float(circle.get("cx", "").removesuffix("%")) for circle in root.iter(f"{SVG}circle")]
    assert places == [SCREEN.left, pytest.approx(SCREEN.left + (SCREEN.right - SCREEN.left) / 4), *[SCREEN.right] * 2]


def test_pieces_of_a_stack_touch_and_add_up() -> None:
    series = (Series("a", "A", "series-1"), Series("b", "B", "series-2"), Series("c", "C", "series-3"))
    root = drawn(StackedBars(series, (StackedRow("S", (20.0, 0.0, 30.5)),), Scale(0.0, 100.0), "Maßnahme"))
    pieces = [(number(rect, "x"), number(rect, "width")) for rect in root.iter(f"{SVG}rect")]
    assert len(pieces) == 2
    assert pieces[0][0] + pieces[0][1] == pytest.approx(pieces[1][0], abs=0.002)
    assert sum(width for _x, width in pieces) == pytest.approx(0.505 * (SCREEN.right - SCREEN.left), abs=0.002)


def number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "").removesuffix("%"))


def test_a_row_with_a_hidden_value_is_told_and_not_drawn() -> None:
    series = (Series("a", "A", "agree"), Series("b", "B", "disagree"))
    stack = StackedBars(series, (StackedRow("S", (0.7, Suppressed(5))),), Scale(0.0, 1.0, "percent"), "Gruppe")
    bars = Bars((BarRow("S", Suppressed(5), Interval(0.1, 0.2)),), Scale(0.0, 1.0, "percent"), "Gruppe", "Anteil")
    for chart in (stack, bars):
        root = drawn(chart)
        assert not list(root.iter(f"{SVG}rect"))
        assert "<5" in [text.text for text in root.iter(f"{SVG}text")]


def test_stack_refuses_what_cannot_be_stacked() -> None:
    series = (Series("a", "A", "agree"),)
    for values, low in (((0.1, 0.2), 0.0), ((-0.1,), 0.0), ((0.1,), 0.05)):
        with pytest.raises(ValueError, match="none below 0"):
            StackedBars(series, (StackedRow("S", values),), Scale(low, 1.0), "G")


def test_status_changes_the_shape_of_the_mark_not_only_its_colour() -> None:
    shapes = set()
    for status in ("secured", "possible", "not"):
        mark = IntervalPlot((), Scale(0.0, 1.0), "M", "W", ((status, "x"),)).legend()[0].swatch
        root = ET.fromstring(mark)  # noqa: S314 our own drawing
        shapes.add((root[0].tag, root[0].get("stroke") is not None))
    assert len(shapes) == 3


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0.0, 100.0, [0, 25, 50, 75, 100]), (0.0, 1.0, [0, 0.25, 0.5, 0.75, 1]), (-10.0, 10.0, [-10, -5, 0, 5, 10])],
)
def test_ticks_are_round_and_few(low: float, high: float, ticks: list[float]) -> None:
    assert Scale(low, high).ticks() == pytest.approx(ticks)


@pytest.mark.parametrize("high", [0.013, 0.7, 3.0, 17.0, 61.3, 12345.0])
def test_every_scale_has_some_ticks_inside_it(high: float) -> None:
    ticks = Scale(0.0, high).ticks()
    assert 3 <= len(ticks) <= 6
    assert 0 <= min(ticks) <= max(ticks) <= high


def test_scale_refuses_to_have_no_length() -> None:
    with pytest.raises(ValueError, match="no length"):
        Scale(1.0, 1.0)


def test_long_chart_is_cut_into_parts_without_loss() -> None:
    plot = samples.interval_plot()
    parts = plot.parts(4)
    assert [len(part.rows) for part in parts] == [4, 2]
    assert tuple(row for part in parts for row in part.rows) == plot.rows


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_text_in_print_has_enough_contrast() -> None:
    pairs = [*FILLS.values(), *(heat_colours(step) for step in range(1, 6)), (PAPER, INK), (PAPER, MUTED)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_the_longest_picture_of_a_report_fits_on_its_page() -> None:
    frame = Frame(["Wort " * 30] * ROWS_OF_A_CHART, Scale(0.0, 1.0), PRINT)
    millimetres = frame.height * 163 / 680
    assert millimetres < 297 - 26 - 24 - 20  # margins of the page, caption and legend


def test_labels_that_are_too_long_are_cut_with_a_sign() -> None:
    root = drawn(Bars((BarRow("Wort " * 100, 1.0),), Scale(0.0, 2.0), "G", "W"))
    lines = [text.text or "" for text in root.iter(f"{SVG}text") if "Wort" in (text.text or "")]
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(re.fullmatch(r"(Wort ?)+…?", line) for line in lines)
