from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import paragraphs

Row = TypeVar("Row", bound=Model)


class DecisionForm(forms.ModelForm[Row]):
    """How the project office answers what waits for it; a form brings its fields `decision` and `answer`.

    `still_waits` is the check of the domain, which raises Refusal when somebody else was first. The decisions
    `reasoned` need an answer, and without one the form says `unreasoned`.
    """

    still_waits: "ClassVar[staticmethod[[Any], None]]"
    reasoned: ClassVar[tuple[str, ...]] = ()
    unreasoned = _("Bitte begründen Sie die Entscheidung.")

    def clean_answer(self) -> str:
        return paragraphs(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        """Whoever comes second hears it here, beside what they have written."""
        try:
            self.still_waits(self.instance)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        if self.cleaned_data.get("decision") in self.reasoned and not self.cleaned_data.get("answer"):
            self.add_error("answer", self.unreasoned)
        return self.cleaned_data
