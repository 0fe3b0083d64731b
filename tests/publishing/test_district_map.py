import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from publishing.charts.district_map import CREDIT, DistrictMap, DistrictValue, shapes, size
from publishing.charts.frame import PRINT, SCREEN, Labels, Medium
from publishing.tables import Suppressed
from tests.publishing import samples

SVG = "{http://www.w3.org/2000/svg}"
LABELS = Labels("chart-map", "Karte", "Was zu sehen ist", "de")
Point = tuple[int, int]


def drawn(chart: DistrictMap, medium: Medium = SCREEN) -> ET.Element:
    return ET.fromstring(chart.draw(LABELS, medium))  # noqa: S314 our own drawing


def one(value: float | Suppressed | None, level: int | None, url: str = "") -> DistrictMap:
    return DistrictMap((DistrictValue("14612000", "Dresden", value, level, url),), ("0", "1 bis 4", "ab 5"), "K", "N")


def ring(path: str) -> list[Point]:
    """The corners of a path that is one ring: `M x y l dx dy ... z`."""
    start, steps = path.removesuffix("z").split("l")
    x, y = (int(number) for number in start[1:].split())
    corners = [(x, y)]
    numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        corners.append((x, y))
    return corners


def edges(corners: list[Point]) -> list[tuple[Point, Point]]:
    return list(zip(corners, corners[1:] + corners[:1], strict=True))


def area(corners: list[Point]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in edges(corners))) / 2


def holds(corners: list[Point], x: float, y: float) -> bool:
    crossed = [
        x < (bx - ax) * (y - ay) / (by - ay) + ax for (ax, ay), (bx, by) in edges(corners) if (ay > y) != (by > y)
    ]
    return sum(crossed) % 2 == 1


def test_the_thirteen_districts_are_there_and_fit_the_picture() -> None:
    assert set(shapes()) == {key for key, _name in samples.DISTRICTS} - {"00000000"}
    width, height = size()
    for shape in shapes().values():
        assert all(0 <= x <= width and 0 <= y <= height for x, y in ring(shape.path))


def test_neighbours_share_their_border_point_by_point() -> None:
    """An edge belongs to two districts or to the rim; the rim is closed and holds exactly the sum of the areas."""
    rings = [ring(shape.path) for shape in shapes().values()]
    counts = Counter(frozenset(edge) for corners in rings for edge in edges(corners))
    assert set(counts.values()) == {1, 2}
    rim = {start: end for corners in rings for start, end in edges(corners) if counts[frozenset((start, end))] == 1}
    walk = [next(iter(rim))]
    while (following := rim[walk[-1]]) != walk[0]:
        walk.append(following)
    assert len(walk) == sum(count == 1 for count in counts.values())
    assert area(walk) == sum(map(area, rings))


def test_figures_stand_inside_their_district() -> None:
    for shape in shapes().values():
        assert holds(ring(shape.path), shape.x, shape.y), shape.short


def test_the_largest_district_is_bautzen_and_the_smallest_chemnitz() -> None:
    sizes = {key: area(ring(shape.path)) for key, shape in shapes().items()}
    assert max(sizes, key=sizes.__getitem__) == "14625000"
    assert min(sizes, key=sizes.__getitem__) == "14511000"
    # 2395.6 and 221.1 square kilometres according to the statistical office of Saxony.
    assert sizes["14625000"] / sizes["14511000"] == pytest.approx(2395.6 / 221.1, rel=0.02)


@pytest.mark.parametrize("medium", [SCREEN, PRINT], ids=["screen", "print"])
def test_every_map_names_the_source_of_its_shapes(medium: Medium) -> None:
    for chart in (samples.district_map(), samples.district_map("/karte/"), replace(samples.district_map(), rows=())):
        assert CREDIT in [text.text for text in drawn(chart, medium).iter(f"{SVG}text")]


def test_map_without_addresses_is_one_named_picture() -> None:
    root = drawn(samples.district_map())
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-map-title chart-map-desc"
    assert not list(root.iter(f"{SVG}a"))


