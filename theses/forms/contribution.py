from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.text import TOO_LONG, WrittenText, paragraphs
from stakeholders.models import Mandate, Stakeholder
from theses.domain.contribution import Words
from theses.models import Contribution, Thesis

CHOOSE = _("Bitte wählen Sie, was Sie beitragen.")
ENDED = _("Dieses Mandat gilt nicht mehr. Bitte wählen Sie noch einmal, wie Sie sprechen.")
KINDS = (
    (Contribution.Kind.PRO, _("Pro: spricht für die These")),
    (Contribution.Kind.CONTRA, _("Contra: spricht gegen die These")),
    (Contribution.Kind.QUESTION, _("Frage")),
    (Contribution.Kind.EXPERIENCE, _("Erfahrung aus der Praxis")),
)


class AnswerForm(forms.Form):
    """What stands in every contribution. With a valid mandate `person` may speak for an organisation."""

    text = WrittenText(
        label=_("Ihre Antwort"),
        max_length=Contribution.TEXT_LENGTH,
        help_text=_("Erscheint sofort mit Ihrem Namen. Höchstens 2.000 Zeichen."),
        error_messages={"required": _("Bitte schreiben Sie einen Text."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    mandate = forms.ChoiceField(
        label=_("Ich spreche"), required=False, error_messages={"invalid_choice": ENDED}, widget=forms.RadioSelect
    )
    text_language = forms.ChoiceField(label=_("Sprache Ihres Textes"), choices=Thesis.TEXT_LANGUAGES)

    def __init__(self, *args: Any, person: Stakeholder, submit_label: str | Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mandates = Mandate.objects.valid().filter(person=person).select_related("organisation")
        self.mandates = {str(row.pk): row for row in mandates.order_by("organisation__name")}
        if self.mandates or self.data.get("mandate"):
            choices = [(key, _("für %(name)s") % {"name": row.organisation}) for key, row in self.mandates.items()]
            field = self.fields["mandate"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type)
            field.choices = [("", _("persönlich")), *choices]
        else:
            del self.fields["mandate"]
        self.fields["text_language"].initial = get_language()
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", submit_label))

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    def words(self) -> Words:
        mandate = self.mandates.get(self.cleaned_data.get("mandate", ""))
        return Words(self.cleaned_data["text"], mandate, self.cleaned_data["text_language"])


class ContributionForm(AnswerForm):
    kind = forms.ChoiceField(
        label=_("Was Sie beitragen"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    field_order = ("kind", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Ihr Beitrag")

    def chosen(self) -> Contribution.Kind:
        return Contribution.Kind(self.cleaned_data["kind"])


class ContributionEditForm(AnswerForm):
    """For whom somebody speaks is not changed afterwards. `seen` tells which words were on the page."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        seen = row.edited_at.isoformat() if row.edited_at else ""
        initial = {"text": row.text, "text_language": row.text_language, "seen": seen}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields.pop("mandate", None)
        self.fields["text_language"].initial = row.text_language
        self.fields["text"].label = _("Ihr Text")

    def clean_seen(self) -> datetime | None:
        """Something that was never on the page is what nobody has seen."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None
