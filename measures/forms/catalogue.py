"""Forms of the desk on which the project office keeps the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.catalogue import refuse_unfit_time
from measures.models import Measure
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import too_large


class MeasureForm(forms.ModelForm[Measure]):
    """`seen` is when the row was changed last as far as the editor knows; who saves over somebody is refused."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Measure
        fields = ("title", "published", "publish_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.changed_at.isoformat()
        related = self.fields.get("related")
        if isinstance(related, forms.ModelMultipleChoiceField):
            related.queryset = Measure.objects.named().exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen") != self.instance.changed_at.isoformat():
            raise forms.ValidationError(
                _(
                    "Inzwischen hat jemand diese Maßnahme geändert. Nichts wurde gespeichert. Bitte öffnen Sie sie in "
                    "einem zweiten Fenster neu und übertragen Sie Ihre Änderungen."
                )
            )
        publish_at = cleaned.get("publish_at")
        if publish_at != self.instance.publish_at:
            try:
                refuse_unfit_time(
                    publish_at=publish_at,
                    published=cleaned.get("published", self.instance.pk and self.instance.published),
                )
            except Refusal as refusal:
                self.add_error(refusal.field, refusal.sentence)
        return cleaned


class StatusForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Neuer Stand"),
        choices=Measure.Status.choices,
        error_messages={"invalid_choice": _("Diesen Stand gibt es nicht. Bitte wählen Sie einen aus der Liste.")},
    )


class CatalogueFileForm(forms.Form):
    """`dropped`: the file was larger than allowed and never reached the form."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_("CSV oder Excel-Arbeitsmappe (.xlsx), höchstens 10 MB und 2.000 Zeilen."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": _("Bitte wählen Sie eine Datei."), "empty": _("Die Datei ist leer.")},
    )

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dropped:
            self.fields["file"].error_messages["required"] = too_large()
