from collections.abc import Callable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Mandate, Stakeholder
from workshops.domain.outlook import Asks, Outlook
from workshops.domain.programme import chosen_sessions, seats_taken, sessions_to_choose
from workshops.domain.question import answers_of, check_answers, field_name, questions_of
from workshops.domain.wish import Wish
from workshops.forms.question import answers_in, question_field
from workshops.forms.session import SessionBoxes, session_label
from workshops.models import Question, Registration, Workshop

ENDED = gettext_lazy("Dieses Mandat gilt nicht mehr. Bitte wählen Sie noch einmal, wie Sie teilnehmen.")


class RegistrationForm(forms.Form):
    """Everything an event asks of `person`; only what it offers has a field. With a `registration` it is changed.

    `outlooks`: what registering would bring now, by kind of place. `asks`: what is known of what the event asks.
    `only_sessions`: nothing else can be changed now.
    """

    def __init__(
        self,
        *args: Any,
        workshop: Workshop,
        person: Stakeholder,
        outlooks: Callable[[], Sequence[Outlook]],
        asks: Asks | None = None,
        registration: Registration | None = None,
        only_sessions: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workshop, self.person, self.registration = workshop, person, registration
        self.only_sessions, self._outlooks = only_sessions, outlooks
        known = asks or Asks()
        self.questions: list[Question] = []
        self.mandates: dict[str, Mandate] = {}
        if not only_sessions:
            self._add_kind()
            self._add_companions()
            if known.mandates or self.data.get("mandate"):
                self._add_mandate()
            if known.questions:
                self._add_questions()
        if known.sessions:
            self._add_sessions()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    @cached_property
    def outlooks(self) -> Sequence[Outlook]:
        return self._outlooks()

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        checked = check_answers(self.questions, answers_in(values, self.questions))
        for number, fault in checked.faults.items():
            if field_name(number) not in self.errors:
                self.add_error(field_name(number), fault)
        return values

    def wish(self) -> Wish:
        values = self.cleaned_data
        return Wish(
            kind=values.get("kind", ""),
            companions=values.get("companions") or 0,
            mandate=self.mandates.get(values.get("mandate", "")),
            answers=answers_in(values, self.questions) if self.questions else None,
            sessions=self.sessions() if "sessions" in self.fields else None,
        )

    def sessions(self) -> list[int]:
        return [int(number) for number in self.cleaned_data.get("sessions", [])]

    def refuse(self, refusal: Refusal) -> None:
        """Show what the domain says at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    def _add_kind(self) -> None:
        if not self.workshop.is_hybrid:
            return
        held = self.registration.kind if self.registration else ""
        self.fields["kind"] = forms.ChoiceField(
            label=_("Art der Teilnahme"),
            choices=[(row.kind.value, kind_label(row, held=row.kind == held)) for row in self.outlooks],
            widget=forms.RadioSelect,
            initial=held or None,
            error_messages={"required": _("Bitte wählen Sie die Art der Teilnahme.")},
        )

    def _add_companions(self) -> None:
        known = self.registration.companions if self.registration else 0
        most = max(self.workshop.companions, known)
        if not most:
            return
        text = ngettext("Höchstens %(n)d Person.", "Höchstens %(n)d Personen.", most) % {"n": most}
        self.fields["companions"] = forms.IntegerField(
            label=_("Zahl der Begleitpersonen"),
            required=False,
            min_value=0,
            max_value=most,
            initial=known,
            help_text=text + " " + _("Mit Begleitung gibt es nur gemeinsam Plätze."),
            error_messages={"invalid": _("Bitte geben Sie eine ganze Zahl ein.")},
        )

    def _add_mandate(self) -> None:
        valid = Mandate.objects.valid().filter(person=self.person).select_related("organisation")
        rows = list(valid.order_by("organisation__name"))
        held = self.registration.mandate if self.registration else None
        if held and held not in rows:
            rows.append(held)
        self.mandates = {str(row.pk): row for row in rows}
        if not rows and not self.data.get("mandate"):
            return
        choices = [(key, str(row.organisation)) for key, row in self.mandates.items()]
        self.fields["mandate"] = forms.ChoiceField(
            label=_("Teilnahme für"),
            required=False,
            choices=[("", _("die eigene Person")), *choices],
            widget=forms.RadioSelect,
            initial=str(held.pk) if held else "",
            error_messages={"invalid_choice": ENDED},
        )

    def _add_questions(self) -> None:
        self.questions = questions_of(self.workshop)
        known = answers_of(self.registration) if self.registration and self.questions else {}
        for question in self.questions:
            field = question_field(question)
            field.initial = known.get(question.pk, "")
            self.fields[field_name(question.pk)] = field

    def _add_sessions(self) -> None:
        """Only for those who hold a place, or may get one now."""
        row = self.registration
        sessions = sessions_to_choose(self.workshop)
        if not sessions:
            return
        if not (row.state in Registration.HOLDING if row else any(outlook.gives_place for outlook in self.outlooks)):
            return
        held = {session.pk for session in chosen_sessions(row)} if row else set()
        taken = seats_taken(sessions)
        full = {
            str(session.pk)
            for session in sessions
            if session.capacity is not None and taken.get(session.pk, 0) >= session.capacity and session.pk not in held
        }
        self.fields["sessions"] = forms.MultipleChoiceField(
            label=_("Programmpunkte mit eigener Anmeldung"),
            required=False,
            choices=[(str(session.pk), session_label(session, taken.get(session.pk, 0))) for session in sessions],
            widget=SessionBoxes(closed=full),
            initial=[str(number) for number in held],
            help_text=_("Gleichzeitige Programmpunkte schließen einander aus. Sie können Ihre Wahl später ändern."),
            error_messages={"invalid_choice": _("Einen der Programmpunkte gibt es nicht mehr. Bitte wählen Sie neu.")},
        )

    def _layout(self) -> Layout:
        parts: list[object] = [name for name in ("kind", "companions", "mandate") if name in self.fields]
        if self.questions:
            names = [field_name(question.pk) for question in self.questions]
            parts.append(Fieldset(_("Fragen des Projektbüros"), *names))
        if "sessions" in self.fields:
            parts.append("sessions")
        return Layout(*parts)

    @property
    def retention(self) -> str:
        """How long answers are kept, as the form says it; empty where nothing is asked."""
        if not self.questions:
            return ""
        days = {"soon": settings.RETENTION["sensitive_answers"], "later": settings.RETENTION["answers"]}
        if any(question.is_sensitive for question in self.questions):
            text = _(
                "Angaben zu Barrierefreiheit und Verpflegung löschen wir %(soon)d Tage nach der Veranstaltung, "
                "andere Antworten %(later)d Tage danach. Melden Sie sich ab, löschen wir alle sofort."
            )
        else:
            text = _(
                "Ihre Antworten löschen wir %(later)d Tage nach der Veranstaltung. "
                "Melden Sie sich ab, löschen wir sie sofort."
            )
        return text % days


def kind_label(outlook: Outlook, *, held: bool) -> str:
    """Such as "vor Ort (noch 3 Plätze frei)"."""
    if held:
        told: str | Promise = _("wie bisher")
    elif outlook.line or (outlook.left is not None and outlook.left <= 0):
        told = _("ausgebucht, Warteliste")
    elif outlook.left is None:
        told = _("Plätze frei")
    else:
        told = ngettext("noch %(n)d Platz frei", "noch %(n)d Plätze frei", outlook.left) % {"n": outlook.left}
    return f"{outlook.kind.label} ({told})"
