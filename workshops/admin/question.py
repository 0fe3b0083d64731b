from typing import Any

from django import forms
from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.translation import gettext

from workshops.models import Answer, Question, Workshop


class QuestionForm(forms.ModelForm[Question]):
    class Meta:
        model = Question
        fields: tuple[str, ...] = ()
        widgets = {"choices": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        lines = [line.strip() for line in (found.get("choices") or "").splitlines() if line.strip()]
        is_choice = found.get("kind") == Question.Kind.CHOICE
        if is_choice and len(lines) < 2 and "choices" in found:
            self.add_error("choices", gettext("Bitte schreiben Sie mindestens zwei Antworten, eine je Zeile."))
        if lines and found.get("kind") and not is_choice:
            self.add_error("choices", gettext("Antworten zur Auswahl gehören zur Art „Auswahl“."))
        self.check_condition(found)
        return found

    def check_condition(self, found: dict[str, Any]) -> None:
        parent, value = found.get("shown_if"), (found.get("shown_value") or "").strip()
        if parent is None:
            if value and "shown_if" in found:
                self.add_error("shown_if", gettext("Bitte wählen Sie die Frage, auf die so geantwortet wurde."))
            return
        if not value:
            self.add_error("shown_value", gettext("Bitte nennen Sie die Antwort, nach der diese Frage gestellt wird."))
        elif parent.kind == Question.Kind.CHOICE and value not in parent.options:
            text = gettext("Diese Antwort gibt es dort nicht. Möglich sind: %(options)s.")
            self.add_error("shown_value", text % {"options": ", ".join(parent.options)})
        if self.depends_on_itself(parent):
            self.add_error("shown_if", gettext("Die beiden Fragen hängen voneinander ab. Keine würde gestellt."))

    def depends_on_itself(self, parent: Question | None) -> bool:
        seen: set[int] = set()
        while parent is not None and parent.pk not in seen:
            if parent.pk == self.instance.pk:
                return True
            seen.add(parent.pk)
            parent = parent.shown_if
        return False


class QuestionFormSet(forms.BaseInlineFormSet[Question, Workshop, forms.ModelForm[Question]]):
    @cached_property
    def known(self) -> list[Question]:
        """The questions of this event as they are stored; one query for all rows."""
        return list(Question.objects.filter(workshop=self.instance)) if self.instance.pk else []

    def add_fields(self, form: forms.ModelForm[Question], index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields["shown_if"]
        if isinstance(field, forms.ModelChoiceField):
            others = [question for question in self.known if question.pk != form.instance.pk]
            field.queryset = Question.objects.filter(pk__in=[question.pk for question in others])
            field.choices = [("", gettext("immer fragen")), *((row.pk, str(row)) for row in others)]

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form in self.deleted_forms and form.instance.pk:
                self.check_unanswered(form.instance)

    def check_unanswered(self, question: Question) -> None:
        if Answer.objects.filter(question=question).exists():
            text = gettext("Auf „%(text)s“ gibt es schon Antworten. Die Frage lässt sich nicht löschen.")
            raise forms.ValidationError(text % {"text": question})


class QuestionInline(admin.StackedInline[Question, Workshop]):
    model = Question
    form = QuestionForm
    formset = QuestionFormSet
    fk_name = "workshop"
    extra = 0
    classes = ("collapse",)
    fields = (
        ("text", "text_en"),
        ("kind", "purpose", "required", "position"),
        "choices",
        ("shown_if", "shown_value"),
    )
