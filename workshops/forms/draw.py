"""The form of a draw: places, seed, and for each group and district a smallest and a largest number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workshops.domain.fair_selection import Quota

LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Stratum:
    """`number` people whose `category` (group, district) has the value `key`; `name` is what the office reads."""

    category: str
    key: str
    name: str
    number: int

    @property
    def field(self) -> str:
        return f"{self.category}-{self.key or 'none'}"


class DrawForm(forms.Form):
    """Two numbers for each stratum beside places and seed; an empty one is no quota."""

    places = forms.IntegerField(label=_("Zahl der Plätze"), min_value=1, max_value=LARGEST)
    seed = forms.IntegerField(
        label=_("Startwert der Auslosung"),
        min_value=1,
        max_value=LARGEST,
        help_text=_(
            "Zufällig vorbelegt. Mit demselben Startwert ergibt dieselbe Auswahl dasselbe Los; "
            "so kann jede und jeder die Auslosung nachprüfen."
        ),
    )

    def __init__(self, strata: Sequence[Stratum], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strata = strata
        for stratum in strata:
            for end, label in (("low", _("Mindestens aus: %(name)s")), ("high", _("Höchstens aus: %(name)s"))):
                words = label % {"name": stratum.name}
                widget = forms.NumberInput(attrs={"aria-label": words})
                self.fields[f"{end}-{stratum.field}"] = forms.IntegerField(
                    label=words, min_value=0, max_value=LARGEST, required=False, widget=widget
                )

    def rows(self, category: str) -> Iterator[tuple[Stratum, forms.BoundField, forms.BoundField]]:
        for stratum in self.strata:
            if stratum.category == category:
                yield stratum, self[f"low-{stratum.field}"], self[f"high-{stratum.field}"]

    def groups(self) -> list[tuple[Stratum, forms.BoundField, forms.BoundField]]:
        return list(self.rows("group"))

    def districts(self) -> list[tuple[Stratum, forms.BoundField, forms.BoundField]]:
        return list(self.rows("district"))

    def clean(self) -> dict[str, Any]:
        for stratum in self.strata:
            low, high = (self.cleaned_data.get(f"{end}-{stratum.field}") for end in ("low", "high"))
            if low is not None and high is not None and low > high:
                self.add_error(
                    f"high-{stratum.field}", gettext("Die Höchstzahl darf nicht kleiner als die Mindestzahl sein.")
                )
        return self.cleaned_data

    def quotas(self) -> list[Quota]:
        """Needs a valid form. Where only the smallest number is given, all places are the largest."""
        found = []
        for stratum in self.strata:
            low, high = (self.cleaned_data[f"{end}-{stratum.field}"] for end in ("low", "high"))
            if low is not None or high is not None:
                most = max(self.cleaned_data["places"], low or 0) if high is None else high
                found.append(Quota(stratum.category, stratum.key, low or 0, most))
        return found