def test_map_with_addresses_is_a_group_of_named_links() -> None:
    root = drawn(samples.district_map("/karte/"))
    assert (root.get("role"), root.get("aria-labelledby")) == ("group", "chart-map-title")
    assert root.get("aria-describedby") == "chart-map-desc"
    links = {link.get("href"): link.findtext(f"{SVG}title") for link in root.iter(f"{SVG}a")}
    assert len(links) == 14
    assert links["/karte/?kreis=14511000"] == "Chemnitz, Stadt: 0,0"
    assert links["/karte/?kreis=14625000"] == "Bautzen: <5"
    assert links["/karte/?kreis=00000000"] == "außerhalb Sachsens: 90,1"


def test_print_has_no_links_and_a_fixed_size() -> None:
    root = drawn(samples.district_map("/karte/"), PRINT)
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 680 544"
    assert not list(root.iter(f"{SVG}a"))


def test_what_lies_on_no_map_becomes_a_chip() -> None:
    root = drawn(samples.district_map())
    chips = [rect for rect in root.iter(f"{SVG}rect") if "level-shape" in rect.get("class", "")]
    assert [chip.get("class") for chip in chips] == ["level-shape heat-5"]
    assert "außerhalb Sachsens" in [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("value", "level", "tint", "text"),
    [
        (0, 0, "heat-0", "0"),
        (7, 2, "heat-2", "7"),
        (Suppressed(5), None, "heat-hidden", "<5"),
        (None, None, "heat-none", "–"),
    ],
)
def test_every_figure_is_printed_and_the_tint_follows_the_level(
    value: int | Suppressed | None, level: int | None, tint: str, text: str
) -> None:
    root = drawn(one(value, level))
    figure = next(letter for letter in root.iter(f"{SVG}text") if "map-value" in letter.get("class", ""))
    assert (figure.text, figure.get("class")) == (text, f"map-value {tint}")
    classes = Counter(path.get("class") for path in root.iter(f"{SVG}path"))
    assert classes == Counter({"level-shape heat-none": 12}) + Counter({f"level-shape {tint}": 1})


def test_a_hidden_value_is_hatched_by_a_pattern_of_this_drawing() -> None:
    root = drawn(one(Suppressed(5), None))
    pattern = next(root.iter(f"{SVG}pattern")).get("id")
    assert [path.get("fill") for path in root.iter(f"{SVG}path")].count(f"url(#{pattern})") == 1


def test_legend_lists_levels_with_a_label_and_the_signs_that_occur() -> None:
    full = [item.label for item in samples.district_map().legend()]
    assert full[0] == "0 bis unter 20"
    assert full[-2:] == ["nicht gezeigt, zu wenige Personen", "keine Angabe"]
    rows = tuple(DistrictValue(key, key, 1, 1) for key in shapes())
    assert [item.label for item in DistrictMap(rows, ("0", "ab 1"), "K", "N").legend()] == ["0", "ab 1"]


def test_map_refuses_what_it_cannot_draw() -> None:
    row = DistrictValue("14612000", "Dresden", 1, 1)
    with pytest.raises(ValueError, match="twice"):
        DistrictMap((row, row), ("0", "ab 1"), "K", "N")
    for level in (-1, 3):
        with pytest.raises(ValueError, match="not one of the 3"):
            one(1, level)
    with pytest.raises(ValueError, match="tints for 5"):
        DistrictMap((row,), ("",) * 7, "K", "N")
    for url in ("javascript:alert(1)", "https://example.org/", "//example.org/", "/\\example.org"):
        with pytest.raises(ValueError, match="leads away"):
            one(1, 1, url)


def test_style_sheet_gives_the_map_the_shape_of_its_coordinates() -> None:
    path = finders.find("publishing/document.css")
    assert isinstance(path, str)
    sheet = Path(path).read_text(encoding="utf-8")
    ratio = re.search(r"\.district-map {[^}]*aspect-ratio: (\d+) / (\d+)", sheet)
    assert ratio is not None
    assert (int(ratio[1]), int(ratio[2])) == size()
