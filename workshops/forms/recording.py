from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.selection import people_matching, people_of
from stakeholders.forms.text import one_line
from stakeholders.models import Selection, Stakeholder
from stakeholders.models.channel import BY_OFFICE
from workshops.models import Workshop


class RecordedRegistrationForm(forms.Form):
    """How somebody got in touch; stands above the form of the event itself."""

    channel = forms.ChoiceField(
        label=_("Wie die Person sich gemeldet hat"),
        choices=BY_OFFICE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, wie die Person sich gemeldet hat.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class PeopleSearchForm(forms.Form):
    """Out of whom the office picks: a saved selection, or who is found by name, address or organisation."""

    selection = forms.ModelChoiceField(
        Selection.objects.all(), label=_("Gespeicherte Auswahl"), required=False, empty_label=_("keine")
    )
    q = forms.CharField(label=_("Name, E-Mail-Adresse oder Organisation"), required=False, max_length=100)

    def people(self) -> QuerySet[Stakeholder]:
        """Nobody where nothing was asked; raises Refusal for a selection whose criteria no longer hold."""
        values = self.cleaned_data if self.is_valid() else {}
        text, selection = one_line(values.get("q") or ""), values.get("selection")
        found: QuerySet[Stakeholder] = people_of(selection) if selection else Stakeholder.objects.taking_part()
        if text:
            found = found.filter(pk__in=people_matching({"q": [text]}).order_by().values("pk"))
        return found if text or selection else found.none()


class PeopleField(forms.ModelMultipleChoiceField[Stakeholder]):
    def label_from_instance(self, obj: Stakeholder) -> str:
        parts = [str(obj), str(obj.organisation or ""), "" if obj.email else gettext("ohne E-Mail-Adresse")]
        return ", ".join(part for part in parts if part)


class GroupForm(RecordedRegistrationForm):
    """People picked out of `found`, and the kind of place where there are several."""

    people = PeopleField(
        Stakeholder.objects.none(),
        label=_("Wen Sie anmelden"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Person.")},
    )
    field_order = ("people", "kind", "channel")

    def __init__(self, *args: Any, found: QuerySet[Stakeholder], workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, PeopleField)  # noqa: S101  (tells the type)
        field.queryset = found
        if workshop.is_hybrid:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Teilnahme"), choices=[(kind.value, kind.label) for kind in workshop.kinds]
            )
            self.order_fields(self.field_order)
