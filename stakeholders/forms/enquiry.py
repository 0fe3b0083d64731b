from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.enquiry import TEXT_LENGTH, Question, check_thread
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from stakeholders.models import Enquiry, Stakeholder

CHOOSE = _("Bitte wählen Sie ein Thema.")
ANSWER, CLOSE = "answer", "close"


def message_field(label: Any, **values: Any) -> WrittenText:
    return WrittenText(
        label=label,
        max_length=TEXT_LENGTH,
        error_messages={"required": _("Bitte schreiben Sie eine Nachricht."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 8}),
        **values,
    )


class QuestionForm(forms.Form):
    """The contact page; `person` is whoever signed in, else None."""

    topic = forms.ChoiceField(
        label=_("Thema"),
        choices=[("", _("Bitte wählen")), *Enquiry.Topic.choices],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    name = forms.CharField(
        label=_("Name"), max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Dorthin geht unsere Antwort."),
        error_messages={"required": _("Bitte geben Sie eine E-Mail-Adresse an, damit wir antworten können.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(
        label=_("Betreff"),
        max_length=150,
        error_messages={"required": _("Bitte schreiben Sie in wenigen Worten, worum es geht.")},
    )
    text = message_field(_("Ihre Nachricht"), help_text=_("Höchstens 5.000 Zeichen."))

    def __init__(self, *args: Any, person: Stakeholder | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person:
            self.fields["name"].initial = person.get_full_name()
            self.fields["email"].initial = person.mail_address
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "topic", Row("name", "email"), "subject", "text", Submit("send", gettext("Anfrage senden"))
        )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_subject(self) -> str:
        return one_line(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    def question(self) -> Question:
        return Question(**self.cleaned_data, language=get_language() or "de")


class MessageForm(forms.Form):
    """Whoever asked adds something."""

    text = message_field(_("Ihre Nachricht"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", gettext("Nachricht senden")))

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])


class AnswerForm(forms.ModelForm[Enquiry]):
    """The office's word in the administration; `seen` is how many messages were on the screen."""

    decision = forms.ChoiceField(
        label=_("Was möchten Sie tun?"),
        choices=[(ANSWER, _("Antworten: geht per E-Mail hinaus")), (CLOSE, _("Ohne Nachricht abschließen"))],
        initial=ANSWER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, was geschehen soll.")},
    )
    answer = message_field(_("Antwort"), required=False)
    seen = forms.IntegerField(label=_("Nachrichten im Verlauf"), min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Enquiry
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.messages.count()

    def clean_answer(self) -> str:
        return paragraphs(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        """Whoever comes second hears it here, beside what they have written; the next try is about the new thread."""
        if self.cleaned_data.get("decision") == ANSWER and not self.cleaned_data.get("answer"):
            self.add_error("answer", _("Bitte schreiben Sie eine Antwort."))
        try:
            check_thread(self.instance, self.cleaned_data.get("seen", -1))
        except Refusal as refusal:
            data = cast(QueryDict, self.data).copy()
            data["seen"] = str(self.instance.messages.count())
            self.data = data
            raise forms.ValidationError(refusal.sentence) from refusal
        return self.cleaned_data
