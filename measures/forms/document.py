from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from measures.domain.document import refuse_unfit_file, take_file, too_large_document
from measures.models import Measure, MeasureDocument
from stakeholders.domain.refusal import Refusal

Formset = forms.BaseInlineFormSet[MeasureDocument, Measure, forms.ModelForm[MeasureDocument]]


class DocumentForm(forms.ModelForm[MeasureDocument]):
    language = forms.ChoiceField(label=_("Sprache"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)

    class Meta:
        model = MeasureDocument
        fields = ("title", "language", "file", "is_accessible", "position")
        widgets = {"file": forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"})}
        help_texts = {
            "file": _("PDF, PNG, JPEG oder WebP, höchstens 10 MB. Eine neue Datei ersetzt die bisherige."),
            "is_accessible": _("Das PDF ist getaggt (PDF/UA). Öffentliche Stellen sollen nur solche veröffentlichen."),
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                refuse_unfit_file(file)
            except Refusal as refusal:
                raise forms.ValidationError(refusal.sentence) from refusal
        return file

    def save(self, commit: bool = True) -> MeasureDocument:
        """Before Django writes the row, it gets size and kind of the file."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            take_file(self.instance, file)
        return super().save(commit)


class DocumentFormSet(Formset):
    """`dropped`: the files together were larger than the portal reads at all and never reached the form."""

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dropped = dropped

    def clean(self) -> None:
        if self.dropped:
            raise forms.ValidationError(too_large_document())
        super().clean()
