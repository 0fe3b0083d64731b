"""Colours that print carries as attributes; the page overrides them by class for dark and forced colours.

No chart tells by colour alone: marks differ in shape, segments are ordered, labelled and listed in a legend.
"""

from typing import Literal

INK = "#14172b"
MUTED = "#545977"
LINE = "#d3d7e4"
PAPER = "#ffffff"
GREEN = "#0b6b4b"
BAND = "#b9dccd"
GREY = "#8a90ab"

Tone = Literal[
    "secured", "possible", "not", "plain", "agree", "neutral", "disagree", "pass",
    "series-1", "series-2", "series-3", "series-4", "series-5",
    "series-6", "series-7", "series-8", "series-9", "series-10",
]  # fmt: skip

# Fill, and the colour of text that stands on it.
FILLS: dict[Tone, tuple[str, str]] = {
    "secured": (GREEN, PAPER),
    "possible": (GREEN, PAPER),
    "not": (GREY, INK),
    "plain": (GREEN, PAPER),
    "agree": (GREEN, PAPER),
    "neutral": ("#aab1c9", INK),
    "disagree": ("#a8501b", PAPER),
    "pass": ("#dde1ed", INK),
    "series-1": (GREEN, PAPER),
    "series-2": ("#8cc7b0", INK),
    "series-3": ("#2f4b8f", PAPER),
    "series-4": ("#a9bbe6", INK),
    "series-5": ("#a8501b", PAPER),
    "series-6": ("#f0b98f", INK),
    "series-7": ("#6b3f7d", PAPER),
    "series-8": ("#d3b3df", INK),
    "series-9": ("#545977", PAPER),
    "series-10": ("#c9cede", INK),
}

SERIES: tuple[Tone, ...] = (
    "series-1", "series-2", "series-3", "series-4", "series-5",
    "series-6", "series-7", "series-8", "series-9", "series-10",
)  # fmt: skip
PALEST, STRONGEST = (238, 246, 242), (11, 107, 75)


HEAT_STEPS = 5


def heat_step(value: float, heat: tuple[float, float]) -> int:
    """The shade of a cell, 1 (palest) to 5 (strongest), for a value between the two ends of `heat`."""
    palest, strongest = heat
    share = (value - palest) / (strongest - palest) if strongest != palest else 0.0
    return min(int(max(share, 0.0) * HEAT_STEPS), HEAT_STEPS - 1) + 1


def heat_colours(step: int) -> tuple[str, str]:
    """Fill and text colour of a shade in print; the text keeps at least 4.5:1."""
    share = (step - 1) / (HEAT_STEPS - 1)
    parts = (round(pale + (strong - pale) * share) for pale, strong in zip(PALEST, STRONGEST, strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts), INK if share < 0.8 else PAPER
