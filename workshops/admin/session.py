from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workshops.forms.new_date import DATE_AND_TIME
from workshops.models import Session, SessionPlace, Workshop


class SessionForm(forms.ModelForm[Session]):
    class Meta:
        model = Session
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        start, end = found.get("starts_at"), found.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", gettext("Das Ende muss nach dem Beginn liegen."))
        if found.get("capacity") is not None and not found.get("own_registration"):
            self.add_error("capacity", gettext("Plätze zählt ein Programmpunkt nur mit eigener Anmeldung."))
        return found

    def check_inside(self, workshop: Workshop) -> None:
        """Against the time of the event as it was just edited."""
        start, end = self.instance.starts_at, self.instance.ends_at
        if start < workshop.starts_at:
            self.add_error("starts_at", gettext("Der Programmpunkt beginnt vor der Veranstaltung."))
        if end > workshop.ends_at:
            self.add_error("ends_at", gettext("Der Programmpunkt endet nach der Veranstaltung."))


class SessionFormSet(forms.BaseInlineFormSet[Session, Workshop, forms.ModelForm[Session]]):
    def clean(self) -> None:
        super().clean()
        times_known = self.instance.starts_at and self.instance.ends_at
        for form in self.forms:
            if form in self.deleted_forms:
                self.check_empty(form.instance)
            elif (
                isinstance(form, SessionForm)
                and times_known
                and not form.errors
                and (form.has_changed() or form.instance.pk)
            ):
                form.check_inside(self.instance)

    def check_empty(self, session: Session) -> None:
        if session.pk and SessionPlace.objects.filter(session=session).exists():
            text = gettext("Zu „%(title)s“ haben sich schon Menschen angemeldet. Der Punkt lässt sich nicht löschen.")
            raise forms.ValidationError(text % {"title": session})


class SessionInline(admin.StackedInline[Session, Workshop]):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    extra = 0
    classes = ("collapse",)
    verbose_name_plural = _("Programm")
    formfield_overrides = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": DATE_AND_TIME}}
    fields = (
        ("title", "title_en"),
        ("starts_at", "ends_at", "room"),
        "speakers",
        ("own_registration", "capacity", "is_pitch"),
        ("summary", "summary_en"),
    )
