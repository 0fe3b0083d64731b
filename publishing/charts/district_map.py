"""Saxony's thirteen districts as a map: a tint and a figure for each, and a chip for what lies on no map.

The shapes come from the federal agency for cartography (docs/dependencies.md) and are never shown without its name.
Places are shares of the picture in percent, so that the map fills its column while its letters keep their size.
"""

import json
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString

from publishing.charts import palette
from publishing.charts.frame import FONT, Labels, Medium, percent, written
from publishing.charts.legend import LegendItem
from publishing.charts.levels import (
    Shade,
    colours,
    hatch_line,
    level_items,
    require_level,
    require_own_address,
    shade,
)
from publishing.charts.svg import Attribute, element, group
from publishing.tables import Cell, Column, Kind, Table, cell_text

CREDIT = "© GeoBasis-DE / BKG (Daten verändert)"
SHAPES = Path(__file__).resolve().parent / "districts_of_saxony.json"
# Room for the credit below the shapes, in units of the map; `.district-map` has the same ratio of width and height.
ROOM_BELOW = 55
CHIP_WIDTH, CHIP_HEIGHT, CHIP_BOTTOM = 156, 46, 24
CHIP_LETTERS = 22


@dataclass(frozen=True, slots=True)
class Shape:
    """`x` and `y` are a point well inside; `short` is the name as it fits onto the map."""

    path: str
    short: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DistrictValue:
    """`key` is the official key of eight digits; a key without a shape (outside Saxony) becomes a chip.

    `level` 0 to 5 chooses the tint and is an index of the labels of the map; `url` is an address of this site.
    """

    key: str
    name: str
    value: Cell
    level: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """`levels` are the labels of the legend, level 0 first, an empty one is not listed; `kind` and `decimals` say how
    the figures are written. A district that has no row is drawn as one without a value. Raises ValueError for a key
    given twice, a level without a label, and an address that leads elsewhere."""

    rows: tuple[DistrictValue, ...]
    levels: tuple[str, ...]
    row_label: str
    value_label: str
    kind: Kind = "integer"
    decimals: int = 0

    def __post_init__(self) -> None:
        if len({row.key for row in self.rows}) < len(self.rows):
            raise ValueError("A district stands on the map twice")
        for row in self.rows:
            require_level(row.level, self.levels)
            require_own_address(row.url)

    def table(self, key: str, caption: str) -> Table:
        columns = (Column("district", self.row_label), self._column())
        return Table(key, caption, columns, tuple((row.name, row.value) for row in self.rows))

    def parts(self, _rows: int) -> tuple["DistrictMap", ...]:
        """A map is one picture on paper too."""
        return (self,)

    def legend(self) -> tuple[LegendItem, ...]:
        missing = shapes().keys() - {row.key for row in self.rows}
        shades: list[Shade] = ["none"] if missing else []
        return level_items(self.levels, [*shades, *(shade(row.value, row.level) for row in self.rows)])

    def draw(self, labels: Labels, medium: Medium) -> SafeString:
        """With addresses a group of links on the page, else one picture; letters lie above all shapes."""
        linked = medium.width is None and any(row.url for row in self.rows)
        texts = {row.key: cell_text(row.value, self._column(), labels.language) for row in self.rows}
        placed = [row for row in self.rows if row.key in shapes()]
        chips = [row for row in self.rows if row.key not in shapes()]
        hatch = f"{labels.identifier}-hatch"
        ground = (_outline(shape) for key, shape in shapes().items() if key not in texts)
        return _picture(
            labels,
            medium,
            "group" if linked else "img",
            element("defs", _hatch(hatch)),
            _field(*ground, *(_area(row, texts[row.key], hatch, linked=linked) for row in placed)),
            *(_chip(row, place, texts[row.key], hatch, linked=linked) for place, row in enumerate(chips)),
            element(
                "g",
                *(_letters(row, texts[row.key]) for row in placed),
                *(_chip_letters(row, place, texts[row.key]) for place, row in enumerate(chips)),
                written(CREDIT, muted=True, x="0", y="100%", dy=-5, font_size=12),
                class_="map-letters",
                aria_hidden="true" if linked else None,
            ),
        )

    def _column(self) -> Column:
        return Column("value", self.value_label, self.kind, self.decimals)


@lru_cache
def shapes() -> dict[str, Shape]:
    """The outlines by official key, in the coordinates of the map."""
    districts: dict[str, dict[str, Any]] = _source()["districts"]
    return {key: Shape(found["path"], found["short"], *found["label"]) for key, found in districts.items()}


@lru_cache
def size() -> tuple[int, int]:
    """Width and height in the coordinates of the map, with room for the credit."""
    return int(_source()["width"]), int(_source()["height"]) + ROOM_BELOW


def _source() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return content


