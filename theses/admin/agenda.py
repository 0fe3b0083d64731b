"""Agendas of workshops: proposed from stances, edited by hand, attached to an event there."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from theses.domain.agenda import propose_agenda
from theses.models import Agenda, AgendaItem

if TYPE_CHECKING:
    AgendaModelForm = forms.ModelForm[Agenda]
    ItemInline = admin.StackedInline[AgendaItem, Agenda]
else:
    AgendaModelForm = forms.ModelForm
    ItemInline = admin.StackedInline


class AgendaProposalForm(AgendaModelForm):
    class Meta:
        model = Agenda
        fields: tuple[str, ...] = ("topic", "measure")

    def clean(self) -> dict[str, Any]:
        if bool(self.cleaned_data.get("topic")) == bool(self.cleaned_data.get("measure")):
            raise forms.ValidationError(_("Wählen Sie ein Thema oder eine Maßnahme."))
        return self.cleaned_data


class AgendaItemInline(ItemInline):
    """Stacked, because the fields of a table have no labels of their own."""

    model = AgendaItem
    extra = 1
    fields = (("position", "minutes"), "title", "why", "thesis")
    readonly_fields = ("thesis",)


@admin.register(Agenda)
class AgendaAdmin(AuditedAdmin[Agenda]):
    """Adding asks only what it is about and proposes the points; they are edited on the page that follows."""

    list_display = ("title", "topic", "measure", "created_at")
    list_select_related = ("topic", "measure")
    search_fields = ("title",)
    list_filter = ("topic",)

    def get_form(self, request: HttpRequest, obj: Agenda | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            return super().get_form(request, obj, change, form=AgendaProposalForm, **kwargs)
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Agenda | None = None) -> tuple[str, ...]:
        return ("title", "topic", "measure") if obj else ("topic", "measure")

    def get_inlines(self, request: HttpRequest, obj: Agenda | None) -> Any:
        return [AgendaItemInline] if obj else []

    def save_model(self, request: HttpRequest, obj: Agenda, form: Any, change: bool) -> None:
        if change:
            obj.save()
            return
        try:
            made = propose_agenda(actor=current(request), topic=obj.topic, measure=obj.measure)
        except Refusal as refusal:
            self.message_user(request, refusal.sentence, messages.WARNING)
            with override("de"):
                obj.title = gettext("Worüber wir sprechen: %(about)s") % {"about": obj.topic or obj.measure}
            obj.save()
        else:
            obj.pk, obj.title = made.pk, made.title

    def response_add(self, request: HttpRequest, obj: Agenda, post_url_continue: str | None = None) -> Any:
        """On to the points."""
        self.message_user(request, _("Die Tagesordnung ist angelegt. Prüfen und ergänzen Sie jetzt die Punkte."))
        return redirect("admin:theses_agenda_change", obj.pk)
