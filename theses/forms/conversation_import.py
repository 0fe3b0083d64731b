from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import one_line
from theses.domain.conversation_data import ConversationError
from theses.domain.conversation_import import check_ready
from theses.domain.conversation_upload import packed, too_large
from theses.models import ConversationImport

if TYPE_CHECKING:
    ImportModelForm = forms.ModelForm[ConversationImport]
else:
    ImportModelForm = forms.ModelForm

TAKE, DISCARD = "take", "discard"

Files = Sequence[UploadedFile[Any]]


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile[Any]], name: str) -> Any:
        return files.getlist(name)


class ManyFilesField(forms.FileField):
    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each for itself; an empty selection is refused like a missing file."""
        return [super(ManyFilesField, self).clean(file, initial) for file in data or [None]]


class ConversationUploadForm(ImportModelForm):
    """`upload` becomes the one zip file that is kept."""

    upload = ManyFilesField(
        label=_("Dateien"),
        help_text=_(
            "Der Export einer Polis-Konversation: eine ZIP-Datei, oder die CSV-Dateien einzeln (participants-votes.csv "
            "oder votes.csv, dazu comments.csv, summary.csv, groups.csv). Höchstens 10 MB, ausgepackt 60 MB."
        ),
        widget=ManyFilesInput(attrs={"accept": ".zip,.csv"}),
        error_messages={"required": _("Bitte wählen Sie eine Datei."), "empty": _("Eine der Dateien ist leer.")},
    )

    class Meta:
        model = ConversationImport
        fields: tuple[str, ...] = ("title",)

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_upload(self) -> bytes:
        files: Files = self.cleaned_data["upload"]
        try:
            return packed([(file.name or "", file.read()) for file in files])
        except ConversationError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("title"):
            names = [PurePath(one_line(file.name or "")) for file in self.files.getlist("upload")]
            packs = [name.stem for name in names if name.suffix.lower() == ".zip"]
            self.cleaned_data["title"] = (packs or [gettext("Konversation")])[0][:200]
        return self.cleaned_data


class DroppedUploadForm(ConversationUploadForm):
    """Where the files were larger than allowed and never reached the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].error_messages["required"] = too_large()


class ConversationDecisionForm(DecisionForm[ConversationImport]):
    still_waits = staticmethod(check_ready)

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[(TAKE, _("Ins Archiv übernehmen")), (DISCARD, _("Verwerfen: nichts wird gespeichert"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der beiden Entscheidungen.")},
    )

    class Meta:
        model = ConversationImport
        fields: tuple[str, ...] = ()
