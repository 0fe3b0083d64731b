from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.numbers import date_text
from stakeholders.models import Stakeholder
from workshops.privacy import upcoming


class ErasureForm(forms.Form):
    """One box for every place that becomes free, by the number of the registration, and one for the deletion."""

    def __init__(self, *args: Any, person: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registrations = list(upcoming(person))
        self.places = {f"place_{row.pk}": row.pk for row in registrations}
        for row in registrations:
            words = {"event": row.workshop, "day": date_text(row.workshop.starts_at, get_language() or "de")}
            self.fields[f"place_{row.pk}"] = _box(
                _("Ihr Platz bei „%(event)s“ am %(day)s wird frei.") % words,
                _("Bitte bestätigen Sie, dass dieser Platz frei wird."),
            )
        self.fields["final"] = _box(
            _("Ich möchte mein Konto löschen. Das lässt sich nicht rückgängig machen."),
            _("Bitte bestätigen Sie, dass Sie Ihr Konto löschen möchten."),
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.places, "final", Submit("erase", _("Konto endgültig löschen"), css_class="btn--danger")
        )

    @property
    def released(self) -> set[int]:
        return {number for name, number in self.places.items() if self.cleaned_data[name]}


def _box(label: str, required: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": required})