def _picture(labels: Labels, medium: Medium, role: str, *parts: SafeString) -> SafeString:
    name, story = f"{labels.identifier}-title", f"{labels.identifier}-desc"
    width, height = size()
    print_height = None if medium.width is None else round(medium.width * height / width)
    return element(
        "svg",
        element("title", labels.title, id=name),
        element("desc", labels.description, id=story),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="drawing district-map",
        role=role,
        aria_labelledby=name if role == "group" else f"{name} {story}",
        aria_describedby=story if role == "group" else None,
        lang=labels.language,
        width="100%" if medium.width is None else medium.width,
        height=print_height or 400,
        viewBox=None if medium.width is None else f"0 0 {medium.width} {print_height}",
        font_family=FONT,
        font_size=medium.font_size,
    )


def _field(*areas: SafeString) -> SafeString:
    width, height = size()
    return element("svg", *areas, role="presentation", width="100%", height="100%", viewBox=f"0 0 {width} {height}")


def _hatch(identifier: str) -> SafeString:
    line = hatch_line(x1=0, y1=0, x2=0, y2=8)
    box = {"width": 8.0, "height": 8.0}
    ground = element("rect", fill=palette.PAPER, class_="hatch-ground", **box)
    return element(
        "pattern", ground, line, id=identifier, patternUnits="userSpaceOnUse", patternTransform="rotate(40)", **box
    )


def _outline(shape: Shape) -> SafeString:
    return _tinted("path", "none", "", d=shape.path)


def _area(row: DistrictValue, text: str, hatch: str, *, linked: bool) -> SafeString:
    path = _tinted("path", shade(row.value, row.level), hatch, d=shapes()[row.key].path)
    return _named(row, text, path, linked=linked)


def _chip(row: DistrictValue, place: int, text: str, hatch: str, *, linked: bool) -> SafeString:
    box = _tinted(
        "rect", shade(row.value, row.level), hatch, x="100%", y="100%", width=CHIP_WIDTH, height=CHIP_HEIGHT, rx=4,
        transform=f"translate({-CHIP_WIDTH - 2} {-_chip_top(place)})",
    )  # fmt: skip
    return _named(row, text, box, linked=linked)


def _chip_top(place: int) -> int:
    """Pixels above the lower edge of the picture."""
    return CHIP_BOTTOM + CHIP_HEIGHT + place * (CHIP_HEIGHT + 6)


def _tinted(name: str, tint: Shade, hatch: str, **place: Attribute) -> SafeString:
    """The class `heat-hidden` has no colour of its own on a shape: the hatch is an attribute, with its own number."""
    fill = f"url(#{hatch})" if tint == "hidden" else colours(tint)[0]
    return element(
        name, fill=fill, stroke=palette.INK, stroke_width=1.5, stroke_linejoin="round",
        class_=f"level-shape heat-{tint}", **place,
    )  # fmt: skip


def _named(row: DistrictValue, text: str, mark: SafeString, *, linked: bool) -> SafeString:
    title = element("title", f"{row.name}: {text}")
    if linked and row.url:
        return element("a", title, mark, href=row.url, class_="map-link")
    return element("g", title, mark, role="img" if linked else None)


def _letters(row: DistrictValue, text: str) -> SafeString:
    """The name is for wide maps and goes on narrow ones; the figure stays."""
    shape, (width, height) = shapes()[row.key], size()
    x, y = percent(100 * shape.x / width), percent(100 * shape.y / height)
    tint = shade(row.value, row.level)
    return group(
        [
            _letter(shape.short, tint, "map-name", x=x, y=y, dy=-5, text_anchor="middle", font_size=12),
            _letter(text, tint, "map-value", x=x, y=y, dy=10, text_anchor="middle", font_weight=600),
        ]
    )


def _chip_letters(row: DistrictValue, place: int, text: str) -> SafeString:
    tint, middle, top = shade(row.value, row.level), -CHIP_WIDTH / 2 - 2, _chip_top(place)
    here: dict[str, Attribute] = {"x": "100%", "y": "100%", "dx": middle, "text_anchor": "middle"}
    name = textwrap.shorten(row.name, CHIP_LETTERS, placeholder=" …")
    return group(
        [
            _letter(name, tint, "chip-name", dy=18 - top, **here),
            _letter(text, tint, "map-value", dy=37 - top, font_weight=600, **here),
        ]
    )


def _letter(text: str, tint: Shade, name: str, **place: Attribute) -> SafeString:
    """The halo has the colour of the shape and keeps figures readable that reach over a border."""
    ground, ink = colours(tint)
    return element(
        "text",
        text,
        fill=ink,
        stroke=ground,
        stroke_width=3,
        paint_order="stroke",
        class_=f"{name} heat-{tint}",
        **place,
    )
