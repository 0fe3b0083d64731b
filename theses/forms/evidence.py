from typing import Any, TypeAlias, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import TOO_LONG, one_line
from theses.domain.evidence import check_file, too_large
from theses.models import EvidenceFile, EvidenceLink, Thesis

ModelChoice: TypeAlias = "forms.ModelChoiceField[Any]"

LINK, FILE = "link", "file"
ENDINGS = ".pdf,.png,.jpg,.jpeg,.webp"
EMPTY = _("Die Datei ist leer.")
NO_ADDRESS = _("Bitte geben Sie eine Adresse an, die mit https:// beginnt.")


class SafeAddressField(forms.URLField):
    """Of a page in the web; nothing that a browser would run."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": NO_ADDRESS, "invalid": NO_ADDRESS}
        super().__init__(assume_scheme="https", error_messages=messages, **kwargs)
        # The one of Django allows ftp. The browser is not told the limit, because it would cut off what is pasted.
        self.validators = [
            MaxLengthValidator(500, TOO_LONG),
            URLValidator(schemes=["http", "https"], message=NO_ADDRESS),
        ]


class EvidenceLinkForm(forms.Form):
    kind = forms.CharField(initial=LINK, widget=forms.HiddenInput)
    url = SafeAddressField(label=_("Adresse"))
    label = forms.CharField(
        label=_("Was dort steht"),
        max_length=150,
        required=False,
        help_text=_("Zum Beispiel: Statistik des Landesamtes 2026. Ohne Angabe erscheint die Adresse."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("add_link", str(_("Link hinzufügen"))))

    def clean_label(self) -> str:
        return one_line(self.cleaned_data["label"])


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A list of files, each with a name on one line; none is an empty list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(attrs={"accept": ENDINGS}), error_messages={"empty": EMPTY}, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [super(SeveralFilesField, self).clean(file, initial) for file in data or []]
        for file in files:
            file.name = one_line(file.name or "") or "datei"
        return files


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
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={"required": _("Bitte wählen Sie eine Datei."), "empty": EMPTY},
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
        try:
            check_file(cast("File[bytes]", file))
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return file
