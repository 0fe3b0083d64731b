from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from measures.models import FieldOfAction, Measure
from measures.models.measure import MeasureQuerySet
from stakeholders.forms.filter import FilterSelect


class MeasureFilterForm(forms.Form):
    """The filter of the catalogue, kept in the address; a value that means nothing filters nothing."""

    q = forms.CharField(label=_("Suchbegriff"), required=False, max_length=200)
    field = forms.ModelChoiceField(
        label=_("Handlungsfeld"),
        queryset=FieldOfAction.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("alle Handlungsfelder"),
        widget=FilterSelect,
    )
    status = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("jeder Stand")), *Measure.Status.choices],
        widget=FilterSelect,
    )

    def apply(self, measures: MeasureQuerySet) -> QuerySet[Measure]:
        """Best match first if words were given, else in the order of the catalogue."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("field"):
            measures = measures.filter(field_of_action=chosen["field"])
        if chosen.get("status"):
            measures = measures.filter(status=chosen["status"])
        return measures.matching(chosen["q"]) if chosen.get("q") else measures

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)
