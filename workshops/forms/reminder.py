"""What the project office writes to people of an event: at a moment to come, or at once."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.refusal import Refusal
from workshops.models import Reminder, Session, Workshop
from workshops.reminder_mails import check_placeholders

Anchor, Audience = Reminder.Anchor, Reminder.Audience
PLANNED = [(anchor.value, anchor.label) for anchor in (Anchor.START, Anchor.END, Anchor.DEADLINE)]
PLACEHOLDERS = _("Möglich sind {name}, {titel}, {termin}, {ort} und {link}.")
EMPTY = _("Leer: ein Standardtext.")


def offer_sessions(form: forms.ModelForm[Reminder], sessions: list[Session]) -> None:
    """Only those of the event with a registration of their own."""
    field = form.fields["session"]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = Session.objects.filter(pk__in=[session.pk for session in sessions])
        field.choices = [("", gettext("alle")), *((session.pk, str(session)) for session in sessions)]


def own_sessions(workshop: Workshop) -> list[Session]:
    return list(Session.objects.filter(workshop=workshop.pk, own_registration=True)) if workshop.pk else []


class TextForm(forms.ModelForm[Reminder]):
    """The part that both share."""

    def clean_subject(self) -> str:
        return self.checked("subject")

    def clean_text(self) -> str:
        return self.checked("text")

    def checked(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        try:
            check_placeholders(text, name)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return text

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        subject, text = found.get("subject"), found.get("text")
        if subject and text == "":
            self.add_error("text", gettext("Zu diesem Betreff fehlt der Text."))
        if text and subject == "":
            self.add_error("subject", gettext("Zu diesem Text fehlt der Betreff."))
        if found.get("session") and found.get("audience") == Audience.UNANSWERED:
            self.add_error("session", gettext("Wer nicht geantwortet hat, ist zu keinem Programmpunkt angemeldet."))
        return found


class MessageForm(TextForm):
    class Meta:
        model = Reminder
        fields = ("audience", "kind", "session", "subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"text": PLACEHOLDERS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject", "text"):
            self.fields[name].required = True
        if not self.instance.workshop.is_hybrid:
            del self.fields["kind"]
        if sessions := own_sessions(self.instance.workshop):
            offer_sessions(self, sessions)
        else:
            del self.fields["session"]


class ReminderForm(TextForm):
    """A row below an event; what was posted is only to be read."""

    class Meta:
        model = Reminder
        fields = ("anchor", "hours", "audience", "kind", "session", "subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"subject": EMPTY, "text": PLACEHOLDERS}

    anchor = forms.ChoiceField(label=_("bezogen auf"), choices=PLANNED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.posted_at:
            for field in self.fields.values():
                field.disabled = True

    def check_moment(self, workshop: Workshop) -> None:
        """Whether it can reach anybody at all; needs the event as it was just edited."""
        row = self.instance
        row.workshop = workshop
        if row.due_at >= row.pointless_at:
            self.add_error("hours", gettext("So spät wäre diese Erinnerung sinnlos."))
        elif row.audience == Audience.ATTENDED and row.due_at < workshop.starts_at:
            self.add_error("audience", gettext("Vor dem Beginn hat noch niemand teilgenommen."))
        elif row.due_at <= timezone.now() < workshop.starts_at:
            self.add_error(
                "hours", gettext("Dieser Zeitpunkt ist schon vorbei. Für sofort gibt es „Nachricht schreiben“.")
            )


class ReminderFormSet(forms.BaseInlineFormSet[Reminder, Workshop, forms.ModelForm[Reminder]]):
    @cached_property
    def sessions(self) -> list[Session]:
        """One query for all rows."""
        return own_sessions(self.instance)

    def add_fields(self, form: forms.ModelForm[Reminder], index: int | None) -> None:
        super().add_fields(form, index)
        offer_sessions(form, self.sessions)
        if form.instance.posted_at and "DELETE" in form.fields:
            form.fields["DELETE"].disabled = True

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            is_new = form.has_changed() and form not in self.deleted_forms and not form.instance.posted_at
            if isinstance(form, ReminderForm) and is_new and not form.errors:
                form.check_moment(self.instance)
