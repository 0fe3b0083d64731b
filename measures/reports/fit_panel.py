from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from measures.models import Measure
from measures.reports.fit import read
from measures.reports.fit_document import best_places
from measures.reports.fit_drawing import district_map, heat_row
from publishing.html import drawing_html, heat_html
from publishing.kept import kept

MINUTE = 60


@dataclass(frozen=True, slots=True)
class FitPanel:
    """What the page of a measure shows of its fit. `people` is how often somebody has judged in the districts that are
    shown; without any there is nothing to draw."""

    people: int
    sentence: str
    map: SafeString
    row: SafeString


def fit_panel(measure: Measure) -> FitPanel:
    """Drawn once a minute at most; two queries when it is drawn, else none."""
    return kept("fit-panel", measure.pk, seconds=MINUTE, draw=lambda: _drawn(measure))


def _drawn(measure: Measure) -> FitPanel:
    fit = read(measures=[measure])
    language = get_language() or "de"
    if not fit.people:
        return FitPanel(0, best_places(fit), SafeString(), SafeString())
    return FitPanel(
        fit.people,
        best_places(fit),
        drawing_html(district_map(fit, 0), language),
        heat_html(heat_row(fit, 0), language),
    )
