from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.charts import palette
from publishing.charts.svg import element


@dataclass(frozen=True, slots=True)
class LegendItem:
    """`swatch` is a small SVG without a name: the label beside it says everything."""

    label: str
    swatch: SafeString


def swatch(mark: SafeString) -> SafeString:
    return element(
        "svg",
        mark,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart-swatch",
        aria_hidden="true",
        width=18,
        height=14,
        viewBox="0 0 18 14",
    )


def filled(label: str, tone: palette.Tone) -> LegendItem:
    fill, _text = palette.FILLS[tone]
    return LegendItem(
        label, swatch(element("rect", x=1, y=1, width=16, height=12, fill=fill, class_=f"chart-fill tone-{tone}"))
    )
