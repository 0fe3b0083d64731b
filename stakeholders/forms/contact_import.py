from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.contact_check import Outcome
from stakeholders.domain.table_file import too_large
from stakeholders.forms.filter import FilterSelect
from stakeholders.forms.text import one_line
from stakeholders.models import ContactImport, LegalBasis


class ContactImportForm(forms.Form):
    """`dropped`: the file was larger than allowed and never reached the form."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_("CSV oder Excel-Arbeitsmappe (.xlsx), höchstens 10 MB und 20.000 Zeilen."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": _("Bitte wählen Sie eine Datei."), "empty": _("Die Datei ist leer.")},
    )
    source = forms.CharField(
        label=_("Woher stammen die Angaben?"),
        max_length=200,
        help_text=ContactImport._meta.get_field("source").help_text,
        error_messages={"required": _("Bitte sagen Sie, woher die Angaben stammen. Die Personen erfahren es.")},
    )
    legal_basis = forms.ChoiceField(
        label=_("Rechtsgrundlage"),
        choices=LegalBasis.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Die öffentliche Aufgabe deckt Name, Adresse, Anrede, Funktion, Organisation, Gruppe, Kreis, Sprache und "
            "Schlagwörter. Themen, Interessen und der Rundbrief brauchen eine Einwilligung mit Datum."
        ),
        error_messages={"required": _("Bitte wählen Sie die Rechtsgrundlage.")},
    )

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dropped:
            self.fields["file"].error_messages["required"] = too_large()
        self.helper = FormHelper()
        self.helper.add_input(Submit("upload", str(_("Hochladen und prüfen"))))

    def clean_source(self) -> str:
        return one_line(self.cleaned_data["source"])


class OutcomeFilterForm(forms.Form):
    """The names stand in addresses, so they are German in both languages."""

    ergebnis = forms.ChoiceField(
        label=_("Ergebnis"),
        required=False,
        choices=[("", _("alle Zeilen")), *Outcome.choices],
        widget=FilterSelect,
    )
