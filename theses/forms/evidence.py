from typing import Any, TypeAlias, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.file_kind import content_type_of
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import one_line
from theses.domain.evidence import LARGEST_FILE, too_large
from theses.models import EvidenceFile, EvidenceLink, Thesis

ModelChoice: TypeAlias = "forms.ModelChoiceField[Any]"

LINK, FILE = "link", "file"
NO_ADDRESS = _("Bitte geben Sie eine Adresse an, die mit https:// beginnt.")


class EvidenceLinkForm(forms.Form):
    kind = forms.CharField(initial=LINK, widget=forms.HiddenInput)
    url = forms.URLField(
        label=_("Adresse"),
        max_length=500,
        assume_scheme="https",
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )
    label = forms.CharField(
        label=_("Was dort steht"),
        max_length=150,
        required=False,
        help_text=_("Zum Beispiel: Statistik des Landesamtes 2026. Ohne Angabe erscheint die Adresse."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].validators = [URLValidator(schemes=["http", "https"], message=NO_ADDRESS)]
        self.helper = FormHelper()
        self.helper.add_input(Submit("add_link", str(_("Link hinzufügen"))))

    def clean_label(self) -> str:
        return one_line(self.cleaned_data["label"])


class EvidenceRemovalForm(forms.Form):
    """Which button was pressed: each carries the number of its link or file."""

    link = forms.ModelChoiceField(EvidenceLink.objects.none(), required=False)
    file = forms.ModelChoiceField(EvidenceFile.objects.none(), required=False)

    def __init__(self, *args: Any, thesis: Thesis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ModelChoice, self.fields["link"]).queryset = EvidenceLink.objects.filter(thesis=thesis)
        cast(ModelChoice, self.fields["file"]).queryset = EvidenceFile.objects.filter(thesis=thesis)


class EvidenceFileForm(forms.Form):
    """`dropped`: the file was larger than the portal reads at all and never reached the form."""

    kind = forms.CharField(initial=FILE, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Datei"),
        help_text=_("PDF, PNG, JPEG oder WebP, höchstens 5 MB. Der Name der Datei wird angezeigt."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"}),
        error_messages={"required": _("Bitte wählen Sie eine Datei."), "empty": _("Die Datei ist leer.")},
    )

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dropped:
            self.fields["file"].error_messages["required"] = too_large()
        self.helper = FormHelper()
        self.helper.add_input(Submit("add_file", str(_("Datei hochladen"))))

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        file.name = one_line(file.name or "") or "datei"
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(too_large())
        try:
            content_type_of(file)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return file
