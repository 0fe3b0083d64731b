from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.text import one_line
from stakeholders.models import District, Selection, StakeholderGroup

INTERESTS = [
    ("wants_theses", _("Themen und Thesen einbringen")),
    ("wants_results", _("Arbeit und Ergebnisse verfolgen")),
    ("wants_events", _("an Veranstaltungen teilnehmen")),
]


class AnswerForm(forms.Form):
    """The answer to an invitation; the two buttons of the page bring `answer`."""

    ACCEPT = "accept"
    DECLINE = "decline"

    answer = forms.ChoiceField(choices=[(ACCEPT, _("Zusagen")), (DECLINE, _("Absagen"))], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Grund der Absage"),
        max_length=300,
        required=False,
        help_text=_("Der Grund hilft dem Projektbüro bei der Planung. Nur das Projektbüro liest ihn."),
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class AudienceForm(forms.Form):
    """Whom to invite; within one list any of the ticks, nothing ticked means everybody."""

    selection = forms.ModelChoiceField(
        Selection.objects.all(),
        label=_("Gespeicherte Auswahl"),
        required=False,
        empty_label=_("keine: alle mit vollständigem Profil"),
        help_text=_(
            "Auswahlen speichern Sie unter „Akteurinnen und Akteure“. Die Angaben unten schränken sie weiter ein."
        ),
    )
    gaps = forms.BooleanField(
        label=_("Lücken der Abdeckung"),
        required=False,
        help_text=_(
            "Nur wer eine Lücke schließen kann: aus Akteursgruppen und Kreisen mit weniger aktiven Personen als das "
            "Ziel, und selbst in den letzten zwölf Monaten nicht aktiv."
        ),
    )
    groups = forms.ModelMultipleChoiceField(
        StakeholderGroup.objects.all(),
        label=_("Akteursgruppen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Auswahl: alle Gruppen."),
    )
    districts = forms.ModelMultipleChoiceField(
        District.objects.all(),
        label=_("Kreise"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Auswahl: alle Kreise."),
    )
    interests = forms.MultipleChoiceField(
        choices=INTERESTS,
        label=_("Interessen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Auswahl: unabhängig von den angegebenen Interessen."),
    )
    only_new = forms.BooleanField(
        label=_("nur wer noch nicht eingeladen ist"),
        required=False,
        initial=True,
        help_text=_("Gilt für die Zählung. Eingeladen wird in jedem Fall niemand zweimal."),
    )
