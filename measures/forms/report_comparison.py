from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from measures.models import Ranking
from publishing import numbers

UNKNOWN = {
    "required": _("Bitte wählen Sie ein Ergebnis."),
    "invalid_choice": _("Dieses Ergebnis gibt es nicht, oder es ist nicht veröffentlicht. Bitte wählen Sie eines aus."),
}


def place_of(ranking: Ranking) -> str:
    """How the address names a ranking."""
    return f"{ranking.round.slug}/{ranking.version}"


class ComparisonForm(forms.Form):
    """Two of the rankings that the reader may see."""

    def __init__(self, data: Mapping[str, Any] | None, *, rankings: Sequence[Ranking]) -> None:
        super().__init__(data)
        choices = [(place_of(ranking), _label(ranking)) for ranking in rankings]
        for name, label in (("a", _("Früheres Ergebnis")), ("b", _("Späteres Ergebnis"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, error_messages=UNKNOWN)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("a") and cleaned.get("a") == cleaned.get("b"):
            self.add_error("b", gettext("Das ist dasselbe Ergebnis. Bitte wählen Sie zwei verschiedene."))
        return cleaned


def _label(ranking: Ranking) -> str:
    values = {
        "round": str(ranking.round),
        "version": ranking.version,
        "date": numbers.short_date(ranking.created_at.date(), get_language() or "de"),
    }
    return gettext("%(round)s, Fassung %(version)d (%(date)s)") % values
