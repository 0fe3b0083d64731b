from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.domain.catalogue_choices import Choice, Kind, choices_of
from measures.models import Measure
from measures.models.measure import MeasureQuerySet
from stakeholders.forms.filter import FilterSelect

BY_TITLE, BY_CHANGE, BY_STANDING = "title", "changed", "standing"
MORE = ("status", "topic", "district", "sort")


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the query of the address without it."""

    label: str
    value: str
    without: str


def offered(kind: Kind, nothing: Promise) -> Callable[[], list[Choice]]:
    """Read when they are needed: to draw the filter, or to check a value in the address."""
    return lambda: [("", str(nothing)), *choices_of(kind)]


class MeasureFilterForm(forms.Form):
    """The filter of the catalogue, kept in the address; a value that means nothing filters nothing."""

    q = forms.CharField(
        label=_("Suchbegriff"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    field = forms.ChoiceField(
        label=_("Handlungsfeld"),
        required=False,
        choices=offered("field", _("alle Handlungsfelder")),
        widget=FilterSelect,
    )
    status = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("jeder Stand")), *Measure.Status.choices],
        widget=FilterSelect,
    )
    topic = forms.ChoiceField(
        label=_("Thema"), required=False, choices=offered("topic", _("alle Themen")), widget=FilterSelect
    )
    district = forms.ChoiceField(
        label=_("Kreis"), required=False, choices=offered("district", _("alle Kreise")), widget=FilterSelect
    )
    sort = forms.ChoiceField(
        label=_("Reihenfolge"),
        required=False,
        choices=[
            ("", _("Katalog, bei Suche beste Treffer")),
            (BY_TITLE, _("Titel von A bis Z")),
            (BY_CHANGE, _("zuletzt geändert")),
            (BY_STANDING, _("Rang in der letzten Runde")),
        ],
        widget=FilterSelect,
    )

    def apply(self, measures: MeasureQuerySet, ranked: list[str]) -> QuerySet[Measure]:
        """`ranked` are the addresses of measures, the best first, for the order by standing."""
        chosen = self.chosen
        if "field" in chosen:
            measures = measures.filter(field_of_action__slug=chosen["field"])
        if "status" in chosen:
            measures = measures.filter(status=chosen["status"])
        if "topic" in chosen:
            measures = measures.filter(topics__key=chosen["topic"])
        if "district" in chosen:
            measures = measures.for_district(chosen["district"])
        found = measures.matching(chosen["q"]) if "q" in chosen else measures
        return self._sorted(found, ranked)

    def _sorted(self, found: QuerySet[Measure], ranked: list[str]) -> QuerySet[Measure]:
        assert isinstance(found, MeasureQuerySet)  # noqa: S101  (tells the type)
        sort = self.chosen.get("sort")
        if sort == BY_TITLE:
            return found.by_title()
        if sort == BY_CHANGE:
            return found.order_by("-changed_at", "pk")
        return found.in_order_of(ranked) if sort == BY_STANDING else found

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What the address asks for and means something."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> str:
        return self.chosen.get("q", "")

    @property
    def is_by_standing(self) -> bool:
        return self.chosen.get("sort") == BY_STANDING

    @property
    def is_by_field(self) -> bool:
        """Without search and in the order of the catalogue, which has headings."""
        return not self.chosen.keys() & {"q", "sort"}

    @property
    def query(self) -> str:
        """The query of an address that shows the same, without what means nothing."""
        return urlencode(self.chosen)

    def first_fields(self) -> list[forms.BoundField]:
        return [self["q"], self["field"]]

    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    @property
    def uses_more(self) -> bool:
        return bool(self.chosen.keys() & set(MORE) or set(self.errors) & set(MORE))

    def chips(self) -> list[Chip]:
        """The filters in force; the order of the list is none."""
        return [self._chip(name, value) for name, value in self.chosen.items() if name != "sort"]

    def _chip(self, name: str, value: str) -> Chip:
        field = self.fields[name]
        told = f"„{value}“"
        if isinstance(field.widget, forms.Select):
            told = next(str(name) for key, name in field.widget.choices if key == value)
        without = urlencode({other: kept for other, kept in self.chosen.items() if other != name})
        return Chip(str(field.label), str(told), without)
